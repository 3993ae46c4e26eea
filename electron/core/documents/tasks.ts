import type { PageFacts } from '../../domain/page-facts.ts'
import type { ErrorMessage } from './errors.ts'
import type { Places } from './pdf/object-file.ts'
import type { PrintedRequest } from './printed.ts'
import type { PageLayers } from './raster/layers.ts'
import type { PageOptions } from './raster/page.ts'
import type { OptionalContent } from './received/optional-content.ts'
import type { OutlineItem } from './pdf/outline.ts'
import type { PageLabel } from './pdf/page-labels.ts'
import type { ImageTreatment } from './received/treatment.ts'
import type { PageView } from './stamp/content.ts'
import type { FontSubset } from './stamp/font.ts'
import type { SheetError } from '../sheets/read.ts'
import type { DocumentVerdict, DocumentWarning, FileProbe, ImageSource, Rotation } from './types.ts'

export interface PreviewRequest {
  readonly path: string
  /** From 0, of a multi-page TIFF. */
  readonly page: number
  readonly rotate?: Rotation
  /** In even light. */
  readonly even?: boolean
  /** Longest side of each result in pixels. */
  readonly sizes: readonly number[]
}

export interface Previews {
  /** Of the page itself, upright and turned, in pixels. */
  readonly width: number
  readonly height: number
  readonly images: readonly { readonly data: Uint8Array; readonly mime: 'image/jpeg' }[]
}

/** A page that has just arrived: what it is, and its pictures for the screen, in one go and as fast as can be. */
export interface Arrival {
  readonly probe: FileProbe
  /** Of its first page, where it is an image; longest side near the preview's and the thumb's size. */
  readonly previews: Previews | null
}

/** Looks at one page of an image file; see analysePage. */
export interface LookRequest {
  readonly path: string
  readonly page: number
  readonly dpi: number
  readonly spread: boolean
  readonly separators: boolean
  /** Look which way up it stands. */
  readonly reading: boolean
  /** Read the printed page number. */
  readonly folio: boolean
}

/** A received page as core writes it: `entries` are those of its dictionary but /Type, /Parent, /Resources and /Contents. */
export interface ReceivedPage {
  readonly object: number
  readonly entries: string
  /** Paints the page: its own content, which stands in a form, and its flattened fields. */
  readonly content: string
  /** Entries of /XObject for that. */
  readonly xObjects: string
  readonly view: PageView
  readonly hash: string
  /** What its own file calls the page; absent where that file does not say. */
  readonly label?: PageLabel
}

export interface ReceivedPdf {
  /** Objects written to the scratch file; their numbers follow on `firstNumber`. */
  readonly count: number
  readonly places: Places
  readonly pages: readonly ReceivedPage[]
  readonly warnings: readonly DocumentWarning[]
  readonly bytesIn: number
  /** Pages of the whole file. */
  readonly total: number
  readonly signed: boolean
  readonly layers: OptionalContent
  readonly outline: readonly OutlineItem[]
}

export interface ReceivedRequest {
  readonly path: string
  readonly password?: string
  /** Pages to take, from 0, in order; null for all of them. */
  readonly pages: readonly { readonly index: number; readonly rotate: Rotation }[] | null
  /** Turns all pages, where `pages` is null. */
  readonly rotate: Rotation
  readonly refuseRestricted: boolean
  /** A signed file's images stay as they are, and its pages unstamped. */
  readonly keepSigned: boolean
  /** The pages will be stamped: a stamp of ours that they carry already goes. */
  readonly stamped: boolean
  readonly images: ImageTreatment | null
  /** First object number that the worker may use. */
  readonly firstNumber: number
  readonly out: string
}

/** A table as rows of text: JSON of `string[][]`, or why it was not taken. */
export interface TableRead {
  readonly name: string
  readonly rows: Uint8Array
  readonly refused: SheetError['code'] | null
}

/** What workers can be asked: name -> [request, answer]. */
export interface Tasks {
  page: [{ readonly source: ImageSource; readonly options: PageOptions }, PageLayers]
  pdf: [ReceivedRequest, ReceivedPdf]
  font: [{ readonly text: string }, FontSubset]
  probe: [{ readonly path: string }, FileProbe]
  previews: [PreviewRequest, Previews]
  verify: [{ readonly path: string }, DocumentVerdict]
  arrive: [PreviewRequest, Arrival]
  pack: [{ readonly path: string; readonly out: string }, boolean]
  look: [LookRequest, PageFacts]
  printed: [PrintedRequest, { readonly pages: number }]
  table: [{ readonly path: string }, TableRead]
}
export type TaskName = keyof Tasks

export interface Order {
  readonly id: number
  readonly task: TaskName
  readonly request: unknown
  /** Where the answer's bytes go. */
  readonly file: string
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ErrorMessage }
