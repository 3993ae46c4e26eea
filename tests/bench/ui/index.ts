/** The ui lines: the window as a person meets it, started cold and used at 100,000 requests. */
import type { BenchContext, Measured } from '../line.ts'
import { measureQueue } from '../sync/queue.ts'
import { measureStart } from './start.ts'

export async function measure(context: BenchContext): Promise<Measured[]> {
  const queue = await measureQueue(context, 100_000, { window: 'ui.window.p99', search: 'ui.search.core.p95' })
  return [await measureStart(context), ...queue]
}
