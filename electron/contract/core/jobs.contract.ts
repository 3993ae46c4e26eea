/** Long work that goes on beside the window: progress, cancel. */
import * as z from 'zod'
import { ErrorCode, ErrorParams } from '../errors.ts'
import { Id, Uuid } from '../words.ts'
import { empty, done, jobId } from './basics.ts'

export const JobKind = z.enum(['scan', 'import', 'document', 'print', 'upload', 'holdings', 'export', 'fetch'])
export const JobView = z.strictObject({
  id: Uuid,
  kind: JobKind,
  requestId: Id.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'paused']),
  done: z.int(),
  total: z.int().nullable(),
  etaMs: z.int().nullable(),
  error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
})
export type JobView = z.infer<typeof JobView>

export const jobsMethods = {
  'job.list': { in: empty, out: z.array(JobView) },
  'job.cancel': { in: jobId, out: done },
  /** Lets a paused job go on: the jam is cleared, the feeder filled, room made. */
  'job.resume': { in: jobId, out: done },
} as const
