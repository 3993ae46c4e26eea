/**
 * Looks new requests up without being asked: one at a time, at the pace each catalogue allows, while the queue changes.
 * A catalogue that failed is left alone for a while; its requests come again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { failedLookUps, forgetAnswers, lastSeq, notLookedUp, requestsAfter } from '../../../db/queries/holdings.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import type { Core } from '../context.ts'
import type { Catalogues } from './catalogues.ts'
import { lookUpRequest } from './request-holdings.ts'

/** Changes of the queue gather for so long (ms) before it is looked through. */
const GATHER_MS = 1500
/** A look-up that failed is tried again after this, ms. */
const AGAIN_MS = 10 * 60_000
const BATCH = 200
/** A whole queue: more than any library has open. */
const QUEUE = 100_000
/** Answers older than this go (ms): half a year, so that a vacation does not empty the cache. */
const KEEP_MS = 180 * 86_400_000

export class HoldingsBackground {
  private readonly core: Core
  private readonly catalogues: Catalogues
  private readonly closing = new AbortController()
  private readonly nextTurn = new Map<string, number>()
  private readonly now = new Set<string>()
  private timer: NodeJS.Timeout | undefined
  private working: Promise<void> | undefined
  private stopListening = () => {}

  constructor(core: Core, catalogues: Catalogues) {
    this.core = core
    this.catalogues = catalogues
  }

  /** True while this request is being looked up. */
  looking(requestId: string): boolean {
    return this.now.has(requestId)
  }

  start(): void {
    this.core.db.writeSoon(() => forgetAnswers(this.core.db, this.core.now() - KEEP_MS))
    this.stopListening = this.core.events.subscribe(({ topic }) => {
      if (topic === 'queue' || topic === 'settings') this.later(GATHER_MS)
    })
    this.later(GATHER_MS)
  }

  private later(ms: number): void {
    if (this.closing.signal.aborted) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.working ??= this.work()
        .catch((error: unknown) => {
          if (!this.closing.signal.aborted) this.core.log.error({ err: error }, 'holdings')
        })
        .finally(() => (this.working = undefined))
    }, ms)
    this.timer.unref()
  }

  /** Requests that wait for a look-up, oldest first. */
  waiting(): string[] {
    return notLookedUp(this.core.db, this.core.now() - AGAIN_MS, QUEUE)
  }

  /** Follows the feed from where it stopped; a look-up that failed comes again later. */
  private async work(): Promise<void> {
    const { db } = this.core
    if (this.catalogues.own().length === 0 || this.core.sync.status.syncing) return
    for (;;) {
      // After a resync the feed counts anew; what is known already is passed over.
      const from = Math.min(getMeta(db, 'holdingsSeq') ?? 0, lastSeq(db))
      const steps = requestsAfter(db, from, BATCH)
      for (const { id, seq, wanted } of steps) {
        if (wanted === 1 && !(await this.mayLook(id))) return this.later(AGAIN_MS)
        if (wanted === 1 || seq === steps.at(-1)!.seq) db.writeSoon(() => setMeta(db, 'holdingsSeq', seq))
      }
      if (steps.length < BATCH) break
    }
    for (const id of failedLookUps(db, this.core.now() - AGAIN_MS, BATCH))
      if (!(await this.mayLook(id))) return this.later(AGAIN_MS)
  }

  /** @returns false when no catalogue can be asked now */
  private async mayLook(id: string): Promise<boolean> {
    const own = this.catalogues.own()
    if (own.every((target) => this.catalogues.resting(target))) return false
    await this.look(id, this.closing.signal)
    return true
  }

  /** Looks one request up at the catalogues' pace. */
  async look(id: string, signal: AbortSignal): Promise<void> {
    const row = this.core.views.request(id)?.row
    if (!row) return
    await this.during(id, () => lookUpRequest(this.core, this.catalogues, row, { fresh: false, signal, pace: (target) => this.pace(target, signal) })) // prettier-ignore
  }

  /** Looks one request up at once: a person waits. */
  async lookNow(id: string): Promise<void> {
    const row = this.core.views.request(id)?.row
    if (!row) return
    await this.during(id, () => lookUpRequest(this.core, this.catalogues, row, { fresh: true, signal: this.closing.signal })) // prettier-ignore
  }

  private async during(id: string, work: () => Promise<unknown>): Promise<void> {
    this.now.add(id)
    this.core.events.emit('holdings', id)
    try {
      await work()
    } finally {
      this.now.delete(id)
      this.core.events.emit('holdings', id)
    }
  }

  private async pace(targetId: string, signal: AbortSignal): Promise<void> {
    const target = this.catalogues.all().find(({ id }) => id === targetId)
    if (!target) return
    const gap = 60_000 / target.perMinute
    const at = Math.max(performance.now(), this.nextTurn.get(targetId) ?? 0)
    this.nextTurn.set(targetId, at + gap)
    await sleep(Math.max(0, at - performance.now()), undefined, { signal })
  }

  async close(): Promise<void> {
    this.stopListening()
    clearTimeout(this.timer)
    this.closing.abort(new Error('closing'))
    await this.working
  }
}
