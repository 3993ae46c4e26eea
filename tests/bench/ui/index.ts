/** The ui lines: the window as a person meets it, started cold and used at 100,000 requests. */
import type { BenchContext, Measured } from '../line.ts'
import { measureStart } from './start.ts'

export async function measure(context: BenchContext): Promise<Measured[]> {
  return [await measureStart(context)]
}
