/** Whose outcomes this device keeps itself, so that the centre may forget them (rule S4). */
import type { Db } from '../driver.ts'
import { getMeta, setMeta } from './meta.ts'
import { UNSETTLED } from './outbox.ts'

/**
 * Every result up to this number is recorded here and none of them is still named by an unsettled operation, so the
 * centre may forget them (rule S4).
 */
export function ackThrough(db: Db): number {
  const open = db
    .sql<{
      n: number | null
    }>(
      `SELECT MIN(n) AS n FROM outbox WHERE n IS NOT NULL AND state IN ('held','queued','waiting_blob','sending','parked')`,
    )
    .get()!.n
  const named = db
    .sql<{ n: number | null }>(
      `SELECT MIN(p.n) AS n FROM outbox o JOIN outbox_after a ON a.place = o.place JOIN outbox p ON p.place = a.prev
       WHERE o.state IN ${UNSETTLED} AND p.n IS NOT NULL`,
    )
    .get()!.n
  return Math.min(open ?? Infinity, named ?? Infinity, (getMeta(db, 'lastN') ?? 0) + 1) - 1
}

/** What the next call acknowledges, noted before it is said. */
export function acknowledge(db: Db): number {
  const through = ackThrough(db)
  const noted = getMeta(db, 'ackedThrough')
  // Where it was never noted, an earlier version of the program may have acknowledged whatever was sent.
  if (noted === undefined || through > noted)
    setMeta(db, 'ackedThrough', noted === undefined ? (getMeta(db, 'lastN') ?? 0) : through)
  return through
}

/** Whether this device has once told the centre that it keeps the outcome of number `n` itself. */
export const wasAcknowledged = (db: Db, n: number): boolean => n <= (getMeta(db, 'ackedThrough') ?? 0)
