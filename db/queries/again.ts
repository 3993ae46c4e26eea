/** Operations that are sent once more because the centre may have lost them (put back from a backup; rule C5). */
import type { Db } from '../driver.ts'
import { clearMeta, getMeta } from './meta.ts'
import { ACTIVE, touchesOf, type OutboxRow } from './outbox.ts'

/** Backups older than this (ms) are not put back. */
const WITHIN_MS = 60 * 86_400_000

/** Whether all bytes it names are still here. */
const HAS_BYTES = `NOT EXISTS (SELECT 1 FROM outbox_blob b WHERE b.place = o.place AND b.sha256 NOT IN (SELECT sha256 FROM blob))`

/**
 * Queues what was settled lately again: the centre de-duplicates what it still knows and does the rest anew. A refused
 * operation goes along only where one that is on its way follows it, since the centre must know its end; whoever follows
 * what does not go along (its bytes are gone, or it is older than any backup) does not wait for it.
 * @returns the objects concerned; none when the feed was not read anew since the last time
 */
export function sendAgain(db: Db, now: number): Set<string> {
  const from = getMeta(db, 'sendAgain')
  if (from === undefined) return new Set()
  clearMeta(db, 'sendAgain')
  const objects = new Set<string>()
  const queue = (places: readonly { place: number }[]) => {
    for (const { place } of places) for (const id of queueAgain(db, place)) objects.add(id)
    return places.length
  }
  const done = db.sql<{ place: number }>(
    `SELECT place FROM outbox AS o WHERE n IS NOT NULL AND settled_at > ? AND state = 'applied' AND ${HAS_BYTES}`,
  )
  const refused = db.sql<{ place: number }>(
    `SELECT place FROM outbox AS o WHERE n IS NOT NULL AND state = 'rejected' AND ${HAS_BYTES} AND EXISTS (
       SELECT 1 FROM outbox_after a JOIN outbox f ON f.place = a.place WHERE a.prev = o.place AND f.state IN ${ACTIVE})`,
  )
  queue(done.all(now - WITHIN_MS))
  // One that goes along may itself follow a refused one.
  while (queue(refused.all()) > 0);
  db.sql(
    `DELETE FROM outbox_after WHERE EXISTS (
       SELECT 1 FROM outbox o JOIN outbox p ON p.place = outbox_after.prev
       WHERE o.place = outbox_after.place AND o.state IN ${ACTIVE}
         AND (p.state = 'applied' OR (p.state = 'rejected' AND o.needs_prev = 0)))`,
  ).run()
  return objects
}

/**
 * A refused one keeps the reason of its refusal on the way: a centre that has forgotten the outcome says only that there
 * was one, and then this desk alone knows which.
 * @returns the objects it touches
 */
function queueAgain(db: Db, place: number): string[] {
  db.sql(
    `UPDATE outbox SET state = 'queued', settled_at = NULL, code = CASE state WHEN 'rejected' THEN COALESCE(code, '') END,
       info = CASE state WHEN 'rejected' THEN info END WHERE place = ?`,
  ).run(place)
  db.sql(
    `INSERT OR IGNORE INTO blob_ref (sha256, owner)
     SELECT b.sha256, 'op:' || o.op_id FROM outbox_blob b JOIN outbox o ON o.place = b.place WHERE b.place = ?`,
  ).run(place)
  db.sql('UPDATE blob SET unused_since = NULL WHERE sha256 IN (SELECT sha256 FROM outbox_blob WHERE place = ?)').run(
    place,
  )
  return touchesOf(db, place)
}

/** A parked operation is tried once more: by a person, or by a newer version of the program. */
export function sendParked(db: Db, op: Pick<OutboxRow, 'place'>): void {
  db.sql(
    `UPDATE outbox SET state = 'queued', code = NULL, info = NULL, settled_at = NULL WHERE place = ? AND state = 'parked'`,
  ).run(op.place)
}
