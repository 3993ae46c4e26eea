/** Look-ups of requests, answers of catalogues, their health. */
import type { Db } from '../driver.ts'

export interface HoldingRow {
  at: number
  state: 'held' | 'possible' | 'not_held' | 'unknown'
  body: string
}

export function holdingOf(db: Db, requestId: string): HoldingRow | undefined {
  return db.sql<HoldingRow>('SELECT at, state, body FROM holding WHERE request_id = ?').get(requestId)
}

export function putHolding(db: Db, requestId: string, row: HoldingRow): void {
  db.sql('INSERT OR REPLACE INTO holding (request_id, at, state, body) VALUES (?, ?, ?, ?)').run(
    requestId,
    row.at,
    row.state,
    row.body,
  )
}

/**
 * Open requests we may supply that nobody answered and no catalogue was asked for yet, oldest first.
 * @param unknownBefore those whose look-up failed are asked for again when that was earlier (ms)
 */
export function notLookedUp(db: Db, unknownBefore: number, limit: number): string[] {
  return db
    .sql<{ id: string }>(
      `SELECT queue_row.id FROM queue_row LEFT JOIN holding ON holding.request_id = queue_row.id
       WHERE role = 'supplier' AND status = 'RequestReceived' AND open = 1
         AND (holding.state IS NULL OR (holding.state = 'unknown' AND holding.at < ?))
       ORDER BY applied_at, rid LIMIT ?`,
    )
    .all(unknownBefore, limit)
    .map(({ id }) => id)
}

/** A row of the feed, and whether it is a request to be looked up. */
export interface FeedStep {
  id: string
  seq: number
  wanted: number
}

/** The feed after a place, so that following it costs what is new and not what is there (the + leaves the search to seq). */
export function requestsAfter(db: Db, seq: number, limit: number): FeedStep[] {
  return db
    .sql<FeedStep>(
      `SELECT base.id, base.seq, understood = 1 AND json_extract(base.body, '$.role') = 'supplier'
         AND json_extract(base.body, '$.status') = 'RequestReceived' AND holding.request_id IS NULL AS wanted
       FROM base LEFT JOIN holding ON holding.request_id = base.id
       WHERE +base.type = 'request' AND base.seq > ? ORDER BY base.seq LIMIT ?`,
    )
    .all(seq, limit)
}

export function lastSeq(db: Db): number {
  return db.sql<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM base').get()?.seq ?? 0
}

/** Look-ups that failed and may be tried again. */
export function failedLookUps(db: Db, before: number, limit: number): string[] {
  return db
    .sql<{ id: string }>(`SELECT request_id AS id FROM holding WHERE state = 'unknown' AND at < ? LIMIT ?`)
    .all(before, limit)
    .map(({ id }) => id)
}

export interface AnswerRow {
  at: number
  hits: number
  body: string
}

export function cachedAnswer(db: Db, target: string, question: string): AnswerRow | undefined {
  return db
    .sql<AnswerRow>('SELECT at, hits, body FROM catalogue_answer WHERE target = ? AND question = ?')
    .get(target, question)
}

export function cacheAnswer(db: Db, target: string, question: string, row: AnswerRow): void {
  db.sql('INSERT OR REPLACE INTO catalogue_answer (target, question, at, hits, body) VALUES (?, ?, ?, ?, ?)').run(
    target,
    question,
    row.at,
    row.hits,
    row.body,
  )
}

/** Lets old answers go, and look-ups of requests that left long ago. @returns how many rows went */
export function forgetAnswers(db: Db, before: number): number {
  const answers = db.sql('DELETE FROM catalogue_answer WHERE at < ?').run(before).changes
  const lookUps = db
    .sql('DELETE FROM holding WHERE at < ? AND request_id NOT IN (SELECT id FROM queue_row WHERE open = 1)')
    .run(before).changes
  return answers + lookUps
}

export interface HealthRow {
  at: number
  state: string
  detail: string
  ms: number | null
}

export function healthOf(db: Db, target: string): HealthRow | undefined {
  return db.sql<HealthRow>('SELECT at, state, detail, ms FROM catalogue_health WHERE target = ?').get(target)
}

export function noteHealth(db: Db, target: string, row: HealthRow): void {
  db.sql('INSERT OR REPLACE INTO catalogue_health (target, at, state, detail, ms) VALUES (?, ?, ?, ?, ?)').run(
    target,
    row.at,
    row.state,
    row.detail,
    row.ms,
  )
}
