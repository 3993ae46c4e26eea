/**
 * Pages of a long feed read on a thread of their own. Parsing, checking and splitting into words is two fifths of a first
 * sync: beside the thread that writes, it costs the other processor, and whoever acts meanwhile waits for it no more.
 */
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FeedPage, PageHead } from './feed-page.ts'
import { LinkError } from './link.ts'
import { unpackRows, type PackedRows } from './packed-rows.ts'
import type { ReadRow } from './read-row.ts'

export interface PageOrder {
  bytes: Uint8Array
  /** Rows of one answer. */
  slice: number
}
/** In this order for each page: its head (null when it is none), then its rows, slice by slice. */
export type PageAnswer = { ready: true } | { head: PageHead | null } | { rows: PackedRows }

const PROGRAM = import.meta.url.endsWith('.ts') ? './page-worker.ts' : './worker-page.mjs'
/** It holds two pages; one that is larger than this is read on the writing thread. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 }

/** Like a line that broke: the feed is asked for once more, from the last whole page on. */
const lostError = () => new LinkError('busy', { error: 'page_thread_lost' })

/** A page on its way back from the thread. */
class Reading {
  readonly head = Promise.withResolvers<(FeedPage & PageHead) | null>()
  private readonly slice: number
  private slices: PromiseWithResolvers<readonly ReadRow[]>[] = []
  private arrived = 0

  constructor(slice: number) {
    this.slice = slice
  }

  /** @returns true when nothing more of this page will come */
  take(answer: Exclude<PageAnswer, { ready: true }>): boolean {
    if ('rows' in answer) this.slices[this.arrived++]!.resolve(unpackRows(answer.rows))
    else if (answer.head) this.begin(answer.head)
    else this.head.resolve(null)
    return this.arrived === this.slices.length
  }

  private begin(head: PageHead): void {
    this.slices = Array.from({ length: Math.ceil(head.count / this.slice) }, () => Promise.withResolvers())
    // Whoever asks for one that is lost is told; nobody need ask.
    for (const { promise } of this.slices) promise.catch(() => undefined)
    this.head.resolve({ ...head, rows: (from) => this.slices[from / this.slice]?.promise ?? [] })
  }

  lost(error: LinkError): void {
    this.head.reject(error)
    for (const { reject } of this.slices) reject(error)
  }
}

export class PageThread {
  private readonly slice: number
  private worker: Worker | undefined
  private isReady = false
  /** Ends when it may be given pages, or never will be. */
  private started = Promise.withResolvers<void>()
  /** It died once: this run does without. */
  private failed = false
  /** Pages whose answers are not all here, oldest first. */
  private readonly reading: Reading[] = []

  /** @param slice rows that are asked for at a time */
  constructor(slice: number) {
    this.slice = slice
  }

  /** True once it may be given pages; until then, and after it died, they are read on the own thread. */
  get ready(): boolean {
    return this.isReady
  }

  /** True once it may be given pages; waits for it while it starts, which takes as long as a page or two. */
  async awaited(): Promise<boolean> {
    if (this.worker && !this.isReady) await this.started.promise
    return this.isReady
  }

  /** Begins to start it, where it does not run yet. */
  begin(): void {
    if (this.worker || this.failed) return
    const worker = new Worker(fileURLToPath(new URL(PROGRAM, import.meta.url)), { resourceLimits: LIMITS })
    worker.unref()
    this.worker = worker
    worker.on('message', (answer: PageAnswer) => this.answered(answer))
    worker.on('error', () => (this.failed = true))
    worker.on('exit', () => {
      if (this.worker === worker) this.end()
    })
  }

  /** The feed is read, or will not be read further: what is still on its way is lost. */
  end(): void {
    const { worker } = this
    this.worker = undefined
    this.isReady = false
    this.started.resolve()
    this.started = Promise.withResolvers()
    void worker?.terminate()
    for (const page of this.reading.splice(0)) page.lost(lostError())
  }

  /** @returns null when the bytes are no page of a feed @throws LinkError when the thread is lost */
  async read(bytes: Uint8Array<ArrayBuffer>): Promise<(FeedPage & PageHead) | null> {
    // It may have died while the bytes were on their way.
    if (!this.worker) throw lostError()
    const page = new Reading(this.slice)
    this.reading.push(page)
    this.worker.postMessage({ bytes, slice: this.slice } satisfies PageOrder, [bytes.buffer])
    return page.head.promise
  }

  private answered(answer: PageAnswer): void {
    if ('ready' in answer) {
      this.isReady = true
      this.started.resolve()
    } else if (this.reading[0]?.take(answer)) this.reading.shift()
  }
}
