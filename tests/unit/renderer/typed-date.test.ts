import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysLater, monthsLater, typedDay, typedMonth } from '../../../renderer/ui/typed-date.ts'

describe('a day as people type it', () => {
  test.each([
    ['2026-11-22', '2026-11-22'],
    ['20261122', '2026-11-22'],
    ['2026/3/7', '2026-03-07'],
    ['2026.03.07', '2026-03-07'],
    ['2026年3月7日', '2026-03-07'],
    ['２０２６－１１－２２', '2026-11-22'],
    [' 11-22 ', '2026-11-22'],
    ['11月22日', '2026-11-22'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (text, day) => expect(typedDay(text, 2026)).toBe(day))
  test.each(['', '2026', '2026-11', '2026-13-01', '2026-02-30', '2025-02-29', 'today', '22-11-2026', '2026-1122'])(
    '%s is none',
    (text) => expect(typedDay(text, 2026)).toBeUndefined(),
  )
})

describe('a month as people type it', () => {
  test.each([
    ['2026-11', '2026-11'],
    ['202611', '2026-11'],
    ['2026年3月', '2026-03'],
    ['3', '2026-03'],
  ])('%s is %s', (text, month) => expect(typedMonth(text, 2026)).toBe(month))
  test.each(['', '2026', '2026-00', '2026-13', '13', 'March'])('%s is none', (text) =>
    expect(typedMonth(text, 2026)).toBeUndefined(),
  )
})

test('a month later a day that the month does not have is its last', () => {
  expect(monthsLater('2026-01-31', 1)).toBe('2026-02-28')
  expect(monthsLater('2024-02-29', -12)).toBe('2023-02-28')
  expect(monthsLater('2026-12', 1)).toBe('2027-01')
  expect(daysLater('2026-12-31', 1)).toBe('2027-01-01')
})

test('every day that is counted up to is a day one could have typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -200, max: 200 }), (days, months) => {
      const day = monthsLater(daysLater('2026-11-22', days), months)
      expect(typedDay(day, 1999)).toBe(day)
    }),
  )
})
