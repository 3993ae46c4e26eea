/** How many histories, from which seed: a few thousand in `npm test`, many in `npm run test:soak`. */
import fc from 'fast-check'
import { progress, tally } from '../support/tally.ts'
import { histories, type SyncModel } from './history.ts'

const HISTORIES = Number(process.env['BALIS_DESK_HISTORIES'] ?? 2000)
export const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20260311)

/** Half of them with two desks, half with three: two files, so that they run beside each other. */
export const SHARE = Math.ceil(HISTORIES / 2)
const PROGRESS = 500
export const TIMEOUT = 300_000 + SHARE * 400

/** @throws with seed, path and the shrunk history when an invariant does not hold */
export async function assertHistories(model: SyncModel, desks: number): Promise<void> {
  let done = 0
  const property = fc.asyncProperty(histories(), async (history) => {
    await model.run(history, desks)
    if (++done % PROGRESS === 0) progress(`${done} of ${SHARE} histories of ${desks} desks`)
  })
  await fc.assert(property, { numRuns: SHARE, seed: SEED + desks })
  tally('histories', SHARE)
}
