/** Pieces that several parts of the core contract are made of. */
import * as z from 'zod'
import { Id, Millis, Uuid } from '../words.ts'

export const empty = z.strictObject({})
export const done = z.strictObject({ ok: z.literal(true) })
export const requestId = z.strictObject({ requestId: Id })
export const jobId = z.strictObject({ jobId: Uuid })
/** Whatever a barcode scanner may send. */
export const codes = z.string().min(1).max(200)
/** What became of an action: withdrawable until `heldUntil`. */
export const Acted = z.strictObject({ opId: Uuid, heldUntil: Millis.nullable() })
/** How far an action is on its way to the centre. */
export const OutboxState = z.enum([
  'held',
  'queued',
  'waiting_blob',
  'sending',
  'applied',
  'rejected',
  'parked',
  'withdrawn',
])
export type OutboxState = z.infer<typeof OutboxState>
