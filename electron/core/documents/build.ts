import { createHash } from 'node:crypto'
import { copyFile, readFile, rename, rm, stat } from 'node:fs/promises'
import { budgetSteps, receivedSteps, type Step } from './budget.ts'
import { DocumentError, toDocumentError } from './errors.ts'
import { TEXT_FONT_NAME, textLayerContent, writeInvisibleFont } from './ocr/text-layer.ts'
import { writeImagePage } from './pdf/image-page.ts'
import { num, ref } from './pdf/syntax.ts'
import { readJpegHeader } from './pdf/jpeg-header.ts'
import { PdfWriter } from './pdf/writer.ts'
import type { PageMaker } from './page-maker.ts'
import { partOf } from './part-file.ts'
import type { DocumentPool } from './pool.ts'
import { layerBytes, type PageLayers } from './raster/layers.ts'
import type { FontSubset } from './stamp/font.ts'
import { ownResources, Stamper } from './stamp/stamper.ts'
import type { ReceivedRequest, Tasks } from './tasks.ts'
import type {
  DocumentJob,
  DocumentProgress,
  DocumentReport,
  DocumentWarning,
  ImageSource,
  PageReport,
  PageSource,
  PdfSource,
} from './types.ts'

export interface BuildOptions {
  readonly pool: DocumentPool
  readonly maker: PageMaker
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DocumentProgress) => void
}

const PAGE_TIMEOUT_MS = 120_000
/** A dense page takes some ten seconds to read on a free core. */
const OCR_TIMEOUT_MS = 400_000
const PDF_TIMEOUT_MS = 600_000
/** Pages that may be finished ahead of the one to be written next. */
const WINDOW = 6
/** Dots per inch below which a reader will see the lack of them. */
const LOW_RESOLUTION = 150

/**
 * Makes one PDF of scanned pages and received PDFs. Writes beside `job.out` and renames at the end. Where the job has a
 * budget, gentler ways are tried first and the last one stands, with a warning where even that is larger.
 * Throws DocumentError.
 */
export async function buildDocument(job: DocumentJob, options: BuildOptions): Promise<DocumentReport> {
  if (job.pages.length === 0) throw new DocumentError('no_pages')
  const part = partOf(job.out)
  const abort = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal
  try {
    const report = await buildWithinBudget(job, part, { ...options, signal })
    if (signal.aborted) throw new DocumentError('cancelled')
    await rename(part, job.out)
    return report
  } catch (error) {
    abort.abort()
    await rm(part, { force: true })
    throw toDocumentError(error, 'not_writable', { file: job.out })
  }
}

/** What a page is made with; `preparePages` must ask for exactly what the build asks for first. */
function pageRequest(source: ImageSource, { bilevel, ocr }: PageJob, step: Step): Tasks['page'][0] {
  const { profile, quality } = step
  return { source, options: { profile, quality, bilevel, ...(ocr ? { ocr } : {}) } }
}

type PageJob = Pick<DocumentJob, 'bilevel' | 'ocr'>
const pageTimeout = ({ ocr }: PageJob): number => (ocr?.length ? OCR_TIMEOUT_MS : PAGE_TIMEOUT_MS)

/** Makes the scanned pages of a job in the background, as its build will want them. Throws DocumentError. */
export async function preparePages(
  job: PageJob & Pick<DocumentJob, 'pages' | 'profile'>,
  maker: PageMaker,
): Promise<void> {
  const [step] = budgetSteps(job.profile)
  for (const page of job.pages)
    if (page.kind === 'image' && step)
      await maker.make(pageRequest(page, job, step), { timeoutMs: pageTimeout(job), lane: 'background' })
}

type RunningOptions = BuildOptions & { readonly signal: AbortSignal }

async function buildWithinBudget(job: DocumentJob, part: string, options: RunningOptions): Promise<DocumentReport> {
  const budget = job.budgetBytes ?? Infinity
  const scans = job.pages.some((page) => page.kind === 'image')
  const possible = scans ? budgetSteps(job.profile) : receivedSteps(job.profile)
  const steps = possible.slice(0, budget < Infinity ? undefined : 1)
  for (const [i, step] of steps.entries()) {
    const report = await new Build(job, options, step).run(part)
    const fits = report.bytesOut <= budget
    if (!fits && i < steps.length - 1) continue
    const warnings = [...report.warnings]
    if (i > 0) warnings.push({ code: 'quality_reduced', params: { profile: step.profile, step: i } })
    if (!fits) warnings.push({ code: 'over_budget', params: { bytes: report.bytesOut, budget } })
    return { ...report, warnings }
  }
  throw new DocumentError('no_pages')
}

class Build {
  readonly #job: DocumentJob
  readonly #options: RunningOptions
  readonly #step: Step
  readonly #perPage: PageReport[] = []
  readonly #hashes: string[] = []
  readonly #warnings: DocumentWarning[] = []
  readonly #started = performance.now()
  #bytesIn = 0
  #textFontObject: number | null = null
  /** A signed file that is delivered byte for byte. */
  #asItCame: string | null = null
  #cmyk = false
  #expectedPages: number

  constructor(job: DocumentJob, options: RunningOptions, step: Step) {
    this.#job = job
    this.#options = options
    this.#step = step
    this.#expectedPages = expected(job.pages)
  }

  async run(path: string): Promise<DocumentReport> {
    const { metadata, stamp, pages } = this.#job
    const writer = await PdfWriter.create(path)
    try {
      const stamper = new Stamper(writer, stamp)
      const font = stamp && this.#font(stamper.characters)
      font?.catch(() => {}) // told below
      const ahead = this.#pagesAhead()
      // another worker makes pages while the font is cut
      ahead.begin()
      if (font) this.#warnings.push(...(await stamper.prepare(await font)))
      for (let source = 0; source < pages.length;) {
        const group = samePdf(pages, source)
        if (group.length > 0) await this.#addPdf(writer, stamper, source, group)
        else await this.#addImage(writer, stamper, source, await ahead.take(source))
        source += Math.max(1, group.length)
      }
      if (this.#asItCame !== null) return await this.#deliverAsItCame(this.#asItCame, writer, path)
      await stamper.finish()
      const count = writer.pageCount
      if (count === 0) throw new DocumentError('no_pages')
      const fingerprint = JSON.stringify([metadata, stamp ?? null, this.#hashes])
      await writer.finish({
        metadata,
        covers: stamp?.cover ? 1 : 0,
        fingerprint,
        pdfa: this.#claimsPdfA(),
        ...(stamp ? { date: stamp.date } : {}),
      })
      const { size } = await stat(path)
      if (size > this.#bytesIn)
        this.#warnings.push({ code: 'larger_than_input', params: { bytesIn: this.#bytesIn, bytesOut: size } })
      return {
        out: this.#job.out,
        pages: count,
        bytesIn: this.#bytesIn,
        bytesOut: size,
        perPage: this.#perPage,
        warnings: this.#warnings,
        sha256: writer.file.sha256,
        pageHashes: this.#hashes,
      }
    } catch (error) {
      await writer.file.abandon()
      throw error
    }
  }

  #font(text: string): Promise<FontSubset> {
    return this.#options.pool.run('font', { text }, { timeoutMs: PAGE_TIMEOUT_MS, signal: this.#options.signal })
  }

  /** Starts pages before their turn, so that every worker is busy, but never more than the window holds. */
  #pagesAhead(): { begin(): void; take(source: number): Promise<PageLayers> } {
    const running = new Map<number, Promise<PageLayers>>()
    let next = 0
    const start = (before: number): void => {
      for (; next < this.#job.pages.length && next < before; next++) {
        const page = this.#job.pages[next]!
        if (page.kind !== 'image') continue
        const promise = this.#analyse(page, next)
        promise.catch(() => {}) // told when its turn comes
        running.set(next, promise)
      }
    }
    return {
      begin: () => start(WINDOW),
      take: (source) => {
        start(source + WINDOW)
        const promise = running.get(source)!
        running.delete(source)
        return promise
      },
    }
  }

  #analyse(source: ImageSource, index: number): Promise<PageLayers> {
    const { maker, signal } = this.#options
    const params = { file: source.path, source: index }
    return maker.make(pageRequest(source, this.#job, this.#step), { timeoutMs: pageTimeout(this.#job), signal, params })
  }

  async #addImage(writer: PdfWriter, stamper: Stamper, source: number, page: PageLayers): Promise<void> {
    const written = await writeImagePage(writer.file, page)
    const object = writer.file.allocate()
    const { width, height } = written
    const view = { x: 0, y: 0, width, height, rotate: 0, unit: 1 } as const
    const read = page.text?.length ? textLayerContent(page.text, 72 / page.dpi, height) : ''
    const content = stamper.contentOfPage(written.content + read, view, written.hash)
    const fonts = stamper.resources.font + (read ? `/${TEXT_FONT_NAME} ${ref(await this.#textFont(writer))}` : '')
    const resources = ownResources({
      ...stamper.resources,
      font: fonts,
      xObject: written.xObjects + stamper.resources.xObject,
    })
    await writer.addPage(
      object,
      `/MediaBox[0 0 ${num(width)} ${num(height)}]/Resources<<${resources}>>/Contents ${ref(content)}`,
    )
    this.#bytesIn += page.bytesIn
    if (page.layers.some((layer) => layer.kind === 'jpeg' && readJpegHeader(layer.data)?.components === 4))
      this.#cmyk = true
    this.#hashes.push(written.hash)
    this.#perPage.push({ source, choice: page.choice, bytes: layerBytes(page.layers) })
    if (page.blank) this.#warn('blank_page', source, writer.pageCount)
    if (page.dpi < LOW_RESOLUTION) this.#warn('low_resolution', source, writer.pageCount, { dpi: Math.round(page.dpi) })
    this.#progress(writer)
  }

  async #addPdf(writer: PdfWriter, stamper: Stamper, source: number, group: readonly PdfSource[]): Promise<void> {
    const { pool, signal } = this.#options
    await writer.file.pack()
    const out = await pool.scratchFile()
    try {
      const refuseRestricted = this.#job.refuseRestricted === true
      const { images } = this.#step
      const keepSigned = this.#job.keepSigned === true
      const request = {
        ...wanted(group),
        refuseRestricted,
        keepSigned,
        stamped: this.#job.stamp !== undefined,
        images,
        firstNumber: writer.file.nextNumber,
        out,
      }
      const params = { file: request.path, source }
      const received = await pool.run('pdf', request, { timeoutMs: PDF_TIMEOUT_MS, signal, params })
      await writer.file.append(out, received.places, received.count)
      this.#expectedPages += received.pages.length - expected(group)
      this.#bytesIn += received.bytesIn
      const firstPage = writer.pageCount
      const untouched = received.signed && keepSigned
      for (const page of received.pages) {
        const { object, entries, content, xObjects, view, hash, label } = page
        const stamped = stamper.contentOfPage(content, view, hash, untouched)
        const resources = ownResources({ ...stamper.resources, xObject: xObjects + stamper.resources.xObject })
        await writer.addPage(object, `${entries}/Resources<<${resources}>>/Contents ${ref(stamped)}`, label)
        this.#hashes.push(hash)
        this.#perPage.push({ source, choice: 'pdf', bytes: Math.round(received.bytesIn / received.pages.length) })
      }
      writer.addLayers(received.layers)
      writer.addOutline(received.outline)
      if (untouched && isWhole(this.#job.pages, group, received.total)) this.#asItCame = request.path
      for (const warning of received.warnings)
        this.#warnings.push({ ...warning, source, ...(warning.page ? { page: warning.page + firstPage } : {}) })
      if (received.signed) this.#warn(untouched ? 'signed_left_unstamped' : 'signature_invalidated', source)
      this.#progress(writer)
    } finally {
      await rm(out, { force: true })
    }
  }

  /**
   * Received pages keep fonts and colours that nobody has checked; only our own pages can be promised. A character that
   * the stamp's font lacks shows .notdef, which PDF/A forbids (ISO 19005-2, 6.2.11.8).
   */
  #claimsPdfA(): boolean {
    if (!this.#job.pdfa) return false
    const written = this.#warnings.every(({ code }) => code !== 'missing_glyph')
    const possible = written && !this.#cmyk && this.#job.pages.every((page) => page.kind === 'image')
    if (!possible) this.#warnings.push({ code: 'pdfa_not_possible' })
    return possible
  }

  /** The file itself: anything written anew would break its signature. */
  async #deliverAsItCame(source: string, writer: PdfWriter, path: string): Promise<DocumentReport> {
    await writer.file.abandon()
    await copyFile(source, path)
    const bytes = await readFile(path)
    return {
      out: this.#job.out,
      pages: this.#perPage.length,
      bytesIn: this.#bytesIn,
      bytesOut: bytes.length,
      perPage: this.#perPage,
      // What was said of changes has not come to pass.
      warnings: this.#warnings.filter(({ code }) => code === 'signed_left_unstamped'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pageHashes: this.#hashes,
    }
  }

  /** The invisible font, written for the first page that has text. */
  async #textFont(writer: PdfWriter): Promise<number> {
    this.#textFontObject ??= await writeInvisibleFont(writer.file, await this.#font(' '))
    return this.#textFontObject
  }

  #warn(code: DocumentWarning['code'], source: number, page?: number, params?: DocumentWarning['params']): void {
    this.#warnings.push({ code, source, ...(page ? { page } : {}), ...(params ? { params } : {}) })
  }

  #progress(writer: PdfWriter): void {
    const page = this.#perPage.length
    const pages = Math.max(page, this.#expectedPages)
    const elapsed = performance.now() - this.#started
    const etaMs = page < 2 && page < pages ? null : Math.round((elapsed / page) * (pages - page))
    this.#options.onProgress?.({ page, pages, bytes: writer.file.position, etaMs })
  }
}

/** Pages as far as the job itself tells; a whole PDF counts as one until it is open. */
const expected = (sources: readonly PageSource[]): number =>
  sources.reduce((sum, page) => sum + (page.kind === 'pdf' ? (page.pages?.length ?? 1) : 1), 0)

/** The run of sources from `start` on that take chosen pages of one PDF, so that it is opened once. */
function samePdf(sources: readonly PageSource[], start: number): PdfSource[] {
  const first = sources[start]!
  if (first.kind !== 'pdf') return []
  const group = [first]
  for (let i = start + 1; first.pages && i < sources.length; i++) {
    const next = sources[i]!
    if (next.kind !== 'pdf' || !next.pages || next.path !== first.path || next.password !== first.password) break
    group.push(next)
  }
  return group
}

/** Do these sources take all of a file, once and in order, and is it the whole job? */
function isWhole(all: readonly PageSource[], group: readonly PdfSource[], total: number): boolean {
  if (all.length !== group.length || group.some(({ rotate }) => rotate)) return false
  const indices = group.flatMap(({ pages }) => pages ?? Array.from({ length: total }, (_, i) => i))
  return indices.length === total && indices.every((index, i) => index === i)
}

function wanted(group: readonly PdfSource[]): Pick<ReceivedRequest, 'path' | 'password' | 'pages' | 'rotate'> {
  const { path, password, pages, rotate = 0 } = group[0]!
  const chosen = group.flatMap((source) => (source.pages ?? []).map((index) => ({ index, rotate: source.rotate ?? 0 })))
  return { path, pages: pages ? chosen : null, rotate, ...(password === undefined ? {} : { password }) }
}
