/** Pause of service (暂停服务): what stands, and what a new one would mean for the work that is open and for the score. */
import type { PauseEffect, PauseState } from '../../contract/core.contract.ts'
import { conduct } from '../../domain/evaluation/document-delivery.ts'
import { WorkClock } from '../../domain/work-clock.ts'
import { dayOf, workingDaysBetween, yearOf } from '../../domain/working-days.ts'
import { promisedRows } from '../../../db/queries/queue-rows.ts'
import type { Core } from '../context.ts'
import { houseRules } from '../desk/house-rules.ts'
import { inputsOf } from './evaluation.ts'

/** A pause is counted through for so many days at most. */
const LONGEST = 3660

const ownPauses = (core: Core) => core.views.library(core.deskLibrary())?.pauses ?? []

export function pauseState(core: Core): PauseState {
  const now = core.now()
  const pauses = ownPauses(core)
  // A pause that is still to come does not stand yet.
  return { pausedUntil: pauses.find(({ from, to }) => from <= now && now < to)?.to ?? null, pauses }
}

/** Pauses without a reason that began in a year: each is a breach of the rules. */
export const unreasonedPauses = (core: Core, year: number): number =>
  ownPauses(core).filter((pause) => yearOf(dayOf(pause.from)) === year && pause.reason.trim() === '').length

/** @param from first instant, @param to first instant after it, ms UTC */
export function pauseEffect(core: Core, from: number, to: number, reasoned: boolean): PauseEffect {
  const { runs, knows } = core.views.clock
  const rows = promisedRows(core.db)
  const paused = new WorkClock(houseRules(core).clock, [...ownPauses(core), { from, to, reason: reasoned ? '-' : '' }])
  const later = rows.filter(
    ({ due, appliedAt, service, urgent }) => paused.deadline(appliedAt, service, urgent === 1).at > due,
  )
  const year = yearOf(dayOf(from))
  const breaches = inputsOf(core, year).breaches + unreasonedPauses(core, year)
  return {
    open: rows.length,
    dueInside: rows.filter(({ due }) => due > from && due <= to).length,
    moved: later.length,
    workingDays: workingDaysBetween(dayOf(from) - 1, Math.min(dayOf(to - 1), dayOf(from) + LONGEST), runs),
    conduct: { now: conduct(breaches).points, then: conduct(breaches + (reasoned ? 0 : 1)).points },
    certain: knows(dayOf(to - 1)),
  }
}
