/** What one more of anything brings, and the cheapest way up: held against scoring the year anew. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EvaluationInputs, EvaluationMore, RankingList } from '../../../electron/contract/core.contract.ts'
import { DEFAULT_READINGS } from '../../../electron/domain/evaluation/readings.ts'
import { scoreYear, withMore, type YearFigures, type YearLists } from '../../../electron/domain/evaluation/year.ts'

const INPUTS: EvaluationInputs = {
  computer: true,
  scanner: true,
  printer: true,
  fax: false,
  deliveryStaffing: 'part_time',
  loanStaffing: 'part_time',
  loanTrained: false,
  summary: 'cooperative',
  guidance: true,
  loanGuidance: 'fairly',
  cooperation: 'cooperative',
  selfService: false,
  satisfaction: 'fairly',
  breaches: 1,
  collection: 12_000,
  monthFrom: null,
  monthTo: null,
  monthSummary: 'good',
  monthVideos: 3,
  monthRegistrations: 22,
  monthRequests: 20,
  monthWechat: 6,
  monthReport: 27,
  ranks: { deliveryReceived: 21, deliverySubmitted: 12, deliveryUsers: 33, loanCollection: 9, loanUsers: 18 },
  readings: DEFAULT_READINGS,
}

const figures: fc.Arbitrary<YearFigures> = fc
  .record({
    received: fc.nat(1200),
    filledShare: fc.double({ min: 0, max: 1, noNaN: true }),
    submitted: fc.nat(1200),
    users: fc.nat(300),
    meanDays: fc.option(fc.double({ min: 0, max: 12, noNaN: true }), { nil: null }),
    pausesWithoutReason: fc.nat(3),
    sessions: fc.nat(3),
    papers: fc.nat(50),
    attendees: fc.nat(150),
    lent: fc.nat(800),
    loansSubmitted: fc.nat(2400),
    loanUsers: fc.nat(300),
  })
  .map(({ filledShare, ...some }) => ({
    ...some,
    filled: Math.floor(some.received * filledShare),
    answered: some.received,
    attendees: some.sessions === 0 ? 0 : some.attendees,
    month: { lent: 5, submitted: 9, users: 4, filled: 5, answered: 6 },
  }))

/** Other libraries' counts, some of them equal. */
const list = fc
  .array(fc.nat(1300), { minLength: 12, maxLength: 60 })
  .map((values) => [{ library: 'own', value: 0 }, ...values.map((value, index) => ({ library: `L${index}`, value }))])
const lists: fc.Arbitrary<YearLists> = fc
  .record({ deliveryReceived: list, deliverySubmitted: list, deliveryUsers: list, loanUsers: list })
  .map((of) => ({ own: 'own', of: of as Partial<Record<RankingList, { library: string; value: number }[]>> }))

const NOTHING: EvaluationMore = { received: 0, submitted: 0, lent: 0, loansSubmitted: 0, sessions: 0, attendees: 0 }
const more: fc.Arbitrary<EvaluationMore> = fc.record({
  received: fc.nat(40),
  submitted: fc.nat(40),
  lent: fc.nat(40),
  loansSubmitted: fc.nat(40),
  sessions: fc.nat(2),
  attendees: fc.nat(120),
})
const round = (value: number) => Math.round(value * 10) / 10

it('doing more never lowers a score, and nothing more changes nothing', () => {
  fc.assert(
    fc.property(figures, lists, more, (now, centre, some) => {
      const before = scoreYear(now, INPUTS, centre)
      const after = scoreYear(withMore(now, some), INPUTS, centre)
      expect(after.delivery.points).toBeGreaterThanOrEqual(before.delivery.points)
      expect(after.loan.points).toBeGreaterThanOrEqual(before.loan.points)
      expect(after.deliveryTotal).toBeGreaterThanOrEqual(before.deliveryTotal)
      expect(scoreYear(withMore(now, NOTHING), INPUTS, centre)).toEqual(before)
    }),
  )
})

it('one more request, loan or session adds exactly what the tables give for the figures then', () => {
  const one = fc.constantFrom('received', 'submitted', 'lent', 'loansSubmitted', 'sessions')
  fc.assert(
    fc.property(figures, lists, one, (now, centre, field) => {
      const after = scoreYear(withMore(now, { ...NOTHING, [field]: 1 }), INPUTS, centre)
      const byHand = { ...now, [field]: now[field as 'lent'] + 1 }
      if (field === 'received') Object.assign(byHand, { filled: now.filled + 1, answered: now.answered + 1 })
      expect(after).toEqual(scoreYear(byHand, INPUTS, centre))
    }),
  )
})

/** What a step of the advice counts, in figures of the year. */
const COUNTS = {
  delivery: { received: 'received', submitted: 'submitted', users: 'users', training: 'attendees' },
  loan: { lent: 'lent', submitted: 'loansSubmitted', users: 'loanUsers', training: 'attendees' },
} as const

it('a step that is advised in items brings its gain, and one item fewer does not: nothing cheaper reaches the next band', () => {
  let steps = 0
  fc.assert(
    fc.property(figures, lists, (now, centre) => {
      const before = scoreYear(now, INPUTS, centre)
      for (const part of ['delivery', 'loan'] as const)
        for (const step of before[part].advice) {
          const field = COUNTS[part][step.id as 'submitted' | 'training']
          if (step.unit !== 'count' || field === undefined) continue
          const pointsWith = (items: number) =>
            scoreYear({ ...now, [field]: now[field] + items }, INPUTS, centre)[part].criteria.find(
              (one) => one.id === step.id,
            )!.points
          const points = pointsWith(0)
          expect(pointsWith(step.need)).toBeGreaterThanOrEqual(round(points + step.gain))
          expect(pointsWith(step.need - 1)).toBeLessThan(round(points + step.gain))
          steps++
        }
    }),
    { numRuns: 300 },
  )
  expect(steps).toBeGreaterThan(300)
})

it('the advice begins with the cheapest: among steps counted in items none behind costs less a point', () => {
  fc.assert(
    fc.property(figures, lists, (now, centre) => {
      for (const { advice } of [scoreYear(now, INPUTS, centre).delivery, scoreYear(now, INPUTS, centre).loan]) {
        const costs = advice.filter((step) => step.unit === 'count').map((step) => step.need / step.gain)
        expect(costs).toEqual(costs.toSorted((a, b) => a - b))
      }
    }),
  )
})

it('a list that ends before us gives no rank, and the typed one holds; at its end or in it we have our place', () => {
  const centre = (own: boolean): YearLists => ({
    own: 'own',
    of: {
      deliveryReceived: [
        { library: 'A', value: 90 },
        { library: 'B', value: 50 },
        ...(own ? [{ library: 'own', value: 1 }] : []),
      ],
    },
  })
  const rank = (received: number, own: boolean) => {
    const [sample] = fc.sample(figures, { numRuns: 1, seed: 3 })
    const { ranks, told } = scoreYear({ ...sample!, received }, INPUTS, centre(own))
    return [ranks.deliveryReceived, told.has('deliveryReceived')]
  }
  expect(rank(40, false)).toEqual([21, false])
  expect(rank(50, false)).toEqual([2, true])
  expect(rank(40, true)).toEqual([3, true])
})
