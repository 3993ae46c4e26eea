/** The eight seconds in which what was done can be taken back without a word to the centre, by a clock that nobody sets. */
import type { Db } from '../driver.ts'
import type { OutboxRow } from './outbox.ts'

/**
 * How long an operation has been held at least, by the steady clock alone: a clock that is set a day ahead sends nothing
 * early. A steady clock that stands lower than it did began anew with the machine, and all it shows has passed since.
 */
const HELD_MS =
  '(SELECT CASE WHEN steady >= monotonic THEN steady - monotonic ELSE steady END FROM (SELECT ? AS steady))'
const HOLD_MS = '(held_until - wall)'

/** The hold of these operations is over. @param steady ms of the clock that `monotonic` was read from */
export function releaseHeld(db: Db, steady: number): number {
  return db
    .sql(`UPDATE outbox SET state = 'queued', held_until = NULL WHERE state = 'held' AND ${HELD_MS} >= ${HOLD_MS}`)
    .run(steady).changes
}

/** ms until the next hold ends, null when nothing is held. @param steady as for releaseHeld */
export function nextHoldEnd(db: Db, steady: number): number | null {
  return db
    .sql<{ left: number | null }>(`SELECT MIN(${HOLD_MS} - ${HELD_MS}) AS left FROM outbox WHERE state = 'held'`)
    .get(steady)!.left
}

/** ms of its hold that are left, null when it is not held. @param steady as for releaseHeld */
export function holdLeft(op: Pick<OutboxRow, 'heldUntil' | 'wall' | 'monotonic'>, steady: number): number | null {
  if (op.heldUntil === null) return null
  const held = steady >= op.monotonic ? steady - op.monotonic : steady
  return Math.max(0, op.heldUntil - op.wall - held)
}
