/** Due dates that were moved together, so that they can be moved back together. */
import type { Db } from '../driver.ts'

export interface DueBatchRow {
  id: string
  at: number
  who: string
  reason: string
  loans: number
  undoneAt: number | null
}

export function addBatch(
  db: Db,
  batch: { id: string; at: number; userName: string; reason: string },
  moves: readonly { requestId: string; was: number; becomes: number }[],
): void {
  db.sql('INSERT INTO due_batch (id, at, user_name, reason) VALUES (?, ?, ?, ?)').run(
    batch.id,
    batch.at,
    batch.userName,
    batch.reason,
  )
  const insert = db.sql('INSERT INTO due_move (batch, request_id, was, became) VALUES (?, ?, ?, ?)')
  for (const { requestId, was, becomes } of moves) insert.run(batch.id, requestId, was, becomes)
}

/** Newest first. */
export function listBatches(db: Db): DueBatchRow[] {
  return db
    .sql<DueBatchRow>(
      `SELECT id, at, user_name AS who, reason, undone_at AS undoneAt,
         (SELECT COUNT(*) FROM due_move WHERE batch = due_batch.id) AS loans
       FROM due_batch ORDER BY at DESC LIMIT 200`,
    )
    .all()
}

export function movesOf(db: Db, batch: string): { requestId: string; was: number; became: number }[] {
  return db
    .sql<{ requestId: string; was: number; became: number }>(
      'SELECT request_id AS requestId, was, became FROM due_move WHERE batch = ?',
    )
    .all(batch)
}

export function closeBatch(db: Db, id: string, now: number): void {
  db.sql('UPDATE due_batch SET undone_at = ? WHERE id = ?').run(now, id)
}
