/**
 * What staff did and the centre has not answered yet (design: sync, "Outbox states").
 *
 *   held -> queued -> sending -> applied | rejected        queued <-> waiting_blob
 *   sending -> queued on any doubt and at start-up         queued -> parked when the centre cannot read it
 *   held | queued -> withdrawn while never sent and without dependants
 *
 * A number `n` is given when an operation is first sent and never changes: the centre may know it from then on.
 */
import type { OutboxState } from '../../electron/contract/core.contract.ts'
import type { OpKind } from '../../electron/contract/ops.contract.ts'
import type { Db } from '../driver.ts'

export interface OutboxRow {
  place: number
  opId: string
  n: number | null
  objectId: string
  kind: OpKind
  /** JSON. */
  args: string
  seen: number
  needsPrev: 0 | 1
  wall: number
  /** ms of the steady clock when it was done. */
  monotonic: number
  boot: string
  desk: string
  user: string
  userName: string
  role: 'staff' | 'supervisor'
  offline: 0 | 1
  state: OutboxState
  heldUntil: number | null
  code: string | null
  info: string | null
  settledAt: number | null
  /** `asked`: it would be refused and waits for a person; `send`: the person wants the centre's word. */
  review: 'asked' | 'send' | null
}
export type NewOp = Omit<OutboxRow, 'place' | 'n' | 'code' | 'info' | 'settledAt' | 'review'> & {
  touches: readonly string[]
  blobs: readonly string[]
}

export const OUTBOX_COLUMNS = `place, op_id AS opId, n, object_id AS objectId, kind, args, seen, needs_prev AS needsPrev, wall, monotonic,
  boot, desk, user, user_name AS userName, role, offline, state, held_until AS heldUntil, code, info, settled_at AS settledAt, review`

/** Not settled and not taken out of the game: these are folded over base. */
export const ACTIVE = `('held','queued','waiting_blob','sending')`
/** Whatever comes after them on the same object must wait. */
export const UNSETTLED = `('held','queued','waiting_blob','sending','parked')`

/** Adds an operation behind this device's unsettled operations on the same objects. Call inside the transaction of C1. */
export function addOp(db: Db, op: NewOp): number {
  const place = Number(
    db
      .sql(
        `INSERT INTO outbox (op_id, object_id, kind, args, seen, needs_prev, wall, monotonic, boot, desk, user, user_name,
           role, offline, state, held_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        op.opId,
        op.objectId,
        op.kind,
        op.args,
        op.seen,
        op.needsPrev,
        op.wall,
        op.monotonic,
        op.boot,
        op.desk,
        op.user,
        op.userName,
        op.role,
        op.offline,
        op.state,
        op.heldUntil,
      ).lastInsertRowid,
  )
  for (const objectId of new Set(op.touches)) {
    const last = lastUnsettled(db, objectId)
    if (last) db.sql('INSERT OR IGNORE INTO outbox_after (place, prev) VALUES (?, ?)').run(place, last.place)
    db.sql('INSERT INTO outbox_touch (object_id, place) VALUES (?, ?)').run(objectId, place)
  }
  for (const sha256 of new Set(op.blobs))
    db.sql('INSERT INTO outbox_blob (place, sha256) VALUES (?, ?)').run(place, sha256)
  return place
}

/** This device's last operation on an object that is not settled yet. */
export function lastUnsettled(db: Db, objectId: string): { place: number; kind: OpKind; opId: string } | undefined {
  return db
    .sql<{ place: number; kind: OpKind; opId: string }>(
      `SELECT o.place, o.kind, o.op_id AS opId FROM outbox_touch t JOIN outbox o ON o.place = t.place
       WHERE t.object_id = ? AND o.state IN ${UNSETTLED} ORDER BY t.place DESC LIMIT 1`,
    )
    .get(objectId)
}

export function findOp(db: Db, opId: string): OutboxRow | undefined {
  return db.sql<OutboxRow>(`SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE op_id = ?`).get(opId)
}

export function findPlace(db: Db, place: number): OutboxRow | undefined {
  return db.sql<OutboxRow>(`SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE place = ?`).get(place)
}

export function activeOps(db: Db): OutboxRow[] {
  return db.sql<OutboxRow>(`SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE state IN ${ACTIVE} ORDER BY place`).all()
}

export const countActive = (db: Db): number =>
  db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM outbox WHERE state IN ${ACTIVE}`).get()!.n

/** Rows in these states, oldest first. */
export function opsInStates(db: Db, states: readonly OutboxState[], limit = 1000): OutboxRow[] {
  return db
    .sql<OutboxRow>(
      `SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE state IN (SELECT value FROM json_each(?)) AND dismissed_at IS NULL
       ORDER BY place DESC LIMIT ?`,
    )
    .all(JSON.stringify(states), limit)
    .reverse()
}

export const touchesOf = (db: Db, place: number): string[] =>
  db
    .sql<{ object_id: string }>('SELECT object_id FROM outbox_touch WHERE place = ? ORDER BY object_id')
    .all(place)
    .map((row) => row.object_id)
export const blobsOf = (db: Db, place: number): string[] =>
  db
    .sql<{ sha256: string }>('SELECT sha256 FROM outbox_blob WHERE place = ? ORDER BY sha256')
    .all(place)
    .map((row) => row.sha256)
export const prevsOf = (db: Db, place: number): { opId: string; state: OutboxState; place: number }[] =>
  db
    .sql<{ opId: string; state: OutboxState; place: number }>(
      `SELECT o.op_id AS opId, o.state, o.place FROM outbox_after a JOIN outbox o ON o.place = a.prev
       WHERE a.place = ? ORDER BY a.prev`,
    )
    .all(place)

export const hasDependants = (db: Db, place: number): boolean =>
  db
    .sql(
      `SELECT 1 FROM outbox_after a JOIN outbox o ON o.place = a.place
       WHERE a.prev = ? AND o.state <> 'withdrawn' LIMIT 1`,
    )
    .get(place) !== undefined

/** Moves an operation that was never sent and that nothing builds on out of the game. @returns false when it is too late */
export function withdraw(db: Db, opId: string, now: number): boolean {
  return db.write(() => {
    const op = findOp(db, opId)
    const unsent = op && op.n === null && ['held', 'queued', 'waiting_blob'].includes(op.state)
    if (!unsent || hasDependants(db, op.place)) return false
    db.sql(`UPDATE outbox SET state = 'withdrawn', held_until = NULL, settled_at = ? WHERE place = ?`).run(
      now,
      op.place,
    )
    return true
  })
}

export function setState(db: Db, place: number, state: OutboxState): void {
  db.sql('UPDATE outbox SET state = ?, held_until = NULL WHERE place = ?').run(state, place)
}

/** After a crash or any doubt nothing is known of what was being sent: it is sent again and the centre de-duplicates. */
export function requeueSending(db: Db): number {
  return db.sql(`UPDATE outbox SET state = 'queued' WHERE state = 'sending'`).run().changes
}

/** Bytes that must reach the centre before something can be sent, oldest operation first. */
export function neededUploads(db: Db): string[] {
  return db
    .sql<{ sha256: string }>(
      `SELECT b.sha256, MIN(b.place) FROM outbox_blob b JOIN outbox o ON o.place = b.place
       LEFT JOIN upload u ON u.sha256 = b.sha256
       WHERE o.state IN ('queued','waiting_blob') AND o.review IS NOT 'asked' AND u.done_at IS NULL GROUP BY b.sha256 ORDER BY MIN(b.place)`,
    )
    .all()
    .map((row) => row.sha256)
}

export interface Settled {
  state: 'applied' | 'rejected' | 'parked'
  code?: string | undefined
  info?: object | undefined
  at: number
}

/** Records the centre's word once; a later one (doubled reply) changes nothing. @returns the row when it was new */
export function settle(db: Db, opId: string, outcome: Settled): OutboxRow | undefined {
  const op = findOp(db, opId)
  if (!op || !['held', 'queued', 'waiting_blob', 'sending'].includes(op.state)) return undefined
  db.sql(`UPDATE outbox SET state = ?, held_until = NULL, code = ?, info = ?, settled_at = ? WHERE place = ?`).run(
    outcome.state,
    outcome.code ?? null,
    outcome.info === undefined ? null : JSON.stringify(outcome.info),
    outcome.at,
    op.place,
  )
  return { ...op, state: outcome.state }
}

/** A person has seen the refusal and is done with it. */
export function dismiss(db: Db, opId: string, now: number): boolean {
  return (
    db
      .sql(
        `UPDATE outbox SET dismissed_at = ? WHERE op_id = ? AND state IN ('rejected','parked') AND dismissed_at IS NULL`,
      )
      .run(now, opId).changes === 1
  )
}

export function outboxCounts(db: Db): { waiting: number; held: number; refused: number } {
  const rows = db
    .sql<{ state: OutboxState; count: number }>(
      `SELECT state, COUNT(*) AS count FROM outbox
       WHERE state IN ('held','queued','waiting_blob','sending','rejected','parked') AND dismissed_at IS NULL GROUP BY state`,
    )
    .all()
  const of = (...states: OutboxState[]) =>
    rows.reduce((sum, row) => sum + (states.includes(row.state) ? row.count : 0), 0)
  return { waiting: of('queued', 'waiting_blob', 'sending'), held: of('held'), refused: of('rejected', 'parked') }
}

/** Objects with a refused or parked operation that nobody has dismissed, with that state. */
export function refusedObjects(db: Db): Map<string, OutboxState> {
  const rows = db
    .sql<{ id: string; state: OutboxState }>(
      `SELECT t.object_id AS id, o.state FROM outbox o JOIN outbox_touch t ON t.place = o.place
       WHERE o.state IN ('rejected','parked') AND o.dismissed_at IS NULL ORDER BY o.place`,
    )
    .all()
  return new Map(rows.map((row) => [row.id, row.state]))
}

/**
 * This desk is another device for the centre now. What was on its way goes as if it were new; since the old device may
 * have brought it there already, a person is asked where it no longer fits. The centre knows nothing of what was settled.
 */
export function becomeNewDevice(db: Db): void {
  db.sql(
    `UPDATE outbox SET n = NULL, offline = 1, state = CASE state WHEN 'sending' THEN 'queued' ELSE state END
     WHERE state IN ('queued','waiting_blob','sending')`,
  ).run()
  db.sql(
    `DELETE FROM outbox_after WHERE prev IN
       (SELECT place FROM outbox WHERE state IN ('applied','rejected','parked','withdrawn'))`,
  ).run()
}
