import { DocumentError } from '../errors.ts'
import { ObjectFile } from '../pdf/object-file.ts'
import { DrawnStreams, hashOfDigests } from '../pdf/page-hash.ts'
import { nums, ref } from '../pdf/syntax.ts'
import { listPages, pageGeometry, type PdfPage } from '../pdf/read/pages.ts'
import { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef, PdfStream, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import { CONTENT_NAME } from '../stamp/content.ts'
import type { ReceivedPage, ReceivedPdf, ReceivedRequest } from '../tasks.ts'
import type { DocumentWarning, Rotation } from '../types.ts'
import { Annotations } from './annotations.ts'
import { inBalance } from './content.ts'
import { destinations } from './destinations.ts'
import { readPdfBytes } from './inspect.ts'
import { DrawnSizes } from './drawn-size.ts'
import { labelsOf } from './labels.ts'
import { ObjectCopier, type ImageMaker } from './object-copier.ts'
import { outlineOf } from './outline.ts'
import { withoutOwnStamp } from './own-stamp.ts'
import { optionalContent } from './optional-content.ts'
import { inspectCatalog } from './safety.ts'
import { smallerImage } from './smaller-image.ts'
import type { ImageTreatment } from './treatment.ts'

/** Page entries that are taken along beside those built here. */
const PAGE_ENTRIES = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit']

/** Pages of maps and drawings reach some ten megabytes of drawing operators. */
const MAXIMUM_CONTENT = 48 * 2 ** 20
/** Longer content is drawing, not a page with a picture. */
const MOST_LOOKED_AT = 8 * 2 ** 20
/** Pixels coded anew in one file; a count, not a time, so that the same file gives the same bytes. */
const MOST_PIXELS = 1_500_000_000
const NEW_LINE = Uint8Array.of(10)
/** All that a content stream may bring along into the form. */
const CODING_ONLY = /^(Filter|DecodeParms|DP|F|FFilter|FDecodeParms)$/

interface CopiedPage extends Omit<ReceivedPage, 'hash'> {
  /** Objects of the streams the page draws, which are hashed when all of them are written. */
  readonly drawn: readonly number[]
}

/** A page's content and the streams that it draws in turn. */
interface ContentForm {
  readonly object: number
  readonly draws: readonly PdfRef[]
}

interface Chosen {
  readonly page: PdfPage
  /** In its own file, from 0. */
  readonly index: number
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
  readonly #streams: DrawnStreams
  readonly #drawn: DrawnSizes
  /** Stamps that the pages carry from before make room for the new ones. */
  #replacesStamps = false
  readonly #warnings: DocumentWarning[] = []
  /** Positions of pages of which a part is missing. */
  readonly #damaged: number[] = []

  constructor(file: PdfFile, target: ObjectFile, request: ReceivedRequest) {
    this.#file = file
    this.#target = target
    this.#request = request
    this.#streams = new DrawnStreams(file)
    this.#drawn = new DrawnSizes(file)
  }

  async run(): Promise<Pick<ReceivedPdf, 'pages' | 'warnings' | 'signed' | 'layers' | 'outline' | 'total'>> {
    const file = this.#file
    if (file.encrypted && this.#request.refuseRestricted && !this.#request.password)
      throw new DocumentError('restricted_pdf')
    const all = listPages(file)
    if (all.length === 0) throw new DocumentError('damaged_pdf')
    const chosen = this.#choose(all)
    const numbers = new Map<number, number | null>()
    for (const page of all) if (page.object) numbers.set(page.object, null)
    for (const { page, object } of chosen)
      if (page.object && !numbers.get(page.object)) numbers.set(page.object, object)
    const findings = inspectCatalog(file)
    const { images, keepSigned, stamped } = this.#request
    const untouched = findings.signed && keepSigned
    const treatment = untouched ? null : images
    this.#replacesStamps = stamped && !untouched
    const copier = new ObjectCopier(file, this.#target, numbers, treatment && this.#imageMaker(treatment))
    const labels = labelsOf(file, all.length)
    const named = destinations(file)
    const annotations = new Annotations(file, copier, this.#target, named)
    const copied: CopiedPage[] = []
    for (const entry of chosen) {
      const label = labels[entry.index]
      const page = await this.#copyPage(entry, copier, annotations, copied.length + 1)
      copied.push({ ...page, ...(label ? { label } : {}) })
    }
    const layers = optionalContent(file, copier)
    const outline = outlineOf(file, (target) => annotations.place(target))
    await annotations.finish()
    await copier.finish()
    const pages = copied.map(({ drawn, ...page }) => ({
      ...page,
      hash: hashOfDigests(drawn.map((object) => this.#target.digestOfStream(object))),
    }))
    if (file.encrypted && !this.#request.password) this.#warnings.push({ code: 'opened_without_password' })
    const [firstDamaged] = this.#damaged
    if (firstDamaged !== undefined)
      this.#warnings.push({ code: 'damaged_page', page: firstDamaged, params: { pages: this.#damaged.length } })
    if (file.repaired) this.#warnings.push({ code: 'repaired_pdf' })
    for (const code of new Set([...findings.codes, ...copier.removed])) this.#warnings.push({ code })
    return { pages, warnings: this.#warnings, signed: findings.signed, layers, outline, total: all.length }
  }

  #choose(all: readonly PdfPage[]): Chosen[] {
    const { pages, rotate } = this.#request
    const wanted = pages ?? all.map((_, index) => ({ index, rotate }))
    return wanted.map(({ index, rotate: turn }) => {
      const page = all[index]
      if (!page) throw new DocumentError('page_out_of_range', { page: index + 1, pages: all.length })
      return { page, index, rotate: turn, object: this.#target.allocate() }
    })
  }

  #imageMaker(treatment: ImageTreatment): ImageMaker {
    let pixels = 0
    return async (object, image) => {
      pixels += (this.#file.number(image.dict.get('Width')) ?? 0) * (this.#file.number(image.dict.get('Height')) ?? 0)
      if (pixels > MOST_PIXELS) return null
      return smallerImage(this.#file, image, this.#drawn.of(object), treatment)
    }
  }

  async #copyPage(
    { page, rotate, object }: Chosen,
    copier: ObjectCopier,
    annotations: Annotations,
    position: number,
  ): Promise<CopiedPage> {
    const { mediaBox, view } = pageGeometry(this.#file, page, rotate)
    const parts = this.#contentStreams(page.dict, position)
    const resources = page.inherited.get('Resources')
    const { kept, widgets } = annotations.ofPage(page.dict, resources, pageGeometry(this.#file, page, 0).view.rotate)
    let entries = `/MediaBox[${nums(mediaBox)}]`
    const crop = [view.x, view.y, view.x + view.width, view.y + view.height]
    if (crop.some((edge, i) => edge !== mediaBox[i])) entries += `/CropBox[${nums(crop)}]`
    if (view.rotate) entries += `/Rotate ${view.rotate}`
    for (const key of PAGE_ENTRIES) if (page.dict.has(key)) entries += `/${key} ${copier.value(page.dict.get(key)!)}`
    if (kept.length > 0) entries += `/Annots[${kept.join(' ')}]`
    let content = ''
    let xObjects = ''
    const drawn: number[] = []
    if (parts.length > 0) {
      const form = await this.#contentForm(parts, mediaBox, page, copier, position, view.unit)
      drawn.push(form.object, ...form.draws.map((reference) => copier.number(reference.object)))
      content += `q /${CONTENT_NAME} Do Q\n`
      xObjects += `/${CONTENT_NAME} ${ref(form.object)}`
    }
    for (const { name, matrix, object: appearance } of widgets) {
      content += `q ${nums(matrix)} cm /${name} Do Q\n`
      xObjects += `/${name} ${ref(appearance)}`
    }
    return { object, entries, content, xObjects, view, drawn }
  }

  /**
   * The page's whole content as one form. Whatever is wrong in it, an open string, an image without end, states never
   * restored, ends with the form and cannot touch the stamp; and names of its resources cannot meet ours. What such a
   * form was once before, under a stamp that goes, is that form still.
   */
  async #contentForm(
    parts: readonly PdfStream[],
    mediaBox: readonly number[],
    page: PdfPage,
    copier: ObjectCopier,
    position: number,
    unit: number,
  ): Promise<ContentForm> {
    const resources = page.inherited.get('Resources')
    const own = this.#file.dict(resources) ?? new Map<string, PdfValue>()
    const read = this.#readContent(parts, position)
    const bare = read && this.#replacesStamps ? withoutOwnStamp(this.#file, read.bytes, own) : null
    const content = bare ?? read
    if (content && this.#request.images && content.bytes.length <= MOST_LOOKED_AT)
      this.#drawn.addPage(content.bytes, resources, unit)
    if (bare) copier.note('stamp_replaced')
    if (bare?.form) {
      const [, ...draws] = this.#streams.from(bare.form)
      return { object: copier.number(bare.form.object), draws }
    }
    const object = this.#target.allocate()
    const shared = !bare && resources instanceof PdfRef && this.#file.dict(resources) !== null
    const entries =
      `/Type/XObject/Subtype/Form/BBox[${nums(mediaBox)}]/Resources` +
      (shared ? ` ${ref(copier.number(resources.object))}` : `<<${copier.entries(bare?.resources ?? own)}>>`)
    const balanced = content && inBalance(content.bytes)
    const asItIs = !balanced || (read!.asOne && !bare && balanced === content.bytes)
    if (asItIs) await copier.writeStream(object, parts[0]!, entries, (key) => !CODING_ONLY.test(key))
    else await this.#target.compressed(object, entries, balanced)
    return { object, draws: this.#streams.of(bare?.resources ?? resources) }
  }

  #contentStreams(dict: PdfDict, page: number): PdfStream[] {
    const value = this.#file.resolve(dict.get('Contents'))
    const parts = value instanceof PdfStream ? [value] : this.#file.array(value).map((part) => this.#file.resolve(part))
    const streams = parts.filter((part) => part instanceof PdfStream)
    const wanted = dict.has('Contents') && (parts.length > 0 || value === null)
    if (streams.length < parts.length || (wanted && streams.length === 0)) this.#damaged.push(page)
    return streams
  }

  /** All streams as one, and whether that is no more than the one sound stream there is; null where it is too long. */
  #readContent(parts: readonly PdfStream[], position: number): { bytes: Uint8Array; asOne: boolean } | null {
    try {
      const decoded = parts.map((part) => this.#decoded(part))
      const whole = decoded.every((part) => part.whole)
      if (!whole) this.#damaged.push(position)
      const bytes = Buffer.concat(decoded.flatMap((part) => [part.bytes, NEW_LINE]))
      return { bytes, asOne: whole && parts.length === 1 }
    } catch (error) {
      if (error instanceof DocumentError && error.code === 'too_large') return null
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
}
