/** The ui lines: the window as a person meets it, started cold and used at 100,000 requests. */
import type { BenchContext, Measured } from '../line.ts'
import { measureQueue } from '../sync/queue.ts'
import { measureStart } from './start.ts'
import { measureWindow, WINDOW_LINES } from './window.ts'

const QUEUE = { window: 'ui.window.p99', search: 'ui.search.core.p95' }
const MILLION = { window: 'ui.window.million', search: 'ui.search.million' }

export async function measure(context: BenchContext): Promise<Measured[]> {
  const { found, wants } = context
  if (wants('ui.start')) found([await measureStart(context)])
  if (wants(...WINDOW_LINES)) found(await measureWindow(context))
  if (wants(...Object.values(QUEUE))) found(await measureQueue(context, 100_000, QUEUE))
  if (wants(...Object.values(MILLION))) found(await orWhy(() => measureQueue(context, 1_000_000, MILLION), MILLION))
  return []
}

/** The million is reported and gates nothing: where it does not fit, the other lines still stand. */
async function orWhy(work: () => Promise<Measured[]>, ids: Record<string, string>): Promise<Measured[]> {
  try {
    return await work()
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return Object.values(ids).map((id) => ({ id, value: null, n: 0, why }))
  }
}
