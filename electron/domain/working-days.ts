/**
 * Working days of the Chinese calendar, with public holidays and make-up working days (调休), counted in Beijing time.
 *
 * `chinese-days` knows the State Council's calendars up to LAST_KNOWN_YEAR and treats any later year as plain weekends
 * without saying so: whoever answers for a later day says that it is not certain (work-clock.ts).
 */
import chineseDays from 'chinese-days'

export const LAST_KNOWN_YEAR = 2026
const DAY_MS = 86_400_000
/** China has one time zone and no summer time (since 1991). */
const BEIJING_MS = 8 * 3_600_000

/** Days since 1970-01-01 in Beijing. */
export type DayNumber = number
export const dayOf = (ms: number): DayNumber => Math.floor((ms + BEIJING_MS) / DAY_MS)
/** The first millisecond (UTC) after the day. */
export const endOfDay = (day: DayNumber): number => (day + 1) * DAY_MS - BEIJING_MS
export const yearOf = (day: DayNumber): number => dateOf(day).getUTCFullYear()

const known = new Map<DayNumber, boolean>()
const dateOf = (day: DayNumber): Date => new Date(day * DAY_MS)

export function isWorkingDay(day: DayNumber): boolean {
  let answer = known.get(day)
  if (answer === undefined) {
    const date = dateOf(day)
    const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
    answer = date.getUTCFullYear() > LAST_KNOWN_YEAR ? !weekend : chineseDays.isWorkday(date.toISOString().slice(0, 10))
    known.set(day, answer)
  }
  return answer
}

/** Says of a day whether the clock runs on it. */
export type Runs = (day: DayNumber) => boolean

/**
 * Working days after `from` up to and with `to`: what lies between an application and its answer. The same day is 0, and
 * an application of a Saturday begins to count on Monday.
 */
export function workingDaysBetween(from: DayNumber, to: DayNumber, runs: Runs = isWorkingDay): number {
  let days = 0
  for (let day = from + 1; day <= to; day++) if (runs(day)) days++
  return days
}

/** Working days between any two of many days, by one table: for statistics over years. */
export class WorkingDayTable {
  private readonly first: DayNumber
  /** Working days up to and with each day. */
  private readonly upTo: Int32Array

  /** @param first earliest day that will be asked for, @param last latest */
  constructor(first: DayNumber, last: DayNumber, runs: Runs = isWorkingDay) {
    this.first = first
    this.upTo = new Int32Array(Math.max(1, last - first + 1))
    for (let day = first + 1; day <= last; day++)
      this.upTo[day - first] = this.upTo[day - first - 1]! + Number(runs(day))
  }

  /** As `workingDaysBetween`. */
  between(from: DayNumber, to: DayNumber): number {
    return to <= from ? 0 : this.upTo[to - this.first]! - this.upTo[from - this.first]!
  }
}

/** Days that lie wholly inside a pause of service with a reason; an unreasoned pause stops no clock (table 6, 服务规范). */
export function isPaused(pauses: readonly { from: number; to: number; reason: string }[]): (day: DayNumber) => boolean {
  const spans = pauses
    .filter((pause) => pause.reason.trim() !== '')
    .map((pause) => ({ first: dayOf(pause.from + DAY_MS - 1), last: dayOf(pause.to) - 1 }))
  return (day) => spans.some((span) => day >= span.first && day <= span.last)
}
