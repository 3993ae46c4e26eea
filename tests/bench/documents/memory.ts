/** Memory of a whole build, core and workers together, as the system counts it (PSS), sampled while it runs. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchContext, Measured } from '../line.ts'
import type { BenchSet } from './sets.ts'

const SAMPLE_MS = 100
const program = fileURLToPath(new URL('./build-many.ts', import.meta.url))

/** A process and all below it. */
function tree(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [pid]
  for (let i = 0; i < found.length; i++)
    for (const [child, parent] of parents) if (parent === found[i]) found.push(child)
  return found
}

function pssMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Highest PSS in MB while a build of so many pages runs. */
function peakOf(scans: readonly string[], pages: number, out: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, out, String(pages), ...scans], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    let peak = 0
    const timer = setInterval(() => {
      const sum = tree(child.pid!).reduce((total, pid) => total + pssMb(pid), 0)
      peak = Math.max(peak, sum)
    }, SAMPLE_MS)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearInterval(timer)
      if (code === 0) resolve(peak)
      else reject(new Error(`the build of ${pages} pages ended with ${code}`))
    })
  })
}

export async function measureMemory({ dir, log }: BenchContext, sets: readonly BenchSet[]): Promise<Measured[]> {
  if (process.platform !== 'linux') return []
  const scansOf = (kind: BenchSet['kind']): string[] =>
    sets.filter((set) => set.kind === kind).flatMap((set) => set.pages.map(({ scan }) => scan))
  log('memory at 100 grey and 100 colour pages, 20 and 500 pages')
  const out = join(dir, 'memory.pdf')
  const grey = await peakOf(scansOf('grey'), 100, out)
  const colour = await peakOf(scansOf('colour'), 100, out)
  const few = await peakOf(scansOf('grey'), 20, out)
  const many = await peakOf(scansOf('grey'), 500, out)
  return [
    { id: 'doc.memory.grey', value: grey, n: 1 },
    { id: 'doc.memory.colour', value: colour, n: 1 },
    { id: 'doc.memory.growth', value: many / few, n: 1 },
  ]
}
