/**
 * One scan: pages go from the scanner's spool folder into the request while later ones are still coming. A jam keeps
 * every page that lay in the spool; a spool left by a crash is taken in at the next start.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { findPage, deletePages, listPages } from '../../../db/queries/pages.ts'
import type { ScanProfile } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { faultPoint } from '../fault-point.ts'
import type { ScannedPage } from '../scanning/driver.ts'
import type { ScannerRegistry } from '../scanning/registry.ts'
import { takeIn } from './take-in.ts'

export interface ScanOrder {
  requestId: string
  profile: ScanProfile
  /** Place among the visible pages for the first one, null for the end. */
  insertAt: number | null
  /** Rescan: the new page takes this one's place. */
  replacePage: string | null
}

interface SpoolNote {
  requestId: string
  dpi: number
}

const NOTE = 'request.json'

const spoolRoot = (core: Core): string => join(core.options.dataDir, 'spool')

/** @returns the job's id @throws DeskError not_found */
export function startScan(core: Core, scanners: ScannerRegistry, engine: DocumentEngine, order: ScanOrder): string {
  if (!core.views.request(order.requestId)) throw new DeskError('not_found', { id: order.requestId })
  if (order.replacePage && findPage(core.db, order.replacePage)?.request_id !== order.requestId)
    throw new DeskError('not_found', { id: order.replacePage })
  return core.jobs.start('scan', order.requestId, (job) => scan(core, scanners, engine, order, job))
}

async function scan(
  core: Core,
  scanners: ScannerRegistry,
  engine: DocumentEngine,
  order: ScanOrder,
  job: { signal: AbortSignal; report(progress: { done: number }): void },
): Promise<void> {
  const spool = randomUUID()
  const spoolDir = join(spoolRoot(core), spool)
  await mkdir(spoolDir, { recursive: true })
  const note: SpoolNote = { requestId: order.requestId, dpi: order.profile.dpi }
  await writeFile(join(spoolDir, NOTE), JSON.stringify(note))
  let taken = 0
  try {
    const request = {
      ...order.profile,
      spoolDir,
      firstSeq: 1,
      ...(order.replacePage ? { maxPages: 1 } : {}),
    }
    for await (const event of scanners.scan(request, job.signal)) {
      if (event.type !== 'page') continue
      faultPoint('after-page-scanned')
      const at = placeFor(core, order, taken)
      taken += await takeSpooled(core, engine, order.requestId, spool, event, at)
      if (order.replacePage && taken === 1) {
        deletePages(core.db, [order.replacePage], core.now())
        core.events.emit('pages', order.requestId)
      }
      job.report({ done: taken })
    }
    await rm(spoolDir, { recursive: true, force: true })
  } catch (error) {
    throw toDeskError(error, { pages: taken })
  } finally {
    if (taken > 0) core.act({ objectId: order.requestId, kind: 'scanned', args: { pages: taken } })
    core.events.emit('devices')
  }
}

function placeFor(core: Core, order: ScanOrder, taken: number): number | null {
  if (order.replacePage) {
    const index = listPages(core.db, order.requestId).findIndex((page) => page.id === order.replacePage)
    return index < 0 ? null : index
  }
  return order.insertAt === null ? null : order.insertAt + taken
}

async function takeSpooled(
  core: Core,
  engine: DocumentEngine,
  requestId: string,
  spool: string,
  page: Pick<ScannedPage, 'path' | 'mime' | 'dpi' | 'seq'>,
  at: number | null,
): Promise<number> {
  const taken = await takeIn(
    core,
    engine,
    requestId,
    { path: page.path, mime: page.mime, dpi: page.dpi, origin: `${spool}/${page.seq}`, source: 'scanner' },
    at,
  )
  faultPoint('after-page-taken')
  await rm(page.path, { force: true })
  return taken
}

/**
 * Takes in what a crash left in the spool, in the order it was scanned.
 * @returns how many pages came back to their requests
 */
export async function recoverSpool(core: Core, engine: DocumentEngine): Promise<number> {
  let taken = 0
  for (const spool of await readdir(spoolRoot(core)).catch(() => [] as string[])) {
    const folder = join(spoolRoot(core), spool)
    const note = await readNote(join(folder, NOTE))
    if (note === null) continue
    const files = (await readdir(folder)).filter((name) => name !== NOTE && !name.startsWith('.')).sort()
    let failed = false
    for (const [index, name] of files.entries()) {
      const path = join(folder, name)
      const seq = Number(/\d+/.exec(name)?.[0] ?? index + 1)
      try {
        taken += await takeSpooled(
          core,
          engine,
          note.requestId,
          spool,
          { path, mime: 'image/png', dpi: note.dpi, seq },
          null,
        )
      } catch (error) {
        failed = true
        core.log.warn({ err: error, spool, name }, 'a page left by a crash could not be read; kept in the spool')
      }
    }
    if (!failed) await rm(folder, { recursive: true, force: true })
  }
  return taken
}

async function readNote(path: string): Promise<SpoolNote | null> {
  try {
    const note = JSON.parse(await readFile(path, 'utf8')) as Partial<SpoolNote>
    return typeof note.requestId === 'string' ? { requestId: note.requestId, dpi: Number(note.dpi) || 300 } : null
  } catch {
    return null
  }
}
