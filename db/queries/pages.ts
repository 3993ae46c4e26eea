/** Pages of a request's document: order, adjustments, deleting and bringing back. Bytes are in the blob store. */
import { UNCHANGED, type PageAdjust } from '../../electron/contract/core/page-adjust.ts'
import { isUntouched } from '../../electron/domain/page-adjust.ts'
import type { PageFacts, PageWish } from '../../electron/domain/page-facts.ts'
import type { Db } from '../driver.ts'

export interface PageRow {
  id: string
  request_id: string
  place: number
  kind: 'image' | 'pdf'
  original: string
  preview: string
  thumb: string
  pdf_page: number | null
  width: number
  height: number
  dpi: number
  rotate: 0 | 90 | 180 | 270
  source: string
  origin: string
  bytes: number
  created_at: number
  deleted_at: number | null
  /** JSON, see the migration. */
  adjust: string | null
  edited: 0 | 1
  findings: string | null
  wish: string
  half_of: string | null
  evened: string | null
  /** Opens the original, where that is a locked PDF. */
  password: string | null
}

export type NewPage = Omit<PageRow, 'place' | 'deleted_at'>

const NAMES = [
  'id',
  'request_id',
  'place',
  'kind',
  'original',
  'preview',
  'thumb',
  'pdf_page',
  'width',
  'height',
  'dpi',
  'rotate',
  'source',
  'origin',
  'bytes',
  'created_at',
  'deleted_at',
  'adjust',
  'edited',
  'findings',
  'wish',
  'half_of',
  'evened',
  'password',
] as const satisfies readonly (keyof PageRow)[]
const COLUMNS = NAMES.join(', ')

/** What has been done to a page and found out about it so far: nothing. */
export const FRESH = { adjust: null, edited: 0, findings: null, half_of: null, evened: null, password: null } as const

/** Pages in reading order, without the deleted ones. */
export function listPages(db: Db, requestId: string): PageRow[] {
  return db
    .sql<PageRow>(
      `SELECT ${COLUMNS} FROM page WHERE request_id = ? AND deleted_at IS NULL ORDER BY place, created_at, id`,
    )
    .all(requestId)
}

/** Also the deleted ones. */
export function everyPage(db: Db, requestId: string): PageRow[] {
  return db.sql<PageRow>(`SELECT ${COLUMNS} FROM page WHERE request_id = ?`).all(requestId)
}

export function findPage(db: Db, id: string): PageRow | undefined {
  return db.sql<PageRow>(`SELECT ${COLUMNS} FROM page WHERE id = ?`).get(id)
}

/** Ids of scanned pages that nobody has looked at yet, oldest first. */
export function unseenPages(db: Db): string[] {
  return db
    .sql<{ id: string }>(
      `SELECT id FROM page WHERE findings IS NULL AND kind = 'image' AND deleted_at IS NULL ORDER BY created_at`,
    )
    .all()
    .map((row) => row.id)
}

export function countPages(db: Db, requestId: string): number {
  return db
    .sql<{ n: number }>('SELECT count(*) AS n FROM page WHERE request_id = ? AND deleted_at IS NULL')
    .get(requestId)!.n
}

/** Pages of many requests in one question; one without pages is not named. */
export function countPagesOf(db: Db, requestIds: readonly string[]): Map<string, number> {
  const rows = db
    .sql<{ id: string; n: number }>(
      `SELECT request_id AS id, count(*) AS n FROM page
       WHERE request_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL GROUP BY request_id`,
    )
    .all(JSON.stringify(requestIds))
  return new Map(rows.map(({ id, n }) => [id, n]))
}

export function countDeleted(db: Db, requestId: string): number {
  return db
    .sql<{ n: number }>('SELECT count(*) AS n FROM page WHERE request_id = ? AND deleted_at IS NOT NULL')
    .get(requestId)!.n
}

/**
 * Adds a page before the page that stands at `at` (null: at the end).
 * @returns false when a page of the same origin is there already: then nothing changes
 */
export function addPage(db: Db, page: NewPage, at: number | null): boolean {
  return db.write(() => {
    if (db.sql('SELECT 1 FROM page WHERE origin = ?').get(page.origin)) return false
    const place = makeRoom(db, page.request_id, at)
    const row: PageRow = { ...page, place, deleted_at: null }
    db.sql(`INSERT INTO page (${COLUMNS}) VALUES (${NAMES.map(() => '?').join(', ')})`).run(
      ...NAMES.map((name) => row[name]),
    )
    return true
  })
}

/** A free place before the `at`-th visible page, or after the last one. */
function makeRoom(db: Db, requestId: string, at: number | null): number {
  const visible = at === null ? undefined : listPages(db, requestId)[at]
  if (!visible) {
    const last = db
      .sql<{ top: number | null }>('SELECT max(place) AS top FROM page WHERE request_id = ?')
      .get(requestId)
    return (last?.top ?? 0) + 1
  }
  db.sql('UPDATE page SET place = place + 1 WHERE request_id = ? AND place >= ?').run(requestId, visible.place)
  return visible.place
}

/** What is done to a page. */
export function adjustOf(page: Pick<PageRow, 'adjust' | 'rotate'>): PageAdjust {
  const kept = page.adjust === null ? {} : (JSON.parse(page.adjust) as Partial<PageAdjust>)
  return { ...UNCHANGED, ...kept, rotate: page.rotate }
}

/** @param edited by a person: what is found out later is then only offered */
export function setAdjust(db: Db, id: string, adjust: PageAdjust, edited: boolean): void {
  const { rotate, ...rest } = adjust
  db.sql('UPDATE page SET rotate = ?, adjust = ?, edited = max(edited, ?) WHERE id = ?').run(
    rotate,
    isUntouched(adjust) ? null : JSON.stringify(rest),
    edited ? 1 : 0,
    id,
  )
}

export const factsOf = (page: Pick<PageRow, 'findings'>): PageFacts | null =>
  page.findings === null ? null : (JSON.parse(page.findings) as PageFacts)

export const wishOf = (page: Pick<PageRow, 'wish'>): PageWish => JSON.parse(page.wish) as PageWish

/** Halves of one picture know the same about it. */
export function setFacts(db: Db, id: string, facts: PageFacts): void {
  db.sql('UPDATE page SET findings = ? WHERE id = ?').run(JSON.stringify(facts), id)
}

export function setEvened(db: Db, id: string, sha256: string): void {
  db.sql('UPDATE page SET evened = ? WHERE id = ?').run(sha256, id)
}

/** Deleted pages keep their place and their original until the request is closed and the keeping time is over. */
export function deletePages(db: Db, ids: readonly string[], now: number): void {
  db.write(() => {
    for (const id of ids) db.sql('UPDATE page SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(now, id)
  })
}

/** Brings back the pages deleted last in one go. @returns how many came back */
export function restorePages(db: Db, requestId: string): number {
  return Number(
    db
      .sql(
        `UPDATE page SET deleted_at = NULL WHERE request_id = ?
         AND deleted_at = (SELECT max(deleted_at) FROM page WHERE request_id = ?)`,
      )
      .run(requestId, requestId).changes,
  )
}

/** Puts a page at the `to`-th place among the visible ones. */
export function movePage(db: Db, page: PageRow, to: number): void {
  db.write(() => {
    const others = listPages(db, page.request_id).filter((one) => one.id !== page.id)
    others.splice(to, 0, page)
    others.forEach((one, index) => db.sql('UPDATE page SET place = ? WHERE id = ?').run(index + 1, one.id))
  })
}

/** Gives pages to another request, after its own, in the order given. */
export function assignPages(db: Db, ids: readonly string[], requestId: string): void {
  db.write(() => {
    for (const id of ids) {
      const place = makeRoom(db, requestId, null)
      db.sql('UPDATE page SET request_id = ?, place = ? WHERE id = ?').run(requestId, place, id)
    }
  })
}

/** Forgets all pages of a request; the caller has released their blobs. */
export function forgetPages(db: Db, requestId: string): void {
  db.sql('DELETE FROM page WHERE request_id = ?').run(requestId)
  db.sql('DELETE FROM page_step WHERE request_id = ?').run(requestId)
}

/** Requests that have pages, with the time of the newest; bundles of the tray are not among them. */
export function pageOwners(db: Db): { requestId: string; newest: number }[] {
  return db
    .sql<{ requestId: string; newest: number }>(
      `SELECT request_id AS requestId, max(created_at) AS newest FROM page
       WHERE request_id NOT IN (SELECT id FROM tray_bundle) GROUP BY request_id`,
    )
    .all()
}
