import type { CropBox, Quarter } from '../../contract/core/page-adjust.ts'
import type { DocumentErrorCode, ErrorParams } from './errors.ts'

export type Rotation = Quarter

export interface ImageSource {
  readonly kind: 'image'
  readonly path: string
  /** Page of a multi-page TIFF, from 0. */
  readonly page?: number
  /** Degrees clockwise, after the file's own EXIF orientation. */
  readonly rotate?: Rotation
  /** Pixels per inch, where the file does not say or is wrong. */
  readonly dpi?: number
  /** Fine turn about the centre in degrees clockwise, after the quarter turns. */
  readonly angleDeg?: number
  /** What is kept of the turned page. */
  readonly crop?: CropBox
  /** Shade and uneven light are taken out. */
  readonly even?: boolean
}

export interface PdfSource {
  readonly kind: 'pdf'
  readonly path: string
  readonly password?: string
  /** Pages to take, from 0, in this order; all where absent. */
  readonly pages?: readonly number[]
  /** Degrees clockwise, added to each page's own rotation. */
  readonly rotate?: Rotation
}

export type PageSource = ImageSource | PdfSource

export type StampTemplate = 'header-footer' | 'footer' | 'watermark'

/** `{library}`, `{libraryEn}`, `{requestNo}`, `{date}`, `{staff}`, `{text}`, `{page}`, `{pages}` and `{check}` are filled in. */
export interface StampField {
  readonly text: string
  /** Parts of the page as it is seen, from its top left; of the baseline's begin, middle or end by `align`. */
  readonly x: number
  readonly y: number
  /** Points on A4. */
  readonly size: number
  readonly align: 'left' | 'centre' | 'right'
  readonly on: 'all' | 'first' | 'last'
}

export interface CoverPage {
  /** Lines after the heading, such as title, author, journal, pages. */
  readonly lines: readonly string[]
  /** The copyright notice; the template's own bilingual text where absent. */
  readonly notice?: string
}

export interface StampOptions {
  readonly template: StampTemplate
  readonly library: string
  readonly libraryEn?: string
  readonly requestNo: string
  /** yyyy-mm-dd: an input, so that the same job gives the same bytes. */
  readonly date: string
  readonly staff?: string
  readonly freeText?: string
  readonly qr?: boolean
  readonly cover?: CoverPage
  readonly firstPageOnly?: boolean
  /** Texts at places of the page instead of the template's own. */
  readonly layout?: readonly StampField[]
}

/**
 * clean: black ink on white with pictures kept; paper: the paper's look kept under sharp ink; grey, colour: one JPEG a
 * page; original: the file's own pixels untouched.
 */
export type DocumentProfile = 'clean' | 'paper' | 'grey' | 'colour' | 'original'
/** Simplified Chinese, traditional Chinese, English; as tesseract names them. */
export const OCR_LANGUAGES = ['chi_sim', 'chi_tra', 'eng'] as const
export type OcrLanguage = (typeof OCR_LANGUAGES)[number]
export type BilevelCodec = 'jbig2' | 'g4'

export interface DocumentMetadata {
  readonly title: string
  readonly requestNo: string
  readonly library: string
}

export interface DocumentJob {
  readonly pages: readonly PageSource[]
  readonly out: string
  readonly stamp?: StampOptions
  readonly profile: DocumentProfile
  readonly bilevel: BilevelCodec
  /** Bytes that the delivery should stay below. */
  readonly budgetBytes?: number
  readonly metadata: DocumentMetadata
  /** Languages in which scanned pages are read for an invisible text layer; none where absent. */
  readonly ocr?: readonly OcrLanguage[]
  /** Leave a signed PDF's pages unstamped, so that its signature text stays as it was. */
  readonly keepSigned?: boolean
  /** Refuse a PDF whose owner restricts what may be done with it. */
  readonly refuseRestricted?: boolean
  /** PDF/A-2b where all pages are images whose colours can be told. */
  readonly pdfa?: boolean
}

/** What was done with a page: how its bytes are coded. */
export type PageChoice = 'bilevel' | 'mixed' | 'paper' | 'grey' | 'colour' | 'original' | 'pdf' | 'cover'

export const DOCUMENT_WARNING_CODES = [
  'larger_than_input',
  'opened_without_password',
  'repaired_pdf',
  'signature_invalidated',
  'signed_left_unstamped',
  'pdfa_lost',
  'pdfa_not_possible',
  'images_recompressed',
  'stamp_replaced',
  'form_flattened',
  'form_field_drawn',
  'javascript_removed',
  'launch_action_removed',
  'embedded_file_removed',
  'media_removed',
  'action_removed',
  'annotation_removed',
  'missing_glyph',
  'blank_page',
  'low_resolution',
  'damaged_page',
  'over_budget',
  'quality_reduced',
] as const
export type DocumentWarningCode = (typeof DOCUMENT_WARNING_CODES)[number]

export interface DocumentWarning {
  readonly code: DocumentWarningCode
  /** Index into `pages` of the job, where the warning concerns one source. */
  readonly source?: number
  /** Page of the result, from 1. */
  readonly page?: number
  readonly params?: ErrorParams
}

export interface PageReport {
  readonly source: number
  readonly choice: PageChoice
  readonly bytes: number
}

export interface DocumentReport {
  readonly out: string
  readonly pages: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly perPage: readonly PageReport[]
  readonly warnings: readonly DocumentWarning[]
  /** Of the file written, in lower-case hexadecimal. */
  readonly sha256: string
  /** Of what each page draws before the stamp (pdf/page-hash.ts); its beginning stands in the footer. */
  readonly pageHashes: readonly string[]
}

/** A page of a delivered file, held against its own footer. */
export interface PageVerdict {
  /** From 1. */
  readonly page: number
  /** Worked out from what the page draws now. */
  readonly hash: string
  /** What its footer says: place, number of pages and the first characters of the hash; null without a stamp. */
  readonly printed: { readonly page: number; readonly pages: number; readonly hash: string } | null
  readonly holds: boolean
}

export interface DocumentVerdict {
  readonly pages: readonly PageVerdict[]
  /** Every stamped page is unchanged, none is missing and they are in order. */
  readonly holds: boolean
}

export interface DocumentProgress {
  /** Pages finished. */
  readonly page: number
  readonly pages: number
  readonly bytes: number
  /** Remaining milliseconds; null until it can be told. */
  readonly etaMs: number | null
}

export interface FileProbe {
  readonly kind: 'image' | 'pdf' | 'print_into_desk' | 'unsupported'
  readonly mime: string
  readonly bytes: number
  readonly pages: number
  /** Of the first page, upright: pixels for images, points for PDFs. */
  readonly width: number
  readonly height: number
  readonly dpi: number | null
  /** Why it cannot be taken as it is. */
  readonly problem?: DocumentErrorCode
}
