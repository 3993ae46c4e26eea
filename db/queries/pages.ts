/** Pages of a request's document: order, turning, deleting and bringing back. Bytes are in the blob store. */
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
}

export type NewPage = Omit<PageRow, 'place' | 'deleted_at'>

const COLUMNS = `id, request_id, place, kind, original, preview, thumb, pdf_page, width, height, dpi, rotate, source, origin, bytes, created_at, deleted_at`

/** Pages in reading order, without the deleted ones. */
export function listPages(db: Db, requestId: string): PageRow[] {
  return db
    .sql<PageRow>(
      `SELECT ${COLUMNS} FROM page WHERE request_id = ? AND deleted_at IS NULL ORDER BY place, created_at, id`,
    )
    .all(requestId)
}

export function findPage(db: Db, id: string): PageRow | undefined {
  return db.sql<PageRow>(`SELECT ${COLUMNS} FROM page WHERE id = ?`).get(id)
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
    db.sql(`INSERT INTO page (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`).run(
      page.id,
      page.request_id,
      place,
      page.kind,
      page.original,
      page.preview,
      page.thumb,
      page.pdf_page,
      page.width,
      page.height,
      page.dpi,
      page.rotate,
      page.source,
      page.origin,
      page.bytes,
      page.created_at,
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

/** Turns pages clockwise by 90, 180 or 270 degrees. */
export function rotatePages(db: Db, ids: readonly string[], by: number): void {
  db.write(() => {
    for (const id of ids) db.sql('UPDATE page SET rotate = (rotate + ?) % 360 WHERE id = ?').run(by, id)
  })
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
