/** What a window asks before it draws anything: who and where we are, and the first rows. */
import { askFirstRows } from '../features/queue/reading.ts'
import { watchCore } from './data.ts'
import { helloAhead } from './hooks.ts'

let asked: Promise<unknown> | undefined

/** Asks, once, as soon as the host is connected. @returns when all of it is there, or is known not to come */
export function askFirst(): Promise<unknown> {
  if (asked) return asked
  watchCore()
  asked = Promise.all([helloAhead(), askFirstRows()])
  return asked
}
