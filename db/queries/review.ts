/** Operations that wait for a person because the centre would refuse them (design: sync, rule C4). */
import type { Db } from '../driver.ts'
import { findPlace, type OutboxRow } from './outbox.ts'

export type Review = OutboxRow['review']

/** Never sent, not settled, done while the desk was offline. */
const UNSENT_OFFLINE = `n IS NULL AND offline = 1 AND state IN ('held','queued','waiting_blob')`

/**
 * CROSS JOIN keeps the order: from the operation to its few objects; the other way reads every request for every operation.
 * @returns `unreadable`: a newer centre says of its request what this program does not know, so nothing is foretold of it
 */
export function doneOffline(db: Db): { place: number; opId: string; review: Review; unreadable: 0 | 1 }[] {
  return db
    .sql<{ place: number; opId: string; review: Review; unreadable: 0 | 1 }>(
      `SELECT place, op_id AS opId, review, EXISTS (SELECT 1 FROM outbox_touch t CROSS JOIN base b
           ON b.type = 'request' AND b.id = t.object_id AND b.understood = 0 WHERE t.place = outbox.place) AS unreadable
       FROM outbox WHERE ${UNSENT_OFFLINE} ORDER BY place`,
    )
    .all()
}

export function setReview(db: Db, place: number, review: Review): void {
  db.sql('UPDATE outbox SET review = ? WHERE place = ?').run(review, place)
}

/** What waits for a person, oldest first. */
export function askedOps(db: Db): OutboxRow[] {
  return db
    .sql<{ place: number }>(`SELECT place FROM outbox WHERE review = 'asked' AND ${UNSENT_OFFLINE} ORDER BY place`)
    .all()
    .map(({ place }) => findPlace(db, place)!)
}

export function countAsked(db: Db): number {
  return db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM outbox WHERE review = 'asked' AND ${UNSENT_OFFLINE}`).get()!.n
}

/** Unsent operations that follow this one, and whether each makes sense only with it. */
function followers(db: Db, place: number): OutboxRow[] {
  return db
    .sql<{ place: number }>(
      `SELECT a.place FROM outbox_after a JOIN outbox o ON o.place = a.place
       WHERE a.prev = ? AND o.state <> 'withdrawn' ORDER BY a.place`,
    )
    .all(place)
    .map((row) => findPlace(db, row.place)!)
}

/** The person wants the centre's word: this one goes, with those that stand and fall with it. */
export function sendAnyway(db: Db, op: OutboxRow): void {
  setReview(db, op.place, 'send')
  for (const next of followers(db, op.place)) if (next.needsPrev === 1) sendAnyway(db, next)
}

/**
 * Takes an operation that waits for a person out of the game, with those that make sense only after it. Others that
 * followed it follow what it followed, so their order stays.
 * @returns what was withdrawn
 */
export function takeOut(db: Db, op: OutboxRow, now: number): OutboxRow[] {
  const out = followers(db, op.place).flatMap((next) => (next.needsPrev === 1 ? takeOut(db, next, now) : []))
  db.sql(
    `INSERT OR IGNORE INTO outbox_after (place, prev)
     SELECT a.place, b.prev FROM outbox_after a JOIN outbox_after b ON b.place = a.prev WHERE a.prev = ?`,
  ).run(op.place)
  db.sql(`UPDATE outbox SET state = 'withdrawn', held_until = NULL, review = NULL, settled_at = ? WHERE place = ?`).run(
    now,
    op.place,
  )
  return [...out, op]
}
