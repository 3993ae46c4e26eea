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
