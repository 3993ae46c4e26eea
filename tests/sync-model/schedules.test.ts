/** Interleavings: desks act and sync at the same time, and fast-check decides which message arrives next. */
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { tally } from '../support/tally.ts'
import { SEED, SHARE, TIMEOUT } from './histories.ts'
import { SyncModel } from './history.ts'

let model: SyncModel
beforeAll(() => void (model = new SyncModel()))
afterAll(() => model.end())

const SCHEDULES = Math.ceil(SHARE / 10)
const act = fc.record({ desk: fc.nat(2), b: fc.nat(9999), c: fc.nat(9999) })

test(`${SCHEDULES} schedules of two and three desks at work keep every invariant`, { timeout: TIMEOUT }, async () => {
  const acts = fc.array(act, { minLength: 3, maxLength: 12 })
  const property = fc.asyncProperty(fc.scheduler(), acts, fc.integer({ min: 2, max: 3 }), (scheduler, done, desks) =>
    model.runScheduled(scheduler, done, desks),
  )
  await fc.assert(property, { numRuns: SCHEDULES, seed: SEED })
  tally('schedules', SCHEDULES)
})
