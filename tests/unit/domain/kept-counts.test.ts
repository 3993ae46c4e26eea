/** What was counted of a block is kept while nothing in it changes, and never told when something did. */
import { expect, test } from 'vitest'
import { Dice } from '../../../electron/centre/seed/generator.ts'
import { BLOCK, FactColumns, type Cut } from '../../../electron/domain/statistics/columns.ts'
import { OUTCOMES, type Fact } from '../../../electron/domain/statistics/fact.ts'
import { tally } from '../../../electron/domain/statistics/tally.ts'

type Entry = Omit<Fact, 'requestId'> & { id: number }
const FIRST = 18_000
const LAST = 20_000
const COUNT = BLOCK * 2 + 500
const dice = new Dice(5)

function entry(id: number, applied = FIRST + Math.floor((id / COUNT) * (LAST - FIRST))): Entry {
  const outcome = dice.of(OUTCOMES)
  return {
    id,
    service: dice.chance(0.4) ? 'loan' : 'copy',
    role: dice.chance(0.2) ? 'requester' : 'supplier',
    outcome,
    status: dice.of(['Overdue', 'CompletedWithoutReturn', 'CopyCompleted']),
    reason: outcome === 'unfilled' ? 'NotHeld' : '',
    partner: `LIB${dice.below(20)}`,
    staff: dice.of(['林老师', '王老师']),
    kind: 'article',
    subject: dice.of([...'ABC']),
    applied,
    finished: outcome === 'open' ? null : applied + dice.below(9),
    volumes: 1,
    pages: dice.below(30),
    bytes: dice.below(1000),
    selfService: dice.chance(0.1),
    reader: `r${dice.below(400)}`,
    work: '',
  }
}

const CUTS: readonly Cut[] = [
  { from: 0, to: 79_999 },
  { from: FIRST + 100, to: LAST - 100 },
  { from: FIRST + 900, to: FIRST + 950 },
  { from: 0, to: 79_999, service: 'loan', role: 'supplier' },
  { from: FIRST - 500, to: LAST, role: 'requester' },
  { from: 0, to: 79_999, where: { by: 'partner', value: 'LIB3' } },
]

test('counts over blocks are those of facts counted anew, whatever changed between', () => {
  const facts = new Map(Array.from({ length: COUNT }, (_, id) => [id, entry(id)]))
  const columns = new FactColumns()
  const put = (fact: Entry) => {
    facts.set(fact.id, fact)
    columns.put(fact)
  }
  for (const fact of facts.values()) columns.put(fact)
  const same = () => {
    const anew = new FactColumns()
    for (const fact of facts.values()) anew.put(fact)
    for (const cut of CUTS) expect(tally(columns, cut), JSON.stringify(cut)).toEqual(tally(anew, cut))
  }
  same()
  // Another outcome, another day, a library, a reader and a month nobody had, and one more request.
  put({ ...entry(7), outcome: 'filled' })
  put(entry(BLOCK + 3, FIRST + 10))
  put({ ...entry(11), partner: 'NEW', reader: 'new', staff: '新老师' })
  put(entry(12, FIRST - 400))
  put(entry(COUNT))
  same()
  expect(tally(columns, CUTS[0]!).groups.partner.map(({ value }) => value)).toContain('NEW')
})

test('another calendar counts its own days', () => {
  const columns = new FactColumns()
  for (let id = 0; id < COUNT; id++) columns.put(entry(id))
  const cut = CUTS[0]!
  const usual = tally(columns, cut).days.mean!
  expect(tally(columns, cut, { runs: () => false }).days.mean).toBe(0)
  expect(tally(columns, cut).days.mean).toBe(usual)
})
