import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RequestRow } from '../../../electron/contract/centre.contract.ts'
import { copyrightVerdict } from '../../../electron/domain/copyright.ts'
import { factOf, OUTCOMES, type Fact } from '../../../electron/domain/statistics/fact.ts'
import { DIMENSIONS, FactColumns, type Cut } from '../../../electron/domain/statistics/columns.ts'
import { tally, tallyInTurns } from '../../../electron/domain/statistics/tally.ts'
import { dayOf, isWorkingDay, workingDaysBetween, WorkingDayTable } from '../../../electron/domain/working-days.ts'
import { requestRow } from '../../../electron/centre/request-row.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const at = (text: string) => Date.parse(`${text}+08:00`)

describe('working days between application and answer', () => {
  it.each([
    ['2026-11-16', '2026-11-16', 0, 'the same day'],
    ['2026-11-16', '2026-11-19', 3, 'Monday to Thursday'],
    ['2026-11-20', '2026-11-23', 1, 'Friday to Monday'],
    ['2026-11-21', '2026-11-23', 1, 'a Saturday’s application begins on Monday'],
    ['2026-02-13', '2026-02-24', 2, 'spring festival 15–23 February, with 14 February a make-up Saturday'],
    ['2025-09-30', '2025-10-09', 1, 'national day and mid-autumn 1–8 October'],
    ['2024-05-10', '2024-05-11', 1, 'a make-up Saturday after labour day'],
  ])('%s to %s are %i (%s)', (from, to, days) => {
    expect(workingDaysBetween(day(from), day(to))).toBe(days)
  })
  it('the table of many days and the count day by day agree, with and without a pause', () => {
    const first = day('2019-01-01')
    const last = day('2026-12-31')
    const runs = (some: number) => isWorkingDay(some) && some % 11 !== 0
    const plain = new WorkingDayTable(first, last)
    const paused = new WorkingDayTable(first, last, runs)
    const span = fc.tuple(fc.integer({ min: first, max: last }), fc.nat(200))
    fc.assert(
      fc.property(span, ([from, length]) => {
        const to = Math.min(last, from + length)
        expect(plain.between(from, to)).toBe(workingDaysBetween(from, to))
        expect(paused.between(from, to)).toBe(workingDaysBetween(from, to, runs))
      }),
    )
  })
})

const row = (change: Parameters<typeof requestRow>[0]): RequestRow => ({ ...requestRow(change), version: 1, seq: 1 })
const fields = {
  partner: 'BUCT',
  title: '机器人',
  journal: '机器人',
  issn: '1000-0001',
  year: '2023',
  callNumber: 'TP24/1',
}

describe('a request as statistics count it', () => {
  it('a delivered article: filled, its day, its staff, its subject', () => {
    const fact = factOf(
      row({
        id: 'HG00003901',
        service: 'copy',
        status: 'CopyCompleted',
        appliedAt: at('2026-11-16T09:00'),
        fields,
        history: [{ at: at('2026-11-18T16:00'), event: 'fulfil', desk: '一号台', who: '林老师', text: '' }],
      } as never),
    )
    expect(fact).toMatchObject({ outcome: 'filled', staff: '林老师', kind: 'article', subject: 'T', reason: '' })
    expect(fact.finished! - fact.applied).toBe(2)
    expect(fact.applied).toBe(dayOf(at('2026-11-16T00:00')))
  })
  it('what left for another library is forwarded, not unfilled', () => {
    const forwarded = row({
      id: 'X',
      service: 'copy',
      status: 'Unfilled',
      reason: 'NotHeld',
      appliedAt: 0,
      fields,
    } as never)
    expect(factOf(forwarded, 'forwarded')).toMatchObject({ outcome: 'forwarded', reason: 'NotHeld' })
    expect(factOf(forwarded)).toMatchObject({ outcome: 'unfilled', reason: 'NotHeld' })
  })
  it('a lent book is finished when it left, not when it came back', () => {
    const history = [{ at: at('2026-11-17T15:00'), event: 'handedOver', desk: '', who: '王老师', text: '' }]
    const loan = {
      id: 'L',
      service: 'loan',
      status: 'LoanCompleted',
      appliedAt: at('2026-11-16T09:00'),
      fields,
      history,
    }
    expect(factOf(row({ ...loan, finishedAt: at('2026-12-20T09:00') } as never)).finished).toBe(day('2026-11-17'))
  })
})

const anyFact: fc.Arbitrary<Fact> = fc.record({
  requestId: fc.constant(''),
  service: fc.constantFrom('copy', 'loan'),
  role: fc.constantFrom('supplier', 'requester'),
  outcome: fc.constantFrom(...OUTCOMES),
  status: fc.constantFrom('RequestReceived', 'Overdue', 'CompletedWithoutReturn', 'CopyCompleted'),
  reason: fc.constantFrom('', 'NotHeld', 'NotOnShelf'),
  partner: fc.constantFrom('PKU', 'THU', 'BUCT'),
  staff: fc.constantFrom('', '林', '王'),
  kind: fc.constantFrom('article', 'chapter', 'book', 'other'),
  subject: fc.constantFrom('', 'I', 'T'),
  applied: fc.integer({ min: day('2025-11-01'), max: day('2026-03-01') }),
  finished: fc.option(fc.integer({ min: day('2025-11-01'), max: day('2026-04-01') }), { nil: null }),
  volumes: fc.integer({ min: 1, max: 3 }),
  pages: fc.nat(50),
  bytes: fc.nat(10_000),
  selfService: fc.boolean(),
  reader: fc.constantFrom('', 'r1', 'r2', 'r3'),
  work: fc.constant(''),
})
const anyCut: fc.Arbitrary<Cut> = fc.record(
  {
    from: fc.constantFrom(day('2025-11-01'), day('2026-01-01')),
    to: fc.constantFrom(day('2026-01-31'), day('2026-12-31')),
    service: fc.constantFrom('copy' as const, 'loan' as const),
    role: fc.constantFrom('supplier' as const, 'requester' as const),
    where: fc.constantFrom(
      { by: 'partner' as const, value: 'PKU' },
      { by: 'month' as const, value: '2026-01' },
      { by: 'outcome' as const, value: 'filled' },
      { by: 'staff' as const, value: 'nobody' },
    ),
  },
  { requiredKeys: ['from', 'to'] },
)

/** The same count, slowly and from the plain records. */
function recount(all: Map<number, Fact>, cut: Cut) {
  const month = (some: number) => new Date(some * 86_400_000).toISOString().slice(0, 7)
  const value = (fact: Fact, by: string) =>
    by === 'month' ? month(fact.applied) : (fact as never as Record<string, string>)[by]!
  const mine = [...all.values()].filter(
    (fact) =>
      fact.applied >= cut.from &&
      fact.applied <= cut.to &&
      (!cut.service || fact.service === cut.service) &&
      (!cut.role || fact.role === cut.role) &&
      (!cut.where || value(fact, cut.where.by) === cut.where.value),
  )
  const finished = mine.filter(
    (fact) => fact.finished !== null && (fact.outcome === 'filled' || fact.outcome === 'unfilled'),
  )
  const days = finished.map((fact) => workingDaysBetween(fact.applied, fact.finished!)).toSorted((a, b) => a - b)
  const filled = mine.filter((fact) => fact.outcome === 'filled')
  return {
    received: mine.length,
    filled: filled.length,
    open: mine.filter((fact) => fact.outcome === 'open').length,
    volumes: filled.reduce((sum, fact) => sum + fact.volumes, 0),
    overdue: mine.filter((fact) => fact.status === 'Overdue').length,
    readers: new Set(mine.map((fact) => fact.reader).filter(Boolean)).size,
    median: days.length === 0 ? null : days[Math.ceil(days.length / 2) - 1]!,
    mean: days.length === 0 ? null : days.reduce((sum, some) => sum + some, 0) / days.length,
    groups: Object.fromEntries(
      DIMENSIONS.map((by) => [
        by,
        [...Map.groupBy(mine, (fact) => value(fact, by))]
          .filter(([name]) => name !== '' || (by !== 'staff' && by !== 'reason'))
          .map(([name, some]) => `${name} ${some.length}`)
          .toSorted(),
      ]),
    ),
  }
}

describe('the dashboard', () => {
  it('equals a slow recount from the plain records, whatever was put and changed', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), anyFact), { maxLength: 60 })
    fc.assert(
      fc.property(changes, anyCut, (puts, cut) => {
        const columns = new FactColumns()
        const plain = new Map<number, Fact>()
        for (const [id, fact] of puts) {
          columns.put({ ...fact, id })
          // Service and role of a request never change.
          const { service, role } = plain.get(id) ?? fact
          plain.set(id, { ...fact, service, role })
          columns.put({ ...fact, service, role, id })
        }
        const fast = tally(columns, cut)
        const slow = recount(plain, cut)
        expect({
          received: fast.received,
          filled: fast.filled,
          open: fast.open,
          volumes: fast.volumes,
          overdue: fast.overdue,
          readers: fast.readers,
          median: fast.days.median,
          groups: Object.fromEntries(
            DIMENSIONS.map((by) => [by, fast.groups[by].map((group) => `${group.value} ${group.received}`).toSorted()]),
          ),
        }).toEqual({ ...slow, mean: undefined })
        if (slow.mean === null) expect(fast.days.mean).toBeNull()
        else expect(fast.days.mean).toBeCloseTo(slow.mean, 9)
        const all = columns.rows(cut)
        expect(all).toHaveLength(slow.received)
        for (const [offset, limit] of [
          [0, 3],
          [2, 5],
          [7, 50],
          [99, 5],
        ] as const)
          expect(columns.page(cut, offset, limit)).toEqual({
            total: all.length,
            ids: all.slice(offset, offset + limit),
          })
      }),
      { numRuns: 200 },
    )
  })
  it('counted in turns it is the same, also when facts come in meanwhile', async () => {
    const columns = new FactColumns()
    const [sample] = fc.sample(anyFact, { numRuns: 1, seed: 9 })
    for (let id = 1; id <= 70_000; id++) columns.put({ ...sample!, id })
    const cut = { from: 0, to: 79_999 }
    let turns = 0
    const turn = () => {
      if (turns++ === 1) columns.put({ ...sample!, id: 70_001 })
      return Promise.resolve()
    }
    expect(await tallyInTurns(columns, cut, turn)).toEqual(tally(columns, cut))
    // Facts that never stop coming do not keep it from an answer.
    const busy = () => Promise.resolve(columns.put({ ...sample!, id: 80_000 + turns++ }))
    expect((await tallyInTurns(columns, cut, busy)).received).toBe(columns.size)
  })
  it('an empty desk has an empty dashboard', () => {
    const empty = tally(new FactColumns(), { from: 0, to: 30_000 })
    expect(empty).toMatchObject({ received: 0, days: { mean: null }, oldest: null })
    expect(empty.groups.month).toEqual([])
  })
})

describe('the copyright rule', () => {
  const taken = (count: number, pages = 10, delivered = true) =>
    Array.from({ length: count }, (_, index) => ({ requestId: `r${index}`, pages, delivered }))
  it('a fourth article of one issue for one reader is too many; one only asked for does not count', () => {
    expect(copyrightVerdict('issue:X/2023/1/1', taken(2), 8, null)).toMatchObject({ articles: 3, exceeds: false })
    expect(copyrightVerdict('issue:X/2023/1/1', taken(3), 8, null)).toMatchObject({ articles: 4, exceeds: true })
    expect(copyrightVerdict('issue:X/2023/1/1', taken(9, 10, false), 8, null)).toMatchObject({ articles: 1 })
  })
  it('a third of a book is the last page allowed', () => {
    expect(copyrightVerdict('isbn:1', taken(3, 30), 10, 300)).toMatchObject({ pages: 100, limit: 100, exceeds: false })
    expect(copyrightVerdict('isbn:1', taken(3, 30), 11, 300)).toMatchObject({ pages: 101, exceeds: true })
  })
  it('a book of unknown length is said to be unknown, not allowed or refused', () => {
    expect(copyrightVerdict('isbn:1', taken(1, 30), 10, null)).toEqual({
      kind: 'book',
      pages: 40,
      of: null,
      limit: null,
      exceeds: false,
    })
    expect(copyrightVerdict('', taken(9), 10, null)).toEqual({ kind: 'unknown' })
  })
})
