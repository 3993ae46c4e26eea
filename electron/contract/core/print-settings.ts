/** What can be printed, where and how it looks: part of the settings and the status line, so known before any print is. */
import * as z from 'zod'
import { ErrorCode } from '../errors.ts'
import { Sha256, ShortText } from '../words.ts'

/**
 * What can be printed. `objectIds` of a print are requests; bags for `bagLabel`, `contentsList` and `addressLabel`;
 * manifests for `manifest` and the hand-over `receipt`; numbers for `blankManifest`: each `M-…` begins a form, the
 * `B-…` after it are printed on it.
 */
export const PrintKind = z.enum([
  'pullSlip',
  'bookSlip',
  'addressLabel',
  'bagLabel',
  'contentsList',
  'manifest',
  'blankManifest',
  'receipt',
  'separatorSheet',
  'overdueNotice',
  'coverPage',
])
export type PrintKind = z.infer<typeof PrintKind>

/** Papers, rolls and labels a slip can be laid out for; the last four are sheets with several on each. */
export const SlipPaper = z.enum([
  'a4',
  'a5',
  'label4x6',
  'label100x60',
  'roll80',
  'roll58',
  'labels14',
  'labels8',
  'labels4',
  'slips4',
])
export type SlipPaper = z.infer<typeof SlipPaper>
/** Sheets with several labels, and how many: a begun sheet is used up from its first free position. */
export const LABELS_A_SHEET = { labels14: 14, labels8: 8, labels4: 4, slips4: 4 } as const

export const PrinterId = z.string().min(1).max(300)
export const Tray = z.string().min(1).max(80)
export const Sides = z.enum(['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'])
export const reasons = z.array(z.string().max(80)).max(32)

/** Where one kind is printed at this desk; null leaves the choice to the desk. */
export const PrintRoute = z.strictObject({
  printerId: PrinterId.nullable(),
  /** Used while the first is off or stopped. */
  fallbackId: PrinterId.nullable(),
  paper: SlipPaper.nullable(),
  source: Tray.nullable(),
  sides: Sides.nullable(),
  copies: z.int().min(1).max(20),
})
export type PrintRoute = z.infer<typeof PrintRoute>

/** How one kind of slip looks here; whatever is not said is as it was designed. */
export const SlipTemplate = z.strictObject({
  /** Names of what is shown, in this order (`slip.fields` tells them); null: all, as designed. */
  fields: z.array(z.string().max(40)).max(40).nullable(),
  /** Size of type, 1 as designed. */
  size: z.number().min(0.8).max(1.25),
  /** The language that stands first; `desk` is the desk's own. */
  language: z.enum(['desk', 'zh-CN', 'en']),
  logo: z.boolean(),
  /** A line of the library's own, such as opening hours. */
  footer: z.string().max(200),
})
export type SlipTemplate = z.infer<typeof SlipTemplate>

/** The part of a desk's settings that is about printing. */
export const printSettings = {
  printRoutes: z.partialRecord(PrintKind, PrintRoute),
  /** A job that could not be sent for so long is given up, hours. */
  printExpireHours: z.int().min(1).max(720),
  slipTemplates: z.partialRecord(PrintKind, SlipTemplate),
  /** The library's mark: a grey picture in the blob store. */
  slipLogo: z.strictObject({ blob: Sha256, width: z.int().min(1), height: z.int().min(1) }).nullable(),
  /** First free position of the label sheets in use. */
  labelStart: z.partialRecord(SlipPaper, z.int().min(1).max(14)),
}

export const PrinterInfo = z.strictObject({
  id: PrinterId,
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['idle', 'printing', 'stopped', 'offline', 'unknown']),
  reasons,
  makeAndModel: ShortText,
  /** PWG names with their sizes; `ready` lies in a tray. */
  media: z
    .array(z.strictObject({ name: z.string().max(120), widthMm: z.number(), heightMm: z.number(), ready: z.boolean() }))
    .max(200),
  sources: z.array(Tray).max(40),
  dpi: z.array(z.int()).max(16),
  duplex: z.boolean(),
  /** Why it cannot be used until a person does something: trust its certificate, give a user name. */
  problem: z
    .strictObject({
      code: ErrorCode,
      /** SHA-256 of a certificate nobody has trusted. */
      fingerprint: z.string().max(64).nullable(),
      /** Another certificate was trusted before: it changed. */
      changed: z.boolean(),
    })
    .nullable(),
})
export type PrinterInfo = z.infer<typeof PrinterInfo>
