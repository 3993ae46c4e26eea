import { setTimeout as wait } from 'node:timers/promises'
import type { PrintState } from '../driver.ts'
import { PrintError } from '../errors.ts'

/** How often a job is asked after and how long a silent printer is waited for, in ms. */
export interface WatchTimes {
  first: number
  longest: number
  /** After this long without any answer the job is told as "not confirmed". */
  giveUp: number
}

export const WATCH_TIMES: WatchTimes = { first: 250, longest: 2_000, giveUp: 10 * 60_000 }

const same = (a: PrintState | undefined, b: PrintState) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Asks for a job's state until it is final and yields every change. A printer that does not answer is waited for
 * (`needs_attention`, reason `unreachable`); one that stays away (`lost-contact`) or has forgotten the job
 * (`job-forgotten`: devices drop finished jobs early) ends as `handed_over`: not confirmed, never "printed".
 */
export async function* watchJob(
  poll: (signal?: AbortSignal) => Promise<PrintState>,
  times: WatchTimes,
  signal?: AbortSignal,
): AsyncIterable<PrintState> {
  let last: PrintState | undefined
  let pause = times.first
  let silence = 0
  for (;;) {
    signal?.throwIfAborted()
    const began = performance.now()
    let now: PrintState
    try {
      now = await poll(signal)
      silence = 0
    } catch (error) {
      if (!(error instanceof PrintError)) throw error
      if (error.code === 'not_found') {
        now = { state: 'handed_over', reasons: ['job-forgotten'], final: true }
      } else if (error.code === 'offline' || error.code === 'busy' || error.code === 'not_accepting') {
        silence += performance.now() - began
        // However long one question took, a person is told of the silence before it is taken for good.
        const lost = silence >= times.giveUp && last?.reasons[0] === 'unreachable'
        now = lost
          ? { state: 'handed_over', reasons: ['lost-contact'], final: true }
          : { state: 'needs_attention', reasons: ['unreachable'], final: false }
      } else {
        throw error
      }
    }
    if (!same(last, now)) {
      yield now
      last = now
      pause = times.first
    }
    if (now.final) return
    await wait(pause, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      if (signal?.aborted) throw signal.reason
      throw error
    })
    if (now.reasons[0] === 'unreachable') silence += pause
    pause = Math.min(times.longest, pause * 1.5)
  }
}
