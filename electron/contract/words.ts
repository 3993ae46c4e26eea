/**
 * The words that every process shares: status, stage and reason codes.
 *
 * Status and reason codes are ISO 18626's (2021 edition, open code lists), so a centre can speak to other networks
 * without translation tables. The Chinese labels BALIS uses for them live in renderer/i18n.
 */
import * as z from 'zod'
import { VERSION } from './version.ts'

export const Service = z.enum(['copy', 'loan'])
export type Service = z.infer<typeof Service>

export const Role = z.enum(['supplier', 'requester'])
export type Role = z.infer<typeof Role>

export const Status = z.enum([
  'RequestReceived',
  'WillSupply',
  'CopyCompleted',
  'Loaned',
  'Overdue',
  'Recalled',
  'LoanCompleted',
  'CompletedWithoutReturn',
  'RetryPossible',
  'Unfilled',
  'Cancelled',
])
export type Status = z.infer<typeof Status>

/** Where the work stands inside a status. `ready` and `sending` exist on the desk only and never travel. */
export const WireStage = z.enum([
  'queued',
  'pulled',
  'scanning',
  'sent',
  'resend',
  'checked',
  'packed',
  'handed_over',
  'at_borrower',
  'returning',
  'checked_in',
  'awaiting_pickup',
  'picked_up',
])
export type WireStage = z.infer<typeof WireStage>

export const Stage = z.enum([...WireStage.options, 'ready', 'sending'])
export type Stage = z.infer<typeof Stage>

export const ReasonUnfilled = z.enum([
  'NonCirculating',
  'NotAvailableForILL',
  'NotHeld',
  'NotOnShelf',
  'PolicyProblem',
  'PoorCondition',
])
export type ReasonUnfilled = z.infer<typeof ReasonUnfilled>

export const ReasonRetry = z.enum(['OnLoan', 'AtBindery', 'NotFoundAsCited', 'CostExceedsMaxCost', 'LackCopyright'])
export type ReasonRetry = z.infer<typeof ReasonRetry>

/** How the material travels. `self` is 自取自还: collected and returned at the counter, no courier leg. */
export const DeliveryMethod = z.enum(['electronic', 'courier', 'self'])
export type DeliveryMethod = z.infer<typeof DeliveryMethod>

export const StaffRole = z.enum(['staff', 'supervisor'])
export type StaffRole = z.infer<typeof StaffRole>

export const Condition = z.enum(['good', 'worn', 'damaged'])
export type Condition = z.infer<typeof Condition>

/**
 * Milliseconds since 1970-01-01T00:00:00Z, up to the year 2200: a date of the year 200,000 would have the calendar counted
 * for a hundred million days, and a little later there is no date any more.
 */
export const Millis = z
  .int()
  .min(0)
  .max(Date.UTC(2200, 0, 1))
/** The same between desk and centre: what the desk computes from it (deadlines, return dates) is still a date here. */
export const WireMillis = z
  .int()
  .min(0)
  .max(Date.UTC(2100, 0, 1))
export const Id = z.string().min(1).max(64)
export const Uuid = z.uuid()
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const ShortText = z.string().max(200)
export const LongText = z.string().max(2000)
/** Of this program: `0.10.1`. */
export const Version = z.string().regex(VERSION)

/** A backup as a person chooses it. */
export const BackupView = z.strictObject({
  id: z.string().max(40),
  at: Millis,
  requests: z.int().min(0),
  /** Actions that were not sent yet at that time. */
  waiting: z.int().min(0),
  files: z.int().min(0),
  bytes: z.int().min(0),
  /** Files that were lost already then. */
  missing: z.int().min(0),
})
export type BackupView = z.infer<typeof BackupView>
