/**
 * Around every handler: a locked desk answers only what the lock screen needs; what a damaged or full disk throws gets its
 * code; what takes long is logged.
 */
import { asDeskError } from '../../db/driver.ts'
import { DeskError } from '../contract/errors.ts'
import type { Log } from './context.ts'

const WHILE_LOCKED = new Set([
  'app.hello',
  'status.get',
  'settings.get',
  'counts.get',
  'desk.staff',
  'desk.signIn',
  'desk.signInPin',
  'desk.lock',
  // Of a device the centre refuses, by a code of the centre's; without it nobody could ever sign in here again.
  'desk.enrol',
  'job.list',
])

/** A call that takes longer than this (ms) is logged by its name. */
export const SLOW_MS = 500

type Handler = (...input: never[]) => unknown

/** @param locked asked at each call */
export function guard<H extends Record<string, Handler>>(handlers: H, locked: () => boolean, log: Log): H {
  const guarded = Object.entries(handlers).map(([method, handler]) => {
    const open = WHILE_LOCKED.has(method)
    const call = (...input: never[]): unknown => {
      if (!open && locked()) throw new DeskError('desk_locked')
      const begin = performance.now()
      const done = () => {
        const ms = Math.round(performance.now() - begin)
        if (ms > SLOW_MS) log.warn({ method, ms }, 'slow')
      }
      const failed = (error: unknown): never => {
        throw asDeskError(error)
      }
      try {
        const result = handler(...input)
        if (result instanceof Promise) return result.catch(failed).finally(done)
        done()
        return result
      } catch (error) {
        return failed(error)
      }
    }
    return [method, call]
  })
  return Object.fromEntries(guarded) as H
}
