/** The copyright ledger as a request's card shows it. */
import * as z from 'zod'
import { Id, LongText, Millis, ShortText } from '../words.ts'
import { requestId } from './basics.ts'

export const CopyrightState = z.strictObject({
  verdict: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('unknown') }),
    z.strictObject({ kind: z.literal('issue'), articles: z.int(), limit: z.int(), exceeds: z.boolean() }),
    z.strictObject({
      kind: z.literal('book'),
      pages: z.int(),
      of: z.int().nullable(),
      limit: z.int().nullable(),
      exceeds: z.boolean(),
    }),
  ]),
  /** What the same reader had from the same work before. */
  before: z.array(z.strictObject({ requestId: Id, pages: z.int(), delivered: z.boolean() })).max(100),
  /** A supervisor's reason to go on all the same. */
  override: z.strictObject({ at: Millis, who: ShortText, reason: LongText }).nullable(),
})
export type CopyrightState = z.infer<typeof CopyrightState>

export const copyrightMethods = {
  'copyright.get': { in: requestId, out: CopyrightState },
  'copyright.setBookPages': {
    in: z.strictObject({ requestId: Id, pages: z.int().min(1).max(100_000) }),
    out: CopyrightState,
  },
  /** @throws not_allowed unless a supervisor is signed in */
  'copyright.override': { in: z.strictObject({ requestId: Id, reason: LongText.min(1) }), out: CopyrightState },
} as const
