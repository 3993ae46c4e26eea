/** Long outages: a day of work on both sides, a vacation, two desks that could not see each other. */
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { coreContract } from '../../electron/contract/core.contract.ts'
import type { Op } from '../../electron/contract/ops.contract.ts'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { FaultLine } from './line.ts'

const DAY = 86_400_000
let stage: Stage
let line: FaultLine
let desk: TestDesk
/** Another desk of the library, whose line is good. */
let other: WireDesk
async function begin(rows: number): Promise<void> {
  await stage.startCentre({ rows })
  line = new FaultLine(stage.centre.url)
  desk = await stage.desk('one', 'ruc-wang', await line.open())
  expect(await desk.core.sync.settle()).toBe(true)
  other = new WireDesk(stage.centre.url)
  await other.enrol('RUC-DEMO', '二号台')
  await other.signIn('ruc-li', 'balis-rehearsal')
}
beforeEach(() => void (stage = new Stage()))
afterEach(async () => {
  await line.close()
  await stage.end()
})

const cut = async () => {
  line.plan = () => ({ kind: 'dropRequest' })
  expect(await desk.core.sync.cycle()).toBe(false)
}
const mend = () => void (line.plan = () => null)
const act = (objectId: string, kind: string, args: object = {}) =>
  desk.core.act({ objectId, kind: kind as 'note', args: args as { text: string } }).opId
const cards = () => desk.handlers['refused.list']({})
const status = () => desk.handlers['status.get']({})
const states = (opIds: readonly string[]) =>
  opIds.map((id) => desk.core.db.sql<{ state: string }>('SELECT state FROM outbox WHERE op_id = ?').get(id)!.state)
const copies = () => other.openRequests('copy').then((rows) => rows.map((row) => row.id))

async function pushAll(ops: Op[]): Promise<void> {
  for (let at = 0; at < ops.length; at += 100) await other.push(ops.slice(at, at + 100))
}

test(
  'a day offline: 500 actions here, 2,000 changes there; what would be refused is asked about first, the rest arrives once and in order',
  { timeout: 120_000 },
  async () => {
    await begin(400)
    const ids = (await copies()).slice(0, 25)
    expect(ids).toHaveLength(25)
    await cut()
    const kinds = new Map<string, string>()
    for (const id of ids) {
      kinds.set(act(id, 'claim'), 'claim')
      kinds.set(act(id, 'accept'), 'accept')
      kinds.set(act(id, 'setField', { field: 'location', value: 'A3' }), 'setField')
      for (let i = 0; i < 17; i++) kinds.set(act(id, 'note', { text: `${i} of ${id}` }), 'note')
    }
    expect(kinds.size).toBe(500)

    const lost = ids.slice(0, 10)
    await pushAll(lost.map((id) => other.op('claim', id, {})))
    const rest = Array.from({ length: 1990 }, (_, i) => other.op('note', ids[i % 25]!, { text: `there ${i}` }))
    await pushAll(rest)

    mend()
    expect(await desk.core.sync.cycle()).toBe(true)
    const asked = await cards()
    for (const card of asked) coreContract['refused.list'].out.parse([card])
    // Claim and acceptance of what the other desk took; the notes and places on the shelf go through.
    expect(asked.map(({ state, kind, objectId, code }) => `${state} ${kind} ${objectId} ${code}`).sort()).toEqual(
      lost.flatMap((id) => [`foreseen accept ${id} already_claimed`, `foreseen claim ${id} already_claimed`]).sort(),
    )
    expect(asked[0]).toMatchObject({
      theirs: { holder: expect.stringMatching(/./) as string },
      next: ['withdraw', 'send'],
    })
    expect(await status()).toMatchObject({ toDecide: 20, refused: 0 })
    // None of them has reached the centre.
    for (const id of lost.slice(0, 5))
      expect((await other.request(id)).history.filter(({ desk: at }) => at === 'one')).toEqual([])

    const [withdrawn, sent] = [asked.slice(0, 10), asked.slice(10)]
    for (const { opId } of withdrawn) await desk.handlers['refused.settle']({ opId, how: 'withdraw' })
    for (const { opId } of sent) await desk.handlers['refused.settle']({ opId, how: 'send' })
    expect(await desk.core.sync.settle()).toBe(true)
    expect(new Set(states(withdrawn.map((card) => card.opId)))).toEqual(new Set(['withdrawn']))
    const refused = await cards()
    const brief = ({ opId, code }: { opId: string; code: string }) => `${opId} ${code}`
    expect(refused.map(brief).sort(), 'foreseen and refused are the same, word for word').toEqual(
      sent.map(brief).sort(),
    )
    const decided = new Set(asked.map((card) => card.opId))
    const others = [...kinds.keys()].filter((opId) => !decided.has(opId))
    expect(new Set(states(others))).toEqual(new Set(['applied']))
    for (const id of ids) {
      const { history, fields } = await other.request(id)
      const mine = history.filter((entry) => entry.desk === 'one').map(({ event, text }) => text || event)
      const notes = Array.from({ length: 17 }, (_, i) => `${i} of ${id}`)
      expect(mine.filter((what) => what.includes(' of '))).toEqual(notes)
      expect(mine.slice(0, 2)).toEqual(lost.includes(id) ? [expect.anything(), notes[0]] : ['claim', 'accept'])
      expect(fields.location).toBe('A3')
    }
    expect(await status()).toMatchObject({ waiting: { ops: 0 }, toDecide: 0 })
    expect(checkAudit(desk.core.db)).toBeNull()
  },
)

test('a decision made while still offline survives a restart; an action that fits again is not asked about any more', async () => {
  await begin(40)
  const [a, b] = (await copies()) as [string, string]
  await cut()
  const [claimA, claimB] = [act(a, 'claim'), act(b, 'claim')]
  await other.push([other.op('claim', a, {}), other.op('claim', b, {})])
  mend()
  await desk.core.sync.cycle()
  expect((await cards()).map((card) => card.opId)).toEqual([claimA, claimB])
  await cut()
  await desk.handlers['refused.settle']({ opId: claimA, how: 'withdraw' })
  desk = await desk.restart()
  expect((await cards()).map((card) => card.opId)).toEqual([claimB])
  await other.push([other.op('release', b, {})])
  mend()
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await cards()).toEqual([])
  expect(states([claimA, claimB])).toEqual(['withdrawn', 'applied'])
  expect((await other.request(b)).claim?.deskName).toBe('one')
})

test('withdrawing takes along what makes no sense without it and leaves the order of everything else', async () => {
  await begin(40)
  const [id] = (await copies()) as [string]
  await cut()
  const ops = [
    act(id, 'note', { text: 'first' }),
    act(id, 'accept'),
    act(id, 'unaccept'),
    act(id, 'note', { text: 'last' }),
  ]
  await other.push([other.op('claim', id, {})])
  mend()
  await desk.core.sync.cycle()
  const asked = await cards()
  expect(asked.map(({ kind, code }) => [kind, code])).toEqual([
    ['accept', 'already_claimed'],
    ['unaccept', 'prev_rejected'],
  ])
  await desk.handlers['refused.settle']({ opId: asked[0]!.opId, how: 'withdraw' })
  expect(await cards()).toEqual([])
  expect(await desk.core.sync.settle()).toBe(true)
  expect(states(ops)).toEqual(['applied', 'withdrawn', 'withdrawn', 'applied'])
  expect((await other.request(id)).history.filter(({ desk: at }) => at === 'one').map(({ text }) => text)).toEqual([
    'first',
    'last',
  ])
})

test('a document that came second: nothing reaches the reader, the PDF is kept 30 days after the decision and then deleted', async () => {
  await begin(40)
  const [id] = (await copies()) as [string]
  await cut()
  const blob = await desk.core.blobs.put(Buffer.from('%PDF-1.7 ours'), 'application/pdf')
  const opId = act(id, 'fulfil', { blobs: [blob.sha256], pages: 3, bytes: blob.bytes })
  const theirs = new Uint8Array(Buffer.from('%PDF-1.7 theirs'))
  await other.push([other.op('fulfil', id, { blobs: [await other.upload(theirs)], pages: 3, bytes: theirs.length })])
  mend()
  await desk.core.sync.cycle()
  expect((await cards())[0]).toMatchObject({ opId, state: 'foreseen', code: 'already_fulfilled', blob: blob.sha256 })
  // It is not even uploaded before somebody wants the centre's word.
  expect(line.calls.filter(({ method }) => method === 'PATCH')).toEqual([])
  await desk.handlers['refused.settle']({ opId, how: 'send' })
  expect(await desk.core.sync.settle()).toBe(true)
  const [card] = await cards()
  expect(card).toMatchObject({ state: 'rejected', code: 'already_fulfilled', next: ['dismiss', 'saveFile'] })
  const delivered = (await stage.rowAtCentre<RequestRow>('request', id)).history.filter(
    ({ event }) => event === 'fulfil',
  )
  expect(delivered).toHaveLength(1)

  const path = desk.core.blobs.path(blob.sha256)
  const after = async (days: number) => {
    await stage.lever('clock', { offsetMs: days * DAY })
    for (let i = 0; i < 3; i++) await desk.core.sync.cycle()
    await desk.core.blobs.collectGarbage()
    return existsSync(path)
  }
  expect(await after(90), 'undecided, it stays').toBe(true)
  await desk.handlers['refused.settle']({ opId, how: 'dismiss' })
  expect(await after(119)).toBe(true)
  expect(await after(121)).toBe(false)
  expect(desk.core.blobs.get(blob.sha256)).toBeUndefined()
})

test('60 days off: the old cursor is good, tombstones come, claims have run out, and what was done before leaving is sent', async () => {
  await begin(40)
  const [mine, gone, worked] = (await copies()) as [string, string, string]
  act(mine, 'claim')
  await desk.core.sync.settle()
  await cut()
  const before = act(worked, 'note', { text: 'before leaving' })
  await stage.lever('clock', { offsetMs: 60 * DAY })
  await other.renew()
  await other.push([other.op('takeOver', mine, {}), other.op('forward', gone, { reason: 'NotHeld' })])
  mend()
  const shadowed = line.calls.length
  expect(await desk.core.sync.settle()).toBe(true)
  const feeds = line.calls.slice(shadowed).filter(({ path }) => path.includes('/feed'))
  expect(
    feeds.every(({ path }) => !path.includes('cursor=&')),
    'nothing was read anew',
  ).toBe(true)
  expect(states([before])).toEqual(['applied'])
  expect(desk.core.views.request(gone)).toBeUndefined()
  expect((await desk.handlers['request.get']({ id: mine })).row.holder).toMatchObject({ mine: false })
})

test('away longer than tombstones are kept: 410, the feed is read anew, and the outbox is untouched by it', async () => {
  await begin(40)
  const [gone, worked] = (await copies()) as [string, string]
  await cut()
  const op = act(worked, 'note', { text: 'before leaving' })
  await other.push([other.op('forward', gone, { reason: 'NotHeld' })])
  const { db } = stage.centre.centre
  db.write(() => db.exec(`UPDATE entity SET gone_at = gone_at - ${401 * DAY} WHERE gone_at IS NOT NULL`))
  await stage.centre.centre.tick()
  mend()
  const mark = line.calls.length
  expect(await desk.core.sync.settle()).toBe(true)
  expect(line.calls.slice(mark).some(({ path }) => path.includes('cursor=&'))).toBe(true)
  expect(states([op])).toEqual(['applied'])
  expect(desk.core.views.request(gone)).toBeUndefined()
  expect((await other.request(worked)).history.filter(({ event }) => event === 'note')).toHaveLength(1)
})

test('two desks that cannot see each other: claims are tentative, blocks keep them apart, and who was second may take over', async () => {
  await begin(60)
  const two = await stage.desk('two', 'ruc-lin')
  await stage.lever('allot', { block: 10 })
  for (const one of [two, desk, two, desk]) await one.core.sync.settle()
  const allotted = desk.core.views.requestIdsAtStage(['queued']).filter((id) => {
    const block = desk.core.views.request(id)?.row.allotted
    return block?.desk === desk.core.deskId()
  })
  const theirs = desk.core.views.requestIdsAtStage(['queued']).filter((id) => {
    const block = desk.core.views.request(id)?.row.allotted
    return block?.desk === two.core.deskId()
  })
  expect([allotted.length, theirs.length]).toEqual([10, 10])
  expect(allotted.filter((id) => theirs.includes(id))).toEqual([])

  await stage.stopCentre()
  const [id] = (await Promise.resolve(allotted)) as [string]
  const holder = async (of: TestDesk) => (await of.handlers['request.get']({ id })).row.holder
  const claim = (of: TestDesk) => of.handlers['op.act']({ objectId: id, kind: 'claim', args: {} })
  await desk.core.sync.cycle()
  await two.core.sync.cycle()
  await claim(desk)
  await claim(two)
  expect(await holder(desk)).toMatchObject({ mine: true, tentative: true })
  expect(await holder(two)).toMatchObject({ mine: true, tentative: true })

  await stage.startCentre()
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await holder(desk)).toMatchObject({ mine: true, tentative: false })
  await two.core.sync.cycle()
  const [card] = await two.handlers['refused.list']({})
  expect(card).toMatchObject({
    state: 'foreseen',
    code: 'already_claimed',
    theirs: { holder: expect.any(String) as string },
  })
  expect(await holder(two)).toMatchObject({ mine: false, tentative: false })
  await two.handlers['refused.settle']({ opId: card!.opId, how: 'send' })
  await two.core.sync.settle()
  const [refused] = await two.handlers['refused.list']({})
  expect(refused!.next).toContain('takeOver')
  await two.handlers['refused.settle']({ opId: refused!.opId, how: 'takeOver' })
  expect(await two.core.sync.settle()).toBe(true)
  expect(await holder(two)).toMatchObject({ mine: true, tentative: false })
  await desk.core.sync.settle()
  expect(await holder(desk)).toMatchObject({ mine: false })
})
