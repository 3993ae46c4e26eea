/** Ways in beside the scanners: printing into the desk, and folders other programs write to. */
import { z } from 'zod'
import { Id, Millis, ShortText } from '../words.ts'
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

export const intakeMethods = {
  'intake.get': {
    in: empty,
    out: z.strictObject({
      platform: z.enum(['windows', 'mac', 'linux']),
      printer: DeskPrinterState,
      last: LastArrival.nullable(),
    }),
  },
  /** Which request lies on the scan desk: what is printed into the desk goes there. */
  'intake.onDesk': { in: z.strictObject({ requestId: Id.nullable() }), out: done },
} as const
