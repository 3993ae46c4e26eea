/**
 * Working days as the centre counts them: the promise of three working days and the end of a lease.
 *
 * The holiday table behind `chinese-days` ends with LAST_KNOWN_YEAR and treats later years as plain weekends without saying
 * so; the centre accepts that for its own estimate. A desk counts by itself and shows a difference.
 */
import chineseDays from 'chinese-days'

/** Last year whose holidays and make-up working days (调休) are known. */
export const LAST_KNOWN_YEAR = 2026
export const DAY_MS = 86_400_000
const BEIJING_MS = 8 * 3_600_000

/** Working days promised for an ordinary request (evaluation rule of the papers). */
const PROMISE_DAYS = 3

function dayOf(ms: number): number {
  return Math.floor((ms + BEIJING_MS) / DAY_MS)
}

/** Last millisecond of a day counted in Beijing time. */
function endOfDay(day: number): number {
  return (day + 1) * DAY_MS - BEIJING_MS - 1
}

export function isWorkingDay(day: number): boolean {
  const date = new Date(day * DAY_MS)
  if (date.getUTCFullYear() > LAST_KNOWN_YEAR) return date.getUTCDay() % 6 !== 0
  return chineseDays.isWorkday(date.toISOString().slice(0, 10))
}

const promiseByDay = new Map<number, number>()

/** End of the third working day after the request came in; an urgent one ends the same day (or the next working day). */
export function promiseOf(appliedAt: number, urgent: boolean): number {
  const from = dayOf(appliedAt)
  const key = urgent ? -from : from
  let end = promiseByDay.get(key)
  if (end === undefined) {
    let day = from
    if (urgent) while (!isWorkingDay(day)) day++
    else for (let left = PROMISE_DAYS; left > 0;) if (isWorkingDay(++day)) left--
    end = endOfDay(day)
    promiseByDay.set(key, end)
  }
  return end
}

/** A lease of 24 hours that never ends on a closed day: it ends at the same hour of the next working day. */
export function leaseFrom(now: number): number {
  let until = now + DAY_MS
  while (!isWorkingDay(dayOf(until))) until += DAY_MS
  return until
}
