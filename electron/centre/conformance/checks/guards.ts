/** Checks of guards and facts. */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { sha256Of } from '../client.ts'
import { outcomes, some, type Check } from './check.ts'

export const GUARDS: readonly Check[] = [
  {
    rule: 'claim',
    claim: 'a held request is refused with who holds it',
    run: async (desks) => {
      const { one, two } = desks
      const { id } = desks.take('copy')
      assert.deepEqual(outcomes(await one.push([one.op('claim', id, {}), one.op('claim', id, {})])), [
        'applied',
        'applied',
      ])
      const [refused] = await two.push([two.op('claim', id, {})])
      assert.equal(refused!.code, 'already_claimed')
      assert.ok(refused!.info?.by)
      assert.deepEqual(outcomes(await two.push([two.op('release', id, {})])), ['not_holder'])
    },
  },
  {
    rule: 'setField',
    claim: 'a field changed by another desk since it was seen is not overwritten',
    run: async (desks) => {
      const { one, two } = desks
      const row = desks.take('copy')
      const seen = { seen: { version: row.version } }
      await two.push([two.op('setField', row.id, { field: 'callNumber', value: 'A1' }, seen)])
      const [refused] = await one.push([one.op('setField', row.id, { field: 'callNumber', value: 'B2' }, seen)])
      assert.equal(refused!.code, 'field_changed')
      assert.equal(refused!.info?.theirs, 'A1')
      const other = one.op('setField', row.id, { field: 'location', value: 'C3' }, seen)
      assert.deepEqual(outcomes(await one.push([other])), ['applied'])
    },
  },
  {
    rule: 'I7',
    claim: 'a request is delivered once: the second desk is told before anything reaches a reader',
    run: async (desks) => {
      const { one, two } = desks
      const { id } = desks.take('copy')
      const bytes = some(3000)
      const args = { blobs: [await one.upload(bytes)], pages: 1, bytes: bytes.length }
      assert.deepEqual(outcomes(await one.push([one.op('fulfil', id, args)])), ['applied'])
      const later = two.op('fulfil', id, { ...args, blobs: ['e'.repeat(64)] })
      assert.deepEqual(outcomes(await two.push([later])), ['already_fulfilled'])
      assert.equal((await one.request(id)).status, 'CopyCompleted')
    },
  },
  {
    rule: 'missing_blob',
    claim: 'delivery waits for bytes that are not verified, and nothing of it is stored',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const bytes = some(2000)
      const op = one.op('fulfil', id, { blobs: [sha256Of(bytes)], pages: 1, bytes: bytes.length })
      assert.deepEqual(outcomes(await one.push([op])), ['missing_blob'])
      assert.equal((await one.request(id)).status, 'RequestReceived')
      await one.upload(bytes)
      assert.deepEqual(outcomes(await one.push([op])), ['applied'])
    },
  },
  {
    rule: 'I11',
    claim: 'a fact that does not fit is recorded with an anomaly, never refused',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('loan')
      const { next } = await one.feed()
      assert.deepEqual(outcomes(await one.push([one.op('checkedIn', id, { volume: 1, condition: 'good' })])), [
        'applied',
      ])
      const found = (await one.feed(next)).rows.filter((row) => row.type === 'anomaly' && row.about === id)
      assert.equal(found.length, 1)
    },
  },
  {
    rule: 'not_found',
    claim: 'an intention about an unknown object is refused, a fact about one is recorded',
    run: async ({ one }) => {
      const intention = one.op('claim', 'ZZ99999999', {})
      const fact = one.op('bagArrived', randomUUID(), {})
      assert.deepEqual(outcomes(await one.push([intention, fact])), ['not_found', 'applied'])
    },
  },
  {
    rule: 'forward',
    claim: 'a forwarded request leaves a tombstone and stands new at the other library',
    run: async (desks) => {
      const { one, foreign } = desks
      const { id } = desks.takeForwardable()
      const { next } = await one.feed()
      await one.push([one.op('forward', id, { reason: 'NotHeld', to: foreign.library })])
      const tomb = (await one.feed(next)).rows.find((row) => row.id === id)
      assert.ok(tomb?.gone, 'a tombstone with its reason')
      assert.equal((await foreign.request(id)).status, 'RequestReceived')
      assert.deepEqual(outcomes(await one.push([one.op('accept', id, {})])), ['no_longer_ours'])
    },
  },
  {
    rule: 'bag',
    claim: 'a bag stands in the feeds of sender and addressee alike, each in its own order',
    run: async ({ one, foreign }) => {
      const id = randomUUID()
      await one.push([one.op('openBag', id, { code: 'B-CONF-1', destination: foreign.library, route: '' })])
      await one.push([one.op('closeBag', id, { seal: 'S-1' })])
      const [ours, theirs] = [await one.row('bag', id), await foreign.row('bag', id)]
      const bare = (row: object | undefined) => ({ ...row, seq: 0, version: 0 })
      assert.deepEqual(bare(theirs), bare(ours))
      assert.equal((ours as unknown as { state: string }).state, 'closed')
    },
  },
  {
    rule: 'I13',
    claim: 'an item is in one place: bound to one loan, packed into one bag, never into a closed one',
    run: async (desks) => {
      const { one } = desks
      const [a, b] = [desks.take('loan'), desks.take('loan')]
      const [bag, other] = [randomUUID(), randomUUID()]
      const barcode = `CONF${randomBytes(4).toString('hex')}`
      const item = { requestId: a.id, volume: 1 }
      const open = (id: string) =>
        one.op('openBag', id, { code: id.slice(0, 8), destination: a.fields.partner, route: '' })
      const results = await one.push([
        one.op('accept', a.id, {}),
        one.op('accept', b.id, {}),
        one.op('bindItem', a.id, { volume: 1, barcode }),
        one.op('bindItem', b.id, { volume: 1, barcode }),
        open(bag),
        open(other),
        one.op('pack', a.id, { item, bagId: bag }),
        one.op('pack', a.id, { item, bagId: other }),
        one.op('closeBag', bag, { seal: 'S-1' }),
        one.op('unpack', a.id, { item, bagId: bag }),
      ])
      const yes = 'applied'
      const expected = [yes, yes, yes, 'item_elsewhere', yes, yes, yes, 'item_elsewhere', yes, 'bag_closed']
      assert.deepEqual(outcomes(results), expected)
    },
  },
]
