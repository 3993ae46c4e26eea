/**
 * Statistics against a slow recount from what really happened: stories of requests, told event by event, are turned into
 * the centre's rows and counted by the desk; the same stories are counted here by hand, with the holidays of the notices.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RequestRow } from '../../../electron/contract/centre.contract.ts'
import { requestRow } from '../../../electron/centre/request-row.ts'
import { FactColumns, type Cut } from '../../../electron/domain/statistics/columns.ts'
import { factOf } from '../../../electron/domain/statistics/fact.ts'
import { tally } from '../../../electron/domain/statistics/tally.ts'
import { HOLIDAYS } from '../../cases/holidays.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const BEGIN = Date.parse('2025-09-01T00:00:00+08:00')

const ENDS = ['none', 'fulfil', 'handedOver', 'cannotSupply', 'forward', 'retryLater', 'cancelled'] as const
interface Story {
  service: 'copy' | 'loan'
  role: 'supplier' | 'requester'
  partner: string
  reader: string
  callNumber: string
  self: boolean
  volumes: number
  /** Hours after BEGIN. */
  applied: number
  /** Hours from application to the end. */
  took: number
  end: (typeof ENDS)[number]
  who: string
  reason: string
  pages: number
  /** What a loan came to after it left. */
  after: 'out' | 'overdue' | 'back' | 'lost'
  /** Somebody else was there before and after the end, doing what ends nothing. */
  noise: boolean
}

const story: fc.Arbitrary<Story> = fc.record({
  service: fc.constantFrom('copy', 'loan'),
  role: fc.constantFrom('supplier', 'requester'),
  partner: fc.constantFrom('PKU', 'THU'),
  reader: fc.constantFrom('', 'r1', 'r2'),
  callNumber: fc.constantFrom('TP311/1', 'I247.5/8', 'ｔｂ12', '', '123'),
  self: fc.boolean(),
  volumes: fc.integer({ min: 1, max: 3 }),
  applied: fc.integer({ min: 0, max: 24 * 200 }),
  took: fc.integer({ min: 0, max: 24 * 30 }),
  end: fc.constantFrom(...ENDS),
  who: fc.constantFrom('林老师', '王老师'),
  reason: fc.constantFrom('NotHeld', 'NotOnShelf'),
  pages: fc.integer({ min: 1, max: 30 }),
  after: fc.constantFrom('out', 'overdue', 'back', 'lost'),
  noise: fc.boolean(),
})

/** A copy is sent, a book is handed over; a story that mixes them up is put right. */
const endOf = ({ service, end }: Story) =>
  end === 'fulfil' || end === 'handedOver' ? (service === 'copy' ? 'fulfil' : 'handedOver') : end

/** The row as the centre tells it when all of the story has happened, and why it left us, when it did. */
function told(one: Story, n: number): { row: RequestRow; left: string | undefined } {
  const end = endOf(one)
  const appliedAt = BEGIN + one.applied * HOUR
  const endedAt = appliedAt + one.took * HOUR
  const event = (at: number, name: string, who: string) => ({ at, event: name, desk: '一号台', who, text: '' })
  const history = [
    ...(one.noise ? [event(appliedAt, 'accept', '赵老师'), event(appliedAt, 'note', '赵老师')] : []),
    ...(end === 'none' ? [] : [event(endedAt, end === 'cancelled' ? 'answerCancel' : end, one.who)]),
    ...(end === 'handedOver' && one.noise ? [event(endedAt + 3 * DAY, 'answerCancel', '赵老师')] : []),
    ...(end === 'handedOver' && one.after === 'back' ? [event(endedAt + 20 * DAY, 'checkedIn', '赵老师')] : []),
  ]
  const lent = { out: 'Loaned', overdue: 'Overdue', back: 'LoanCompleted', lost: 'CompletedWithoutReturn' }[one.after]
  const status = {
    none: 'RequestReceived',
    fulfil: 'CopyCompleted',
    handedOver: lent,
    cannotSupply: 'Unfilled',
    forward: 'Unfilled',
    retryLater: 'RetryPossible',
    cancelled: 'Cancelled',
  }[end]
  const row = requestRow({
    id: `HG${String(n).padStart(8, '0')}`,
    service: one.service,
    role: one.role,
    status: status as RequestRow['status'],
    appliedAt,
    reason: end === 'cannotSupply' || end === 'forward' ? one.reason : '',
    labels: Array.from({ length: one.volumes }, (_, index) => String(index + 1)),
    finishedAt: end === 'handedOver' && one.after === 'back' ? endedAt + 20 * DAY : end === 'none' ? null : endedAt,
    delivery:
      end === 'fulfil'
        ? { sha256: 'a'.repeat(64), link: '', expiresAt: 0, openedAt: null, pages: one.pages, bytes: one.pages * 1000 }
        : null,
    history,
    fields: {
      centreNo: '',
      title: '书',
      partner: one.partner,
      readerKey: one.reader,
      callNumber: one.callNumber,
      journal: one.service === 'copy' ? '学报' : '',
      deliveryMethod: one.self ? 'self' : 'courier',
      pages: `1-${one.pages}`,
    },
  })
  return { row: { ...row, version: 1, seq: 1 }, left: end === 'forward' ? 'forwarded' : undefined }
}

// ---- by hand

const dayOf = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 10)
const off = new Set<string>()
const work = new Set<string>()
for (const { year, off: spans, work: days } of HOLIDAYS) {
  const of = (text: string) => Date.parse(text.length === 5 ? `${year}-${text}` : text)
  for (const [first, last] of spans)
    for (let at = of(first); at <= of(last); at += DAY) off.add(new Date(at).toISOString().slice(0, 10))
  for (const day of days) work.add(new Date(of(day)).toISOString().slice(0, 10))
}
const worked = (day: string) => work.has(day) || (!off.has(day) && new Date(day).getUTCDay() % 6 !== 0)
function workingDays(from: number, to: number): number {
  let days = 0
  for (let at = from + DAY; dayOf(at) <= dayOf(to); at += DAY) if (worked(dayOf(at))) days++
  return days
}

function byHand(stories: readonly Story[], cut: Cut) {
  const dayNumber = (at: number) => Date.parse(dayOf(at)) / DAY
  const mine = stories.filter((one) => {
    const day = dayNumber(BEGIN + one.applied * HOUR)
    return (
      day >= cut.from &&
      day <= cut.to &&
      (cut.service === undefined || one.service === cut.service) &&
      (cut.role === undefined || one.role === cut.role)
    )
  })
  const ended = (...ends: string[]) => mine.filter((one) => ends.includes(endOf(one)))
  const filled = ended('fulfil', 'handedOver')
  const copies = ended('fulfil')
  const lent = ended('handedOver')
  const answered = ended('fulfil', 'handedOver', 'cannotSupply')
  const waits = answered
    .map((one) => workingDays(BEGIN + one.applied * HOUR, BEGIN + (one.applied + one.took) * HOUR))
    .toSorted((a, b) => a - b)
  const rank = (share: number) => (waits.length === 0 ? null : waits[Math.ceil(share * waits.length) - 1]!)
  const count = (value: (one: Story) => string, some: readonly Story[] = mine) =>
    Object.fromEntries([...Map.groupBy(some, value)].map(([name, list]) => [name, list.length]))
  return {
    received: mine.length,
    filled: filled.length,
    unfilled: ended('cannotSupply').length,
    forwarded: ended('forward').length,
    cancelled: ended('cancelled').length,
    retry: ended('retryLater').length,
    open: ended('none').length,
    volumes: copies.length + lent.reduce((sum, one) => sum + one.volumes, 0),
    bytes: copies.reduce((sum, one) => sum + one.pages * 1000, 0),
    overdue: lent.filter((one) => one.after === 'overdue').length,
    lost: lent.filter((one) => one.after === 'lost').length,
    selfService: filled.filter((one) => one.self).length,
    readers: new Set(mine.map((one) => one.reader).filter((reader) => reader !== '')).size,
    mean: waits.length === 0 ? null : waits.reduce((sum, days) => sum + days, 0) / waits.length,
    median: rank(0.5),
    p90: rank(0.9),
    byStaff: count(
      (one) => one.who,
      mine.filter((one) => endOf(one) !== 'none'),
    ),
    byPartner: count((one) => one.partner),
    byMonth: count((one) => dayOf(BEGIN + one.applied * HOUR).slice(0, 7)),
    byReason: count((one) => one.reason, ended('cannotSupply', 'forward')),
    bySubject: count(({ callNumber }) => ({ 'TP311/1': 'T', 'I247.5/8': 'I', ｔｂ12: 'T' })[callNumber] ?? ''),
    filledByStaff: count((one) => one.who, filled),
  }
}

const cuts: fc.Arbitrary<Cut> = fc.record(
  {
    from: fc.constantFrom(0, Date.parse('2025-10-01') / DAY, Date.parse('2026-02-14') / DAY),
    to: fc.constantFrom(Date.parse('2026-02-15') / DAY, 79_999),
    service: fc.constantFrom('copy' as const, 'loan' as const),
    role: fc.constantFrom('supplier' as const, 'requester' as const),
  },
  { requiredKeys: ['from', 'to'] },
)

it('statistics equal a slow recount from the events, over holidays, hand-overs, forwardings and late noise', () => {
  fc.assert(
    fc.property(fc.array(story, { maxLength: 40 }), cuts, (stories, cut) => {
      const columns = new FactColumns()
      for (const [index, one] of stories.entries()) {
        const { row, left } = told(one, index + 1)
        columns.put({ ...factOf(row, left), id: index + 1 })
      }
      const { days, groups, pages: _pages, oldest: _oldest, ...sums } = tally(columns, cut)
      const by = (name: keyof typeof groups, of: 'received' | 'filled' = 'received') =>
        Object.fromEntries(groups[name].filter((group) => group[of] > 0).map((group) => [group.value, group[of]]))
      const { mean, ...slow } = byHand(stories, cut)
      expect({
        ...sums,
        median: days.median,
        p90: days.p90,
        byStaff: by('staff'),
        byPartner: by('partner'),
        byMonth: by('month'),
        byReason: by('reason'),
        bySubject: by('subject'),
        filledByStaff: by('staff', 'filled'),
      }).toEqual(slow)
      if (mean === null) expect(days.mean).toBeNull()
      else expect(days.mean).toBeCloseTo(mean, 9)
    }),
    { numRuns: 300 },
  )
})
