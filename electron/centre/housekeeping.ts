/** What time does by itself: loans fall due, put-off requests come back, leases are renewed, old tombstones go. */
import type { Db } from '../../db/driver.ts'
import { DAY_MS, leaseFrom, promiseOf } from './calendar.ts'
import { change } from './act.ts'
import { mirror, remember } from './machine/turn.ts'
import { Workspace } from './store/rows.ts'

/** Tombstones outlive any vacation. */
export const TOMBSTONE_MS = 400 * DAY_MS
const RENEW_BELOW_MS = DAY_MS / 2
const SWEEP_LIMIT = 5000

/** Moves every request whose time has come. Returns the libraries whose feed moved. */
export function sweep(db: Db, now: number): Set<string> {
  const moved = new Set<string>()
  const due = db
    .sql<{ library: string; id: string }>(
      `SELECT library, id FROM entity WHERE wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at LIMIT ${SWEEP_LIMIT}`,
    )
    .all(now)
  for (const { library, id } of due) {
    const touched = change(db, library, id, 'timeCame', now, (turn, draft) => {
      if (draft.row.status === 'Loaned') {
        draft.row.status = 'Overdue'
      } else if (draft.row.status === 'RetryPossible') {
        Object.assign(draft.row, {
          status: 'RequestReceived',
          stage: 'queued',
          claim: null,
          reason: '',
          finishedAt: null,
        })
        draft.row.promiseAt = promiseOf(now, draft.row.urgent)
      }
      remember(turn, draft)
      mirror(turn, draft)
    })
    for (const one of touched) moved.add(one)
  }
  buryOld(db, now)
  return moved
}

/** Removes tombstones nobody can still need and remembers how far: older cursors must start anew (410). */
function buryOld(db: Db, now: number): void {
  const before = now - TOMBSTONE_MS
  const any = db.sql('SELECT 1 FROM entity WHERE gone_at IS NOT NULL AND gone_at < ? LIMIT 1').get(before)
  if (!any) return
  db.write(() => {
    db.sql(
      `UPDATE library SET floor = max(floor, coalesce(
         (SELECT max(seq) FROM entity WHERE entity.library = library.id AND gone_at IS NOT NULL AND gone_at < ?), 0))`,
    ).run(before)
    db.sql('DELETE FROM entity WHERE gone_at IS NOT NULL AND gone_at < ?').run(before)
  })
}

/** Renews the leases of a desk that is here; only those that run out within twelve hours, so that a poll changes nothing. */
export function renewLeases(db: Db, device: string, now: number): Set<string> {
  const held = db
    .sql<{ library: string; id: string }>('SELECT library, id FROM entity WHERE claim_desk = ?')
    .all(device)
  if (held.length === 0) return new Set()
  return db.write(() => {
    const work = new Workspace(db)
    for (const { library, id } of held) {
      const draft = work.find(library, 'request', id)
      if (!draft || draft.gone !== null || draft.row.claim?.desk !== device || draft.row.finishedAt !== null) continue
      if (draft.row.claim.leaseUntil - now < RENEW_BELOW_MS)
        draft.row.claim = { ...draft.row.claim, leaseUntil: leaseFrom(now) }
    }
    return work.flush(now)
  })
}

/** Desks heard of within this time share the queue. */
const ACTIVE_MS = 7 * DAY_MS

/**
 * Gives a desk its own block of the queue, so that desks that go offline work disjoint sets: up to `block` requests nobody
 * has taken up, the most urgent first, until the same hour of the next working day. A hint, no lock: guards ignore it.
 */
export function allot(db: Db, library: string, desk: string, block: number, now: number): Set<string> {
  const active = db
    .sql<{ n: number }>('SELECT count(*) AS n FROM device WHERE library = ? AND revoked_at IS NULL AND seen_at > ?')
    .get(library, now - ACTIVE_MS)!.n
  if (block <= 0 || active < 2) return new Set()
  return db.write(() => {
    const until = leaseFrom(now)
    const own = db
      .sql<{ request: string; until: number }>('SELECT request, until FROM allotment WHERE library = ? AND desk = ?')
      .all(library, desk)
    const free = db
      .sql<{ id: string }>(
        `SELECT id FROM entity WHERE library = ? AND open_at IS NOT NULL AND type = 'request'
           AND id NOT IN (SELECT request FROM allotment WHERE allotment.library = entity.library AND until > ?)
         ORDER BY open_at, id LIMIT ?`,
      )
      .all(library, now, Math.max(0, block - own.filter((one) => one.until > now).length))
    const stale = own.filter((one) => one.until - now < RENEW_BELOW_MS).map((one) => one.request)
    const work = new Workspace(db)
    for (const id of new Set([...stale, ...free.map((row) => row.id)])) {
      const draft = work.find(library, 'request', id)
      if (!draft || draft.gone !== null) continue
      draft.row.allotted = { desk, until }
      db.sql('INSERT OR REPLACE INTO allotment(library, request, desk, until) VALUES (?,?,?,?)').run(
        library,
        id,
        desk,
        until,
      )
    }
    return work.flush(now)
  })
}
