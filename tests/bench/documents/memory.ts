/** Memory of a whole build, core and workers together, as the system counts it (PSS), sampled while it runs. */
import { join } from 'node:path'
import type { BenchContext, Measured } from '../line.ts'
import type { BenchSet } from './sets.ts'
import { watchBuild } from './tools.ts'

export async function measureMemory({ dir, log }: BenchContext, sets: readonly BenchSet[]): Promise<Measured[]> {
  if (process.platform !== 'linux') return []
  const scansOf = (kind: BenchSet['kind']): string[] =>
    sets.filter((set) => set.kind === kind).flatMap((set) => set.pages.map(({ scan }) => scan))
  const out = join(dir, 'memory.pdf')
  const peak = async (kind: 'grey' | 'colour', pages: number): Promise<number> => {
    const { mb, ms } = await watchBuild(out, 'clean', scansOf(kind), pages)
    log(`${pages} ${kind} pages: ${mb.toFixed(0)} MB, ${(ms / 1000).toFixed(0)} s`)
    return mb
  }
  const grey = await peak('grey', 100)
  const colour = await peak('colour', 100)
  const few = await peak('grey', 20)
  const many = await peak('grey', 500)
  return [
    { id: 'doc.memory.grey', value: grey, n: 1 },
    { id: 'doc.memory.colour', value: colour, n: 1 },
    { id: 'doc.memory.growth', value: many / few, n: 1 },
  ]
}
