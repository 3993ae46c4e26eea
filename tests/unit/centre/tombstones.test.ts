/** Tombstones outlive vacations; when they go, only readers who could still need them must start anew. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { feedPage } from '../../../electron/centre/feed.ts'
import { TOMBSTONE_MS, sweep } from '../../../electron/centre/housekeeping.ts'
import { HttpRefusal } from '../../../electron/centre/refusal.ts'
import { NOW, WHO } from '../../cases/operations.ts'
import { CentreWorld } from './world.ts'

let world: CentreWorld
beforeAll(async () => {
  world = await CentreWorld.make()
})
afterAll(() => world.close())

const page = (cursor: string, limit: number) => feedPage(world.db, WHO.library, cursor, limit, new Set())
const readAll = (limit: number) => {
  let cursor = ''
  for (let more = true; more;) ({ next: cursor, more } = page(cursor, limit))
  return cursor
}
const statusOf = (call: () => unknown) => {
  try {
    call()
    return 200
  } catch (error) {
    return error instanceof HttpRefusal ? error.status : 500
  }
}

it('an old tombstone is swept, and cursors from before it are told to start anew', () => {
  const beforeAnything = readAll(500)
  world.put({ request: {}, request2: {} })
  const early = readAll(500)
  const [forward] = [
    world.opOf({
      says: '',
      kind: 'forward',
      args: { reason: 'NotHeld', to: WHO.third },
      given: {},
      then: { outcome: 'applied' },
    }),
  ]
  world.push([forward!])
  const after = readAll(500)
  expect(JSON.parse(page(early, 500).bodies[0]!)).toMatchObject({ gone: { reason: 'forwarded' } })

  sweep(world.db, NOW + TOMBSTONE_MS - 1)
  expect(statusOf(() => page(early, 500))).toBe(200)

  sweep(world.db, NOW + TOMBSTONE_MS + 1)
  expect(statusOf(() => page(early, 500))).toBe(410)
  expect(statusOf(() => page(beforeAnything, 500))).toBe(410)
  expect(statusOf(() => page(after, 500))).toBe(200)
})

it('who begins after the sweep reads through in small pages without being sent back', () => {
  expect(statusOf(() => readAll(3))).toBe(200)
})
