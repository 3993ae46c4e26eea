/** Printers, previews, the print ledger and what slips look like. */
import * as z from 'zod'
import { ErrorCode, ErrorParams } from '../errors.ts'
import { LongText, Millis, Sha256, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'
import { PrinterId, PrinterInfo, PrintKind, reasons, SlipPaper, SlipTemplate } from './print-settings.ts'

export {
  LABELS_A_SHEET,
  PrinterInfo,
  PrintKind,
  PrintRoute,
  printSettings,
  SlipPaper,
  SlipTemplate,
} from './print-settings.ts'

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
const failure = z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable()
export const PrintJobView = z.strictObject({
  id: Uuid,
  kind: PrintKind,
  title: LongText,
  objectIds: z.array(z.string().max(64)).max(500),
  printerId: PrinterId,
  printerName: ShortText,
  copies: z.int(),
  /** 1 = first print, n = reprint n. */
  copyNo: z.int(),
  state: PrintState,
  reasons,
  /** The printer's own words. */
  message: LongText.nullable(),
  error: failure,
  at: Millis,
  /** The PDF of what was printed. */
  blob: z.string().max(80),
  /** SHA-256 of the bytes that went to the printer. */
  sent: Sha256,
  /** True while nobody can say whether paper came out: a person looks and answers with `print.settle`. */
  unsure: z.boolean(),
})
export type PrintJobView = z.infer<typeof PrintJobView>
export const PrintEventView = z.strictObject({
  at: Millis,
  state: z.union([z.literal('asked'), PrintState]),
  reasons,
  message: LongText.nullable(),
})

export const PrintBatchView = z.strictObject({
  id: Uuid,
  kind: PrintKind,
  title: LongText,
  printerName: ShortText,
  state: z.enum(['running', 'paused', 'stopped', 'done', 'cancelled']),
  total: z.int(),
  confirmed: z.int(),
  /** Given to a printer that never says whether paper came out. */
  unconfirmed: z.int(),
  /** With the printer now. */
  sent: z.int(),
  /** Slips whose request is no longer ours. */
  gone: z.int(),
  /** Place of the next slip to print, from 1; null when none is left. */
  next: z.int().nullable(),
  reasons,
  error: failure,
  /** The job that is with the printer, or the one that stopped the batch. */
  job: PrintJobView.nullable(),
  etaMs: z.int().nullable(),
  at: Millis,
})
export type PrintBatchView = z.infer<typeof PrintBatchView>

const objects = { kind: PrintKind, objectIds: z.array(z.string().max(64)).min(1).max(500) }
/** null leaves printer, copies and position to route and settings. */
const choice = {
  printerId: PrinterId.nullable(),
  start: z.int().min(1).max(14).nullable().default(null),
}

export const printMethods = {
  'printer.list': { in: z.strictObject({ refresh: z.boolean() }), out: z.array(PrinterInfo) },
  /** Printers that announce themselves in this network, as addresses to add. */
  'printer.discover': {
    in: empty,
    out: z.array(z.strictObject({ name: ShortText, address: z.string().max(300) })),
  },
  /** What the printer itself remembers, newest first; empty where it tells nothing. */
  'printer.history': {
    in: z.strictObject({ printerId: PrinterId }),
    out: z.array(z.strictObject({ jobId: z.string().max(80), name: LongText, state: ShortText, ours: z.boolean() })),
  },
  /** The person compared the certificate's fingerprint and trusts it from now on. */
  'printer.trust': {
    in: z.strictObject({ printerId: PrinterId, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
    out: done,
  },
  'printer.login': {
    in: z.strictObject({ printerId: PrinterId, user: z.string().max(200), password: z.string().max(200) }),
    out: done,
  },
  'print.preview': {
    in: z.strictObject({ ...objects, ...choice, printerId: PrinterId.nullable().default(null) }),
    out: z.strictObject({
      blob: z.string(),
      pages: z.int(),
      printerId: PrinterId.nullable(),
      /** The route's own printer is away and this one takes its place. */
      instead: z.boolean(),
      copies: z.int(),
      paper: SlipPaper,
      /** Position on the first label sheet; null where paper is not such a sheet. */
      start: z.int().nullable(),
    }),
  },
  'print.submit': {
    in: z.strictObject({ ...objects, ...choice, copies: z.int().min(1).max(20).nullable() }),
    /** Many slips become a batch; `printJobId` is its id then. */
    out: z.strictObject({ printJobId: Uuid, batch: z.boolean() }),
  },
  /** A sample slip that says it is one, to see whether a printer works. */
  'print.test': { in: z.strictObject({ printerId: PrinterId }), out: z.strictObject({ printJobId: Uuid }) },
  'print.jobs': { in: z.strictObject({ limit: z.int().min(1).max(500) }), out: z.array(PrintJobView) },
  'print.events': { in: z.strictObject({ printJobId: Uuid }), out: z.array(PrintEventView) },
  'print.cancel': { in: z.strictObject({ printJobId: Uuid }), out: done },
  'print.retry': {
    in: z.strictObject({ printJobId: Uuid, printerId: PrinterId.nullable().default(null) }),
    out: z.strictObject({ printJobId: Uuid }),
  },
  /** A person looked at the tray: did the paper come out? */
  'print.settle': { in: z.strictObject({ printJobId: Uuid, printed: z.boolean() }), out: done },
  'print.batches': { in: z.strictObject({ limit: z.int().min(1).max(100) }), out: z.array(PrintBatchView) },
  'print.batchControl': {
    in: z.strictObject({ batchId: Uuid, action: z.enum(['pause', 'resume', 'cancel']) }),
    out: done,
  },
  /** What can stand on a kind of slip, in the order as designed. */
  'slip.fields': {
    in: z.strictObject({ kind: PrintKind }),
    out: z.array(z.strictObject({ id: z.string().max(40), zh: ShortText, en: ShortText })),
  },
  /** A sample of the slip as this template would print it. */
  'slip.sample': {
    in: z.strictObject({ kind: PrintKind, template: SlipTemplate, paper: SlipPaper }),
    out: z.strictObject({ blob: z.string(), pages: z.int() }),
  },
  /** 8-bit grey pixels, row by row, base64; null takes the mark away. */
  'slip.logo': {
    in: z.strictObject({
      logo: z
        .strictObject({
          width: z.int().min(1).max(800),
          height: z.int().min(1).max(400),
          grey: z.base64().max(430_000),
        })
        .nullable(),
    }),
    out: done,
  },
  /** All templates of this desk as one file. */
  'slip.export': { in: empty, out: z.strictObject({ blob: Sha256 }) },
  'slip.import': {
    in: z.strictObject({ fileId: Uuid }),
    out: z.strictObject({ kinds: z.array(PrintKind) }),
  },
} as const
