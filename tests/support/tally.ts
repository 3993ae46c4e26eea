/** Counts of what was really run, for the soak to add up. */
import { appendFileSync } from 'node:fs'

export function tally(name: 'histories' | 'schedules' | 'soakActions' | 'kills' | 'mutants', count: number): void {
  const path = process.env['BALIS_DESK_TALLY']
  if (path) appendFileSync(path, `${name} ${count}\n`)
}

/** Says how far a long run is; silent in `npm test`. */
export function progress(text: string): void {
  if (process.env['BALIS_DESK_TALLY']) console.log(text)
}
