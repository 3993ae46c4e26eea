/** The real core and the real centre with a bad line between them: one claim for each way a line can fail. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { getMeta } from '../../db/queries/meta.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { FaultLine, type Call, type Fault } from './line.ts'

let stage: Stage
let line: FaultLine
let desk: TestDesk
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 60 })
  line = new FaultLine(stage.centre.url)
  desk = await stage.desk('one', 'ruc-wang', await line.open())
  expect(await desk.core.sync.settle()).toBe(true)
})
afterEach(async () => {
  line.plan = () => null
  expect(await desk.core.sync.settle()).toBe(true)
})
afterAll(async () => {
  await line.close()
  await stage.end()
})

const feed = ({ path }: Call) => path.includes('/feed')
const ops = ({ path }: Call) => path.endsWith('/ops')

/** The fault happens to the first call of that sort only. */
function once(which: (call: Call) => boolean, fault: Fault): () => number {
  let left = 1
  let seen = 0
  line.plan = (call) => {
    if (!which(call)) return null
    seen++
    return left-- > 0 ? fault : null
  }
  return () => seen
}
const connection = async () => (await desk.handlers['status.get']({})).connection
const newRequest = async () => (await stage.lever<{ requestId: string }>('request')).requestId
const notesOf = async (id: string) =>
  (await stage.rowAtCentre<RequestRow>('request', id)).history
    .filter(({ event }) => event === 'note')
    .map((e) => e.text)

const FAULTS: [string, Fault, string][] = [
  ['is dropped on the way there', { kind: 'dropRequest' }, 'offline'],
  ['is done and its reply lost', { kind: 'dropReply' }, 'offline'],
  ['is doubled', { kind: 'double' }, 'online'],
  ['is late', { kind: 'delay', ms: 300 }, 'online'],
  ['is answered by half a reply', { kind: 'cutReply', share: 0.5 }, 'offline'],
  ['is cut in mid-body', { kind: 'cutRequest', bytes: 100 }, 'offline'],
  ['meets a captive portal', { kind: 'portal' }, 'portal'],
  ['is sent elsewhere', { kind: 'redirect' }, 'portal'],
  ['is answered by a bomb of compressed blanks', { kind: 'bomb' }, 'portal'],
  ['meets a gateway without a centre', { kind: 'status', status: 502 }, 'offline'],
  ['meets a tired centre', { kind: 'status', status: 503, retryAfter: 1 }, 'offline'],
]

test.each(FAULTS)('operations: a call that %s costs nothing and does nothing twice', async (_name, fault, state) => {
  const id = await newRequest()
  await desk.core.sync.settle()
  for (const text of ['first', 'second']) desk.core.act({ objectId: id, kind: 'note', args: { text } })
  once(ops, fault)
  expect(await desk.core.sync.cycle()).toBe(state === 'online')
  expect(await connection()).toBe(state)
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await connection()).toBe('online')
  expect(await notesOf(id)).toEqual(['first', 'second'])
  expect(await desk.handlers['refused.list']({})).toEqual([])
})

// A feed call has no body that could be cut, and one page that is too large is asked for in smaller ones.
test.each(FAULTS.filter(([, { kind }]) => kind !== 'cutRequest' && kind !== 'bomb'))(
  'the feed: a call that %s moves no cursor past rows that did not come',
  async (_name, fault, state) => {
    const before = getMeta(desk.core.db, 'cursor')
    const id = await newRequest()
    once(feed, fault)
    expect(await desk.core.sync.cycle()).toBe(state === 'online')
    expect(await connection()).toBe(state)
    if (state !== 'online') expect(getMeta(desk.core.db, 'cursor')).toBe(before)
    expect(await desk.core.sync.settle()).toBe(true)
    expect((await desk.handlers['request.get']({ id })).row.status).toBe('RequestReceived')
  },
)

test('a page that promises more and never moves on ends the cycle; what staff did goes out once the centre is itself again', async () => {
  const id = await newRequest()
  await desk.core.sync.settle()
  desk.core.act({ objectId: id, kind: 'note', args: { text: 'through a circle' } })
  for (const change of [
    (json: Record<string, unknown>) => ({ ...json, rows: [], next: `${String(json['next'])}`, more: true }),
    (json: Record<string, unknown>) => ({ ...json, next: getMeta(desk.core.db, 'cursor'), more: true }),
  ]) {
    line.plan = (call) => (feed(call) ? { kind: 'rewrite', change } : null)
    expect(await desk.core.sync.cycle()).toBe(false)
    expect(await connection()).toBe('portal')
  }
  line.plan = () => null
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await notesOf(id)).toEqual(['through a circle'])
})

test('a centre that asks for two seconds is not called before, also when staff go on working', async () => {
  await desk.running.close()
  const busy = { kind: 'status', status: 503, retryAfter: 2 } as const
  const auto = await stage.open('one', { autoSync: true })
  let refusedAt = 0
  line.plan = (call) => {
    if (!feed(call) || refusedAt > 0) return null
    refusedAt = call.at
    return busy
  }
  auto.running.start()
  const id = (
    await auto.handlers['queue.window']({
      query: { text: '', filter: {}, sort: 'due', descending: false },
      offset: 0,
      limit: 1,
    })
  ).rows[0]!.id
  await expect.poll(() => refusedAt, { timeout: 20_000 }).toBeGreaterThan(0)
  const mark = line.calls.length
  auto.core.act({ objectId: id, kind: 'note', args: { text: 'meanwhile' } })
  const called = () => line.calls.slice(mark).find((call) => feed(call) || ops(call))
  await expect.poll(called, { timeout: 20_000 }).toBeDefined()
  expect(called()!.at - refusedAt).toBeGreaterThan(1950)
  await expect.poll(() => notesOf(id), { timeout: 20_000 }).toContain('meanwhile')
  desk = await auto.restart()
})

test('a hint on the wake line brings what another desk did without waiting for the next look', async () => {
  await desk.running.close()
  const auto = await stage.open('one', { autoSync: true })
  auto.running.start()
  await expect.poll(() => auto.core.sync.status.connection, { timeout: 20_000 }).toBe('online')
  await expect.poll(() => line.calls.some(({ path }) => path.endsWith('/wake')), { timeout: 20_000 }).toBe(true)
  const id = await newRequest()
  await expect.poll(() => auto.core.views.request(id)?.row.status, { timeout: 20_000 }).toBe('RequestReceived')
  desk = await auto.restart()
})

test('a person whose sign-in ran out is asked for it; what waits goes out afterwards, in the same order', async () => {
  const id = await newRequest()
  await desk.core.sync.settle()
  desk.core.act({ objectId: id, kind: 'note', args: { text: 'before' } })
  line.plan = (call) => (ops(call) ? { kind: 'status', status: 401, error: 'staff_invalid' } : null)
  expect(await desk.core.sync.cycle()).toBe(false)
  expect(await connection()).toBe('sign_in')
  desk.core.act({ objectId: id, kind: 'note', args: { text: 'after' } })
  // The queue is kept up to date all the same.
  const other = await newRequest()
  await desk.core.sync.cycle()
  expect(desk.core.views.request(other)).toBeDefined()
  line.plan = () => null
  await desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: 'balis-rehearsal' })
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await notesOf(id)).toEqual(['before', 'after'])
})

test('a centre of another protocol: nothing is sent, nothing is lost, and the desk says which side is behind', async () => {
  const id = await newRequest()
  await desk.core.sync.settle()
  desk.core.act({ objectId: id, kind: 'note', args: { text: 'kept' } })
  line.plan = () => ({ kind: 'status', status: 426, error: 'protocol_unsupported', more: { min: 2, max: 3 } })
  expect(await desk.core.sync.cycle()).toBe(false)
  expect(await desk.handlers['status.get']({})).toMatchObject({
    connection: 'protocol',
    centreBehind: false,
    waiting: { ops: 1 },
  })
  line.plan = () => ({ kind: 'status', status: 426, error: 'protocol_unsupported', more: { min: 0, max: 0 } })
  expect(await desk.core.sync.cycle()).toBe(false)
  expect(await desk.handlers['status.get']({})).toMatchObject({ connection: 'protocol', centreBehind: true })
  line.plan = () => null
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await notesOf(id)).toEqual(['kept'])
})

test('a newer centre: unknown states and types are shown and not touched, unknown fields are ignored', async () => {
  const [strange, usual] = [await newRequest(), await newRequest()]
  line.plan = (call) =>
    feed(call)
      ? {
          kind: 'rewrite',
          change: (json) => {
            const rows = json['rows'] as Record<string, unknown>[]
            for (const row of rows) {
              if (row['id'] === strange) row['status'] = 'BeingTeleported'
              row['mood'] = 'fine'
            }
            if (rows.length > 0) rows.push({ type: 'hologram', id: 'H1', version: 1, seq: rows.at(-1)!['seq'] })
            return { ...json, forecast: 'rain' }
          },
        }
      : null
  expect(await desk.core.sync.cycle()).toBe(true)
  const shown = (await desk.handlers['request.get']({ id: strange })).row
  expect(shown).toMatchObject({ understood: false, can: [] })
  expect(() => desk.core.act({ objectId: strange, kind: 'accept', args: {} })).toThrow(
    expect.objectContaining({ code: 'action_refused' }),
  )
  expect((await desk.handlers['request.get']({ id: usual })).row.understood).toBe(true)
  expect(await desk.handlers['status.get']({})).toMatchObject({ connection: 'online', quarantined: 0 })
  // Updated (here: the centre speaks as we do again), the row can be worked on.
  line.plan = () => null
  await stage.lever('epoch')
  expect(await desk.core.sync.settle()).toBe(true)
  expect((await desk.handlers['request.get']({ id: strange })).row).toMatchObject({ understood: true })
})

test('the line breaks as soon as a run is known to be handed over: its bags and books have left all the same', async () => {
  const { handlers, core } = desk
  const loan = {
    service: 'loan',
    partner: 'PKU',
    title: '文化苦旅',
    callNumber: 'I267/70',
    deliveryMethod: 'courier',
  }
  const { requestId } = await stage.lever<{ requestId: string }>('request', loan)
  await core.sync.settle()
  core.act({ objectId: requestId, kind: 'accept', args: {} })
  await handlers['loan.check']({ requestId, code: 'RUC880077' })
  const { bagId } = await handlers['courier.packCode']({ code: 'RUC880077' })
  core.act({ objectId: bagId, kind: 'closeBag', args: { seal: 'S-1' } })
  const { manifestId } = await handlers['courier.openManifest']({
    run: '上午',
  })
  core.act({
    objectId: manifestId,
    kind: 'closeManifest',
    args: { bagIds: [bagId] },
  })
  await core.sync.settle()

  await handlers['courier.handOver']({
    manifestId,
    driver: '张师傅',
    signature: { strokes: [] },
  })
  let told = false
  line.plan = (call) => {
    if (feed(call) && told) return { kind: 'dropRequest' }
    told ||= ops(call)
    return null
  }
  expect(await core.sync.cycle()).toBe(false)
  expect(told).toBe(true)
  expect((await handlers['status.get']({})).waiting.ops).toBe(0)
  const { bags, candidates } = await handlers['courier.board']({})
  expect(bags.find((bag) => bag.id === bagId)).toMatchObject({
    state: 'handed_over',
    pending: 'none',
  })
  expect(candidates).toEqual([])
  expect(core.views.request(requestId)!.row).toMatchObject({
    status: 'Loaned',
    stage: 'handed_over',
  })
})
