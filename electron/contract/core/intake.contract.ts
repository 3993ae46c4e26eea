/** Ways in beside the scanners: printing into the desk, and folders other programs write to. */
import * as z from 'zod'
import { Id, Millis, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'

export const DeskPrinterState = z.strictObject({
  state: z.enum(['off', 'listening', 'port_in_use', 'failed']),
  port: z.int(),
  /** What the system's list of printers calls it. */
  queue: ShortText,
  /** The one command that adds it on this system, and the one that takes it away. */
  add: z.string().max(500),
  remove: z.string().max(500),
})
export type DeskPrinterState = z.infer<typeof DeskPrinterState>

export const WatchedFolderView = z.strictObject({
  id: Uuid,
  /** The end of its path, to know it by. */
  place: ShortText,
  /** `auto`: taken in as files come; `scan`: listed as a scanner. */
  how: z.enum(['auto', 'scan']),
  /** What of a file's path names its request. */
  naming: z.enum(['folder', 'file', 'none']),
  /** Where a file goes that names none. */
  otherwise: z.enum(['desk', 'tray']),
  /** What becomes of a file that was taken in. */
  taken: z.enum(['remove', 'keep']),
  state: z.enum(['watching', 'away', 'disk_full', 'read_only']),
  /** Files seen that are not finished yet. */
  pending: z.int(),
  lastRefused: z
    .strictObject({ name: ShortText, why: z.enum(['unsupported', 'incomplete', 'duplicate', 'unreadable']) })
    .nullable(),
})
export type WatchedFolderView = z.infer<typeof WatchedFolderView>

/** What came in last without anybody at this window having asked for it. */
export const LastArrival = z.strictObject({
  at: Millis,
  way: z.enum(['print', 'folder']),
  name: ShortText,
  pages: z.int(),
  /** Null: it lies in the tray. */
  requestId: Id.nullable(),
})
export type LastArrival = z.infer<typeof LastArrival>

/** A certificate of a network scanner, by "host:port"; fingerprints are SHA-256 as `AA:BB:…`. */
export const ScannerCertificate = z.strictObject({
  server: z.string().max(300),
  trusted: z.string().max(100).nullable(),
  /** What it showed last, where that is not what is trusted. */
  shown: z.string().max(100).nullable(),
  at: Millis,
})
export type ScannerCertificate = z.infer<typeof ScannerCertificate>

export const intakeMethods = {
  'scanner.certificates': { in: empty, out: z.array(ScannerCertificate) },
  /** The word of a person who compared the fingerprint with the device's own. */
  'scanner.trust': { in: z.strictObject({ server: z.string().max(300), fingerprint: z.string().max(100) }), out: done },
  'scanner.forget': { in: z.strictObject({ server: z.string().max(300) }), out: done },
  'intake.get': {
    in: empty,
    out: z.strictObject({
      platform: z.enum(['windows', 'mac', 'linux']),
      printer: DeskPrinterState,
      folders: z.array(WatchedFolderView),
      last: LastArrival.nullable(),
    }),
  },
  /** `folderId`: a folder the person chose in the system's dialog (`files.chooseFolder`). */
  'intake.addFolder': { in: z.strictObject({ folderId: Uuid }), out: done },
  'intake.setFolder': {
    in: WatchedFolderView.pick({ id: true, how: true, naming: true, otherwise: true, taken: true }).partial({
      how: true,
      naming: true,
      otherwise: true,
      taken: true,
    }),
    out: done,
  },
  'intake.removeFolder': { in: z.strictObject({ id: Uuid }), out: done },
  /** Which request lies on the scan desk: what is printed into the desk goes there. */
  'intake.onDesk': { in: z.strictObject({ requestId: Id.nullable() }), out: done },
} as const
