/** Why more was copied than the rule allows, and how many pages a book has. */
import type { Db } from '../driver.ts'

export interface Override {
  requestId: string
  at: number
  user: string
  userName: string
  reason: string
  /** JSON: the verdict at that time. */
  total: string
}

export function addOverride(db: Db, one: Override): void {
  db.sql(
    'INSERT INTO copyright_override (request_id, at, user, user_name, reason, total) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(one.requestId, one.at, one.user, one.userName, one.reason, one.total)
}

export function lastOverride(db: Db, requestId: string): { at: number; who: string; reason: string } | null {
  return (
    db
      .sql<{ at: number; who: string; reason: string }>(
        'SELECT at, user_name AS who, reason FROM copyright_override WHERE request_id = ? ORDER BY at DESC LIMIT 1',
      )
      .get(requestId) ?? null
  )
}

/** Every override of a span of time (ms UTC), oldest first. */
export const overridesBetween = (db: Db, from: number, to: number): Override[] =>
  db
    .sql<Override>(
      `SELECT request_id AS requestId, at, user, user_name AS userName, reason, total FROM copyright_override
       WHERE at >= ? AND at < ? ORDER BY at`,
    )
    .all(from, to)

export const pagesOfWork = (db: Db, work: string): number | null =>
  db.sql<{ pages: number }>('SELECT pages FROM work_pages WHERE work = ?').get(work)?.pages ?? null

export function setPagesOfWork(db: Db, work: string, pages: number): void {
  db.sql('INSERT OR REPLACE INTO work_pages (work, pages) VALUES (?, ?)').run(work, pages)
}

/** Works of which one reader had more than one copy, most first: the ledger's report. */
export const repeatedWorks = (
  db: Db,
  from: number,
  to: number,
): { reader: string; work: string; requests: number; pages: number; of: number | null }[] =>
  db
    .sql<{ reader: string; work: string; requests: number; pages: number; of: number | null }>(
      `SELECT reader, fact.work AS work, COUNT(*) AS requests, SUM(fact.pages) AS pages, work_pages.pages AS "of"
       FROM fact LEFT JOIN work_pages ON work_pages.work = fact.work
       WHERE reader <> '' AND fact.work <> '' AND role = 'supplier' AND outcome = 'filled'
         AND applied >= ? AND applied <= ?
       GROUP BY reader, fact.work ORDER BY requests DESC, pages DESC LIMIT 20000`,
    )
    .all(from, to)
