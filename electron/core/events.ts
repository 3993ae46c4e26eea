/** Events to the windows: a topic and a revision; the page re-reads what it shows. */
import type { CoreEvent } from '../contract/core.contract.ts'
import type { Events, Topic } from './context.ts'

/** Changes of one topic within this time (ms) become one event: a first sync must not flood the windows. */
const GATHER_MS = 50
/** Told at once unless they were told just now: somebody looks for the page that the scanner has just drawn in. */
const AT_ONCE: ReadonlySet<Topic> = new Set(['pages'])

export function createEvents(): Events {
  const listeners = new Set<(event: CoreEvent) => void>()
  /** Topic -> the one object all gathered changes were about, or null when they were about several. */
  const waiting = new Map<Topic, string | null>()
  let rev = 0
  let timer: NodeJS.Timeout | undefined
  let told = -Infinity

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    told = performance.now()
    const due = [...waiting]
    waiting.clear()
    for (const [topic, id] of due) {
      const event: CoreEvent = id === null ? { topic, rev: ++rev } : { topic, rev: ++rev, id }
      for (const listener of listeners) listener(event)
    }
  }

  return {
    emit(topic, id) {
      const before = waiting.get(topic)
      waiting.set(topic, before === undefined || before === id ? (id ?? null) : null)
      timer ??= setTimeout(flush, GATHER_MS)
      // Not within this turn, so that what changes in it is one event still.
      if (AT_ONCE.has(topic) && performance.now() - told >= GATHER_MS) {
        told = Infinity
        setImmediate(flush)
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
