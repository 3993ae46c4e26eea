/** The queue in core at many requests: windows at any place in every order, and searches; encrypted, index complete. */
import type { QueueQuery } from '../../../electron/contract/core.contract.ts'
import { percentile, type BenchContext, type Measured } from '../line.ts'
import { closeBenchDesk, openBenchDesk, startBenchCentre } from './stage.ts'

const WINDOWS = 60
const SEARCHES = 12
/** One, two and three Chinese characters, English, a number, an ISBN's beginning. */
const WORDS = ['文', '文化', '图书馆', 'journal', '3902', '9787']
const ALL: QueueQuery = { text: '', filter: {}, sort: 'due', descending: false }

/** @returns the lines `<window>` and `<search>`: the worst sort and the worst query count */
export async function measureQueue(
  context: BenchContext,
  rows: number,
  ids: { window: string; search: string },
): Promise<Measured[]> {
  const centre = await startBenchCentre(context.dir, rows)
  const desk = await openBenchDesk(context.dir, centre)
  try {
    await desk.core.sync.settle()
    // As core does by itself, once it has started.
    await desk.warm()
    const window = desk.handlers['queue.window']
    const time = async (query: QueueQuery, offset: number, limit: number) => {
      const from = performance.now()
      await window({ query, offset, limit })
      return performance.now() - from
    }
    let worstWindow = 0
    for (const sort of ['due', 'title', 'partner', 'applied', 'callNumber'] as const)
      for (const filter of [{}, { open: true }, { service: 'loan' as const }]) {
        const times: number[] = []
        for (let i = 0; i < WINDOWS; i++)
          times.push(await time({ ...ALL, sort, filter }, Math.floor((i / WINDOWS) * rows), 200))
        worstWindow = Math.max(worstWindow, percentile(times, 0.99))
      }
    let worstSearch = 0
    for (const text of WORDS) {
      const times: number[] = []
      for (let i = 0; i < SEARCHES; i++) {
        // A row that may have changed makes the kept answers void.
        desk.core.views.queue.touch(-1 - i)
        times.push(await time({ ...ALL, text }, 0, 100))
      }
      worstSearch = Math.max(worstSearch, percentile(times, 0.95))
    }
    return [
      { id: ids.window, value: worstWindow, n: WINDOWS * 15 },
      { id: ids.search, value: worstSearch, n: SEARCHES * WORDS.length },
    ]
  } finally {
    await closeBenchDesk(desk)
    await centre.end()
  }
}
