/** The document made of the pages: its options, its state, sending it. */
import { z } from 'zod'
import { Id, Millis, Sha256, ShortText } from '../words.ts'
import { requestId, jobId } from './basics.ts'
import { Acted } from './outbox.contract.ts'

export const StampTemplate = z.enum(['header-footer', 'footer', 'watermark', 'none'])
export const DocumentOptions = z.strictObject({
  profile: z.enum(['clean', 'paper', 'grey', 'colour', 'original']),
  bilevel: z.enum(['jbig2', 'g4']),
  stamp: StampTemplate,
  qr: z.boolean(),
  cover: z.boolean(),
  freeText: ShortText,
  /** 0 = no limit. */
  budgetBytes: z.int().min(0),
})
export type DocumentOptions = z.infer<typeof DocumentOptions>

export const DocumentState = z.strictObject({
  blob: z.string().max(80),
  sha256: Sha256,
  pages: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  choices: z.strictObject({ bilevel: z.int(), mixed: z.int(), grey: z.int(), colour: z.int(), kept: z.int() }),
  warnings: z.array(z.string().max(80)),
  /** True when pages or options changed since: must be made again before sending. */
  stale: z.boolean(),
  madeAt: Millis,
})
export type DocumentState = z.infer<typeof DocumentState>

export const documentMethods = {
  'document.build': { in: z.strictObject({ requestId: Id, options: DocumentOptions }), out: jobId },
  'document.get': {
    in: requestId,
    out: z.strictObject({ document: DocumentState.nullable(), options: DocumentOptions }),
  },
  'document.send': { in: requestId, out: Acted },
} as const
