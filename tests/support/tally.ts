/** Counts of what was really run, for the soak to add up. */
import { appendFileSync } from 'node:fs'

export function tally(name: 'histories' | 'schedules' | 'soakActions' | 'kills' | 'mutants', count: number): void {
  const path = process.env['BALIS_DESK_TALLY']
  if (path) appendFileSync(path, `${name} ${count}\n`)
}
