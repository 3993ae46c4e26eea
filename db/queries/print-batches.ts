/** Batches of slips, sheet by sheet: what is open, what is with the printer, what it confirmed. */
import type { PrintKind } from '../../electron/contract/core.contract.ts'
import type { Db } from '../driver.ts'

export type BatchState = 'running' | 'paused' | 'stopped' | 'done' | 'cancelled'
export type Outcome = 'open' | 'sent' | 'confirmed' | 'unconfirmed' | 'gone'

export interface PrintBatchRow {
  id: string
  kind: PrintKind
  title: string
  printer_id: string
  printer_name: string
  /** JSON of the chosen route. */
  route: string
  state: BatchState
  reasons: string
  error: string | null
  at: number
  ended_at: number | null
}

export interface BatchItem {
  place: number
  object_id: string
}

export function addPrintBatch(db: Db, batch: PrintBatchRow, objectIds: readonly string[]): void {
  db.write(() => {
    db.sql(
      `INSERT INTO print_batch (id, kind, title, printer_id, printer_name, route, state, reasons, error, at, ended_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      batch.id,
      batch.kind,
      batch.title,
      batch.printer_id,
      batch.printer_name,
      batch.route,
      batch.state,
      batch.reasons,
      batch.error,
      batch.at,
      batch.ended_at,
    )
    objectIds.forEach((id, place) =>
      db.sql('INSERT INTO print_batch_item (batch, place, object_id) VALUES (?, ?, ?)').run(batch.id, place, id),
    )
  })
}

export function findPrintBatch(db: Db, id: string): PrintBatchRow | undefined {
  return db.sql<PrintBatchRow>('SELECT * FROM print_batch WHERE id = ?').get(id)
}

/** Newest first. */
export function listPrintBatches(db: Db, limit: number): PrintBatchRow[] {
  return db.sql<PrintBatchRow>('SELECT * FROM print_batch ORDER BY at DESC, id LIMIT ?').all(limit)
}

export function runningBatches(db: Db): PrintBatchRow[] {
  return db.sql<PrintBatchRow>(`SELECT * FROM print_batch WHERE state = 'running' ORDER BY at`).all()
}

/** Slips not with the printer yet, in order. */
export function openItems(db: Db, batch: string, limit: number): BatchItem[] {
  return db
    .sql<BatchItem>(
      `SELECT place, object_id FROM print_batch_item WHERE batch = ? AND outcome = 'open' ORDER BY place LIMIT ?`,
    )
    .all(batch, limit)
}

/** The job that has slips of this batch and whose outcome is not known yet. */
export function jobAtPrinter(db: Db, batch: string): string | undefined {
  return db
    .sql<{ job: string }>(
      `SELECT job FROM print_batch_item WHERE batch = ? AND outcome = 'sent' AND job IS NOT NULL ORDER BY place LIMIT 1`,
    )
    .get(batch)?.job
}

export function countOutcomes(db: Db, batch: string): Record<Outcome, number> & { total: number } {
  const counts = { open: 0, sent: 0, confirmed: 0, unconfirmed: 0, gone: 0, total: 0 }
  const rows = db
    .sql<{ outcome: Outcome; n: number }>(
      'SELECT outcome, count(*) AS n FROM print_batch_item WHERE batch = ? GROUP BY outcome',
    )
    .all(batch)
  for (const { outcome, n } of rows) {
    counts[outcome] = n
    counts.total += n
  }
  return counts
}

/** These slips are in this job now. */
export function markSent(db: Db, batch: string, places: readonly number[], job: string): void {
  for (const place of places)
    db.sql(`UPDATE print_batch_item SET outcome = 'sent', job = ? WHERE batch = ? AND place = ?`).run(job, batch, place)
}

export function markGone(db: Db, batch: string, place: number): void {
  db.sql(`UPDATE print_batch_item SET outcome = 'gone' WHERE batch = ? AND place = ?`).run(batch, place)
}

/** The slips of a job came to this: the first `most` of them `outcome`, the others are open again. */
export function settleItems(db: Db, job: string, outcome: 'confirmed' | 'unconfirmed', most = Infinity): void {
  const items = db
    .sql<{ batch: string; place: number }>(
      `SELECT batch, place FROM print_batch_item WHERE job = ? AND outcome IN ('sent', 'unconfirmed') ORDER BY place`,
    )
    .all(job)
  items.forEach(({ batch, place }, n) => {
    if (n < most)
      db.sql('UPDATE print_batch_item SET outcome = ? WHERE batch = ? AND place = ?').run(outcome, batch, place)
    else
      db.sql(`UPDATE print_batch_item SET outcome = 'open', job = NULL WHERE batch = ? AND place = ?`).run(batch, place)
  })
}

export function setBatchState(
  db: Db,
  id: string,
  change: { state: BatchState; reasons?: readonly string[]; error?: object | null },
  now: number,
): void {
  const ended = change.state === 'done' || change.state === 'cancelled'
  db.sql('UPDATE print_batch SET state = ?, reasons = ?, error = ?, ended_at = ? WHERE id = ?').run(
    change.state,
    JSON.stringify(change.reasons ?? []),
    change.error ? JSON.stringify(change.error) : null,
    ended ? now : null,
    id,
  )
}
