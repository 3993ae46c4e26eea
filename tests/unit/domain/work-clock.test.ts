/** The desk's clock against the holidays of twenty years, typed by hand from the notices; and the house's own rules. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onOpenDay } from '../../../electron/domain/due-rules.ts'
import { PUBLISHED_CLOCK, WorkClock, type Pause } from '../../../electron/domain/work-clock.ts'
import { dayOf, endOfDay, isWorkingDay, LAST_KNOWN_YEAR } from '../../../electron/domain/working-days.ts'
import { HOLIDAYS } from '../../cases/holidays.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const iso = (some: number) => new Date(some * 86_400_000).toISOString().slice(0, 10)
/** Beijing wall time as ms UTC. */
const beijing = (text: string) => Date.parse(`${text}:00+08:00`)
const isWeekend = (some: number) => new Date(some * 86_400_000).getUTCDay() % 6 === 0

const FIRST = day('2007-01-01')
const LAST = day('2026-12-31')
const off = new Set<number>()
const work = new Set<number>()
for (const { year, off: spans, work: days } of HOLIDAYS) {
  const of = (text: string) => day(text.length === 5 ? `${year}-${text}` : text)
  for (const [first, last] of spans) for (let some = of(first); some <= of(last); some++) off.add(some)
  for (const some of days) work.add(of(some))
}
/** What the notices say of a day. */
const worked = (some: number) => work.has(some) || (!isWeekend(some) && !off.has(some))

describe('the calendar', () => {
  it('the list of notices is whole: every year once, make-up days on weekends only, no day both off and worked', () => {
    expect(HOLIDAYS.map(({ year }) => year)).toEqual(Array.from({ length: 20 }, (_, index) => 2007 + index))
    expect([...work].filter((some) => !isWeekend(some)).map(iso)).toEqual([])
    expect([...work].filter((some) => off.has(some)).map(iso)).toEqual([])
    for (const { off: spans } of HOLIDAYS) expect(spans.length).toBeGreaterThanOrEqual(4)
  })
  it('agrees with the notices on every day from 2007 to 2026', () => {
    const wrong: string[] = []
    for (let some = FIRST; some <= LAST; some++) if (isWorkingDay(some) !== worked(some)) wrong.push(iso(some))
    expect(wrong).toEqual([])
    expect(LAST_KNOWN_YEAR).toBe(HOLIDAYS.at(-1)!.year)
  })
})

const published = new WorkClock()

describe('the promise of three working days', () => {
  it.each([
    ['a Monday in an ordinary week', '2026-03-09T10:00', '2026-03-12'],
    ['a Friday evening ends on Wednesday', '2026-03-13T21:30', '2026-03-18'],
    ['just before midnight counts as that day', '2026-03-11T23:59', '2026-03-16'],
    ['a minute later it is the next day', '2026-03-12T00:00', '2026-03-17'],
    ['a Saturday counts from Monday on', '2026-03-14T09:00', '2026-03-18'],
    ['a make-up Saturday is the first of the three', '2026-02-13T16:00', '2026-02-25'],
    ['the eve of spring festival', '2026-02-14T16:00', '2026-02-26'],
    ['in the middle of spring festival', '2024-02-12T16:00', '2024-02-20'],
    ['a make-up Sunday ends it', '2024-02-08T10:00', '2024-02-19'],
    ['spring festival as it was prolonged in 2020', '2020-01-22T09:00', '2020-02-04'],
    ['national day with two make-up days', '2026-09-30T09:00', '2026-10-10'],
    ['the three days of September 2015', '2015-09-02T09:00', '2015-09-08'],
    ['labour day of 2007, seven days long', '2007-04-30T09:00', '2007-05-10'],
  ])('%s', (_says, applied, last) => {
    const deadline = published.deadline(beijing(applied), 'copy', false)
    expect(iso(dayOf(deadline.at - 1))).toBe(last)
    expect(deadline).toMatchObject({ at: beijing(`${last}T00:00`) + 86_400_000, certain: true })
  })
  it.each([
    ['the same day', '2026-03-11T10:00', '2026-03-11'],
    ['on a Sunday: Monday', '2026-03-15T10:00', '2026-03-16'],
    ['on a make-up Saturday: that day', '2026-02-28T10:00', '2026-02-28'],
    ['on new year’s eve of the moon: after the festival', '2026-02-16T10:00', '2026-02-24'],
  ])('an urgent one: %s', (_says, applied, last) => {
    expect(iso(dayOf(published.deadline(beijing(applied), 'loan', true).at - 1))).toBe(last)
  })
  it('is the day that a count through the notices gives, for any moment of twenty years', () => {
    const instant = fc.integer({ min: FIRST * 86_400_000, max: (LAST - 40) * 86_400_000 })
    fc.assert(
      fc.property(instant, fc.boolean(), (at, urgent) => {
        let last = dayOf(at)
        if (urgent) while (!worked(last)) last++
        else for (let left = 3; left > 0;) if (worked(++last)) left--
        expect(published.deadline(at, 'copy', urgent)).toEqual({ at: endOfDay(last), certain: true })
      }),
      { numRuns: 2000 },
    )
  })
  it('a later application never has an earlier deadline', () => {
    const instant = fc.integer({ min: FIRST * 86_400_000, max: (LAST - 90) * 86_400_000 })
    fc.assert(
      fc.property(instant, fc.nat(40 * 86_400_000), fc.boolean(), (at, later, urgent) => {
        const { at: deadline } = published.deadline(at, 'copy', urgent)
        expect(deadline).toBeGreaterThan(at)
        expect(published.deadline(at + later, 'copy', urgent).at).toBeGreaterThanOrEqual(deadline)
      }),
    )
  })
  it('does not depend on the zone of the machine', () => {
    const zone = process.env.TZ
    try {
      for (const other of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
        process.env.TZ = other
        expect(iso(dayOf(new WorkClock().deadline(beijing('2026-03-13T23:30'), 'copy', false).at - 1))).toBe(
          '2026-03-18',
        )
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })
})

describe('a year whose holidays are not published', () => {
  it('is said, on the day it begins to matter', () => {
    expect(published.deadline(beijing('2026-12-28T10:00'), 'copy', false).certain).toBe(true)
    expect(published.deadline(beijing('2026-12-29T10:00'), 'copy', false)).toMatchObject({ certain: false })
    expect(published.knows(day('2026-12-31'))).toBe(true)
    expect(published.knows(day('2027-01-01'))).toBe(false)
  })
  it('is known once its notice was typed in, with its make-up days', () => {
    const typed = new WorkClock({
      ...PUBLISHED_CLOCK,
      closed: [{ from: '2027-01-01', to: '2027-01-03', name: '元旦' }],
      workdays: ['2027-01-09'],
      knownThrough: 2027,
    })
    const deadline = typed.deadline(beijing('2026-12-31T10:00'), 'copy', false)
    expect(deadline).toEqual({ at: endOfDay(day('2027-01-06')), certain: true })
    expect(typed.runs(day('2027-01-09'))).toBe(true)
    expect(typed.runs(day('2027-01-10'))).toBe(false)
  })
})

describe('the house’s own rules', () => {
  const rules = { ...PUBLISHED_CLOCK, days: { copy: 2, loan: 5 }, urgentDays: { copy: 0, loan: 1 } }
  const own = new WorkClock(rules)
  const monday = beijing('2026-03-09T10:00')
  const last = (clock: WorkClock, at: number, service: 'copy' | 'loan', urgent = false) =>
    iso(dayOf(clock.deadline(at, service, urgent).at - 1))

  it('copies, loans and urgent ones each have their days', () => {
    expect(last(own, monday, 'copy')).toBe('2026-03-11')
    expect(last(own, monday, 'loan')).toBe('2026-03-16')
    expect(last(own, monday, 'copy', true)).toBe('2026-03-09')
    expect(last(own, monday, 'loan', true)).toBe('2026-03-10')
  })
  it('days on which the house is closed are no working days', () => {
    const closed = [{ from: '2026-03-10', to: '2026-03-11', name: '搬迁' }]
    expect(last(new WorkClock({ ...PUBLISHED_CLOCK, closed }), monday, 'copy')).toBe('2026-03-16')
  })
  it('a pause with a reason stops the clock for its whole days; one without a reason does not', () => {
    const pause = (reason: string): Pause => ({
      from: beijing('2026-03-10T00:00'),
      to: beijing('2026-03-13T00:00'),
      reason,
    })
    expect(last(new WorkClock(PUBLISHED_CLOCK, [pause('设备检修')]), monday, 'copy')).toBe('2026-03-17')
    expect(last(new WorkClock(PUBLISHED_CLOCK, [pause(' ')]), monday, 'copy')).toBe('2026-03-12')
    const strict = { ...PUBLISHED_CLOCK, pauseStops: false }
    expect(last(new WorkClock(strict, [pause('设备检修')]), monday, 'copy')).toBe('2026-03-12')
    // Begun at noon, the first day still counts.
    const noon = { ...pause('设备检修'), from: beijing('2026-03-10T12:00') }
    expect(last(new WorkClock(PUBLISHED_CLOCK, [noon]), monday, 'copy')).toBe('2026-03-16')
  })
  it('a winter vacation of fifty days moves the promise behind it', () => {
    const pause = { from: beijing('2026-01-19T00:00'), to: beijing('2026-03-10T00:00'), reason: '寒假闭馆' }
    expect(last(new WorkClock(PUBLISHED_CLOCK, [pause]), beijing('2026-01-16T15:00'), 'copy')).toBe('2026-03-12')
  })
  it('a pause without end gives a deadline all the same', () => {
    const forever = { from: 0, to: Number.MAX_SAFE_INTEGER, reason: '停办' }
    expect(new WorkClock(PUBLISHED_CLOCK, [forever]).deadline(monday, 'copy', false)).toMatchObject({ certain: false })
  })
  it('closing days only ever move a promise later, and it never ends on one', () => {
    const span = fc.tuple(fc.integer({ min: day('2025-01-01'), max: day('2026-10-01') }), fc.nat(20))
    const instant = fc.integer({ min: beijing('2025-01-01T00:00'), max: beijing('2026-09-01T00:00') })
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), instant, fc.nat(6), (spans, at, days) => {
        const closed = spans.map(([from, length]) => ({ from: iso(from), to: iso(from + length), name: '' }))
        const base = { ...PUBLISHED_CLOCK, days: { copy: days, loan: days } }
        const clock = new WorkClock({ ...base, closed })
        const { at: deadline } = clock.deadline(at, 'copy', false)
        expect(deadline).toBeGreaterThanOrEqual(new WorkClock(base).deadline(at, 'copy', false).at)
        const end = dayOf(deadline - 1)
        expect(spans.some(([from, length]) => end >= from && end <= from + length)).toBe(false)
        expect(clock.runs(end)).toBe(true)
      }),
    )
  })
  it('a book is not due back on a day the house is closed', () => {
    const clock = new WorkClock({ ...PUBLISHED_CLOCK, closed: [{ from: '2026-03-09', to: '2026-03-10', name: '' }] })
    expect(onOpenDay(beijing('2026-03-07T15:00'), clock.runs)).toBe(beijing('2026-03-11T15:00'))
    expect(onOpenDay(beijing('2026-03-12T15:00'), clock.runs)).toBe(beijing('2026-03-12T15:00'))
    expect(onOpenDay(0, () => false)).toBe(0)
  })
})
