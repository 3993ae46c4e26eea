/** Slips: time to render each of 1,000 single PDFs, and what the process holds after them. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CORE_FLAGS, CORE_ALLOCATOR } from '../../../electron/contract/host-link.ts'
import { median, type Measure } from '../line.ts'

const PROGRAM = fileURLToPath(new URL('many-slips.ts', import.meta.url))

export interface ManySlips {
  readonly slips: number
  /** Of one slip, by run, ms. */
  readonly times: number[]
  /** MB, before and after the slips that count. */
  readonly before: number
  readonly after: number
}

/** In a process of its own that is started as core is: other arenas of the allocator would grow by themselves. */
export const measure: Measure = async ({ log }) => {
  const env = { ...process.env, ...CORE_ALLOCATOR }
  const { stdout } = await promisify(execFile)(process.execPath, [...CORE_FLAGS, PROGRAM], { env })
  const { slips, times, before, after } = JSON.parse(stdout) as ManySlips
  log(`${Math.round(before)} MB before, ${Math.round(after)} MB after ${slips} slips`)
  return [
    { id: 'print.slip.ms', value: median(times), n: slips },
    { id: 'print.memory', value: after / before, n: slips },
  ]
}
