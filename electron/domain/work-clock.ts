/**
 * The desk's clock: by when a request is to be answered. It runs on the working days of the Chinese calendar in Beijing
 * time, without the days on which this house is closed, and stands still while service is paused with a reason.
 */
import type { ClockRules } from '../contract/core/rules.contract.ts'
import { dayOf, endOfDay, isPaused, isWorkingDay, LAST_KNOWN_YEAR, yearOf, type DayNumber } from './working-days.ts'

export interface Pause {
  from: number
  to: number
  reason: string
}

export interface Deadline {
  /** Milliseconds UTC: the first instant that is too late. */
  at: number
  /** False when it lies in a year whose holidays are not known yet. */
  certain: boolean
}

/** The consortium's promise: three working days, urgent ones on the day itself. */
export const PUBLISHED_CLOCK: ClockRules = {
  days: { copy: 3, loan: 3 },
  urgentDays: { copy: 0, loan: 0 },
  closed: [],
  workdays: [],
  knownThrough: LAST_KNOWN_YEAR,
  pauseStops: true,
}

/** A house that never opens again (a pause without end) has deadlines all the same: so many days ahead at most. */
const FAR = 4000

export class WorkClock {
  private readonly rules: ClockRules
  private readonly paused: (day: DayNumber) => boolean
  private readonly closed: readonly { first: DayNumber; last: DayNumber }[]
  private readonly workdays: ReadonlySet<DayNumber>
  private readonly known = new Map<string, Deadline>()

  /** @param pauses of our own service */
  constructor(rules: ClockRules = PUBLISHED_CLOCK, pauses: readonly Pause[] = []) {
    this.rules = rules
    this.paused = isPaused(rules.pauseStops ? pauses : [])
    this.closed = rules.closed.map(({ from, to }) => ({ first: dayNamed(from), last: dayNamed(to) }))
    this.workdays = new Set(rules.workdays.map(dayNamed))
  }

  /** Whether the clock runs on this day. */
  readonly runs = (day: DayNumber): boolean =>
    (isWorkingDay(day) || this.workdays.has(day)) &&
    !this.closed.some(({ first, last }) => day >= first && day <= last) &&
    !this.paused(day)

  /** Whether the holidays of this day's year are known. */
  readonly knows = (day: DayNumber): boolean => yearOf(day) <= Math.max(LAST_KNOWN_YEAR, this.rules.knownThrough)

  /** Last day to answer: so many days on which the clock runs after the day of application. */
  deadline(appliedAt: number, service: 'copy' | 'loan', urgent: boolean): Deadline {
    const from = dayOf(appliedAt)
    const days = (urgent ? this.rules.urgentDays : this.rules.days)[service]
    const key = `${from} ${days}`
    let found = this.known.get(key)
    if (!found) {
      const day = this.dayAfter(from, days)
      this.known.set(key, (found = { at: endOfDay(day), certain: this.knows(day) }))
    }
    return found
  }

  /** The `days`-th day after `from` on which the clock runs; with 0 `from` itself, or the next such day. */
  dayAfter(from: DayNumber, days: number): DayNumber {
    const last = from + FAR
    let day = from
    if (days === 0) while (day < last && !this.runs(day)) day++
    else for (let left = days; left > 0 && day < last;) if (this.runs(++day)) left--
    return day
  }
}

const dayNamed = (iso: string): DayNumber => Date.parse(`${iso}T00:00:00Z`) / 86_400_000
