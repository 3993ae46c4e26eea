/** Each rule of the sync taken out once: the model test must miss it. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mutant } from '../../electron/centre/mutants.ts'
import { tally } from '../support/tally.ts'
import { SEED } from './histories.ts'
import { histories, SyncModel } from './history.ts'
import type { DeskMutant } from './model-desk.ts'

let model: SyncModel
beforeAll(() => void (model = new SyncModel()))
afterAll(() => model.end())

const MUTANTS: { rule: string; centre?: Mutant; desk?: DeskMutant }[] = [
  { rule: 'de-duplication', centre: 'no-dedupe' },
  { rule: 'compare-and-set of the cursor', desk: 'no-cursor-cas' },
  { rule: 'the cursor in the transaction of its rows', desk: 'cursor-apart' },
  { rule: 'prunedThrough', centre: 'no-pruned-through' },
  { rule: 'seq taken with the commit', centre: 'seq-before-commit' },
  { rule: 'the version guard', desk: 'no-version-guard' },
  { rule: 'after', centre: 'no-after' },
]

test.each(MUTANTS)('without $rule a history goes wrong', { timeout: 600_000 }, async ({ centre, desk }) => {
  const mutants = { ...(centre ? { centre } : {}), ...(desk ? { desk } : {}) }
  const desks = fc.integer({ min: 2, max: 3 })
  const property = fc.asyncProperty(histories(), desks, (history, count) => model.run(history, count, mutants))
  const result = await fc.check(property, { numRuns: 5000, seed: SEED, endOnFailure: true })
  expect(result.failed, 'every history passed without this rule').toBe(true)
  tally('mutants', 1)
})
