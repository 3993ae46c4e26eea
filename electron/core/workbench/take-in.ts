/**
 * Takes a page file into a request: original into the blob store, preview and thumbnail made in a worker, and only then
 * one transaction that makes the page. Until then the file stays where it is, so a crash at any moment loses nothing;
 * taking the same file in twice (`origin`) changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { addPage, FRESH, type NewPage } from '../../../db/queries/pages.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import { DocumentError } from '../documents/errors.ts'
import type { Arrival, DocumentEngine } from '../documents/index.ts'
import type { PageWish } from '../../domain/page-facts.ts'
import { keepOriginal } from './keep-original.ts'

/** Longest side of what the desk shows large, and of what stands in the page strip; pixels. */
export const PREVIEW_PX = 1800
const THUMB_PX = 240
const DEFAULT_DPI = 300

export interface PageFile {
  path: string
  /** What it is where that is known for sure, '' else: it can then be stored while it is still looked at. */
  mime: string
  dpi: number | null
  /** Names the file among all that were ever taken in. */
  origin: string
  /** What the page strip says of where it came from: `scanner`, `file`. */
  source: string
  /** Only these of its pages, from 1. */
  only?: readonly { lower: number; upper: number }[]
  /** What may be done with its pages unasked; set straight and the like where absent. */
  wish?: PageWish
  /** Opens a locked PDF. */
  password?: string
  /** Its arrival, where somebody has asked for it already (`beginArrival`). */
  arrival?: Promise<Arrival>
}

const SIZES = [PREVIEW_PX, THUMB_PX]

/** Begins to make a file's pictures before it is known whose it is. */
export function beginArrival(engine: DocumentEngine, path: string): Promise<Arrival> {
  const arrival = engine.arrive({ path, page: 0, sizes: SIZES })
  arrival.catch(() => {}) // told to whoever takes the file in; a pull slip's picture nobody wants
  return arrival
}

/** What each page of a file has of its own. */
type Own = Pick<NewPage, 'id' | 'kind' | 'preview' | 'thumb' | 'pdf_page' | 'width' | 'height' | 'origin' | 'bytes'>

/**
 * @param at place among the visible pages, null for the end
 * @returns how many pages came in (a multi-page TIFF brings several, a known origin none)
 * @throws DeskError not_an_image, damaged_file, damaged_pdf, encrypted_pdf, pdf_password_wrong, unsupported_format, print_into_desk, too_large, disk_full
 */
export async function takeIn(
  core: Core,
  engine: DocumentEngine,
  requestId: string,
  file: PageFile,
  at: number | null,
): Promise<number> {
  try {
    const arriving = file.arrival ?? beginArrival(engine, file.path)
    const stored = file.mime === '' ? null : await keepOriginal(core, engine, file)
    const looked = await arriving
    const locked = looked.probe.problem === 'encrypted_pdf' && file.password !== undefined
    const shown = locked ? await unlocked(core, engine, file) : null
    const { probe, previews } = shown ? await beginArrival(engine, shown.path) : looked
    // The name's ending says which program opens it; a CAJ named .pdf goes by what it is.
    if (probe.problem === 'print_into_desk') {
      const { printedFormat } = await import('../documents/probe.ts')
      throw new DocumentError(probe.problem, { format: printedFormat(probe.mime) })
    }
    if (probe.problem) throw new DocumentError(probe.problem)
    const original = stored ?? (await keepOriginal(core, engine, { ...file, mime: probe.mime }))
    const common = {
      request_id: requestId,
      original: original.sha256,
      rotate: 0 as const,
      source: file.source,
      dpi: Math.round(probe.dpi ?? file.dpi ?? DEFAULT_DPI),
      created_at: core.now(),
      ...FRESH,
      wish: JSON.stringify(file.wish ?? { tidy: true }),
      password: locked ? file.password! : null,
    }
    let taken = 0
    for (let page = 0; page < probe.pages; page++) {
      if (file.only?.every(({ lower, upper }) => page + 1 < lower || page + 1 > upper)) continue
      const own: Own =
        probe.kind === 'pdf'
          ? {
              id: randomUUID(),
              kind: 'pdf',
              preview: shown?.sha256 ?? original.sha256,
              thumb: shown?.sha256 ?? original.sha256,
              pdf_page: page + 1,
              width: Math.round(probe.width),
              height: Math.round(probe.height),
              origin: `${file.origin}/${page}`,
              bytes: Math.round(original.bytes / probe.pages),
            }
          : await imagePage(core, engine, file, page, page === 0 ? previews : null, original.bytes / probe.pages)
      const made: NewPage = { ...common, ...own }
      const added = core.db.write(() => {
        if (!addPage(core.db, made, at === null ? null : at + taken)) return false
        for (const sha256 of new Set([made.original, made.preview, made.thumb]))
          core.blobs.retain(sha256, `page:${made.id}`)
        return true
      })
      if (added) taken++
      core.events.emit('pages', requestId)
    }
    return taken
  } catch (error) {
    throw toDeskError(error)
  }
}

/** A copy of a locked PDF that can be shown; the original stays as it came. */
async function unlocked(core: Core, engine: DocumentEngine, file: PageFile): Promise<{ path: string; sha256: string }> {
  const out = join(core.options.dataDir, 'making', `${randomUUID()}.pdf`)
  try {
    await engine.build({
      pages: [{ kind: 'pdf', path: file.path, password: file.password! }],
      out,
      profile: 'original',
      bilevel: 'jbig2',
      metadata: { title: '', requestNo: '', library: '' },
    })
    const { sha256 } = await core.blobs.put({ path: out }, 'application/pdf')
    return { path: core.blobs.path(sha256), sha256 }
  } finally {
    await rm(out, { force: true })
  }
}

async function imagePage(
  core: Core,
  engine: DocumentEngine,
  file: PageFile,
  page: number,
  made: Arrival['previews'],
  bytes: number,
): Promise<Own> {
  const views = made ?? (await engine.previews({ path: file.path, page, sizes: SIZES }))
  const stored = await Promise.all(views.images.map((image) => core.blobs.put(image.data, image.mime)))
  const [preview, thumb] = stored as [(typeof stored)[0], (typeof stored)[0]]
  return {
    id: randomUUID(),
    kind: 'image',
    preview: preview.sha256,
    thumb: thumb.sha256,
    pdf_page: null,
    width: views.width,
    height: views.height,
    origin: `${file.origin}/${page}`,
    bytes: Math.round(bytes),
  }
}
