/** A program with all its processes, as Linux tells of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { pssOf } from '../memory.ts'

/** Clock ticks a second (sysconf(_SC_CLK_TCK), 100 on every Linux in use). */
const TICKS = 100

interface Stat {
  parent: number
  /** User and system time, ticks. */
  ticks: number
}

function statOf(pid: number): Stat | undefined {
  try {
    // The name stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}

/** The process and everything below it. */
export function treeOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (stat) parents.set(Number(name), stat.parent)
  }
  const inside = new Set([root])
  for (let grown = true; grown;) {
    grown = false
    for (const [pid, parent] of parents) if (inside.has(parent) && !inside.has(pid)) grown = Boolean(inside.add(pid))
  }
  return [...inside].filter((pid) => parents.has(pid))
}

/** CPU time of a tree so far, ms. */
export const cpuOf = (root: number): number =>
  treeOf(root).reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0), 0) * (1000 / TICKS)

/** PSS of a tree, MB. */
export const memoryOf = (root: number): number => treeOf(root).reduce((sum, pid) => sum + pssOf(pid), 0)
