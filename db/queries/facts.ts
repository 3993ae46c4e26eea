/** Facts of statistics: kept in step with the feed, read whole once and then piece by piece. */
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { factOf, type Fact, type Outcome, type MaterialKind } from '../../electron/domain/statistics/fact.ts'
import type { Db } from '../driver.ts'
import { getMeta, setMeta } from './meta.ts'
import { pseudonym } from './privacy.ts'

export interface FactRow extends Omit<Fact, 'requestId' | 'selfService'> {
  id: number
  outcome: Outcome
  kind: MaterialKind
  selfService: number
}

const COLUMNS = `id, service, role, outcome, status, reason, partner, staff, kind, subject, applied, finished, volumes,
  pages, bytes, self_service AS selfService, reader, work`

/**
 * Takes the next rows of the feed into facts. Runs in short transactions, so that local actions go between.
 * @param limit rows read at most
 * @returns the facts that changed, and whether more rows wait
 */
export function catchUpFacts(db: Db, limit: number): { changed: FactRow[]; more: boolean } {
  return db.write(() => {
    const epoch = getMeta(db, 'epoch') ?? ''
    const newest = db
      .sql<{ seq: number }>(
        `SELECT MAX(COALESCE((SELECT MAX(seq) FROM base), 0), COALESCE((SELECT MAX(seq) FROM gone), 0)) AS seq`,
      )
      .get()!.seq
    const known = getMeta(db, 'factsThrough')
    // A centre that was restored counts anew: every row is looked at again.
    const through = known && known.epoch === epoch && known.seq <= newest ? known.seq : 0
    if (through === newest) return { changed: [], more: false }
    const rows = db
      .sql<{ type: string; seq: number; understood: number; body: string }>(
        'SELECT type, seq, understood, body FROM base WHERE seq > ? ORDER BY seq LIMIT ?',
      )
      .all(through, limit)
    const reached = rows.length < limit ? newest : rows.at(-1)!.seq
    const changed = rows.flatMap(({ type, understood, body }) =>
      type === 'request' && understood === 1 ? [putFact(db, factOf(JSON.parse(body) as RequestRow))] : [],
    )
    const left = db
      .sql<{ reason: string; body: string }>(
        `SELECT reason, body FROM gone WHERE type = 'request' AND body IS NOT NULL AND seq > ? AND seq <= ?`,
      )
      .all(through, reached)
    for (const { reason, body } of left) changed.push(putFact(db, factOf(JSON.parse(body) as RequestRow, reason)))
    setMeta(db, 'factsThrough', { epoch, seq: reached })
    return { changed, more: reached < newest }
  })
}

export function putFact(db: Db, fact: Fact): FactRow {
  return db
    .sql<FactRow>(
      `INSERT INTO fact (request_id, service, role, outcome, status, reason, partner, staff, kind, subject, applied,
         finished, volumes, pages, bytes, self_service, reader, work)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (request_id) DO UPDATE SET outcome = excluded.outcome, status = excluded.status,
         reason = excluded.reason, partner = excluded.partner, staff = excluded.staff, kind = excluded.kind,
         subject = excluded.subject, applied = excluded.applied, finished = excluded.finished,
         volumes = excluded.volumes, pages = excluded.pages, bytes = excluded.bytes,
         self_service = excluded.self_service, reader = excluded.reader, work = excluded.work
       RETURNING ${COLUMNS}`,
    )
    .get(
      fact.requestId,
      fact.service,
      fact.role,
      fact.outcome,
      fact.status,
      fact.reason,
      fact.partner,
      fact.staff,
      fact.kind,
      fact.subject,
      fact.applied,
      fact.finished,
      fact.volumes,
      fact.pages,
      fact.bytes,
      Number(fact.selfService),
      pseudonym(db, fact.reader),
      fact.work,
    )!
}

/** Facts after `id`, in order: for reading all of them in slices. */
export const factsAfter = (db: Db, id: number, limit: number): FactRow[] =>
  db.sql<FactRow>(`SELECT ${COLUMNS} FROM fact WHERE id > ? ORDER BY id LIMIT ?`).all(id, limit)

export const factById = (db: Db, id: number): (FactRow & { requestId: string }) | undefined =>
  db.sql<FactRow & { requestId: string }>(`SELECT request_id AS requestId, ${COLUMNS} FROM fact WHERE id = ?`).get(id)

export const factOfRequest = (db: Db, requestId: string): FactRow | undefined =>
  db.sql<FactRow>(`SELECT ${COLUMNS} FROM fact WHERE request_id = ?`).get(requestId)

/** The centre's row of a request, also after it left our part (`here` false). */
export function storedRequest(db: Db, id: string): { row: RequestRow; here: boolean } | undefined {
  const base = db
    .sql<{ body: string }>(`SELECT body FROM base WHERE type = 'request' AND id = ? AND understood = 1`)
    .get(id)
  if (base) return { row: JSON.parse(base.body) as RequestRow, here: true }
  const gone = db
    .sql<{ body: string }>(`SELECT body FROM gone WHERE type = 'request' AND id = ? AND body IS NOT NULL`)
    .get(id)
  return gone && { row: JSON.parse(gone.body) as RequestRow, here: false }
}

/** What one reader had from one work, this request left out. */
export const takenFrom = (
  db: Db,
  reader: string,
  work: string,
  without: string,
): { requestId: string; pages: number; outcome: Outcome }[] =>
  db
    .sql<{ requestId: string; pages: number; outcome: Outcome }>(
      `SELECT request_id AS requestId, pages, outcome FROM fact
       WHERE reader = ? AND work = ? AND reader <> '' AND work <> '' AND request_id <> ?
         AND outcome IN ('filled', 'open') ORDER BY applied, id`,
    )
    .all(pseudonym(db, reader), work, without)

/** Slips and lists printed and confirmed in a span of time (ms UTC), by kind. */
export const printsBetween = (db: Db, from: number, to: number): { kind: string; count: number }[] =>
  db
    .sql<{ kind: string; count: number }>(
      `SELECT kind, SUM(copies) AS count FROM print_job WHERE state = 'confirmed' AND at >= ? AND at < ? GROUP BY kind`,
    )
    .all(from, to)

/** Pages scanned or taken in at this desk in a span of time (ms UTC). */
export const scansBetween = (db: Db, from: number, to: number): { pages: number; bytes: number } =>
  db
    .sql<{ pages: number; bytes: number }>(
      'SELECT COUNT(*) AS pages, COALESCE(SUM(bytes), 0) AS bytes FROM page WHERE created_at >= ? AND created_at < ?',
    )
    .get(from, to)!
