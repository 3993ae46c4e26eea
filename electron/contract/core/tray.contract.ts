/** The unclaimed tray: pages that came in without a request, until somebody says whose they are. */
import * as z from 'zod'
import { Id, Millis, ShortText, Uuid } from '../words.ts'
import { codes, done, jobId } from './basics.ts'
import { QueueRow } from './queue.contract.ts'
import { PageView } from './scan.contract.ts'

/** Why pages lie in the tray and not with a request. */
export const TrayReason = z.enum([
  /** Printed or dropped in while no request lay on the scan desk. */
  'no_request',
  /** Nobody was signed in. */
  'signed_out',
  /** The request it was meant for takes no pages now (ended, cancelled, a loan). */
  'request_closed',
  /** A slip was read that names no request of this desk; `hint` is what was read. */
  'unknown_code',
  /** A slip was read whose check character is wrong. */
  'damaged_code',
  /** Sheets before the first slip of a stack. */
  'no_slip',
  /** So many pages that a slip was probably missed. */
  'too_many',
  /** The folder it came from names no request. */
  'unknown_folder',
  /** A person put it here. */
  'by_hand',
])
export type TrayReason = z.infer<typeof TrayReason>

export const TraySource = z.enum(['scanner', 'print', 'folder', 'file'])
export type TraySource = z.infer<typeof TraySource>

export const TrayBundle = z.strictObject({
  id: Uuid,
  name: ShortText,
  source: TraySource,
  reason: TrayReason,
  hint: ShortText,
  createdAt: Millis,
  pageCount: z.int(),
  bytes: z.int(),
  /** Its first page; all of them are in `pages.list` under the bundle's id. */
  cover: PageView,
})
export type TrayBundle = z.infer<typeof TrayBundle>

const bundleIds = z.strictObject({ bundleIds: z.array(Uuid).min(1).max(200) })

export const trayMethods = {
  'tray.list': { in: z.strictObject({ state: z.enum(['waiting', 'deleted']) }), out: z.array(TrayBundle) },
  /** Requests a bundle may belong to, the likeliest first; with a text, what a search finds among them. */
  'tray.candidates': {
    in: z.strictObject({ bundleId: Uuid, text: z.string().max(200) }),
    out: z.array(QueueRow).max(9),
  },
  /** `to` is a request's number or its slip as scanned. */
  'tray.assign': {
    in: bundleIds.extend({ to: codes }),
    out: z.strictObject({ requestId: Id, title: z.string().max(2000), pages: z.int() }),
  },
  /** From this page on it is a bundle of its own. */
  'tray.split': {
    in: z.strictObject({ bundleId: Uuid, pageId: Uuid }),
    out: z.strictObject({ bundleId: Uuid }),
  },
  /** The pages of all, in this order, in the first one. */
  'tray.merge': { in: z.strictObject({ bundleIds: z.array(Uuid).min(2).max(200) }), out: done },
  'tray.delete': { in: bundleIds, out: done },
  /** Undoes delete, assign and merge. */
  'tray.restore': { in: bundleIds, out: done },
  /** Pages that were given to the wrong request. */
  'tray.put': {
    in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000) }),
    out: z.strictObject({ bundleId: Uuid }),
  },
  'tray.import': { in: z.strictObject({ fileIds: z.array(Uuid).min(1).max(200) }), out: jobId },
} as const
