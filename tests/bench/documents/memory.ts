/** Memory of a whole build, core and workers together, as the system counts it (PSS), sampled while it runs. */
import { join } from 'node:path'
import type { BenchContext, Measured } from '../line.ts'
import type { BenchSet } from './sets.ts'
import { watchBuild } from './tools.ts'

export const MEMORY_IDS = ['doc.memory.grey', 'doc.memory.colour', 'doc.memory.growth'] as const

export async function measureMemory({ dir, log, wants }: BenchContext, sets: readonly BenchSet[]): Promise<Measured[]> {
  if (process.platform !== 'linux') return []
  const scansOf = (kind: BenchSet['kind']): string[] =>
    sets.filter((set) => set.kind === kind).flatMap((set) => set.pages.map(({ scan }) => scan))
  const out = join(dir, 'memory.pdf')
  const peak = async (kind: 'grey' | 'colour', pages: number): Promise<number> => {
    const { mb, ms } = await watchBuild(out, 'clean', scansOf(kind), pages)
    log(`${pages} ${kind} pages: ${mb.toFixed(0)} MB, ${(ms / 1000).toFixed(0)} s`)
    return mb
  }
  const lines: Measured[] = []
  if (wants('doc.memory.grey')) lines.push({ id: 'doc.memory.grey', value: await peak('grey', 100), n: 1 })
  if (wants('doc.memory.colour')) lines.push({ id: 'doc.memory.colour', value: await peak('colour', 100), n: 1 })
  if (wants('doc.memory.growth')) {
    // Before and after: PSS counts shared pages by how many share them, so that programs that end meanwhile raise it,
    // and a short run is sampled too seldom for its peak to be seen each time.
    const before = await peak('grey', 20)
    const many = await peak('grey', 500)
    lines.push({ id: 'doc.memory.growth', value: many / Math.max(before, await peak('grey', 20)), n: 2 })
  }
  return lines
}
