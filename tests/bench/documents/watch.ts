/** Runs a program and watches what it costs: wall time, and memory (PSS) of it and all below it, sampled. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const SAMPLE_MS = 100
/** Five hundred pages take us a minute or two; what takes longer than this is ended, and its line says so. */
const LIMIT_MS = 600_000

export interface Cost {
  readonly ms: number
  /** Highest sum seen; 0 where the system does not tell (only Linux does). */
  readonly mb: number
}

export function watch(program: string, args: readonly string[]): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    })
    let mb = 0
    const timer = setInterval(() => (mb = Math.max(mb, treeMb(child.pid!))), SAMPLE_MS)
    child.once('error', (error) => {
      clearInterval(timer)
      reject(error)
    })
    child.once('exit', (code, signal) => {
      clearInterval(timer)
      if (code === 0) resolve({ ms: performance.now() - began, mb })
      else reject(new Error(`${program} ${args.at(-1)} ended with ${code ?? signal}`))
    })
  })
}

function treeMb(pid: number): number {
  if (process.platform !== 'linux') return 0
  return tree(pid).reduce((sum, one) => sum + pssMb(one), 0)
}

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
