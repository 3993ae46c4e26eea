/** Random histories of the sync; seed and path of a failing one are printed, found cases stay as regressions. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mutant } from '../../electron/centre/mutants.ts'
import { steps, SyncModel } from './history.ts'
import type { DeskMutant } from './model-desk.ts'

const HISTORIES = Number(process.env['BALIS_DESK_HISTORIES'] ?? 2000)
const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20260311)

let model: SyncModel
beforeAll(() => void (model = new SyncModel()))
afterAll(() => model.end())

const history = fc.tuple(steps, fc.integer({ min: 2, max: 3 }))

test(`${HISTORIES} histories keep every invariant`, { timeout: 120_000 + HISTORIES * 300 }, async () => {
  const property = fc.asyncProperty(history, ([taken, desks]) => model.run(taken, desks))
  await fc.assert(property, { numRuns: HISTORIES, seed: SEED })
})

const MUTANTS: ({ centre: Mutant } | { desk: DeskMutant })[] = [
  { centre: 'no-dedupe' },
  { desk: 'no-cursor-cas' },
  { desk: 'cursor-apart' },
  { centre: 'no-pruned-through' },
  { centre: 'seq-before-commit' },
  { desk: 'no-version-guard' },
  { centre: 'no-after' },
]
test.each(MUTANTS)('the rule taken out by $centre$desk is missed', { timeout: 600_000 }, async (mutant) => {
  const property = fc.asyncProperty(history, ([taken, desks]) => model.run(taken, desks, mutant))
  const result = await fc.check(property, { numRuns: 6000, seed: SEED, endOnFailure: true })
  expect(result.failed, 'every history passed without this rule').toBe(true)
})
