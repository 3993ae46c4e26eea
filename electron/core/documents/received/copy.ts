import { createHash } from 'node:crypto'
import { DocumentError } from '../errors.ts'
import { ObjectFile } from '../pdf/object-file.ts'
import { nums, ref } from '../pdf/syntax.ts'
import { listPages, pageGeometry, type PdfPage } from '../pdf/read/pages.ts'
import { PdfFile } from '../pdf/read/pdf-file.ts'
import { isDict, PdfStream, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import type { ReceivedPage, ReceivedPdf, ReceivedRequest } from '../tasks.ts'
import type { DocumentWarning, Rotation } from '../types.ts'
import { Annotations, type FlattenedWidget } from './annotations.ts'
import { readContent, UNREAD_CONTENT, type Content } from './content.ts'
import { readPdfBytes } from './inspect.ts'
import { ObjectCopier } from './object-copier.ts'
import { optionalContent } from './optional-content.ts'
import { inspectCatalog } from './safety.ts'

/** Page entries that are taken along beside those built here. */
const PAGE_ENTRIES = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit']

/** Pages of maps and drawings reach some ten megabytes of drawing operators. */
const MAXIMUM_CONTENT = 48 * 2 ** 20
const NEW_LINE = Uint8Array.of(10)

interface Chosen {
  readonly page: PdfPage
  readonly rotate: Rotation
  readonly object: number
}

/**
 * Copies pages of a received PDF with their text, fonts and drawing as they are into a file of objects whose numbers
 * begin at `firstNumber`. Throws DocumentError.
 */
export async function copyReceivedPdf(request: ReceivedRequest): Promise<ReceivedPdf> {
  const bytes = await readPdfBytes(request.path)
  return PdfFile.use(bytes, { password: request.password }, async (file) => {
    const target = await ObjectFile.create(request.out, request.firstNumber)
    try {
      const copied = await new Copy(file, target, request).run()
      await target.pack()
      await target.close()
      const count = target.nextNumber - request.firstNumber
      return { ...copied, count, places: target.places, bytesIn: bytes.length }
    } catch (error) {
      await target.abandon()
      throw error
    }
  })
}

class Copy {
  readonly #file: PdfFile
  readonly #target: ObjectFile
  readonly #request: ReceivedRequest
  readonly #warnings: DocumentWarning[] = []
  /** Positions of pages of which a part is missing. */
  readonly #damaged: number[] = []

  constructor(file: PdfFile, target: ObjectFile, request: ReceivedRequest) {
    this.#file = file
    this.#target = target
    this.#request = request
  }

  async run(): Promise<Pick<ReceivedPdf, 'pages' | 'warnings' | 'signed' | 'layers'>> {
    const file = this.#file
    const all = listPages(file)
    if (all.length === 0) throw new DocumentError('damaged_pdf')
    const chosen = this.#choose(all)
    const numbers = new Map<number, number | null>()
    for (const page of all) if (page.object) numbers.set(page.object, null)
    for (const { page, object } of chosen)
      if (page.object && !numbers.get(page.object)) numbers.set(page.object, object)
    const copier = new ObjectCopier(file, this.#target, numbers)
    const findings = inspectCatalog(file)
    const annotations = new Annotations(file, copier)
    const pages: ReceivedPage[] = []
    for (const entry of chosen) pages.push(await this.#copyPage(entry, copier, annotations, pages.length + 1))
    const layers = optionalContent(file, copier)
    await copier.finish()
    if (file.encrypted && !this.#request.password) this.#warnings.push({ code: 'opened_without_password' })
    const [firstDamaged] = this.#damaged
    if (firstDamaged !== undefined)
      this.#warnings.push({ code: 'damaged_page', page: firstDamaged, params: { pages: this.#damaged.length } })
    if (file.repaired) this.#warnings.push({ code: 'repaired_pdf' })
    for (const code of new Set([...findings.codes, ...copier.removed])) this.#warnings.push({ code })
    return { pages, warnings: this.#warnings, signed: findings.signed, layers }
  }

  #choose(all: readonly PdfPage[]): Chosen[] {
    const { pages, rotate } = this.#request
    const wanted = pages ?? all.map((_, index) => ({ index, rotate }))
    return wanted.map(({ index, rotate: turn }) => {
      const page = all[index]
      if (!page) throw new DocumentError('page_out_of_range', { page: index + 1, pages: all.length })
      return { page, rotate: turn, object: this.#target.allocate() }
    })
  }

  async #copyPage(
    { page, rotate, object }: Chosen,
    copier: ObjectCopier,
    annotations: Annotations,
    position: number,
  ): Promise<ReceivedPage> {
    const { mediaBox, view } = pageGeometry(this.#file, page, rotate)
    const parts = this.#contentStreams(page.dict, position)
    const hash = createHash('sha256')
    for (const part of parts) hash.update(this.#file.encoded(part))
    const content = this.#readContent(parts)
    const contents = content.cleaned
      ? [await this.#cleanedContent(content.cleaned, position)]
      : parts.map((part) => copier.number(part.ref.object))
    const { kept, widgets } = annotations.ofPage(page.dict)
    if (widgets.length > 0) contents.push(await this.#widgetContent(widgets))
    let entries = `/MediaBox[${nums(mediaBox)}]`
    const crop = [view.x, view.y, view.x + view.width, view.y + view.height]
    if (crop.some((edge, i) => edge !== mediaBox[i])) entries += `/CropBox[${nums(crop)}]`
    if (view.rotate) entries += `/Rotate ${view.rotate}`
    for (const key of PAGE_ENTRIES) if (page.dict.has(key)) entries += `/${key} ${copier.value(page.dict.get(key)!)}`
    if (kept.length > 0) entries += `/Annots[${kept.join(' ')}]`
    entries += `/Resources<<${this.#resources(page, copier, widgets)}>>`
    return { object, entries, contents, content: { ...content, cleaned: null }, view, hash: hash.digest('hex') }
  }

  #contentStreams(dict: PdfDict, page: number): PdfStream[] {
    const value = this.#file.resolve(dict.get('Contents'))
    const parts = value instanceof PdfStream ? [value] : this.#file.array(value).map((part) => this.#file.resolve(part))
    const streams = parts.filter((part) => part instanceof PdfStream)
    const wanted = dict.has('Contents') && (parts.length > 0 || value === null)
    if (streams.length < parts.length || (wanted && streams.length === 0)) this.#damaged.push(page)
    return streams
  }

  /** Content that cannot be decoded counts as nothing; content of a size that smells of a bomb is taken as sound. */
  #readContent(parts: readonly PdfStream[]): Content {
    try {
      const decoded = parts.map((part) => this.#decoded(part))
      const content = readContent(Buffer.concat(decoded.flatMap(({ bytes }) => [bytes, NEW_LINE])))
      if (content.cleaned || decoded.every(({ whole }) => whole)) return content
      return { ...content, cleaned: Buffer.concat(decoded.map(({ bytes }) => bytes)) }
    } catch (error) {
      if (error instanceof DocumentError && error.code === 'too_large') return UNREAD_CONTENT
      throw error
    }
  }

  #decoded(part: PdfStream): { bytes: Uint8Array; whole: boolean } {
    try {
      return { bytes: this.#file.decoded(part, MAXIMUM_CONTENT), whole: this.#file.isWhole(part) }
    } catch (error) {
      if (error instanceof DocumentError && error.code === 'too_large') throw error
      return { bytes: new Uint8Array(0), whole: false }
    }
  }

  async #cleanedContent(cleaned: Uint8Array, position: number): Promise<number> {
    this.#damaged.push(position)
    const object = this.#target.allocate()
    await this.#target.compressed(object, '', cleaned)
    return object
  }

  /** The page's own resources with the stamp's and the flattened widgets' put in by category. */
  #resources(page: PdfPage, copier: ObjectCopier, widgets: readonly FlattenedWidget[]): string {
    const { font, xObject, state } = this.#request.resources
    const widgetObjects = widgets.map(({ name, object }) => `/${name} ${ref(object)}`).join('')
    const added: [string, string][] = [
      ['Font', font],
      ['XObject', xObject + widgetObjects],
      ['ExtGState', state],
    ]
    const own = this.#file.dict(page.inherited.get('Resources')) ?? new Map<string, PdfValue>()
    let out = copier.entries(own, (key) => added.some(([category, more]) => category === key && more !== ''))
    for (const [category, more] of added) {
      if (!more) continue
      const dict = this.#file.resolve(own.get(category))
      out += `/${category}<<${isDict(dict) ? copier.entries(dict) : ''}${more}>>`
    }
    return out
  }

  async #widgetContent(widgets: readonly FlattenedWidget[]): Promise<number> {
    const object = this.#target.allocate()
    const content = widgets.map(({ name, matrix }) => `q ${nums(matrix)} cm /${name} Do Q\n`).join('')
    await this.#target.compressed(object, '', Buffer.from(`\n${content}`, 'latin1'))
    return object
  }
}
