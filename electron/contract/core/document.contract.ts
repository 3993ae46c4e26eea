/** The document made of the pages: its options, its state, sending it. */
import * as z from 'zod'
import { Id, Millis, Sha256, ShortText } from '../words.ts'
import { Acted, requestId, jobId } from './basics.ts'

export const StampTemplate = z.enum(['header-footer', 'footer', 'watermark', 'none'])
/** One text of a stamp laid out at the desk; `{library}`, `{requestNo}` … are filled in. */
export const StampField = z.strictObject({
  text: z.string().max(200),
  /** Where the text's baseline begins (ends, for right), in parts of the page as it is seen, from its top left. */
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  /** Points on A4. */
  size: z.number().min(4).max(48),
  align: z.enum(['left', 'centre', 'right']),
  on: z.enum(['all', 'first', 'last']),
})
export type StampField = z.infer<typeof StampField>
export const StampLayout = z.strictObject({
  id: z.string().regex(/^own:[\w-]{1,40}$/),
  name: z.string().min(1).max(60),
  fields: z.array(StampField).min(1).max(20),
})
export type StampLayout = z.infer<typeof StampLayout>
export const OcrLanguage = z.enum(['chi_sim', 'chi_tra', 'eng'])
export type OcrLanguage = z.infer<typeof OcrLanguage>
/** What the library allows with PDFs of others. */
export const ReceivedPolicy = z.strictObject({
  /** A PDF whose owner restricts changes: opened with a warning and an audit entry, or not at all. */
  restricted: z.enum(['warn', 'refuse']),
  /** Signed PDFs are delivered as they came, without a stamp. */
  keepSigned: z.boolean(),
})
export type ReceivedPolicy = z.infer<typeof ReceivedPolicy>
export const DocumentOptions = z.strictObject({
  profile: z.enum(['clean', 'paper', 'grey', 'colour', 'original']),
  bilevel: z.enum(['jbig2', 'g4']),
  /** A template of the desk's, or a layout of this library's by its id. */
  stamp: z.union([StampTemplate, StampLayout.shape.id]),
  qr: z.boolean(),
  cover: z.boolean(),
  freeText: ShortText,
  /** 0 = no limit. */
  budgetBytes: z.int().min(0),
  /** Languages of the invisible text layer; none for none. */
  ocr: z.array(OcrLanguage).max(3).default([]),
  /** PDF/A-2b, where the pages allow it. */
  pdfa: z.boolean().default(false),
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
  /** Bytes of each page's images as they are sent; empty for documents of an older desk. */
  pageBytes: z.array(z.int()),
  /** Pages in front that were not scanned. */
  covers: z.int(),
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
