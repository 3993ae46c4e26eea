/**
 * What the screens read from core, kept current: an event names a topic, and everything shown that depends on it is
 * read again. Old data stay on screen until the new are there, so nothing flickers.
 */
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { CoreEvent } from '../../electron/contract/core.contract.ts'
import { DeskError } from '../../electron/contract/errors.ts'
import { core, onCoreEvent, onCorePortChange, type CoreIn, type CoreMethod, type CoreOut } from '../host.ts'

export type Topic = CoreEvent['topic']

interface Entry {
  state: { data: unknown; error: DeskError | null; loading: boolean }
  readonly load: () => Promise<unknown>
  readonly topics: readonly Topic[]
  readonly objectId: string | undefined
  readonly listeners: Set<() => void>
  busy: boolean
  dirty: boolean
  /** Read before anybody showed it. */
  ahead: boolean
}

const entries = new Map<string, Entry>()
const KEPT = 60
const IDLE = { data: undefined, error: null, loading: false }
const revisionListeners = new Set<(topics: Topic | 'all') => void>()

function publish(entry: Entry, state: Entry['state']): void {
  entry.state = state
  for (const listener of entry.listeners) listener()
}

/** What says the same is no news: nobody draws anew for it. */
const isNews = ({ data, error, loading }: Entry['state'], now: unknown): boolean =>
  loading || error !== null || JSON.stringify(data) !== JSON.stringify(now)

async function read(entry: Entry): Promise<void> {
  if (entry.busy) {
    entry.dirty = true
    return
  }
  entry.busy = true
  do {
    entry.dirty = false
    try {
      const data = await entry.load()
      if (isNews(entry.state, data)) publish(entry, { data, error: null, loading: false })
    } catch (error) {
      publish(entry, { data: entry.state.data, error: asDeskError(error), loading: false })
    }
  } while (entry.dirty)
  entry.busy = false
}

/** Any thrown thing as an error the interface can explain. */
export function asDeskError(error: unknown): DeskError {
  return error instanceof DeskError ? error : new DeskError('internal', {}, { cause: error })
}

function forget(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= KEPT) return
    if (entry.listeners.size === 0) entries.delete(key)
  }
}

function rereadAll(): void {
  for (const [key, entry] of entries) {
    if (entry.listeners.size > 0) void read(entry)
    else if (!entry.ahead) entries.delete(key)
  }
  for (const listener of revisionListeners) listener('all')
}

/** Starts listening to core; called once. */
export function watchCore(): void {
  onCorePortChange(rereadAll)
  onCoreEvent((event) => {
    for (const [key, entry] of entries) {
      if (!entry.topics.includes(event.topic)) continue
      if (event.id && entry.objectId && event.id !== entry.objectId) continue
      if (entry.listeners.size > 0) void read(entry)
      else entries.delete(key)
    }
    for (const listener of revisionListeners) listener(event.topic)
  })
}

function entryOf<M extends CoreMethod>(
  method: M,
  input: CoreIn<M>,
  topics: readonly Topic[],
  objectId?: string,
): Entry {
  const key = keyOf(method, input)
  let entry = entries.get(key)
  if (!entry) {
    entry = {
      state: { data: undefined, error: null, loading: true },
      load: () => core(method, input),
      topics,
      objectId,
      listeners: new Set(),
      busy: false,
      dirty: false,
      ahead: false,
    }
    entries.set(key, entry)
    forget()
  }
  return entry
}
const keyOf = (method: CoreMethod, input: unknown): string => `${method} ${JSON.stringify(input)}`

/** Reads what a screen will ask for before it is drawn. @returns when it is there, or is known not to come */
export function readAhead<M extends CoreMethod>(
  method: M,
  input: CoreIn<M>,
  topics: readonly Topic[],
  objectId?: string,
): Promise<void> {
  const entry = entryOf(method, input, topics, objectId)
  // Somebody shows it: it is current.
  if (entry.listeners.size > 0) return Promise.resolve()
  entry.ahead = true
  return read(entry)
}

/** What was read of a method, if anything was. */
export const knownOf = <M extends CoreMethod>(method: M, input: CoreIn<M>): CoreOut<M> | undefined =>
  entries.get(keyOf(method, input))?.state.data as CoreOut<M> | undefined

/** Calls `listener` for every event, at once; 'all' when core is another one. @returns how to end it */
export function hearTopics(listener: (topic: Topic | 'all') => void): () => void {
  revisionListeners.add(listener)
  return () => void revisionListeners.delete(listener)
}

/** Calls `listener` for events of these topics, at most once per `ms`. */
export function useTopics(topics: readonly Topic[], listener: () => void, ms = 80): void {
  const key = topics.join()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hear = (topic: Topic | 'all') => {
      if (topic !== 'all' && !key.split(',').includes(topic)) return
      timer ??= setTimeout(() => {
        timer = undefined
        listener()
      }, ms)
    }
    const deaf = hearTopics(hear)
    return () => {
      deaf()
      clearTimeout(timer)
    }
  }, [key, listener, ms])
}

export interface Read<T> {
  data: T | undefined
  error: DeskError | null
  loading: boolean
  reload: () => void
}

/**
 * Reads a method of core and keeps it current.
 * @param input null = do not read (nothing chosen yet)
 * @param topics events after which it is read again
 * @param objectId when given, events about another object are passed over
 */
export function useCore<M extends CoreMethod>(
  method: M,
  input: CoreIn<M> | null,
  topics: readonly Topic[],
  objectId?: string,
): Read<CoreOut<M>> {
  const key = input === null ? null : keyOf(method, input)
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null) return () => {}
      const entry = entryOf(method, input as CoreIn<M>, topics, objectId)
      entry.listeners.add(listener)
      // What was read ahead is as new as the page; what is on its way comes.
      if (entry.listeners.size === 1 && !entry.ahead && !entry.busy) void read(entry)
      entry.ahead = false
      listener()
      return () => entry.listeners.delete(listener)
    },
    // The key holds the whole input; topics are constant for one call site.

    [key],
  )
  const state = useSyncExternalStore(subscribe, () => (key === null ? IDLE : (entries.get(key)?.state ?? LOADING)))
  const reload = useCallback(() => {
    const entry = key === null ? undefined : entries.get(key)
    if (entry) void read(entry)
  }, [key])
  return { ...(state as { data: CoreOut<M> | undefined; error: DeskError | null; loading: boolean }), reload }
}
const LOADING = { data: undefined, error: null, loading: true }
