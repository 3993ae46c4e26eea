/**
 * Reads the rows of one question after another, one call at a time. What was read stays on screen until the next answer
 * is there, and an answer is whole: rows, groups, the place of the cursor come together, so that a list is drawn once.
 * Knows nothing of the screen.
 */
import {
  QUEUE_CHUNK,
  type GroupedBy,
  type QueueGroup,
  type QueueQuery,
  type QueueRow,
} from '../../../electron/contract/core/queue.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'

/** What core is asked for. */
export interface Ask {
  query: QueueQuery
  offset: number
  limit: number
  by?: GroupedBy
  find?: string
}
export interface Reply {
  total: number
  rows: readonly QueueRow[]
  groups: readonly QueueGroup[]
  at: number
}

export interface QueueAnswer {
  /** Of the question; '' before the first answer. */
  readonly key: string
  readonly query: QueueQuery
  readonly by: GroupedBy | null
  readonly total: number
  readonly groups: readonly QueueGroup[]
  readonly chunks: ReadonlyMap<number, readonly QueueRow[]>
  readonly error: DeskError | null
}

/** What came of a question: the rows, and where the request under the cursor stands now, if that was asked. */
export type Publish = (answer: QueueAnswer, found: { id: string; at: number } | null) => void

/** Chunks kept of one question; a long way scrolled is read again. */
const KEPT_CHUNKS = 60
/** Rows read beyond those in view, so that whoever turns the wheel finds them there. */
const AHEAD = 12
/** The most rows of one call. */
const MOST = 4 * QUEUE_CHUNK

const keyOf = (query: QueueQuery, by: GroupedBy | null): string => JSON.stringify([query, by])
const chunkOf = (index: number): number => Math.floor(index / QUEUE_CHUNK)

export const noAnswer = (query: QueueQuery): QueueAnswer => ({
  key: '',
  query,
  by: null,
  total: 0,
  groups: [],
  chunks: new Map(),
  error: null,
})

/** A row of an answer, once it was read. */
export const rowAt = ({ chunks }: QueueAnswer, index: number): QueueRow | undefined =>
  chunks.get(chunkOf(index))?.[index % QUEUE_CHUNK]

export class QueueReader {
  private readonly read: (ask: Ask) => Promise<Reply>
  private readonly publish: Publish
  private readonly asError: (error: unknown) => DeskError
  private wanted: { key: string; query: QueueQuery; by: GroupedBy | null }
  private answer: QueueAnswer
  private view: readonly [first: number, last: number] = [0, 0]
  private cursor: string | null = null
  private busy = false
  private stale = false
  /** Counts what was thrown away: an answer to something before it is none. */
  private life = 0

  constructor(
    query: QueueQuery,
    read: (ask: Ask) => Promise<Reply>,
    publish: Publish,
    asError: (error: unknown) => DeskError,
  ) {
    this.read = read
    this.publish = publish
    this.asError = asError
    this.answer = noAnswer(query)
    this.wanted = { key: '', query, by: null }
  }

  /** Another question, or the same: then nothing is read. */
  ask(query: QueueQuery, by: GroupedBy | null): void {
    const key = keyOf(query, by)
    if (key === this.wanted.key) return
    this.wanted = { key, query, by }
    this.next()
  }

  /** What was asked last has its answer. */
  get answered(): boolean {
    return this.wanted.key !== '' && this.wanted.key === this.answer.key
  }

  /** These rows are in view. */
  show(first: number, last: number): void {
    this.view = [first, last]
    this.next()
  }

  /** Rows changed: what is in view is read again. @param cursor the request whose place must be known */
  changed(cursor: string | null): void {
    this.cursor = cursor
    this.stale = true
    this.next()
  }

  /** Forgets everything; an answer that is still to come is not heard. */
  forget(): void {
    this.life++
    this.busy = false
    this.stale = false
    this.view = [0, 0]
    this.answer = noAnswer(this.wanted.query)
    this.wanted = { ...this.wanted, key: '' }
    this.publish(this.answer, null)
  }

  private next(): void {
    if (this.busy || this.wanted.key === '') return
    if (this.answer.key !== this.wanted.key) {
      // Another question begins at its top.
      this.view = [0, this.view[1] - this.view[0]]
      void this.call(0, chunkOf(this.view[1]), true)
    } else if (this.stale) void this.call(chunkOf(this.view[0]), chunkOf(this.view[1]), true)
    else {
      const missing = this.missing()
      if (missing) void this.call(...missing, false)
    }
  }

  /** The first run of chunks in view that were not read, then of those near it. */
  private missing(): [from: number, to: number] | null {
    const [first, last] = this.view
    return this.missingOf(first, last) ?? this.missingOf(first - AHEAD, last + AHEAD)
  }

  private missingOf(first: number, end: number): [from: number, to: number] | null {
    const { chunks, total } = this.answer
    const last = chunkOf(Math.max(0, Math.min(end, total - 1)))
    let from = chunkOf(Math.max(0, first))
    while (from <= last && chunks.has(from)) from++
    if (from > last) return null
    let to = from
    while (to < last && !chunks.has(to + 1)) to++
    return [from, to]
  }

  private async call(from: number, to: number, fresh: boolean): Promise<void> {
    const { key, query, by } = this.wanted
    const { life } = this
    const find = fresh && key === this.answer.key ? this.cursor : null
    this.busy = true
    this.stale &&= !fresh
    const offset = from * QUEUE_CHUNK
    const limit = Math.min(MOST, (to - from + 1) * QUEUE_CHUNK)
    try {
      const reply = await this.read({ query, offset, limit, ...(fresh && by ? { by } : {}), ...(find ? { find } : {}) })
      if (life !== this.life) return
      this.busy = false
      // Another question was put meanwhile: its answer is the one that is awaited.
      if (key !== this.wanted.key) return this.next()
      const chunks = new Map(fresh ? [] : this.answer.chunks)
      for (let nth = 0; nth * QUEUE_CHUNK < Math.max(1, reply.rows.length); nth++)
        chunks.set(from + nth, reply.rows.slice(nth * QUEUE_CHUNK, (nth + 1) * QUEUE_CHUNK))
      for (const chunk of chunks.keys()) if (chunks.size > KEPT_CHUNKS) chunks.delete(chunk)
      const groups = fresh ? reply.groups : this.answer.groups
      this.answer = { key, query, by, total: reply.total, groups, chunks, error: null }
      this.publish(this.answer, find ? { id: find, at: reply.at } : null)
      this.next()
    } catch (thrown) {
      if (life !== this.life) return
      this.busy = false
      if (key !== this.wanted.key) return this.next()
      // What was read before stays; it is asked again with the next change or movement.
      const before = this.answer.key === key ? this.answer : { ...noAnswer(query), key, by }
      this.answer = { ...before, error: this.asError(thrown) }
      this.publish(this.answer, null)
    }
  }
}
