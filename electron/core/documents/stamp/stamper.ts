import type { PdfWriter } from '../pdf/writer.ts'
import { ref } from '../pdf/syntax.ts'
import type { DocumentWarning, StampOptions } from '../types.ts'
import { coverContent, FONT_NAME, QR_NAME, STATE_NAME, stampContent, type PageView } from './content.ts'
import { embedFont } from './embed-font.ts'
import type { FontSubset } from './font.ts'
import { requestQr } from './qr.ts'
import { stampCharacters } from './template.ts'

interface Owed {
  readonly object: number
  /** Content that the stamp follows in the same stream. */
  readonly before: string
  readonly view: PageView
  readonly hash: string
  /** Number of the page among those stamped, from 1. */
  readonly page: number
  /** The page gets no stamp. */
  readonly untouched: boolean
}

/** Entries of a page's resource dictionary by category. */
export interface PageResources {
  readonly font: string
  readonly xObject: string
  readonly state: string
}

/** The resource dictionary's entries. */
export const ownResources = ({ font, xObject, state }: PageResources): string =>
  (font && `/Font<<${font}>>`) + (xObject && `/XObject<<${xObject}>>`) + (state && `/ExtGState<<${state}>>`)

const A4 = [595.28, 841.89] as const

/**
 * Stamps the pages of one document. A stamp names the number of pages, which is known only at the end: so each page
 * gets an object number for its content at once, and the contents are written by `finish`.
 */
export class Stamper {
  readonly #writer: PdfWriter
  readonly #options: StampOptions | undefined
  readonly #owed: Owed[] = []
  #font: FontSubset | null = null
  #fontObject = 0
  #qrObject = 0
  #stateObject = 0
  #pages = 0

  constructor(writer: PdfWriter, options: StampOptions | undefined) {
    this.#writer = writer
    this.#options = options
  }

  /** What the font must be able to write. */
  get characters(): string {
    return this.#options ? stampCharacters(this.#options) : ''
  }

  /** Resource entries that a page needs for its stamp, by category. */
  get resources(): PageResources {
    return {
      font: this.#fontObject ? `/${FONT_NAME} ${ref(this.#fontObject)}` : '',
      xObject: this.#qrObject ? `/${QR_NAME} ${ref(this.#qrObject)}` : '',
      state: this.#stateObject ? `/${STATE_NAME} ${ref(this.#stateObject)}` : '',
    }
  }

  /** Writes font, QR code and cover page. */
  async prepare(font: FontSubset): Promise<DocumentWarning[]> {
    const options = this.#options
    if (!options) return []
    const { file } = this.#writer
    this.#font = font
    this.#fontObject = file.allocate()
    await embedFont(file, this.#fontObject, font)
    if (options.qr) await this.#writeQr(options.requestNo)
    if (options.template === 'watermark') {
      this.#stateObject = file.allocate()
      await file.object(this.#stateObject, '<</Type/ExtGState/ca 0.12/CA 0.12>>')
    }
    if (options.cover) await this.#writeCover(options, font)
    return font.missing.length > 0 ? [{ code: 'missing_glyph', params: { characters: font.missing.join('') } }] : []
  }

  /** Keeps a page's content until it can be written together with its stamp; returns the stream's number. An `untouched`
   * page counts, and gets no stamp. */
  contentOfPage(content: string, view: PageView, hash: string, untouched = false): number {
    const object = this.#writer.file.allocate()
    this.#owed.push({ object, before: content, view, hash, page: ++this.#pages, untouched })
    return object
  }

  /** Writes every content that was kept. */
  async finish(): Promise<void> {
    for (const { object, before, view, hash, page, untouched } of this.#owed) {
      const stamp =
        this.#options && this.#font && !untouched && this.#stamped(page)
          ? stampContent(this.#options, { page, pages: this.#pages, hash }, view, this.#font)
          : ''
      await this.#writer.file.compressed(object, '', Buffer.from(before + stamp, 'latin1'))
    }
  }

  #stamped(page: number): boolean {
    return this.#options !== undefined && (page === 1 || !this.#options.firstPageOnly)
  }

  async #writeQr(requestNo: string): Promise<void> {
    const { file } = this.#writer
    const { width, height, bits } = requestQr(requestNo)
    this.#qrObject = file.allocate()
    const entries = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ImageMask true/BitsPerComponent 1/Decode[1 0]`
    await file.compressed(this.#qrObject, entries, bits)
  }

  async #writeCover(options: StampOptions, font: FontSubset): Promise<void> {
    const { file } = this.#writer
    const content = file.allocate()
    await file.compressed(content, '', Buffer.from(coverContent(options, A4[0], A4[1], font), 'latin1'))
    await this.#writer.addPage(
      file.allocate(),
      `/MediaBox[0 0 ${A4.join(' ')}]/Resources<<${ownResources(this.resources)}>>/Contents ${ref(content)}`,
    )
  }
}
