/** Bundles of pages in the unclaimed tray: coming in, given to a request, deleted, taken back. */
import type { Db } from '../driver.ts'
import { listPages } from './pages.ts'

export interface BundleRow {
  id: string
  origin: string
  name: string
  source: 'scanner' | 'print' | 'folder' | 'file'
  reason: string
  hint: string
  created_at: number
  state: 'waiting' | 'given' | 'deleted'
  given_to: string | null
  settled_at: number | null
}

export type NewBundle = Pick<BundleRow, 'id' | 'origin' | 'name' | 'source' | 'reason' | 'hint' | 'created_at'>

const COLUMNS = 'id, origin, name, source, reason, hint, created_at, state, given_to, settled_at'
const HAS_PAGES = 'EXISTS (SELECT 1 FROM page WHERE page.request_id = tray_bundle.id AND page.deleted_at IS NULL)'

/** Adds a bundle, or finds the one of the same origin. @returns its id */
export function addBundle(db: Db, bundle: NewBundle): string {
  return db.write(() => {
    const known = db.sql<{ id: string }>('SELECT id FROM tray_bundle WHERE origin = ?').get(bundle.origin)
    if (known) return known.id
    db.sql(
      `INSERT INTO tray_bundle (id, origin, name, source, reason, hint, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(bundle.id, bundle.origin, bundle.name, bundle.source, bundle.reason, bundle.hint, bundle.created_at)
    return bundle.id
  })
}

export function findBundle(db: Db, id: string): BundleRow | undefined {
  return db.sql<BundleRow>(`SELECT ${COLUMNS} FROM tray_bundle WHERE id = ?`).get(id)
}

/** Bundles that have pages, the oldest first; deleted ones the last deleted first. */
export function listBundles(db: Db, state: 'waiting' | 'deleted', limit: number): BundleRow[] {
  const order = state === 'waiting' ? 'created_at, id' : 'settled_at DESC, id'
  return db
    .sql<BundleRow>(`SELECT ${COLUMNS} FROM tray_bundle WHERE state = ? AND ${HAS_PAGES} ORDER BY ${order} LIMIT ?`)
    .all(state, limit)
}

export function countWaiting(db: Db): number {
  return db.sql<{ n: number }>(`SELECT count(*) AS n FROM tray_bundle WHERE state = 'waiting' AND ${HAS_PAGES}`).get()!
    .n
}

/** Puts pages, in this order, behind the last page of a request or bundle. */
export function appendPages(db: Db, pageIds: readonly string[], to: string): void {
  db.write(() => {
    const { top } = db
      .sql<{ top: number }>('SELECT coalesce(max(place), 0) AS top FROM page WHERE request_id = ?')
      .get(to)!
    pageIds.forEach((id, index) =>
      db.sql('UPDATE page SET request_id = ?, place = ? WHERE id = ?').run(to, top + 1 + index, id),
    )
  })
}

/** Gives all visible pages of a waiting bundle to a request or another bundle. @returns how many went */
export function giveBundle(db: Db, id: string, to: string, now: number): number {
  return db.write(() => {
    const pages = listPages(db, id)
    db.sql('DELETE FROM tray_given WHERE bundle = ?').run(id)
    for (const page of pages)
      db.sql('INSERT INTO tray_given (bundle, page, place) VALUES (?, ?, ?)').run(id, page.id, page.place)
    appendPages(
      db,
      pages.map((page) => page.id),
      to,
    )
    db.sql(`UPDATE tray_bundle SET state = 'given', given_to = ?, settled_at = ? WHERE id = ?`).run(to, now, id)
    return pages.length
  })
}

export function deleteBundle(db: Db, id: string, now: number): void {
  db.sql(`UPDATE tray_bundle SET state = 'deleted', settled_at = ? WHERE id = ? AND state = 'waiting'`).run(now, id)
}

/** Takes a deleted or given bundle back into the tray; pages that went elsewhere since stay where they are. */
export function takeBundleBack(db: Db, bundle: BundleRow): void {
  db.write(() => {
    if (bundle.given_to !== null)
      db.sql(
        `UPDATE page SET request_id = given.bundle, place = given.place FROM tray_given AS given
         WHERE given.bundle = ? AND page.id = given.page AND page.request_id = ?`,
      ).run(bundle.id, bundle.given_to)
    db.sql('DELETE FROM tray_given WHERE bundle = ?').run(bundle.id)
    db.sql(`UPDATE tray_bundle SET state = 'waiting', given_to = NULL, settled_at = NULL WHERE id = ?`).run(bundle.id)
  })
}

/** Forgets bundles settled before `before` with the pages they still hold. @returns the ids of those pages */
export function forgetBundles(db: Db, before: number): string[] {
  return db.write(() => {
    const old = `SELECT id FROM tray_bundle WHERE settled_at < ?`
    const pages = db.sql<{ id: string }>(`SELECT id FROM page WHERE request_id IN (${old})`).all(before)
    db.sql(`DELETE FROM page WHERE request_id IN (${old})`).run(before)
    db.sql(`DELETE FROM tray_given WHERE bundle IN (${old})`).run(before)
    db.sql('DELETE FROM tray_bundle WHERE settled_at < ?').run(before)
    return pages.map((page) => page.id)
  })
}
