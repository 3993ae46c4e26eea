/** Checks of the call itself: protocol, identity, bodies, hints. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Skipped, type Check } from './check.ts'

export const CALLS: readonly Check[] = [
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
    rule: 'epoch of calls',
    claim: 'operations of a desk that has read another epoch are 410 resync_required, and nothing is done',
    run: async (desks) => {
      const { one } = desks
      const { id } = desks.take('copy')
      const { next } = await one.feed()
      const op = one.op('note', id, { text: 'x' })
      const answer = await one.pushRaw([op], 0, randomUUID())
      assert.equal(answer.status, 410)
      assert.equal(answer.json?.error, 'resync_required')
      assert.deepEqual((await one.feed(next)).rows, [])
      const { epoch } = await one.page(next)
      assert.equal((await one.pushRaw([op], 0, epoch)).status, 200)
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
