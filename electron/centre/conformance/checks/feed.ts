/** Checks of the feed. */
import assert from 'node:assert/strict'
import type { Check } from './check.ts'

export const FEED: readonly Check[] = [
  {
    rule: 'S1',
    claim: 'a reader who goes on from its cursor misses no row of concurrent writers',
    run: async (desks) => {
      const { one, two } = desks
      const ids = Array.from({ length: 10 }, () => desks.take('copy').id)
      let { next } = await one.feed()
      for (let round = 0; round < 4; round++) {
        const seen: { id: string; seq: number }[] = []
        let writing = true
        const read = async () => {
          const page = await one.feed(next, 4)
          seen.push(...page.rows.filter((row) => row.type === 'request').map(({ id, seq }) => ({ id, seq })))
          next = page.next
        }
        const reader = (async () => {
          while (writing) await read()
          await read()
        })()
        const write = (id: string, i: number) => {
          const desk = i % 2 ? one : two
          return desk.push([desk.op('note', id, { text: `round ${round}` })])
        }
        await Promise.all(ids.map(write))
        writing = false
        await reader
        const missed = ids.filter((id) => !seen.some((row) => row.id === id))
        assert.deepEqual(missed, [], 'rows that a cursor passed before they were there')
        const numbers = seen.map((row) => row.seq)
        assert.deepEqual(
          numbers,
          [...numbers].sort((a, b) => a - b),
          'seq grows from page to page',
        )
      }
    },
  },
  {
    rule: 'S2',
    claim: 'a row appears once, with its newest state, and its version grows',
    run: async (desks) => {
      const { one } = desks
      const row = desks.take('copy')
      const { next } = await one.feed()
      await one.push([one.op('note', row.id, { text: 'a' }), one.op('claim', row.id, {})])
      const found = (await one.feed(next)).rows.filter((r) => r.id === row.id)
      assert.equal(found.length, 1)
      assert.ok(found[0]!.version > row.version)
      assert.equal((found[0] as unknown as { claim: { desk: string } }).claim.desk, one.deviceId)
    },
  },
  {
    rule: 'feed limit',
    claim: 'pages hold no more rows than asked for, and small pages give the same rows as big ones',
    run: async ({ one }) => {
      const page = await one.page('', 5)
      assert.ok(page.rows.length <= 5)
      const small = await one.feed('', 50)
      const big = await one.feed('', 500)
      assert.deepEqual(small.rows, big.rows)
    },
  },
  {
    rule: 'cursor again',
    claim:
      'a cursor asked once more gives the same rows, also after others went on: a page may have been lost on its way',
    run: async ({ one, two }) => {
      const first = await one.page('', 20)
      assert.ok(first.rows.length > 0 && first.more)
      await one.page(first.next, 20)
      await two.page('', 20)
      const again = await one.page('', 20)
      assert.deepEqual(again.rows, first.rows)
      assert.equal(again.next, first.next)
    },
  },
  {
    rule: 'cursor',
    claim: 'a cursor that is none is refused, not read as the beginning',
    run: async ({ one }) => {
      const answer = await one.call('GET', one.lib('/feed?cursor=nonsense'))
      assert.ok([400, 410].includes(answer.status), `answered ${answer.status}`)
    },
  },
]
