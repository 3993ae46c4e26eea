/** Pause of service (暂停服务): what stands, and what a new one would mean for the work that is open. */
import type { PauseEffect, PauseState } from '../../contract/core.contract.ts'
import { dayOf, workingDaysBetween } from '../../domain/working-days.ts'
import { openDeadlines } from '../../../db/queries/queue-rows.ts'
import type { Core } from '../context.ts'

export function pauseState(core: Core): PauseState {
  const own = core.views.libraries().find((library) => library.id === core.deskLibrary())
  const until = own?.pausedUntil ?? null
  return { pausedUntil: until !== null && until > core.now() ? until : null, pauses: own?.pauses ?? [] }
}

/** @param from first instant, @param to first instant after it, ms UTC */
export function pauseEffect(core: Core, from: number, to: number): PauseEffect {
  const due = openDeadlines(core.db)
  const last = Math.min(dayOf(to - 1), dayOf(from) + 3660)
  return {
    open: due.length,
    dueInside: due.filter((at) => at > from && at <= to).length,
    workingDays: workingDaysBetween(dayOf(from) - 1, last, core.views.clock.runs),
    certain: core.views.clock.knows(dayOf(to - 1)),
  }
}
