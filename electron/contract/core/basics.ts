/** Pieces that several parts of the core contract are made of. */
import * as z from 'zod'
import { Id, Uuid } from '../words.ts'

export const empty = z.strictObject({})
export const done = z.strictObject({ ok: z.literal(true) })
export const requestId = z.strictObject({ requestId: Id })
export const jobId = z.strictObject({ jobId: Uuid })
/** Whatever a barcode scanner may send. */
export const codes = z.string().min(1).max(200)
