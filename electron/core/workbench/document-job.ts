/** Makes the PDF of a request from its pages: stamped, small, and known to be stale when pages or options change. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { appendAudit } from '../../../db/queries/audit.ts'
import { keepDocument, keepOptions } from '../../../db/queries/documents.ts'
import { adjustOf, listPages, type PageRow } from '../../../db/queries/pages.ts'
import { StampTemplate, type DocumentOptions, type DocumentState } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { RequestView } from '../../../db/queries/views.ts'
import type { Core } from '../context.ts'
import { keptBox } from '../../contract/core/kept-box.ts'
import { toDeskError } from '../desk-errors.ts'
import { pageInFile } from './analyser.ts'
import { fingerprint, optionsFor } from './document-state.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { DocumentJob, DocumentReport, PageSource } from '../documents/types.ts'

/** @returns the job's id @throws DeskError not_found, no_pages */
export function startBuild(core: Core, engine: DocumentEngine, requestId: string, options: DocumentOptions): string {
  const request = core.views.request(requestId)?.row
  if (!request) throw new DeskError('not_found', { id: requestId })
  if (listPages(core.db, requestId).length === 0) throw new DeskError('no_pages')
  keepOptions(core.db, requestId, options)
  return core.jobs.start('document', requestId, (job) => build(core, engine, request, options, job))
}

async function build(
  core: Core,
  engine: DocumentEngine,
  request: RequestView,
  options: DocumentOptions,
  job: { signal: AbortSignal; report(progress: { done: number; total: number }): void },
): Promise<void> {
  const pages = listPages(core.db, request.id)
  const folder = join(core.options.dataDir, 'making')
  const out = join(folder, `${randomUUID()}.pdf`)
  try {
    const report = await engine.build(documentJob(core, request, pages, options, out), {
      signal: job.signal,
      onProgress: (progress) => job.report({ done: progress.page, total: progress.pages }),
    })
    const blob = await core.blobs.put({ path: out }, 'application/pdf')
    core.db.write(() => {
      core.blobs.release(`document:${request.id}`)
      core.blobs.retain(blob.sha256, `document:${request.id}`)
      keepDocument(core.db, request.id, {
        sha256: blob.sha256,
        madeFrom: fingerprint(pages, options),
        pages: report.pages,
        bytesIn: pages.reduce((sum, page) => sum + page.bytes, 0),
        bytesOut: blob.bytes,
        choices: countChoices(report),
        warnings: [...new Set(report.warnings.map((warning) => warning.code))],
        pageBytes: report.perPage.map((page) => page.bytes),
        covers: report.pages - report.perPage.length,
        madeAt: core.now(),
      })
      if (report.warnings.some(({ code }) => code === 'opened_without_password')) {
        const entry = { event: 'restricted_pdf_opened', objectId: request.id, opId: null, detail: '{}' }
        appendAudit(core.db, { at: core.now(), user: core.me()?.id ?? '', ...entry })
      }
      // The request is ready now: filters and counts learn it with the same commit.
      core.views.materialise(request.id)
    })
    core.events.emit('document', request.id)
    core.events.emit('queue', request.id)
  } catch (error) {
    throw toDeskError(error)
  } finally {
    await rm(out, { force: true })
  }
}

/** Makes these pages while nobody waits for them, the way the request's document will want them. */
export async function preparePages(core: Core, engine: DocumentEngine, pages: readonly PageRow[]): Promise<void> {
  const [first] = pages
  if (!first || !core.views.request(first.request_id)) return
  await engine.prepare(pagesOfJob(core, pages, optionsFor(core, first.request_id)))
}

/** The part of a job that says how its pages are made. */
function pagesOfJob(
  core: Core,
  pages: readonly PageRow[],
  { profile, bilevel, ocr }: DocumentOptions,
): Pick<DocumentJob, 'pages' | 'profile' | 'bilevel' | 'ocr'> {
  return { pages: pages.map((page) => pageSource(core, page)), profile, bilevel, ...(ocr.length > 0 ? { ocr } : {}) }
}

/** Beijing's calendar day: what a reader understands as the date on the stamp. */
export function stampDate(now: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now)
}

function documentJob(
  core: Core,
  request: RequestView,
  pages: readonly PageRow[],
  options: DocumentOptions,
  out: string,
): DocumentJob {
  const { library } = core.desk()
  const { receivedPdf, stampLayouts } = core.settings.get()
  const layout = stampLayouts.find(({ id }) => id === options.stamp)
  // A layout that was deleted since leaves the usual stamp, never none.
  const template = StampTemplate.safeParse(options.stamp).data ?? 'header-footer'
  const { fields } = request
  const title = fields.articleTitle || fields.title
  return {
    ...pagesOfJob(core, pages, options),
    out,
    ...(options.budgetBytes > 0 ? { budgetBytes: options.budgetBytes } : {}),
    pdfa: options.pdfa,
    keepSigned: receivedPdf.keepSigned,
    refuseRestricted: receivedPdf.restricted === 'refuse',
    metadata: { title, requestNo: request.id, library: library.name },
    ...(template === 'none'
      ? {}
      : {
          stamp: {
            template,
            ...(layout ? { layout: layout.fields } : {}),
            library: library.name,
            libraryEn: library.nameEn,
            requestNo: request.id,
            date: stampDate(core.now()),
            ...(options.freeText ? { freeText: options.freeText } : {}),
            qr: options.qr,
            ...(options.cover
              ? { cover: { lines: [title, fields.author, fields.journal, fields.pages].filter((line) => line !== '') } }
              : {}),
          },
        }),
  }
}

function pageSource(core: Core, page: PageRow): PageSource {
  const path = core.blobs.path(page.original)
  if (page.kind === 'pdf')
    return {
      kind: 'pdf',
      path,
      pages: [page.pdf_page! - 1],
      rotate: page.rotate,
      ...(page.password ? { password: page.password } : {}),
    }
  const adjust = adjustOf(page)
  return {
    kind: 'image',
    path,
    page: pageInFile(page),
    rotate: adjust.rotate,
    dpi: page.dpi,
    ...(adjust.angleDeg === 0 ? {} : { angleDeg: adjust.angleDeg }),
    ...(adjust.crop || adjust.split ? { crop: keptBox(adjust) } : {}),
    ...(adjust.even ? { even: true } : {}),
  }
}

function countChoices(report: DocumentReport): DocumentState['choices'] {
  const choices = { bilevel: 0, mixed: 0, grey: 0, colour: 0, kept: 0 }
  for (const page of report.perPage) {
    if (page.choice === 'bilevel' || page.choice === 'mixed' || page.choice === 'grey' || page.choice === 'colour')
      choices[page.choice]++
    else if (page.choice === 'paper') choices.mixed++
    else if (page.choice !== 'cover') choices.kept++
  }
  return choices
}
