/** What a fresh centre is filled with, and how it counts days. */
import { describe, expect, it } from 'vitest'
import { RequestRow } from '../../../electron/contract/centre.contract.ts'
import { leaseFrom, promiseOf } from '../../../electron/centre/calendar.ts'
import { MEMBERS } from '../../../electron/centre/seed/directory.ts'
import { figure3 } from '../../../electron/centre/seed/figure3.ts'
import { isbn13, issn, requests } from '../../../electron/centre/seed/generator.ts'
import { LIVING_COUNT, livingQueue } from '../../../electron/centre/seed/living.ts'

const NOW = Date.UTC(2026, 10, 20, 2, 0, 0)
/** An instant in Beijing time. */
const beijing = (text: string) => Date.parse(`${text}+08:00`)

describe('generated requests', () => {
  const rows = [...requests('RUC', 3000, 5, NOW)]

  it('are the same for the same seed and others for another', () => {
    expect([...requests('RUC', 50, 5, NOW)]).toEqual([...requests('RUC', 50, 5, NOW)])
    expect([...requests('RUC', 50, 6, NOW)]).not.toEqual([...requests('RUC', 50, 5, NOW)])
  })

  it('are rows as the wire wants them, each with its own numbers', () => {
    for (const row of [...rows.slice(0, 300), ...rows.slice(-300), ...figure3(NOW)])
      expect(RequestRow.parse(row)).toEqual(row)
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    expect(new Set(rows.map((row) => row.fields.centreNo)).size).toBe(rows.length)
    const printed = new Set(figure3(NOW).map((row) => row.id))
    expect(rows.filter((row) => printed.has(row.id))).toEqual([])
  })

  it('carry the two letters of the library that asks', () => {
    const letters = new Map(MEMBERS.map((member) => [member.id, member.code]))
    for (const row of rows) {
      expect(row.id).toMatch(/^[A-Z]{2}\d{8}$/)
      expect(row.fields.centreNo).toMatch(/^zx\d{10}$/)
      expect(row.id.slice(0, 2)).toBe(letters.get(row.fields.partner))
      expect(row.fields.partner).not.toBe('RUC')
    }
  })

  it('hold both services, both languages, open work and what earlier years left', () => {
    const share = (holds: (row: RequestRow) => boolean) => rows.filter(holds).length / rows.length
    expect(share((row) => row.service === 'loan')).toBeGreaterThan(0.3)
    expect(share((row) => /[\u4e00-\u9fff]/.test(row.fields.title))).toBeGreaterThan(0.5)
    expect(share((row) => /^[\x20-\x7e]+$/.test(row.fields.title))).toBeGreaterThan(0.2)
    expect(share((row) => ['RequestReceived', 'WillSupply'].includes(row.status))).toBeCloseTo(0.1, 2)
    for (const status of ['CopyCompleted', 'LoanCompleted', 'Unfilled', 'Cancelled', 'Loaned'] as const)
      expect(share((row) => row.status === status)).toBeGreaterThan(0)
  })

  it('have ISBN and ISSN whose check digits are right', () => {
    // Known numbers first: ISO 2108's and ISO 3297's own examples.
    expect(isbn13('978030640615')).toBe('9780306406157')
    expect(issn('0378595')).toBe('0378-5955')
    expect(issn('2434561')).toBe('2434-561X')
    const weighed = (text: string) => [...text].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0)
    for (const { fields } of rows) {
      if (fields.isbn) expect(weighed(fields.isbn) % 10).toBe(0)
      if (fields.issn) expect(fields.issn).toMatch(/^\d{4}-\d{3}[\dX]$/)
    }
  })
})

describe('the working-day clock of the centre', () => {
  it.each([
    ['an ordinary Monday', '2026-03-09T10:00:00', '2026-03-12T23:59:59.999'],
    ['a Thursday reaches over the weekend', '2026-03-12T10:00:00', '2026-03-17T23:59:59.999'],
    ['the eve of National Day counts the make-up Saturday', '2026-09-30T10:00:00', '2026-10-10T23:59:59.999'],
    ['before Spring Festival the make-up Saturday counts too', '2026-02-13T10:00:00', '2026-02-25T23:59:59.999'],
    ['just before midnight in Beijing is still that day', '2026-03-09T23:59:00', '2026-03-12T23:59:59.999'],
    ['just after midnight in Beijing is the next day', '2026-03-10T00:01:00', '2026-03-13T23:59:59.999'],
  ])('%s', (_says, from, until) => {
    expect(promiseOf(beijing(from), false)).toBe(beijing(until))
  })

  it('an urgent request is due the same day, on a closed day the next working day', () => {
    expect(promiseOf(beijing('2026-03-09T10:00:00'), true)).toBe(beijing('2026-03-09T23:59:59.999'))
    expect(promiseOf(beijing('2026-03-14T10:00:00'), true)).toBe(beijing('2026-03-16T23:59:59.999'))
  })

  it('a lease of 24 hours never ends on a closed day', () => {
    expect(leaseFrom(beijing('2026-03-09T10:00:00'))).toBe(beijing('2026-03-10T10:00:00'))
    expect(leaseFrom(beijing('2026-03-13T16:00:00'))).toBe(beijing('2026-03-16T16:00:00'))
  })
})

describe('the rehearsal of a new user', () => {
  const rows = [...livingQueue(NOW)]
  const open = rows.filter((row) => row.status === 'RequestReceived' || row.status === 'WillSupply')

  it('is a living queue of valid rows, the same for the same moment', () => {
    expect(rows.length).toBe(LIVING_COUNT)
    for (const row of rows) expect(RequestRow.parse(row)).toEqual(row)
    expect([...livingQueue(NOW)]).toEqual(rows)
    expect(open.some((row) => row.urgent)).toBe(true)
    expect(open.some((row) => row.claim !== null)).toBe(true)
    expect(open.some((row) => row.promiseAt < NOW)).toBe(true)
    expect(rows.filter((row) => row.status === 'Loaned').length).toBeGreaterThan(5)
  })

  it('leaves figure 3 as it is: no number of it is used, nothing open is newer', () => {
    const figure = figure3(NOW)
    const numbers = new Set(figure.map((row) => row.id))
    expect(rows.filter((row) => numbers.has(row.id))).toEqual([])
    const first = Math.min(...figure.map((row) => row.appliedAt))
    expect(open.filter((row) => row.appliedAt > first)).toEqual([])
  })
})
