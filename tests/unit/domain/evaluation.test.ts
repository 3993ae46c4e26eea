import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalOf } from '../../../electron/domain/evaluation/criterion.ts'
import { type DeliveryInputs, scoreDelivery } from '../../../electron/domain/evaluation/document-delivery.ts'
import { type LoanInputs, scoreLoan } from '../../../electron/domain/evaluation/interlibrary-loan.ts'
import {
  deliveryMonthTotal,
  type MonthInputs,
  scoreLoanMonth,
} from '../../../electron/domain/evaluation/promotion-month.ts'
import { placeAmong } from '../../../electron/domain/evaluation/ranking.ts'
import { DEFAULT_READINGS, type Readings } from '../../../electron/domain/evaluation/readings.ts'
import { advise } from '../../../electron/domain/evaluation/simulator.ts'
import { deliveryTotal, loanMonthPart, loanTotal } from '../../../electron/domain/evaluation/yearly-total.ts'
import * as cases from '../../cases/evaluation.ts'

const first = { count: 1000, rank: 1 }
const bestDelivery: DeliveryInputs = {
  equipment: { computer: true, scanner: true, printer: true, fax: true },
  staffing: 'dedicated',
  summary: 'active',
  guidance: true,
  received: first,
  submitted: first,
  users: first,
  meanDays: 1.2,
  share: 0.97,
  breaches: 0,
  training: { sessions: 2, attendees: 120 },
  satisfaction: 'satisfied',
}
const bestLoan: LoanInputs = {
  equipment: { computer: true, printer: true, fax: true },
  staffing: 'dedicated',
  trained: true,
  collection: first,
  guidance: 'clear',
  cooperation: 'active',
  selfService: true,
  lent: 700,
  submitted: 2500,
  users: first,
  training: { sessions: 1, attendees: 100 },
}
const bestMonth: MonthInputs = {
  summary: 'complete',
  videos: first,
  lent: first,
  submitted: first,
  users: first,
  share: 0.9,
}

const delivery = (change: Partial<DeliveryInputs>, readings: Partial<Readings> = {}) => {
  const criteria = scoreDelivery({ ...bestDelivery, ...change }, { ...DEFAULT_READINGS, ...readings })
  return (id: string) => criteria.find((criterion) => criterion.id === id)!
}
const loan = (change: Partial<LoanInputs>, readings: Partial<Readings> = {}) => {
  const criteria = scoreLoan({ ...bestLoan, ...change }, { ...DEFAULT_READINGS, ...readings })
  return (id: string) => criteria.find((criterion) => criterion.id === id)!
}
const month = (change: Partial<MonthInputs>, readings: Partial<Readings> = {}) => {
  const criteria = scoreLoanMonth({ ...bestMonth, ...change }, { ...DEFAULT_READINGS, ...readings })
  return (id: string) => criteria.find((criterion) => criterion.id === id)!
}
const standing = (rank: number) => ({ count: 7, rank })

/** Both readings of an edge; an edge the table is clear about is not called disputed. */
function readBoth(
  points: number | [number, number],
  score: (readings: Partial<Readings>) => { points: number; disputed: boolean },
) {
  const [higher, lower] = Array.isArray(points) ? points : [points, points]
  expect(score({ sharedEdge: 'higher' }).points).toBe(higher)
  expect(score({ sharedEdge: 'lower' }).points).toBe(lower)
  expect(score({}).disputed).toBe(Array.isArray(points))
}

describe('table 6, document delivery', () => {
  it.each(cases.TABLE_6_RECEIVED)('received, rank $rank gives $points', ({ rank, points }) => {
    expect(delivery({ received: standing(rank) })('received').points).toBe(points)
  })
  it.each(cases.TABLE_6_RECEIVED_LADDER)('received read as a ladder, rank $rank gives $points', ({ rank, points }) => {
    expect(delivery({ received: standing(rank) }, { receivedTail: 'ladder' })('received').points).toBe(points)
  })
  it.each(cases.TABLE_6_FIVE_BANDS)('submitted and users, rank $rank give $points', ({ rank, points }) => {
    readBoth(points, (readings) => delivery({ submitted: standing(rank) }, readings)('submitted'))
    readBoth(points, (readings) => delivery({ users: standing(rank) }, readings)('users'))
  })
  it.each(cases.TABLE_6_SHARE)('%i %% filled gives %d', (percent, points) => {
    expect(delivery({ share: percent / 100 })('share').points).toBe(points)
  })
  it.each(cases.TABLE_6_TIME)('a mean of %d days gives %d', (meanDays, points) => {
    expect(delivery({ meanDays })('time').points).toBe(points)
  })
  it.each(cases.TABLE_6_TRAINING)('%i sessions with %i people give %d', (sessions, attendees, points) => {
    expect(delivery({ training: { sessions, attendees } })('training').points).toBe(points)
  })
  it('no request at all is the table’s “0”数据: no points, whatever the rank', () => {
    for (const id of ['received', 'submitted', 'users'] as const)
      expect(delivery({ [id]: { count: 0, rank: 99 } })(id).points).toBe(0)
  })
  it('each machine, post, summary and guide gives what the table says', () => {
    const machines = (computer: boolean, scanner: boolean, printer: boolean, fax: boolean) =>
      delivery({ equipment: { computer, scanner, printer, fax } })('equipment').points
    expect(machines(true, true, true, true)).toBe(2.5)
    expect(machines(true, false, true, true)).toBe(1.5)
    expect(machines(true, true, true, false)).toBe(2)
    expect(delivery({ staffing: 'part_time' })('staffing').points).toBe(1.5)
    const summary = (word: DeliveryInputs['summary']) => delivery({ summary: word })('summary').points
    expect([summary('active'), summary('cooperative'), summary('weak'), summary('none')]).toEqual([5, 4, 3, 0])
    expect(delivery({ guidance: false })('guidance').points).toBe(0)
    const people = (word: DeliveryInputs['satisfaction']) => delivery({ satisfaction: word })('satisfaction').points
    expect([people('satisfied'), people('fairly'), people('neutral'), people('little'), people('complaint')]).toEqual([
      5, 4, 3, 1, 0,
    ])
  })
  it('an unreasoned pause of service costs one point, and never more than the five there are', () => {
    expect(delivery({ breaches: 1 })('conduct').points).toBe(4)
    expect(delivery({ breaches: 9 })('conduct').points).toBe(0)
  })
  it('shares between whole per cents follow the reading chosen', () => {
    expect(delivery({ share: 0.846 })('share').points).toBe(4.5)
    expect(delivery({ share: 0.846 }, { shareRounding: 'nearest' })('share').points).toBe(5)
    expect(delivery({ share: 0.29 })('share').points).toBe(2)
    expect(delivery({ share: 0.05 })('share').points).toBe(0)
  })
  it('days of delay on a mean follow the reading chosen', () => {
    expect(delivery({ meanDays: 4.4 })('time').points).toBe(9.5)
    expect(delivery({ meanDays: 4.4 }, { delay: 'begun' })('time').points).toBe(9)
    expect(delivery({ meanDays: 4.4 }, { delay: 'proportion' })('time').points).toBe(9.3)
  })
  it('the parts of the table make 100; its stated 50 for volume would leave 95', () => {
    expect(totalOf(scoreDelivery(bestDelivery, DEFAULT_READINGS))).toEqual({ points: 100, max: 100 })
    expect(totalOf(scoreDelivery(bestDelivery, { ...DEFAULT_READINGS, volumeMax: 'stated' })).max).toBeCloseTo(95, 0)
  })
  it('a missing input is counted as nothing and said to be missing', () => {
    const score = delivery({ meanDays: null, share: null, satisfaction: null, received: { count: 4, rank: null } })
    for (const id of ['time', 'share', 'satisfaction', 'received'])
      expect(score(id)).toMatchObject({ points: 0, known: false })
  })
})

describe('table 7, interlibrary loan', () => {
  it.each(cases.TABLE_7_COLLECTION)('collection, rank $rank gives $points', ({ rank, points }) => {
    readBoth(points, (readings) => loan({ collection: standing(rank) }, readings)('collection'))
  })
  it.each(cases.TABLE_7_USERS)('users, rank $rank give $points', ({ rank, points }) => {
    readBoth(points, (readings) => loan({ users: standing(rank) }, readings)('users'))
  })
  it.each(cases.TABLE_7_LENT)('%i volumes lent give %d', (lent, points) => {
    expect(loan({ lent })('lent').points).toBe(points)
  })
  it.each(cases.TABLE_7_SUBMITTED)('%i requests submitted give %s', (submitted, points) => {
    readBoth(points, (readings) => loan({ submitted }, readings)('submitted'))
  })
  it.each(cases.TABLE_7_TRAINING)('%i sessions with %i people give %d', (sessions, attendees, points) => {
    expect(loan({ training: { sessions, attendees } })('training').points).toBe(points)
  })
  it('each word of the table gives its points', () => {
    expect(loan({ staffing: 'part_time', trained: false })('staffing').points).toBe(1.5)
    expect(loan({ staffing: 'part_time' })('staffing').points).toBe(2)
    expect(loan({ guidance: 'fairly' })('guidance').points).toBe(4)
    expect(loan({ guidance: 'weak' })('guidance').points).toBe(2)
    expect(loan({ cooperation: 'cooperative' })('cooperation').points).toBe(4)
    expect(loan({ cooperation: 'weak' })('cooperation').points).toBe(1)
    expect(loan({ selfService: false })('selfService').points).toBe(0)
    expect(loan({ collection: { count: 0, rank: null } })('collection').points).toBe(0)
    expect(loan({ equipment: { computer: true, printer: true, fax: false } })('equipment').points).toBe(2)
  })
  it('the parts make 100', () => {
    expect(totalOf(scoreLoan(bestLoan, DEFAULT_READINGS))).toEqual({ points: 100, max: 100 })
  })
})

describe('table 10, promotion month', () => {
  it.each(cases.TABLE_10_LADDER)('videos and requests, rank $rank give $points', ({ rank, points }) => {
    readBoth(points, (readings) => month({ videos: standing(rank) }, readings)('videos'))
    readBoth(points, (readings) => month({ submitted: standing(rank) }, readings)('submitted'))
  })
  it.each(cases.TABLE_10_LENT)('lent, rank $rank gives $points', ({ rank, points }) => {
    readBoth(points, (readings) => month({ lent: standing(rank) }, readings)('lent'))
  })
  it.each(cases.TABLE_10_USERS)('users, rank $rank give $points', ({ rank, points }) => {
    readBoth(points, (readings) => month({ users: standing(rank) }, readings)('users'))
  })
  it.each(cases.TABLE_10_SHARE)('%d %% filled gives %s', (percent, points) => {
    readBoth(points, (readings) => month({ share: percent / 100 }, readings)('share'))
  })
  it('the summary gives 20, 18 or nothing, and the parts make 100', () => {
    expect(month({ summary: 'good' })('summary').points).toBe(18)
    expect(month({ summary: 'none' })('summary').points).toBe(0)
    expect(totalOf(scoreLoanMonth(bestMonth, DEFAULT_READINGS))).toEqual({ points: 100, max: 100 })
  })
})

describe('yearly totals', () => {
  it.each(cases.TABLE_8)('table 8: %s', (_library, monthScore, service, total) => {
    expect(deliveryTotal(service, monthScore)).toBe(total)
  })
  it.each(cases.TABLE_9)('table 9: %d + %d + %d + %d = %d', (registrations, submitted, wechat, summary, total) => {
    expect(deliveryMonthTotal({ registrations, submitted, wechat, summary })).toBe(total)
  })
  it.each(cases.TABLE_11)('table 11: %s', (_library, monthScore, part, total) => {
    expect(loanMonthPart(monthScore)).toBe(part)
    const service = Math.round(((total - part) / 0.7) * 10) / 10
    expect(loanTotal(service, monthScore)).toBe(total)
  })
})

describe('what would raise the score', () => {
  it('doing the step named brings exactly the gain named', () => {
    fc.assert(
      fc.property(fc.nat(2500), fc.nat(700), fc.nat(140), fc.nat(4), (submitted, lent, attendees, sessions) => {
        const inputs = { ...bestLoan, submitted, lent, training: { sessions, attendees: sessions ? attendees : 0 } }
        const now = scoreLoan(inputs, DEFAULT_READINGS)
        for (const criterion of now) {
          const { next } = criterion
          if (next?.unit !== 'count') continue
          const grown = { ...inputs }
          if (criterion.id === 'lent') grown.lent += next.need
          else if (criterion.id === 'submitted') grown.submitted += next.need
          else if (criterion.id === 'training')
            grown.training = { sessions, attendees: inputs.training.attendees + next.need }
          const then = scoreLoan(grown, DEFAULT_READINGS).find((other) => other.id === criterion.id)!
          expect(then.points).toBeCloseTo(criterion.points + next.gain, 6)
        }
      }),
    )
  })
  it('a rank named in the next step gives the gain named, for every rank', () => {
    for (let rank = 1; rank <= 60; rank++) {
      for (const id of ['received', 'submitted', 'users'] as const) {
        const now = delivery({ [id]: standing(rank) })(id)
        if (!now.next) expect(now.points).toBe(now.max)
        else
          expect(delivery({ [id]: standing(rank - now.next.need) })(id).points).toBeCloseTo(
            now.points + now.next.gain,
            6,
          )
      }
    }
  })
  it('equal counts share the better rank, and reaching a library’s count is enough to stand beside it', () => {
    const list = [
      { library: 'A', value: 90 },
      { library: 'B', value: 50 },
      { library: 'C', value: 50 },
      { library: 'own', value: 1 },
    ]
    expect(placeAmong(list, 'own', 40)).toEqual({
      rank: 4,
      better: [
        { rank: 2, need: 10 },
        { rank: 1, need: 50 },
      ],
    })
    expect(placeAmong(list, 'own', 50).rank).toBe(2)
  })
  it('the cheapest step stands first, a rank told in items where the list is known', () => {
    const criteria = scoreDelivery(
      { ...bestDelivery, received: standing(4), training: { sessions: 1, attendees: 60 } },
      DEFAULT_READINGS,
    )
    const list = [
      { library: 'A', value: 900 },
      { library: 'B', value: 800 },
      { library: 'C', value: 119 },
      { library: 'own', value: 7 },
    ]
    const advice = advise(criteria, { received: placeAmong(list, 'own', 7) })
    expect(advice.map((step) => step.id)).toEqual(['training', 'received'])
    expect(advice[1]).toMatchObject({ unit: 'count', need: 112, gain: 0.5 })
  })
})
