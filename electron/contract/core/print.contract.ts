/** Printers, previews and the print ledger. */
import { z } from 'zod'
import { ErrorCode, ErrorParams } from '../errors.ts'
import { LongText, Millis, ShortText, Uuid } from '../words.ts'
import { done } from './basics.ts'

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
export const PrinterInfo = z.strictObject({
  id: z.string().max(300),
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['idle', 'printing', 'stopped', 'offline', 'unknown']),
  reasons: z.array(z.string().max(80)).max(32),
})
export type PrinterInfo = z.infer<typeof PrinterInfo>
/** `handed_over` = the queue took it, `confirmed` = the device itself said completed. */
export const PrintState = z.enum([
  'waiting',
  'sending',
  'handed_over',
  'printing',
  'attention',
  'confirmed',
  'failed',
  'cancelled',
])
export const PrintJobView = z.strictObject({
  id: Uuid,
  kind: PrintKind,
  title: LongText,
  objectIds: z.array(z.string().max(64)).max(500),
  printerName: ShortText,
  copies: z.int(),
  /** 1 = first print, n = reprint n. */
  copyNo: z.int(),
  state: PrintState,
  reasons: z.array(z.string().max(80)),
  error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
  at: Millis,
  blob: z.string().max(80),
})
export type PrintJobView = z.infer<typeof PrintJobView>

export const printMethods = {
  'printer.list': { in: z.strictObject({ refresh: z.boolean() }), out: z.array(PrinterInfo) },
  'print.preview': {
    in: z.strictObject({ kind: PrintKind, objectIds: z.array(z.string().max(64)).min(1).max(500) }),
    out: z.strictObject({ blob: z.string(), pages: z.int() }),
  },
  'print.submit': {
    in: z.strictObject({
      kind: PrintKind,
      objectIds: z.array(z.string().max(64)).min(1).max(500),
      printerId: z.string().max(300).nullable(),
      copies: z.int().min(1).max(20),
    }),
    out: z.strictObject({ printJobId: Uuid }),
  },
  'print.jobs': { in: z.strictObject({ limit: z.int().min(1).max(500) }), out: z.array(PrintJobView) },
  'print.cancel': { in: z.strictObject({ printJobId: Uuid }), out: done },
  'print.retry': { in: z.strictObject({ printJobId: Uuid }), out: done },
} as const
