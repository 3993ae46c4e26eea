/** Whatever comes, changes and leaves, the lists kept in memory are what the database would say. */
import { expect, test } from 'vitest'
import { QueueIndex } from '../../../db/queue/queue-index.ts'
import type { QueueQuery, QueueSort } from '../../../electron/contract/core.contract.ts'
import { random } from '../../bench/pages/random.ts'
import { newDatabase } from '../../support/new-database.ts'

const db = newDatabase()

const ORDER: Readonly<Record<QueueSort, string>> = {
  due: 'due, applied_at, rid',
  applied: 'applied_at, rid',
  title: 'title_key, applied_at, rid',
  partner: 'partner_key, applied_at, rid',
  callNumber: 'call_key, applied_at, rid',
}
const SORTS = Object.keys(ORDER) as QueueSort[]
const numbersFrom = (seed: number) => {
  const { int } = random(seed)
  return (below: number) => int(0, below - 1)
}
const ASKER = { desk: 'desk-1', now: 1000 }
const index = new QueueIndex(db)

function put(rid: number, pick: (below: number) => number): void {
  db.sql(
    `INSERT OR REPLACE INTO queue_row (rid, id, service, role, status, stage, urgent, partner, holder, open, applied_at, due,
       title_key, partner_key, call_key, text_hash) VALUES (?, ?, ?, ?, 'WillSupply', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  ).run(
    rid, `HG${rid}`, ['copy', 'loan'][pick(2)]!, ['supplier', 'requester'][pick(2)]!, ['queued', 'pulled', 'packed'][pick(3)]!, pick(2), `L${pick(4)}`,
    [null, 'desk-1', 'desk-2'][pick(3)]!, pick(2), pick(50), pick(2000), `t${pick(30)}`, `p${pick(4)}`, `c${pick(30)}`,
  ) // prettier-ignore
  index.touch(rid)
}

const inDatabase = (where: string, sort: QueueSort): number[] =>
  db
    .sql<{ rid: number }>(`SELECT rid FROM queue_row WHERE ${where} ORDER BY ${ORDER[sort]}`)
    .all()
    .map(({ rid }) => rid)
const asked = (filter: QueueQuery['filter'], sort: QueueSort, descending = false) =>
  index.window({ text: '', filter, sort, descending }, ASKER, 0, Infinity).rids

test.each([1, 2, 3, 4])(
  'rows that come, change and leave in masses stand where the database has them (seed %i)',
  (seed) => {
    const pick = numbersFrom(seed)
    for (let round = 0; round < 12; round++) {
      for (let n = pick(120); n > 0; n--) put(1 + pick(300), pick)
      // More leave at once than come, and others take their places in the same breath.
      if (round % 3 === 2)
        for (let n = pick(250); n > 0; n--) {
          const rid = 1 + pick(300)
          db.sql('DELETE FROM queue_row WHERE rid = ?').run(rid)
          index.touch(rid)
        }
      for (const sort of SORTS) expect(asked({}, sort)).toEqual(inDatabase('1', sort))
      expect(asked({ service: 'loan', role: 'supplier', stage: ['queued', 'packed'] }, 'applied')).toEqual(
        inDatabase(`service = 'loan' AND role = 'supplier' AND stage IN ('queued','packed')`, 'applied'),
      )
      expect(asked({ open: true, mine: true, urgent: false }, 'due', true)).toEqual(
        inDatabase(`open = 1 AND holder = 'desk-1' AND urgent = 0`, 'due').toReversed(),
      )
      expect(index.tally(ASKER)).toMatchObject({
        all: inDatabase('open = 1', 'due').length,
        late: inDatabase(`open = 1 AND due <= ${ASKER.now}`, 'due').length,
        pull: inDatabase(`open = 1 AND role = 'supplier' AND stage = 'queued'`, 'due').length,
      })
      const groups = index.groups({ text: '', filter: {}, sort: 'partner', descending: false }, ASKER, 'partner')
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(inDatabase('1', 'due').length)
    }
  },
)

test('what a transaction took back is not in the lists', () => {
  const before = asked({}, 'due')
  expect(() =>
    db.write(() => {
      put(999, numbersFrom(9))
      expect(asked({}, 'due')).toContain(999)
      throw new Error('taken back')
    }),
  ).toThrow('taken back')
  expect(asked({}, 'due')).toEqual(before)
})
