/** The queue while figures are counted: how long its windows wait for the counting to give way, in core. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { QueueQuery } from '../../../electron/contract/core.contract.ts'
import { dashboard } from '../../../electron/core/reports/dashboard.ts'
import { FactKeeper } from '../../../electron/core/reports/fact-keeper.ts'
import { percentile, type BenchContext, type Measured } from '../line.ts'
import { closeBenchDesk, openBenchDesk, startBenchCentre } from '../sync/stage.ts'
import { DAY_MS, fillFacts, SPAN } from './facts.ts'

const ROWS = 10_000
const COUNTS = 30
const QUERY: QueueQuery = { text: '', filter: {}, sort: 'due', descending: false }

export async function measureBeside({ dir, log }: BenchContext): Promise<Measured[]> {
  const centre = await startBenchCentre(dir, ROWS)
  const desk = await openBenchDesk(dir, centre)
  const keeper = new FactKeeper(desk.core.db, () => {})
  try {
    await desk.core.sync.settle()
    await desk.warm()
    fillFacts(desk.core.db)
    const today = Math.floor(Date.now() / DAY_MS)
    // The first also reads all facts into memory, in turns as well: it is looked at with the others.
    const waits: number[] = []
    let counted = 0
    for (let run = 0; run < COUNTS; run++) {
      let counting = true
      const cut = { from: today - SPAN + 30 + run, to: today }
      const figures = dashboard(desk.core, keeper, cut).finally(() => (counting = false))
      while (counting) {
        const asked = performance.now()
        await nextTurn()
        await desk.handlers['queue.window']({ query: QUERY, offset: (waits.length * 97) % (ROWS / 2), limit: 200 })
        waits.push(performance.now() - asked)
      }
      counted = (await figures).received
    }
    if (counted === 0) throw new Error('nothing was counted')
    log(`reports: ${waits.length} windows beside ${COUNTS} counts, the longest ${Math.round(Math.max(...waits))} ms`)
    return [{ id: 'reports.queue', value: percentile(waits, 0.99), n: waits.length }]
  } finally {
    await keeper.close()
    await closeBenchDesk(desk)
    await centre.end()
  }
}
