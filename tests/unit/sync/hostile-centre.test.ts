/** Answers that no honest centre gives, and a network that takes offence at single calls: what staff did outlives them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedReply, OpResult, OpsCall, RowEnvelope } from '../../../electron/contract/centre.contract.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import { act, parseOperation } from '../../../electron/core/desk/act.ts'
import { dismissRefused, refusedCards, sendAgainParked } from '../../../electron/core/desk/refused.ts'
import { SyncEngine } from '../../../electron/core/sync/engine.ts'
import { LinkError, type CentreLink } from '../../../electron/core/sync/link.ts'
import { ASIDE_MS } from '../../../electron/core/sync/on-the-way.ts'
import { DeskViews } from '../../../db/desk-views.ts'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { addBlob } from '../../../db/queries/blobs.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { findOp } from '../../../db/queries/outbox.ts'
import { requestRow } from '../../support/request-row.ts'

const ME = { library: 'RUC', desk: 'd1', deskName: '一', user: 'w', userName: '王', role: 'staff', at: 1000 } as const
const IDS = 'ABCDEFGH'
const MINUTE = 60_000

let folder: string
let desk: DeskDatabase
let views: DeskViews
let engine: SyncEngine
/** ms of the clock that nobody can set. */
let steady: number
let holdMs: number
let online: boolean
let feeds: string[]
let calls: OpsCall[]
/** Bytes sent of each document. */
let uploads: number
let onFeed: (cursor: string) => FeedReply
let onPush: (call: OpsCall) => OpResult[]
let read: (sha256: string) => Promise<Uint8Array>

const page = (rows: RowEnvelope[], next: string, more = false, epoch = 'e'): FeedReply => ({
  serverTime: 1000,
  epoch,
  rows,
  next,
  more,
})
const applied = ({ ops }: OpsCall): OpResult[] => ops.map(({ opId }) => ({ opId, outcome: 'applied' }))
const link: CentreLink = {
  async feed(cursor) {
    feeds.push(cursor)
    return Promise.resolve(onFeed(cursor))
  },
  async push(call) {
    calls.push(call)
    return Promise.resolve({ serverTime: 1000, epoch: 'e', results: onPush(call), also: [] })
  },
  beginUpload: () => Promise.resolve({ uploadUrl: '/u' }),
  uploadOffset: () => Promise.resolve(0),
  uploadChunk: (_url, offset, bytes) => {
    uploads++
    return Promise.resolve(offset + bytes.length)
  },
  completeUpload: () => Promise.resolve(),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-hostile-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  const { db } = desk
  views = new DeskViews(db)
  db.write(() => {
    setMeta(db, 'deskId', 'd1')
    setMeta(db, 'library', { id: 'RUC', code: 'RUC', name: '人大', nameEn: 'RUC' })
  })
  steady = 1_000_000
  holdMs = 0
  online = true
  feeds = []
  calls = []
  uploads = 0
  onFeed = (cursor) => (cursor === '' ? page([...IDS].map((id, i) => requestRow(id, 1, { seq: i + 1 })), '8') : page([], cursor)) // prettier-ignore
  onPush = applied
  read = () => Promise.resolve(new Uint8Array([1, 2, 3]))
  engine = new SyncEngine({
    db,
    views,
    link: () => link,
    readBlob: (sha256) => read(sha256),
    now: () => 1000,
    steady: () => steady,
    emit: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
})
afterEach(async () => {
  await engine.stop()
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const act1 = (objectId: string, kind: OpKind, args: object) =>
  act(
    { db: desk.db, views, actor: () => ME, holdMs: () => holdMs, online: () => online, steady: () => steady },
    parseOperation({ kind, objectId, args }),
  ).opId
const note = (id: string, text: string) => act1(id, 'note', { text })
const state = (opId: string) => findOp(desk.db, opId)!.state
const sent = () => calls.map(({ ops }) => ops.map((op) => (op.args as { text?: string }).text ?? op.kind))
const cards = () => refusedCards(desk.db, views, ME)
const cursor = () => getMeta(desk.db, 'cursor')
const connection = () => engine.status.connection
const refusal = (status: number, error: string, details = {}) => new LinkError('refused', { status, error, details })
const filtered = new LinkError('portal', { status: 403 })

// ---------------------------------------------------------------- the feed

test('a feed that goes round in a circle is left where it begins again; the work goes out once it is straight', async () => {
  onFeed = (at) => page([requestRow('A', 1, { seq: at === 'x' ? 2 : 1 })], at === 'x' ? 'y' : 'x', true)
  const opId = await engine.cycle().then((ok) => (expect(ok).toBe(false), note('A', 'meanwhile')))
  expect(feeds.length).toBeLessThan(6)
  expect(connection()).toBe('portal')
  onFeed = (at) => page([], at)
  expect(await engine.settle()).toBe(true)
  expect(state(opId)).toBe('applied')
})

test('a feed read anew that never ends, or is refused half-way, leaves the desk and its work as they were', async () => {
  await engine.cycle()
  const opId = note('A', 'kept')
  onPush = () => {
    throw new LinkError('offline')
  }
  let anew = 0
  for (const bad of [
    () => page([requestRow('Z', 1, { seq: 1 + (anew++ % 2) })], `c${anew}`, true, 'f'),
    () => {
      if (anew++ > 0) throw new LinkError('resync_required', { status: 410 })
      return page([requestRow('Z', 1, { seq: 1 })], 'c1', true, 'f')
    },
  ]) {
    anew = 0
    onFeed = (at) => {
      if (at === '8') throw new LinkError('resync_required', { status: 410 })
      return bad()
    }
    expect(await engine.cycle()).toBe(false)
    expect([cursor(), views.request('Z'), views.request('A')?.row.id, state(opId)]).toEqual(['8', undefined, 'A', 'queued']) // prettier-ignore
  }
})

test('the same number and version with other words changes nothing, until the feed is read anew', async () => {
  await engine.cycle()
  const other = (more: boolean) => [requestRow('A', 1, { seq: 1, urgent: true }), ...(more ? [] : [requestRow('Z', 1, { seq: 9 })])] // prettier-ignore
  onFeed = () => page(other(false), '9')
  await engine.cycle()
  expect(views.request('A')?.row.urgent).toBe(false)
  onFeed = (at) => (at === '' ? page(other(true), '1', false, 'f') : page([], at, false, 'f'))
  expect(await engine.cycle()).toBe(true)
  expect(views.request('A')?.row.urgent).toBe(true)
  expect(views.request('Z')).toBeUndefined()
})

test('a request leaves, or becomes what this program does not know, while work on it waits: the centre has the word', async () => {
  await engine.cycle()
  online = false
  const ops = [act1('A', 'claim', {}), act1('B', 'claim', {})]
  online = true
  onFeed = () => page([requestRow('A', 2, { seq: 9, status: 'BeingTeleported' }), { type: 'request', id: 'B', version: 2, seq: 10, gone: { reason: 'forwarded' } }], '10') // prettier-ignore
  onPush = ({ ops }) => ops.map(({ opId }) => ({ opId, outcome: 'rejected', code: 'no_longer_ours' }))
  expect(await engine.cycle()).toBe(true)
  expect(ops.map(state)).toEqual(['rejected', 'queued'])
  // Of the one that left it is foretold; of the one that cannot be read it is not.
  expect(cards().map(({ objectId, state, code, theirs }) => [objectId, state, code, theirs.gone])).toEqual([
    ['B', 'foreseen', 'no_longer_ours', 'forwarded'],
    ['A', 'rejected', 'no_longer_ours', null],
  ])
  expect(cards().map(({ title }) => title)).toEqual(['文化苦旅 B', expect.any(String)])
})

// ---------------------------------------------------------------- answers to operations

test('an answer to what was never sent is no answer', async () => {
  await engine.cycle()
  holdMs = 8000
  const held = act1('A', 'cannotSupply', { reason: 'NotHeld' })
  holdMs = 0
  note('B', 'sent')
  onPush = (call) => [...applied(call), { opId: held, outcome: 'applied' }, { opId: held, outcome: 'rejected', code: 'state' }] // prettier-ignore
  await engine.cycle()
  expect(state(held)).toBe('held')
  steady += 9000
  onPush = applied
  await engine.settle()
  expect([state(held), sent()]).toEqual(['applied', [['sent'], ['cannotSupply']]])
})

test('"settled" is believed of what was acknowledged; of anything else a person is told, who may do it again', async () => {
  await engine.cycle()
  const first = note('A', 'first')
  await engine.settle()
  onPush = ({ ops }) => ops.map(({ opId }) => ({ opId, outcome: 'settled' }))
  // As after a restore of this computer's disk: the centre has forgotten numbers that this desk gives out anew.
  const second = note('A', 'second')
  await engine.cycle()
  expect(state(second)).toBe('rejected')
  expect(cards()).toMatchObject([{ opId: second, code: 'outcome_unknown', next: ['dismiss', 'redo'] }])
  // Sent again because the centre was put back, and still known there.
  desk.db.write(() => setMeta(desk.db, 'sendAgain', true))
  await engine.cycle()
  expect(state(first)).toBe('applied')
})

test('a centre that misses bytes it took gets them once more, and then not round the clock', async () => {
  await engine.cycle()
  const sha256 = 'a'.repeat(64)
  addBlob(desk.db, { sha256, mime: 'application/pdf', bytes: 3 }, 1)
  const opId = act1('A', 'fulfil', { blobs: [sha256], pages: 1, bytes: 3 })
  onPush = ({ ops }) => ops.map(({ opId }) => ({ opId, outcome: 'retry', code: 'missing_blob' }))
  const rounds = async (n: number) => {
    for (let i = 0; i < n; i++) {
      await engine.cycle()
      await engine['uploads'].settled()
    }
    return uploads
  }
  expect(await rounds(20)).toBe(2)
  steady += MINUTE
  expect(await rounds(20)).toBe(3)
  steady += MINUTE
  expect(await rounds(20)).toBe(3)
  onPush = applied
  await rounds(2)
  expect(state(opId)).toBe('applied')
})

test('a document that cannot be read any more holds up its own delivery, not those after it', async () => {
  await engine.cycle()
  const ops = ['a', 'b'].map((letter, i) => {
    const sha256 = letter.repeat(64)
    addBlob(desk.db, { sha256, mime: 'application/pdf', bytes: 3 }, 1)
    return act1('AB'[i]!, 'fulfil', { blobs: [sha256], pages: 1, bytes: 3 })
  })
  read = (sha256) => (sha256.startsWith('a') ? Promise.reject(new Error('EACCES')) : Promise.resolve(new Uint8Array(3)))
  await engine.settle()
  expect(ops.map(state)).toEqual(['waiting_blob', 'applied'])
  read = () => Promise.resolve(new Uint8Array(3))
  await engine.settle()
  expect(ops.map(state)).toEqual(['applied', 'applied'])
})

// ---------------------------------------------------------------- what the centre cannot read

test('what waits behind a parked operation goes its way once a person has given that one up', async () => {
  await engine.cycle()
  const [bad, behind] = [note('A', 'bad'), note('A', 'behind')]
  const beside = note('B', 'beside')
  onPush = (call) => {
    const op = call.ops.find(({ opId }) => opId === bad)
    if (op) throw refusal(400, 'bad_op', { opId: op.opId })
    return applied(call)
  }
  await engine.settle()
  expect([bad, behind, beside].map(state)).toEqual(['parked', 'queued', 'applied'])
  expect(cards()).toMatchObject([{ opId: bad, next: ['dismiss', 'again', 'export'] }])
  dismissRefused(desk.db, views, bad, 'w', 1000)
  await engine.settle()
  expect(state(behind)).toBe('applied')
  expect(calls.at(-1)!.ops[0]).toMatchObject({ opId: behind, after: [] })
  expect(cards()).toEqual([])
})

test('a parked operation that is sent once more goes with all that waited behind it, in order', async () => {
  await engine.cycle()
  const [bad, behind] = [note('A', 'bad'), note('A', 'behind')]
  onPush = () => {
    throw refusal(422, 'bad_op', { opId: bad })
  }
  await engine.settle()
  onPush = applied
  await engine.settle()
  expect(state(behind)).toBe('queued')
  sendAgainParked(desk.db, views, bad, 'w', 1000)
  await engine.settle()
  expect([bad, behind].map(state)).toEqual(['applied', 'applied'])
  expect(sent().at(-1)).toEqual(['bad', 'behind'])
})

test('what is sent once more is seen on its way at once, although its request had nothing on the way', async () => {
  await engine.cycle()
  const bad = note('A', 'bad')
  onPush = () => {
    throw refusal(422, 'bad_op', { opId: bad })
  }
  await engine.settle()
  expect(views.request('A')!.pending).toBe('parked')
  sendAgainParked(desk.db, views, bad, 'w', 1000)
  expect(views.request('A')!.pending).toBe('queued')
  expect(views.opsOn('A')).toMatchObject([{ opId: bad }])
})

// ---------------------------------------------------------------- something on the way

test('a filter that stops one note holds up its request only, and that until it lets it through', async () => {
  await engine.cycle()
  const texts = ['one', 'DROP TABLE', 'three', 'four', 'five']
  const ops = texts.map((text, i) => note('ABCCB'[i]!, text))
  const follows = note('B', 'six')
  onPush = (call) => {
    if (call.ops.some(({ args }) => (args as { text: string }).text.includes('TABLE'))) throw filtered
    return applied(call)
  }
  expect(await engine.settle()).toBe(true)
  expect(ops.map(state)).toEqual(['applied', 'queued', 'applied', 'applied', 'queued'])
  expect([connection(), state(follows), cards()]).toEqual(['online', 'queued', []])
  const before = calls.length
  await engine.settle()
  expect(calls.length, 'left alone for a while').toBe(before)
  onPush = applied
  steady += ASIDE_MS
  await engine.settle()
  expect([...ops, follows].map(state)).toEqual(Array(6).fill('applied'))
  expect(sent().at(-1)).toEqual(['DROP TABLE', 'five', 'six'])
})

test('where no operation gets through, the way counts as shut after a few calls, and everything waits', async () => {
  await engine.cycle()
  const ops = Array.from({ length: 40 }, (_, i) => note(IDS[i % 8]!, `${i}`))
  onPush = () => {
    throw filtered
  }
  expect(await engine.cycle()).toBe(false)
  expect(connection()).toBe('portal')
  expect(calls.length).toBeLessThan(12)
  onPush = applied
  expect(await engine.settle()).toBe(true)
  expect(new Set(ops.map(state))).toEqual(new Set(['applied']))
})
