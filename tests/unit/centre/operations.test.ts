/** The centre's guards and effects against the hand-typed table. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OP_KINDS } from '../../../electron/contract/ops.contract.ts'
import {
  DAY,
  IDS,
  NOW,
  OPERATION_CASES,
  WHO,
  type GivenBag,
  type GivenManifest,
  type OperationCase,
  type Then,
  type ThenRequest,
} from '../../cases/operations.ts'
import { CentreWorld, libraryOf } from './world.ts'

let world: CentreWorld
beforeAll(async () => {
  world = await CentreWorld.make()
})
afterAll(() => world.close())
beforeEach(() => world.clear())

type Applied = Extract<Then, { outcome: 'applied' }>

function expectRequest(id: string, expected: ThenRequest): void {
  const draft = world.row('request', id)
  if (expected.gone !== undefined) return expect(draft?.gone).toBe(expected.gone)
  const row = draft!.row
  for (const key of ['status', 'stage', 'role', 'service', 'cancelAsked', 'complaint', 'reason'] as const)
    if (expected[key] !== undefined) expect(row[key], key).toBe(expected[key])
  for (const key of ['callNumber', 'location', 'notePartner'] as const)
    if (expected[key] !== undefined) expect(row.fields[key], key).toBe(expected[key])
  if (expected.claim !== undefined) {
    const desk = expected.claim === null ? undefined : expected.claim === 'mine' ? WHO.desk1 : WHO.desk2
    expect(row.claim?.desk, 'claim').toBe(desk)
    if (expected.claim === 'mine') expect(row.claim!.leaseUntil).toBeGreaterThan(NOW)
  }
  if (expected.chased !== undefined) expect(row.chased?.text ?? null, 'chased').toBe(expected.chased)
  if (expected.notified !== undefined) expect(row.notified?.place ?? null, 'notified').toBe(expected.notified)
  if (expected.finished) expect(row.finishedAt).toBe(NOW)
  if (expected.delivered) expect(row.delivery).not.toBeNull()
  if (expected.dueAt === 'set') expect(row.dueAt).toBeGreaterThan(NOW)
  else if (expected.dueAt !== undefined)
    expect(row.dueAt).toBe(expected.dueAt === null ? null : NOW + expected.dueAt * DAY)
  if (expected.renewAsked !== undefined)
    expect(row.renewAsked).toBe(expected.renewAsked === null ? null : NOW + expected.renewAsked * DAY)
  expected.volumes?.forEach((volume, i) => {
    const found = row.volumes[i]!
    const { bag, ...rest } = volume
    expect(found).toMatchObject(rest)
    if (bag !== undefined) expect(found.bagId).toBe(bag === null ? null : IDS[bag])
  })
}

function expectBag(id: string, expected: GivenBag): void {
  const { row } = world.row('bag', id)!
  if (expected.state) expect(row.state).toBe(expected.state)
  if (expected.seal !== undefined) expect(row.seal).toBe(expected.seal)
  if (expected.owner) expect(row.owner).toBe(libraryOf(expected.owner))
  if (expected.manifest !== undefined) expect(row.manifestId).toBe(expected.manifest && IDS[expected.manifest])
  if (expected.items)
    expect(row.items.map(({ requestId, volume, arrived }) => ({ requestId, volume, arrived }))).toEqual(
      expected.items.map(({ of, volume, arrived }) => ({ requestId: IDS[of], volume, arrived: arrived ?? '' })),
    )
  // The addressee sees the same bag in its own feed.
  const other = row.owner === WHO.library ? row.destination : row.owner
  const theirs = world.row('bag', id, other)
  if (theirs) expect({ ...theirs.row, version: 0, seq: 0 }).toEqual({ ...row, version: 0, seq: 0 })
}

function expectManifest(id: string, expected: GivenManifest & { handedOver?: boolean }): void {
  const { row } = world.row('manifest', id)!
  if (expected.state) expect(row.state).toBe(expected.state)
  if (expected.bags) expect(row.bagIds).toEqual(expected.bags.map((name) => IDS[name]))
  if (expected.handedOver) expect(row.handedOver).not.toBeNull()
}

function expectApplied(one: OperationCase, then: Applied, answeredId: string | undefined): void {
  if (then.request) expectRequest(one.kind === 'requestCreate' ? answeredId! : IDS.request, then.request)
  if (then.request2) expectRequest(IDS.request2, then.request2)
  for (const name of ['bag', 'bag2'] as const) {
    const expected = then[name]
    if (!expected) continue
    // A bag passed on is no longer in the feed of the library that passed it on; its new addressee has it.
    if (expected.destination === 'third') expect(world.row('bag', IDS[name], WHO.third)?.row.state).toBe(expected.state)
    else expectBag(IDS[name], expected)
  }
  for (const name of ['manifest', 'manifest2'] as const) if (then[name]) expectManifest(IDS[name], then[name])
  if (then.anomalyRow) expect(world.row('anomaly', IDS.anomaly)!.row).toMatchObject(then.anomalyRow)
  if (then.registration) {
    const { state, question } = world.row('registration', IDS.registration)!.row
    expect(state).toBe(then.registration.state)
    if (then.registration.asked !== undefined) expect(question != null).toBe(then.registration.asked)
  }
  if (then.training) expect(world.row('training', IDS.training)!.gone === null).toBe(then.training.stands)
  if (then.notice) expect(world.row('notice', IDS.notice)!.row.readAt !== null).toBe(then.notice.read)
  if (then.library)
    for (const reader of [WHO.library, WHO.partner])
      expect(world.row('library', WHO.library, reader)!.row.pausedUntil !== null).toBe(then.library.paused)
  const recorded = world.anomalies().filter((row) => row.id !== IDS.anomaly)
  expect(recorded.length > 0).toBe(then.anomaly ?? false)
}

describe('the centre answers every operation as the table says', () => {
  for (const one of OPERATION_CASES)
    it(`${one.kind}: ${one.says}`, () => {
      world.put(one.given)
      const before = world.picture()
      const [result] = world.push([world.opOf(one)])
      expect(result!.outcome).toBe(one.then.outcome)
      if (one.then.outcome === 'applied') return expectApplied(one, one.then, result!.row?.id)
      expect(result!.code).toBe(one.then.code)
      if (one.then.outcome === 'rejected')
        expect(Object.keys(result!.info ?? {})).toEqual(expect.arrayContaining(one.then.info ?? []))
      expect(world.picture()).toBe(before)
    })

  it('many operations on one object bring its row once, with the last of them, as all of them left it', () => {
    const note = OPERATION_CASES.find((one) => one.kind === 'note' && one.then.outcome === 'applied')!
    world.put({ request: {}, request2: {} })
    const other = { ...world.opOf(note), objectId: IDS.request2, touches: [IDS.request2] }
    const results = world.push([world.opOf(note), other, world.opOf(note), world.opOf(note)])
    expect(results.map((one) => one.row?.id)).toEqual([undefined, IDS.request2, undefined, IDS.request])
    expect((results[3]!.row as { history?: unknown[] }).history).toHaveLength(3)
  })

  it('has a case for every kind of operation', () => {
    expect(new Set(OPERATION_CASES.map((one) => one.kind))).toEqual(new Set(OP_KINDS))
  })
})
