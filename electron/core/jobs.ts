/** Long work in the background: progress, remaining time and cancel for anything that takes more than a second. */
import { randomUUID } from 'node:crypto'
import type { JobView } from '../contract/core.contract.ts'
import { DeskError } from '../contract/errors.ts'
import type { Events, JobContext, JobRegistry, Log } from './context.ts'

/** Ended jobs stay visible this long (ms), so that a window that was away still learns how they ended. */
const KEEP_ENDED_MS = 10 * 60_000

interface Entry {
  view: JobView
  startedAt: number
  endedAt: number | null
  abort: AbortController
  ended: Promise<void>
  /** Lets a paused job go on. */
  resume: (() => void) | null
}

export function createJobs(events: Events, log: Log, now: () => number): JobRegistry {
  const entries = new Map<string, Entry>()

  function etaMs(entry: Entry): number | null {
    const { done, total } = entry.view
    if (total === null || done <= 0 || done > total) return null
    return Math.round(((now() - entry.startedAt) / done) * (total - done))
  }

  async function run(entry: Entry, body: (job: JobContext) => Promise<void>): Promise<void> {
    const report: JobContext['report'] = ({ done, total }) => {
      entry.view.done = done
      if (total !== undefined) entry.view.total = total
      entry.view.etaMs = etaMs(entry)
      events.emit('jobs', entry.view.id)
    }
    const { signal } = entry.abort
    const pause: JobContext['pause'] = async ({ code, params }) => {
      signal.throwIfAborted()
      Object.assign(entry.view, { state: 'paused', error: { code, params } })
      events.emit('jobs', entry.view.id)
      await new Promise<void>((resolve, reject) => {
        entry.resume = resolve
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      }).finally(() => (entry.resume = null))
      Object.assign(entry.view, { state: 'running', error: null })
      events.emit('jobs', entry.view.id)
    }
    try {
      await body({ signal, report, pause })
      entry.view.state = entry.abort.signal.aborted ? 'cancelled' : 'done'
    } catch (error) {
      entry.view.state = entry.abort.signal.aborted ? 'cancelled' : 'failed'
      if (entry.view.state === 'failed') {
        const known = error instanceof DeskError
        entry.view.error = known ? { code: error.code, params: error.params } : { code: 'internal', params: {} }
        if (!known) log.error({ err: error, job: entry.view.kind }, 'job failed')
      }
    }
    if (entry.view.state === 'cancelled') entry.view.error = null
    entry.view.etaMs = null
    entry.endedAt = now()
    events.emit('jobs', entry.view.id)
  }

  function forgetOld(): void {
    for (const [id, entry] of entries)
      if (entry.endedAt !== null && now() - entry.endedAt > KEEP_ENDED_MS) entries.delete(id)
  }

  function find(jobId: string): Entry {
    const entry = entries.get(jobId)
    if (!entry) throw new DeskError('not_found')
    return entry
  }

  return {
    start(kind, requestId, body) {
      forgetOld()
      const id = randomUUID()
      const view: JobView = { id, kind, requestId, state: 'running', done: 0, total: null, etaMs: null, error: null }
      const entry: Entry = {
        view,
        startedAt: now(),
        endedAt: null,
        abort: new AbortController(),
        ended: Promise.resolve(),
        resume: null,
      }
      entries.set(id, entry)
      // Started on the next turn, so that the caller holds the id before the first event names it.
      entry.ended = Promise.resolve().then(() => run(entry, body))
      events.emit('jobs', id)
      return id
    },
    list: () => [...entries.values()].map((entry) => ({ ...entry.view })),
    resume: (jobId) => find(jobId).resume?.(),
    cancel: (jobId) => find(jobId).abort.abort(),
    async settled(jobId) {
      const entry = find(jobId)
      await entry.ended
      return { ...entry.view }
    },
  }
}
