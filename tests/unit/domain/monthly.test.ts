import { describe, expect, it } from 'vitest'
import { daysOfMonth, monthBefore, monthsDue } from '../../../electron/domain/statistics/monthly.ts'

/** Beijing wall time as ms UTC. */
const beijing = (text: string) => Date.parse(`${text}:00+08:00`)
const due = (now: string, made: string[] = [], since = '2026-09', day = 5) =>
  monthsDue(since, day, new Set(made), beijing(now))

describe('the monthly report', () => {
  it('is due on its day of the next month, from midnight in Beijing on', () => {
    expect(due('2026-10-04T23:59')).toEqual([])
    expect(due('2026-10-05T00:00')).toEqual(['2026-09'])
  })
  it('is made once', () => expect(due('2026-10-20T09:00', ['2026-09'])).toEqual([]))
  it('is made up for when the desk was off that day, and every month it missed', () => {
    expect(due('2026-10-19T09:00')).toEqual(['2026-09'])
    expect(due('2027-01-12T09:00', ['2026-10'])).toEqual(['2026-09', '2026-11', '2026-12'])
  })
  it('goes back two years at most', () => {
    const all = due('2031-01-12T09:00')
    expect(all).toHaveLength(24)
    expect(all.at(-1)).toBe('2030-12')
  })
  it('covers the whole month, February and the turn of the year too', () => {
    const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)
    const span = (month: string) => [iso(daysOfMonth(month).from), iso(daysOfMonth(month).to)]
    expect(span('2024-02')).toEqual(['2024-02-01', '2024-02-29'])
    expect(span('2026-12')).toEqual(['2026-12-01', '2026-12-31'])
    expect(monthBefore(beijing('2027-01-01T00:00'))).toBe('2026-12')
    expect(monthBefore(beijing('2026-12-31T23:59'))).toBe('2026-11')
  })
})
