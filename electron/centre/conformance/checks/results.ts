/** Checks of results: what an operation comes to, whatever the line does. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { notesOf, outcomes, type Check } from './check.ts'

export const RESULTS: readonly Check[] = [
  {
    rule: 'S3 effect once',
    claim: 'a doubled operation has one effect and the same answer',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const op = one.op('note', id, { text: 'once' })
      const [first] = await one.push([op])
      const [second] = await one.push([op])
      assert.equal(first!.outcome, 'applied')
      assert.equal(second!.outcome, 'applied')
      assert.deepEqual(notesOf((await one.request(id)).history), ['once'])
    },
  },
  {
    rule: 'S3 outcome kept',
    claim: 'a refusal stays the same refusal when its reason is gone',
    run: async (desks) => {
      const { one, two } = desks
      const { id } = desks.take('copy')
      await two.push([two.op('claim', id, {})])
      const op = one.op('claim', id, {})
      assert.deepEqual(outcomes(await one.push([op])), ['already_claimed'])
      await two.push([two.op('release', id, {})])
      assert.deepEqual(outcomes(await one.push([op])), ['already_claimed'])
    },
  },
  {
    rule: 'S3 payload',
    claim: 'the same opId with another body is 422 op_id_reused and has no effect',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const op = one.op('note', id, { text: 'first' })
      await one.push([op])
      const answer = await one.pushRaw([{ ...op, args: { text: 'second' } }])
      assert.equal(answer.status, 422)
      assert.equal(answer.json?.error, 'op_id_reused')
      assert.deepEqual(notesOf((await one.request(id)).history), ['first'])
    },
  },
  {
    rule: 'C3 in one go',
    claim: 'the reply brings every row of the library that its operations changed, as the feed will',
    run: async (desks) => {
      const { one } = desks
      const { id, fields } = desks.take('loan')
      const bagId = randomUUID()
      await one.push([
        one.op('accept', id, {}),
        one.op('bindItem', id, {
          volume: 1,
          barcode: `CONF${bagId.slice(0, 8)}`,
        }),
        one.op('openBag', bagId, {
          code: bagId.slice(0, 8),
          destination: fields.partner,
          route: '',
        }),
      ])
      const { results, also } = await one.pushed([one.op('pack', id, { item: { requestId: id, volume: 1 }, bagId })])
      const told = [...results.flatMap(({ row }) => row ?? []), ...also].map((row) => `${row.type}/${row.id}`)
      assert.deepEqual(told.toSorted(), [`bag/${bagId}`, `request/${id}`])
      const bag = also.find((row) => row.id === bagId) ?? results[0]!.row
      assert.deepEqual(bag, await one.row('bag', bagId))
    },
  },
  {
    rule: 'S4 settled',
    claim: 'an operation at or below the acknowledged number is settled, never executed',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const op = one.op('note', id, { text: 'once' })
      await one.push([op])
      await one.push([], op.n)
      assert.deepEqual(outcomes(await one.push([op], op.n)), ['settled'])
      assert.deepEqual(notesOf((await one.request(id)).history), ['once'])
    },
  },
  {
    rule: 'S4 not by age',
    claim: 'a result that was not acknowledged is still known after many others',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const op = one.op('note', id, { text: 'first' })
      const first = await one.push([op])
      for (let i = 0; i < 3; i++)
        await one.push(Array.from({ length: 100 }, () => one.op('note', id, { text: 'more' })))
      assert.deepEqual(outcomes(await one.push([op])), outcomes(first))
      assert.equal(notesOf((await one.request(id)).history).filter((text) => text === 'first').length, 1)
    },
  },
  {
    rule: 'after',
    claim: 'an operation is not judged before the ones it follows are final',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const first = one.op('note', id, { text: '1' })
      const second = one.op('note', id, { text: '2' }, { after: [first.opId] })
      assert.deepEqual(outcomes(await one.push([second])), ['prev_unsettled'])
      await one.push([first])
      assert.deepEqual(outcomes(await one.push([second])), ['applied'])
      assert.deepEqual(notesOf((await one.request(id)).history), ['1', '2'])
    },
  },
  {
    rule: 'needsPrev',
    claim: 'what needs a refused operation is refused with it, what does not is judged on its own',
    run: async (desks) => {
      const { one, two } = desks
      const { id } = desks.take('copy')
      await two.push([two.op('claim', id, {})])
      const accept = one.op('accept', id, {})
      const needs = one.op('unaccept', id, {}, { after: [accept.opId], needsPrev: true })
      const alone = one.op('note', id, { text: 'alone' }, { after: [accept.opId] })
      assert.deepEqual(outcomes(await one.push([accept, needs, alone])), [
        'already_claimed',
        'prev_rejected',
        'applied',
      ])
    },
  },
  {
    rule: 'I9',
    claim: 'a refused or waiting operation holds up only its own object',
    run: async (desks) => {
      const { one } = desks
      const [a, b] = [desks.take('copy').id, desks.take('copy').id]
      const waiting = one.op('note', a, { text: 'x' }, { after: [randomUUID()] })
      assert.deepEqual(outcomes(await one.push([waiting, one.op('note', b, { text: 'y' })])), [
        'prev_unsettled',
        'applied',
      ])
    },
  },
]
