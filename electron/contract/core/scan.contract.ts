/** The scan desk: scanners, profiles, pages of a request. */
import { z } from 'zod'
import { Id, ShortText, Uuid } from '../words.ts'
import { done, requestId, jobId } from './basics.ts'

export const ScanSource = z.enum(['flatbed', 'feeder', 'feeder_duplex'])
export const ScanMode = z.enum(['lineart', 'grey', 'colour'])
export const ScannerInfo = z.strictObject({
  id: z.string().max(200),
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['ready', 'busy', 'offline', 'attention']),
  sources: z.array(ScanSource),
  modes: z.array(ScanMode),
  dpi: z.array(z.int()).max(64),
})
export type ScannerInfo = z.infer<typeof ScannerInfo>

export const ScanProfile = z.strictObject({
  scannerId: z.string().max(200),
  source: ScanSource,
  mode: ScanMode,
  dpi: z.int().min(75).max(1200),
  /** Settings of this one device by its own names (brightness, filename of a software scanner); kept as they are. */
  options: z.record(z.string().max(80), z.string().max(300)).optional(),
})
export type ScanProfile = z.infer<typeof ScanProfile>

export const PageView = z.strictObject({
  id: Uuid,
  seq: z.int(),
  /** Blob served at app://desk/blob/<previewBlob>, turned as `rotate` says by the window. */
  previewBlob: z.string().max(80),
  thumbBlob: z.string().max(80),
  width: z.int(),
  height: z.int(),
  dpi: z.int(),
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  kind: z.enum(['image', 'pdf']),
  /** For `pdf`: which page of previewBlob (from 1); the window draws it, text and vectors stay as they are. */
  pdfPage: z.int().min(1).nullable(),
  source: z.string().max(40),
  bytes: z.int(),
})
export type PageView = z.infer<typeof PageView>

/** Pages asked for against pages present. */
export const Completeness = z.strictObject({
  asked: z.int().nullable(),
  present: z.int(),
  verdict: z.enum(['unknown', 'complete', 'missing', 'surplus']),
})

export const scanMethods = {
  'scanner.list': { in: z.strictObject({ refresh: z.boolean() }), out: z.array(ScannerInfo) },
  'scan.start': {
    in: z.strictObject({
      requestId: Id,
      profile: ScanProfile,
      insertAt: z.int().min(0).nullable(),
      replacePage: Uuid.nullable(),
    }),
    out: jobId,
  },
  'pages.list': {
    in: requestId,
    out: z.strictObject({ pages: z.array(PageView), deleted: z.int(), completeness: Completeness }),
  },
  'pages.rotate': {
    in: z.strictObject({
      pageIds: z.array(Uuid).min(1).max(2000),
      by: z.union([z.literal(90), z.literal(180), z.literal(270)]),
    }),
    out: done,
  },
  'pages.delete': { in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000) }), out: done },
  'pages.restore': { in: requestId, out: z.strictObject({ restored: z.int() }) },
  'pages.move': { in: z.strictObject({ pageId: Uuid, to: z.int().min(0) }), out: done },
  /** Files were turned into ids by main (dialog or drop); a path never comes from the page. */
  'pages.import': {
    in: z.strictObject({ requestId: Id, fileIds: z.array(Uuid).min(1).max(200), insertAt: z.int().min(0).nullable() }),
    out: jobId,
  },
} as const
