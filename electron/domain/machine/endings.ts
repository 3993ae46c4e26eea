/** What several operations do to a request in the same words: its claim lapses, it ends. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { heldByMe } from './guards.ts'
import type { Actor } from './rule.ts'

/** Nobody else's hands: a lease that is over is cleared by whoever acts next. */
export function dropLapsed(row: RequestRow, actor: Actor): void {
  if (row.claim && !heldByMe(row, actor)) row.claim = null
}

export function finish(row: RequestRow, status: RequestRow['status'], actor: Actor): void {
  row.status = status
  row.finishedAt = actor.at
  row.cancelAsked = false
  row.chased = null
}
