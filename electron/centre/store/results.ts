/** The results table (S3, S4): every op of a device has at most one effect, whatever the line between does. */
import type { Db } from '../../../db/driver.ts'
import type { Op, RejectCode } from '../../contract/ops.contract.ts'

export interface StoredResult {
  /** Hash of the op's body; null once the device has acknowledged the result: pruned. */
  payload: string | null
  outcome: 'applied' | 'rejected'
  code: RejectCode | null
  info: string | null
  row_type: string | null
  row_id: string | null
}

export function resultOf(db: Db, device: string, opId: string): StoredResult | null {
  return (
    db
      .sql<StoredResult>(
        'SELECT payload, outcome, code, info, row_type, row_id FROM result WHERE device = ? AND op_id = ?',
      )
      .get(device, opId) ?? null
  )
}

export function recordResult(db: Db, device: string, op: Op, result: StoredResult): void {
  db.sql(
    `INSERT OR REPLACE INTO result(device, op_id, n, payload, outcome, code, info, row_type, row_id)
     VALUES (?,?,?,?,?,?,?,?,?)`,
  ).run(device, op.opId, op.n, result.payload, result.outcome, result.code, result.info, result.row_type, result.row_id)
}

/**
 * Forgets results the device has durably recorded. What stays of an op is "final, and how", so that `after` and `needsPrev`
 * of later ops can still be judged. An acknowledgement beyond what this centre knows (it may have been restored from a
 * backup) reaches only as far as its own table.
 */
export function prune(db: Db, device: string, ackThrough: number, forgetWhole: boolean): void {
  if (forgetWhole) {
    db.sql('DELETE FROM result WHERE device = ? AND n <= ?').run(device, ackThrough)
    return
  }
  const known = db.sql<{ n: number | null }>('SELECT max(n) AS n FROM result WHERE device = ?').get(device)?.n ?? 0
  const through = Math.min(ackThrough, known)
  const before = prunedThrough(db, device)
  if (through <= before) return
  db.sql('UPDATE device SET pruned_through = ? WHERE id = ?').run(through, device)
  db.sql(
    `UPDATE result SET payload = NULL, code = NULL, info = NULL, row_type = NULL, row_id = NULL
     WHERE device = ? AND n > ? AND n <= ?`,
  ).run(device, before, through)
}

function prunedThrough(db: Db, device: string): number {
  return (
    db.sql<{ pruned_through: number }>('SELECT pruned_through FROM device WHERE id = ?').get(device)?.pruned_through ??
    0
  )
}

/** True when the op belongs to what the device has acknowledged: it is never executed again (S4). */
export function settledState(db: Db, device: string, op: Op): boolean {
  return op.n <= prunedThrough(db, device)
}
