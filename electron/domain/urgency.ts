/** What is owed and by when: supply an open request by its deadline, have a lent book back by its due date. */
import type { RequestRow } from '../contract/centre.contract.ts'
import type { Urgency } from '../contract/core.contract.ts'
import { isLent } from './machine/guards.ts'
import { dayOf } from './working-days.ts'
import type { WorkClock } from './work-clock.ts'

/** Sorts after every real date; JSON and SQLite keep it exactly. */
export const NOTHING_OWED = Number.MAX_SAFE_INTEGER

/** True while somebody at this desk still has work with it. */
export function owesWork(row: RequestRow): boolean {
  if (row.cancelAsked || row.complaint !== null) return true
  return row.status === 'RequestReceived' || row.status === 'WillSupply' || isLent(row.status)
}

/** When the next thing is due, ms UTC, or NOTHING_OWED. */
export function dueAt(
  row: Pick<RequestRow, 'service' | 'status' | 'role' | 'appliedAt' | 'urgent' | 'dueAt'> & { complaint: unknown },
  clock: WorkClock,
): number {
  if (isLent(row.status)) return row.dueAt ?? NOTHING_OWED
  const ours = row.role === 'supplier' && (row.status === 'RequestReceived' || row.status === 'WillSupply')
  const asked = ours || row.complaint !== null
  return asked ? clock.deadline(row.appliedAt, row.service, row.urgent).at : NOTHING_OWED
}

/** A deadline is the first instant too late, so something due "today" ends at the last midnight still to come. */
export function urgencyOf(due: number, now: number): Urgency {
  if (due === NOTHING_OWED) return 'done'
  if (due <= now) return 'late'
  return dayOf(due - 1) === dayOf(now) ? 'today' : 'safe'
}
