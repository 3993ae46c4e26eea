/**
 * One scan: pages go from the scanner's spool folder into the request while later ones are still coming. A jam keeps
 * every page that lay in the spool; a spool left by a crash is taken in at the next start.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { deletePages, findPage, listPages } from '../../../db/queries/pages.ts'
import { pageStep } from '../../../db/queries/page-steps.ts'
import type { ScanProfile } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { PageWish } from '../../domain/page-facts.ts'
import type { Core, JobContext } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { faultPoint } from '../fault-point.ts'
import type { ScannedPage } from '../scanning/driver.ts'
import type { ScannerRegistry } from '../scanning/registry.ts'
import type { BatchDesk } from './batch-job.ts'
import { feed } from './feed.ts'
import { closeSpool, leftSpools, openSpool, wishOfProfile } from './spool.ts'
import { takeIn, type PageFile } from './take-in.ts'

export interface ScanOrder {
  requestId: string
  profile: ScanProfile
  /** Place among the visible pages for the first one, null for the end. */
  insertAt: number | null
  /** Rescan: the new page takes this one's place. */
  replacePage: string | null
}

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
  job: JobContext,
): Promise<void> {
  const spool = randomUUID()
  const { requestId, profile, replacePage } = order
  const wish = wishOfProfile(profile)
  const spoolDir = await openSpool(core, spool, { requestId, dpi: profile.dpi, wish })
  let taken = 0
  try {
    await feed(
      scanners,
      {
        profile,
        spoolDir,
        ...(replacePage ? { maxPages: 1 } : {}),
        async take(page) {
          faultPoint('after-page-scanned')
          taken += await takeSpooled(core, engine, requestId, spool, wish, page, placeFor(core, order, taken))
          if (replacePage && taken === 1) replace(core, requestId, replacePage)
          job.report({ done: taken })
        },
      },
      job,
    )
  } finally {
    if (taken > 0) core.act({ objectId: requestId, kind: 'scanned', args: { pages: taken } })
    core.events.emit('devices')
    await closeSpool(spoolDir)
  }
}

function replace(core: Core, requestId: string, pageId: string): void {
  pageStep(core.db, requestId, core.now(), () => deletePages(core.db, [pageId], core.now()))
  core.events.emit('pages', requestId)
}

function placeFor(core: Core, order: ScanOrder, taken: number): number | null {
  if (order.replacePage) {
    const index = listPages(core.db, order.requestId).findIndex((page) => page.id === order.replacePage)
    return index < 0 ? null : index
  }
  return order.insertAt === null ? null : order.insertAt + taken
}

/** A page in a spool; '' for one that a stop left, of which only the file itself says what it is. */
export type SpooledPage = Pick<ScannedPage, 'path' | 'dpi' | 'seq'> & { mime: ScannedPage['mime'] | '' }

export async function takeSpooled(
  core: Core,
  engine: DocumentEngine,
  requestId: string,
  spool: string,
  wish: PageWish,
  page: SpooledPage,
  at: number | null,
  arrival?: PageFile['arrival'],
): Promise<number> {
  const origin = `${spool}/${page.seq}`
  const file = {
    path: page.path,
    mime: page.mime,
    dpi: page.dpi,
    origin,
    source: 'scanner',
    wish,
    ...(arrival ? { arrival } : {}),
  }
  const taken = await takeIn(core, engine, requestId, file, at)
  faultPoint('after-page-taken')
  await rm(page.path, { force: true })
  return taken
}

/**
 * Takes in what a crash left in the spool, in the order it was scanned.
 * @returns how many pages came back to their requests
 */
export async function recoverSpool(core: Core, engine: DocumentEngine, batches: BatchDesk): Promise<number> {
  let taken = 0
  for (const { id, folder, note, pages } of await leftSpools(core)) {
    const take =
      note.requestId === ''
        ? await batches.sorter(id, folder, note)
        : (page: SpooledPage) => takeSpooled(core, engine, note.requestId, id, note.wish, page, null)
    for (const { path, seq } of pages)
      try {
        taken += await take({ path, mime: '', dpi: note.dpi, seq, side: 'front' })
      } catch (error) {
        core.log.warn({ err: error, spool: id, seq }, 'a page left by a crash could not be read; kept in the spool')
      }
    if (note.requestId === '') batches.end(id)
    await closeSpool(folder)
  }
  return taken
}
