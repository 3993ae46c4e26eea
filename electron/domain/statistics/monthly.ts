/** Which reports of past months are due. Months are `2026-10`. */
import { dayOf } from '../working-days.ts'

const DAY_MS = 86_400_000
/** After a long absence no more than so many are made. */
const MOST_MONTHS = 24

const monthOfDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 7)
const later = (month: string, by: number) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** First and last day of a month. */
export function daysOfMonth(month: string): { from: number; to: number } {
  const first = (name: string) => Date.parse(`${name}-01T00:00:00Z`) / DAY_MS
  return { from: first(month), to: first(later(month, 1)) - 1 }
}

/** The month before the one of an instant, in Beijing. @param at ms UTC */
export const monthBefore = (at: number): string => later(monthOfDay(dayOf(at)), -1)

/**
 * Months whose report is due and not made, oldest first.
 * @param since first month that was ever wanted
 * @param day of the next month on which a report is due, Beijing
 * @param now ms UTC
 */
export function monthsDue(since: string, day: number, made: ReadonlySet<string>, now: number): string[] {
  const due: string[] = []
  for (let month = since; daysOfMonth(later(month, 1)).from + day - 1 <= dayOf(now); month = later(month, 1))
    if (!made.has(month)) due.push(month)
  return due.slice(-MOST_MONTHS)
}
