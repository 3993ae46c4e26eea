/** Memory of a process as its share of what it holds (PSS), watched while something runs. Linux only. */
import { readFileSync } from 'node:fs'

const EVERY_MS = 50

/** PSS of a process, MB; 0 where the system does not tell. */
export function pssOf(pid: number | 'self'): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Watches from now on. @returns how to stop, which gives the most that was seen, MB */
export function watchMemory(pid: number): () => number {
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, pssOf(pid))), EVERY_MS)
  return () => {
    clearInterval(timer)
    return most
  }
}
