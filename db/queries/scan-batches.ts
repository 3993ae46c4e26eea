/** Stacks of many requests: what each slip said. The pages themselves are known by their origin `<batch>/…`. */
import type { Segment } from '../../electron/domain/batch-router.ts'
import type { Db } from '../driver.ts'

export interface BatchRow {
  id: string
  started_at: number
  ended_at: number | null
}

export function addBatch(db: Db, id: string, now: number): void {
  db.sql('INSERT INTO scan_batch (id, started_at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(id, now)
}

export function endBatch(db: Db, id: string, now: number): void {
  db.sql('UPDATE scan_batch SET ended_at = ? WHERE id = ?').run(now, id)
}

export function latestBatches(db: Db, limit: number): BatchRow[] {
  return db
    .sql<BatchRow>('SELECT id, started_at, ended_at FROM scan_batch ORDER BY started_at DESC, id LIMIT ?')
    .all(limit)
}

export function segmentsOf(db: Db, batchId: string): Segment[] {
  return db
    .sql<Segment>('SELECT n, slip, slip_id AS slipId FROM scan_batch_segment WHERE batch_id = ? ORDER BY n')
    .all(batchId)
}

export function addSegment(db: Db, batchId: string, { n, slip, slipId }: Segment): void {
  db.sql('INSERT INTO scan_batch_segment (batch_id, n, slip, slip_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
    batchId,
    n,
    slip,
    slipId,
  )
}

/** How many pages of a stack lie with a request or a bundle now. */
export function countFrom(db: Db, batchId: string, target: string): number {
  return db
    .sql<{ n: number }>(
      `SELECT count(*) AS n FROM page WHERE origin >= ? AND origin < ? AND request_id = ? AND deleted_at IS NULL`,
    )
    .get(`${batchId}/`, `${batchId}0`, target)!.n
}
