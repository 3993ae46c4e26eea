/**
 * The unclaimed tray. Whatever brings pages in (printing into the desk, a stack with slips, watched folders) and cannot
 * say whose they are puts them here, with where they came from and why. Nothing is ever guessed.
 */
import { randomUUID } from 'node:crypto'
import { findPage, listPages } from '../../../db/queries/pages.ts'
import { pageStep } from '../../../db/queries/page-steps.ts'
import {
  addBundle,
  appendPages,
  type BundleRow,
  deleteBundle,
  findBundle,
  forgetBundles,
  giveBundle,
  takeBundleBack,
} from '../../../db/queries/tray.ts'
import type { TrayReason, TraySource } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { parseScan } from '../../domain/codes.ts'
import { can } from '../../domain/machine/operate.ts'
import type { Core } from '../context.ts'
import { titleOf } from '../courier/resolve.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { type PageFile, takeIn } from './take-in.ts'

export interface Arrival {
  /** Names this bundle among all that ever came (`print/<spool file>`, `<spool>/<segment>`); twice is once. */
  origin: string
  /** What a person recognises it by: the printed document's name, the file's name. */
  name: string
  source: TraySource
  reason: TrayReason
  /** What was read on the slip, or the folder; '' for nothing. */
  hint?: string
}

/** How long deleted and given bundles can still be taken back, ms. */
export const TRAY_KEEP_MS = 30 * 86_400_000

/**
 * Opens a bundle; pages are then taken in under its id as under a request's. One without pages is not shown.
 * @returns its id, the same for the same origin
 */
export function openBundle(core: Core, arrival: Arrival): string {
  const { origin, source, reason } = arrival
  return addBundle(core.db, {
    id: randomUUID(),
    origin,
    name: arrival.name.slice(0, 200),
    source,
    reason,
    hint: (arrival.hint ?? '').slice(0, 200),
    created_at: core.now(),
  })
}

/** Puts a file into the tray. @returns how many pages came in @throws DeskError as `takeIn` */
export async function putIntoTray(
  core: Core,
  engine: DocumentEngine,
  arrival: Arrival,
  file: PageFile,
): Promise<number> {
  const taken = await takeIn(core, engine, openBundle(core, arrival), file, null)
  trayChanged(core)
  return taken
}

/** Tells every window that the tray is another one now. */
export function trayChanged(core: Core): void {
  core.events.emit('tray')
  core.events.emit('counts')
}

/** True when a request takes pages now from whoever is signed in. */
export function takesPages(core: Core, requestId: string): boolean {
  const actor = core.actorOrNull()
  const shown = core.views.shownRequest(requestId)
  return actor !== null && shown !== undefined && shown.understood && can(shown.row, actor, ['scan']).length > 0
}

function bundle(core: Core, id: string, state?: BundleRow['state']): BundleRow {
  const found = findBundle(core.db, id)
  if (!found || (state && found.state !== state)) throw new DeskError('not_found', { id })
  return found
}

/** The request that a typed number or a scanned slip names. @throws DeskError code_damaged, code_unknown */
function requestNamed(core: Core, text: string): string {
  const code = parseScan(text)
  if (code.kind === 'damaged') throw new DeskError('code_damaged', { code: code.text.slice(0, 60) })
  const id = code.kind === 'request' ? code.id : text.trim()
  if (!core.views.request(id)) throw new DeskError('code_unknown', { code: text.slice(0, 60) })
  return id
}

/**
 * Gives bundles to a request, behind its last page.
 * @throws DeskError not_found, code_damaged, code_unknown, sign_in_needed, action_refused {code: state}
 */
export function assign(
  core: Core,
  bundleIds: readonly string[],
  to: string,
): { requestId: string; title: string; pages: number } {
  const requestId = requestNamed(core, to)
  if (!core.actorOrNull()) throw new DeskError('sign_in_needed')
  if (!takesPages(core, requestId)) throw new DeskError('action_refused', { code: 'state', id: requestId })
  const pages = core.db.write(() => {
    let given = 0
    for (const id of bundleIds) given += giveBundle(core.db, bundle(core, id, 'waiting').id, requestId, core.now())
    if (given > 0) core.act({ objectId: requestId, kind: 'scanned', args: { pages: given } })
    return given
  })
  pagesChanged(core, [requestId, ...bundleIds])
  return { requestId, title: titleOf(core, requestId), pages }
}

/** @returns the new bundle, with the pages from this one on @throws DeskError not_found; no_pages at the first page */
export function split(core: Core, bundleId: string, pageId: string): string {
  const { name, source, reason, hint } = bundle(core, bundleId, 'waiting')
  const pages = listPages(core.db, bundleId)
  const at = pages.findIndex((page) => page.id === pageId)
  if (at < 0) throw new DeskError('not_found', { id: pageId })
  if (at === 0) throw new DeskError('no_pages')
  const made = core.db.write(() => {
    const origin = `split/${randomUUID()}`
    const id = openBundle(core, { origin, name, source, reason: reason as TrayReason, hint })
    const ids = pages.slice(at).map((page) => page.id)
    appendPages(core.db, ids, id)
    return id
  })
  pagesChanged(core, [bundleId, made])
  return made
}

/** All pages into the first bundle, in the order of the list. @throws DeskError not_found */
export function merge(core: Core, bundleIds: readonly string[]): void {
  const [first, ...others] = [...new Set(bundleIds)] as [string, ...string[]]
  core.db.write(() => {
    bundle(core, first, 'waiting')
    for (const id of others) giveBundle(core.db, bundle(core, id, 'waiting').id, first, core.now())
  })
  pagesChanged(core, bundleIds)
}

/** @throws DeskError not_found */
export function discard(core: Core, bundleIds: readonly string[]): void {
  core.db.write(() => {
    for (const id of bundleIds) deleteBundle(core.db, bundle(core, id).id, core.now())
  })
  pagesChanged(core, bundleIds)
}

/** Undoes deleting, assigning and merging. @throws DeskError not_found */
export function takeBack(core: Core, bundleIds: readonly string[]): void {
  const holders = core.db.write(() =>
    bundleIds.flatMap((id) => {
      const found = bundle(core, id)
      takeBundleBack(core.db, found)
      return found.given_to ?? []
    }),
  )
  pagesChanged(core, [...bundleIds, ...holders])
}

/** Takes pages out of their request (or bundle) into a bundle of their own, which `pages.undo` takes back. @throws DeskError not_found */
export function putPages(core: Core, pageIds: readonly string[]): string {
  const pages = pageIds.map((id) => {
    const page = findPage(core.db, id)
    if (!page || page.deleted_at !== null) throw new DeskError('not_found', { id })
    return page
  })
  const from = [...new Set(pages.map((page) => page.request_id))]
  const made = core.db.write(() => {
    const arrival = {
      origin: `hand/${randomUUID()}`,
      name: from.join(', '),
      source: 'file',
      reason: 'by_hand',
    } as const
    const id = openBundle(core, arrival)
    for (const owner of from) {
      const own = pages.filter((page) => page.request_id === owner).map((page) => page.id)
      pageStep(core.db, owner, core.now(), () => appendPages(core.db, own, id))
    }
    return id
  })
  pagesChanged(core, [...from, made])
  return made
}

function pagesChanged(core: Core, owners: readonly string[]): void {
  for (const id of new Set(owners)) {
    core.events.emit('pages', id)
    core.events.emit('document', id)
    core.events.emit('queue', id)
  }
  trayChanged(core)
}

/** Deletes for good what was settled longer ago than it is kept. @returns how many pages went */
export function sweepTray(core: Core): number {
  const pages = core.db.write(() => {
    const gone = forgetBundles(core.db, core.now() - TRAY_KEEP_MS)
    for (const id of gone) core.blobs.release(`page:${id}`)
    return gone
  })
  return pages.length
}
