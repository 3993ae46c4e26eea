/** The scan desk: scanners, profiles, pages of a request. */
import * as z from 'zod'
import { Id, Millis, ShortText, Uuid } from '../words.ts'
import { done, empty, requestId, jobId } from './basics.ts'
import { CropBox, PageAdjust, Quarter } from './page-adjust.ts'
import { ScannerInfo, ScanProfile } from './scan-profile.ts'

export * from './scan-profile.ts'

/** What is remarkable about a page. */
export const PageMark = z.enum(['looking', 'blank', 'double', 'turned', 'slip', 'slipUnsure', 'spread'])
export type PageMark = z.infer<typeof PageMark>

/** What the analysis would do, whether it has been done or not. */
export const PageProposal = z.strictObject({
  angleDeg: z.number(),
  crop: CropBox.nullable(),
  even: z.boolean(),
  rotate: Quarter,
  /** Seam of a double page, as a fraction of the width. */
  seam: z.number().min(0).max(1).nullable(),
})

export const PageView = z.strictObject({
  id: Uuid,
  seq: z.int(),
  /** Blob served at app://desk/blob/<previewBlob>: the untouched page. The window turns and cuts it as `adjust` says. */
  previewBlob: z.string().max(80),
  thumbBlob: z.string().max(80),
  /** The page as it came, at its full size. */
  originalBlob: z.string().max(80),
  width: z.int(),
  height: z.int(),
  dpi: z.int(),
  rotate: Quarter,
  adjust: PageAdjust,
  /** Null while nobody has looked at the page. */
  proposed: PageProposal.nullable(),
  /** A person has set it. */
  edited: z.boolean(),
  marks: z.array(PageMark).max(8),
  /** The request of a pull slip that was read on the page. */
  slipOf: Id.nullable(),
  /** Printed page number. */
  folio: z.int().nullable(),
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
  /** Whether enough printed page numbers were read to say which pages these are. */
  byFolio: z.boolean(),
  /** Asked for and by their printed numbers not there; there more than once. */
  missing: z.array(z.int()).max(200),
  double: z.array(z.int()).max(200),
  misplaced: z.array(z.int()).max(200),
})

/** A segment of a stack: the pages after one slip. */
export const BatchSegment = z.strictObject({
  n: z.int(),
  /** What the slip said: a request that takes pages, one that takes none, a code that could not be read, no slip. */
  slip: z.enum(['request', 'refused', 'unsure', 'none']),
  slipId: z.string().max(80),
  title: z.string().max(2000),
  partner: ShortText,
  pages: z.int(),
  asked: z.int().nullable(),
  /** `many`: so many more pages than asked for that a slip was probably missed. */
  verdict: z.enum(['unknown', 'complete', 'missing', 'surplus', 'many']),
  /** Where the pages are: a request, or a bundle of the tray. */
  target: Id,
})
export type BatchSegment = z.infer<typeof BatchSegment>

export const Batch = z.strictObject({
  id: Uuid,
  startedAt: Millis,
  endedAt: Millis.nullable(),
  jobId: Uuid.nullable(),
  segments: z.array(BatchSegment).max(500),
})
export type Batch = z.infer<typeof Batch>

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
  /** One page to see whether a scanner works; it goes to no request. `blob` is null where a window cannot show its kind. */
  'scan.test': {
    in: z.strictObject({ profile: ScanProfile }),
    out: z.strictObject({
      blob: z.string().max(80).nullable(),
      width: z.int(),
      height: z.int(),
      dpi: z.int(),
      bytes: z.int(),
    }),
  },
  'pages.list': {
    in: requestId,
    out: z.strictObject({
      pages: z.array(PageView),
      deleted: z.int(),
      /** How many changes can be undone. */
      undo: z.int(),
      completeness: Completeness,
    }),
  },
  'pages.rotate': {
    in: z.strictObject({
      pageIds: z.array(Uuid).min(1).max(2000),
      by: z.union([z.literal(90), z.literal(180), z.literal(270)]),
    }),
    out: done,
  },
  /** Changes what is given on each of the pages; the rest of their adjustment stays. */
  'pages.adjust': {
    in: z.strictObject({
      pageIds: z.array(Uuid).min(1).max(2000),
      change: PageAdjust.pick({ angleDeg: true, crop: true, even: true }).partial(),
    }),
    out: done,
  },
  /** As the analysis proposes, or as the scanner gave it. */
  'pages.reset': {
    in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000), to: z.enum(['proposed', 'original']) }),
    out: done,
  },
  /** Two pages of one; `at` null takes the seam that was found (pages without one stay whole). */
  'pages.split': {
    in: z.strictObject({
      pageIds: z.array(Uuid).min(1).max(2000),
      at: z.number().min(0.02).max(0.98).nullable(),
      rightBound: z.boolean(),
    }),
    out: z.strictObject({ split: z.int() }),
  },
  'pages.join': { in: z.strictObject({ pageId: Uuid }), out: done },
  /** Takes the last change of this request's pages back. */
  'pages.undo': { in: requestId, out: z.strictObject({ undone: z.boolean() }) },
  /** Gives pages to another request, behind its own: after a slip was missed. */
  'pages.assign': {
    in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000), requestId: Id }),
    out: done,
  },
  /** Scans one stack for many requests, cut by the slips in it. */
  'batch.start': { in: z.strictObject({ profile: ScanProfile }), out: z.strictObject({ batchId: Uuid, jobId: Uuid }) },
  /** The latest stacks, newest first. */
  'batch.list': { in: empty, out: z.array(Batch).max(20) },
  'pages.delete': { in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000) }), out: done },
  'pages.restore': { in: requestId, out: z.strictObject({ restored: z.int() }) },
  'pages.move': { in: z.strictObject({ pageId: Uuid, to: z.int().min(0) }), out: done },
  /** Files were turned into ids by main (dialog or drop); a path never comes from the page. */
  'pages.import': {
    in: z.strictObject({
      requestId: Id,
      fileIds: z.array(Uuid).min(1).max(200),
      insertAt: z.int().min(0).nullable(),
      /** Opens the files that are locked. */
      password: z.string().min(1).max(127).optional(),
    }),
    out: jobId,
  },
} as const
