/** One named check per rule of the sync design that a central service must keep. Each stands by itself. */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import type { OpResult } from '../../contract/centre.contract.ts'
import { sha256Of } from './client.ts'
import type { Desks } from './desks.ts'

export interface Check {
  rule: string
  claim: string
  run: (desks: Desks) => Promise<void>
}

/** Thrown by a check that this centre gives no means to make; reported as skipped, with its reason. */
export class Skipped extends Error {}

const outcomes = (results: OpResult[]) => results.map((result) => result.code ?? result.outcome)
const some = (bytes: number) => new Uint8Array(randomBytes(bytes))
const notesOf = (history: { event: string; text: string }[]) =>
  history.filter((entry) => entry.event === 'note').map((entry) => entry.text)

export const CHECKS: readonly Check[] = [
  // ---- feed
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
    rule: 'cursor',
    claim: 'a cursor that is none is refused, not read as the beginning',
    run: async ({ one }) => {
      const answer = await one.call('GET', one.lib('/feed?cursor=nonsense'))
      assert.ok([400, 410].includes(answer.status), `answered ${answer.status}`)
    },
  },
  // ---- results
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
  // ---- guards
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
  // ---- bytes
  {
    rule: 'S5 reading',
    claim: "another library's bytes are not there",
    run: async ({ one, foreign }) => {
      const sha256 = await foreign.upload(some(4000))
      assert.equal((await one.call('GET', one.lib(`/blobs/${sha256}`))).status, 404)
    },
  },
  {
    rule: 'upload hash',
    claim: 'bytes that do not hash to what was said are 409 hash_mismatch and gone',
    run: async ({ one }) => {
      const bytes = some(5000)
      const wrong = sha256Of(some(16))
      const url = await one.begin('application/pdf', bytes.length)
      await one.patch(url, 0, bytes)
      const answer = await one.complete(url, wrong, bytes.length)
      assert.equal(answer.status, 409)
      assert.equal(answer.json?.error, 'hash_mismatch')
      assert.equal((await one.call('GET', one.lib(`/blobs/${wrong}`))).status, 404)
    },
  },
  {
    rule: 'upload resume',
    claim: 'an upload goes on from the offset HEAD tells, and a piece for another place is 409',
    run: async ({ one }) => {
      const bytes = some(9000)
      const url = await one.begin('application/pdf', bytes.length)
      await one.patch(url, 0, bytes.slice(0, 4000))
      assert.equal((await one.head(url)).headers.get('upload-offset'), '4000')
      assert.equal((await one.patch(url, 0, bytes)).status, 409)
      await one.patch(url, 4000, bytes.slice(4000))
      assert.equal((await one.complete(url, sha256Of(bytes), bytes.length)).status, 200)
    },
  },
  {
    rule: 'upload length later',
    claim: 'the length of an upload may be told with its last piece',
    run: async ({ one }) => {
      const bytes = some(3000)
      const url = await one.begin('application/pdf')
      await one.patch(url, 0, bytes.slice(0, 1000))
      await one.patch(url, 1000, bytes.slice(1000), bytes.length)
      assert.equal((await one.complete(url, sha256Of(bytes), bytes.length)).status, 200)
    },
  },
  {
    rule: 'download',
    claim: 'a document comes back byte for byte, whole and in ranges',
    run: async ({ one }) => {
      const bytes = some(6000)
      const sha256 = await one.upload(bytes)
      assert.equal(sha256Of((await one.call('GET', one.lib(`/blobs/${sha256}`))).bytes), sha256)
      const part = await one.call('GET', one.lib(`/blobs/${sha256}`), { headers: { Range: 'bytes=10-19' } })
      assert.equal(part.status, 206)
      assert.deepEqual([...part.bytes], [...bytes.slice(10, 20)])
    },
  },
  // ---- the call itself
  {
    rule: 'protocol',
    claim: 'an unknown protocol is 426 with the ones that are spoken',
    run: async ({ one }) => {
      const answer = await one.call('GET', one.lib('/feed'), { protocol: 9999 })
      assert.equal(answer.status, 426)
      assert.equal(answer.json?.error, 'protocol_unsupported')
      assert.equal(typeof answer.json?.min, 'number')
    },
  },
  {
    rule: 'token',
    claim: 'no token and a strange one are 401, another library is 403, a refreshed token works',
    run: async ({ one, foreign }) => {
      assert.equal((await one.call('GET', one.lib('/feed'), { token: null })).status, 401)
      assert.equal((await one.call('GET', one.lib('/feed'), { token: 'x'.repeat(43) })).status, 401)
      assert.equal((await one.call('GET', foreign.lib('/feed'))).status, 403)
      await one.renew()
      assert.equal((await one.call('GET', one.lib('/feed?limit=1'))).status, 200)
    },
  },
  {
    rule: 'staff',
    claim: 'operations without a signed-in person are 401',
    run: async ({ one }) => {
      const answer = await one.call('POST', one.lib('/ops'), {
        body: { deviceId: one.deviceId, protocol: 1, ackThrough: 0, ops: [] },
        headers: { 'Desk-Staff': 'nobody' },
      })
      assert.equal(answer.status, 401)
    },
  },
  {
    rule: 'serverTime',
    claim: 'every reply, refusals too, tells the time and the epoch',
    run: async ({ one }) => {
      const answers = [
        await one.call('GET', one.lib('/feed?limit=1')),
        await one.pushRaw([]),
        await one.call('GET', '/none'),
      ]
      for (const { json } of answers) {
        assert.equal(typeof json?.serverTime, 'number')
        assert.equal(typeof json?.epoch, 'string')
      }
    },
  },
  {
    rule: 'bodies',
    claim: 'HTML, junk, unknown kinds and oversized lists are refused with a 4xx and write nothing',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const { next } = await one.feed()
      const op = one.op('note', id, { text: 'x' })
      const json = { 'Content-Type': 'application/json' }
      const answers = [
        await one.call('POST', one.lib('/ops'), { raw: '<!doctype html>', headers: { 'Content-Type': 'text/html' } }),
        await one.call('POST', one.lib('/ops'), { raw: '{"ops":', headers: json }),
        await one.pushRaw([{ ...op, kind: 'erase' }]),
        await one.pushRaw([op, { ...op, opId: randomUUID(), args: { text: 1 } }]),
        await one.pushRaw(Array.from({ length: 101 }, () => op)),
      ]
      for (const { status } of answers) assert.ok(status >= 400 && status < 500, `answered ${status}`)
      assert.deepEqual((await one.feed(next)).rows, [])
    },
  },
  {
    rule: 'wake',
    claim: 'the wake line is an event stream that tells a seq',
    run: async ({ one }) => {
      const stop = new AbortController()
      const res = await fetch(one.url + one.lib('/wake'), {
        headers: { Authorization: `Bearer ${one.token}`, 'Desk-Protocol': '1' },
        signal: stop.signal,
      })
      assert.match(res.headers.get('content-type') ?? '', /text\/event-stream/)
      const reader = res.body!.getReader()
      const { value } = await reader.read()
      stop.abort()
      assert.match(new TextDecoder().decode(value), /^data: \{"seq":\d+\}/)
    },
  },
  {
    rule: 'epoch',
    claim: 'a cursor of another epoch is 410 resync_required',
    run: async ({ one }) => {
      const { next } = await one.feed()
      const lever = await one.call('POST', '/rehearsal/epoch', { body: {} })
      if (lever.status !== 200) throw new Skipped('this centre has no lever to begin a new epoch')
      const answer = await one.call('GET', one.lib(`/feed?cursor=${encodeURIComponent(next)}`))
      assert.equal(answer.status, 410)
      assert.equal(answer.json?.error, 'resync_required')
    },
  },
]
