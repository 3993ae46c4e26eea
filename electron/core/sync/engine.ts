/**
 * The algorithm by which this desk and the centre stay in step. Read it from top to bottom; the rules C1-C6 and S1-S5 are
 * in the sync design. C1 (a local action is one transaction) is in desk/act.ts.
 *
 *   cycle:   pull all pages -> push what may go -> pull again
 *   pull:    a page in slices of 100 rows, each one transaction; the cursor moves with the last one, by compare-and-set
 *   push:    numbers are given and kept before the call; outcomes, rows and overlay change in one transaction after it
 *   upload:  bytes go beside the cycle; an operation that needs them waits alone, nothing else does
 *   doubt:   whatever the network does, nothing is dropped: it is sent again and the centre de-duplicates
 */
import { PROTOCOL, FEED_LIMIT, OPS_LIMIT, type FeedReply } from '../../contract/centre.contract.ts'
import type { StatusLine } from '../../contract/core.contract.ts'
import type { Db } from '../../../db/driver.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { indexWaiting } from '../../../db/queries/queue-rows.ts'
import {
  ackThrough,
  blobsOf,
  neededUploads,
  nextHoldEnd,
  outboxCounts,
  releaseHeld,
  takeBatch,
  type OutboxRow,
} from '../../../db/queries/outbox.ts'
import type { Log, Topic } from '../context.ts'
import { faultPoint } from '../fault-point.ts'
import { applyResults, applyRows, doubt, park, readRow } from './apply.ts'
import { Backoff } from './backoff.ts'
import { LinkError, type CentreLink } from './link.ts'
import { resync } from './resync.ts'
import { forgetUpload, isUploaded, upload } from './upload.ts'
import { wireOp } from './wire-op.ts'

type Connection = StatusLine['connection']

export const SLICE_ROWS = 100
const DEBOUNCE_MS = 200
const POLL_MS = 60_000

export interface EngineOptions {
  db: Db
  views: DeskViews
  /** null while the desk is not enrolled. */
  link(): CentreLink | null
  /** Bytes of a blob from an offset on, at most so many. */
  readBlob(sha256: string, offset: number, length: number): Promise<Uint8Array>
  /** ms UTC by the centre's clock. */
  now(): number
  emit(topic: Topic, id?: string): void
  log: Log
  /** Told of every page, to show how far a first sync is. */
  onRows?(rows: number): void
  /** Lets other work in between two transactions; default setImmediate. */
  nextTurn?(): Promise<void>
  random?(): number
  /** Rows a page and rows a transaction; smaller in tests, so that few rows make many steps. */
  sizes?: { page: number; slice: number }
  /** Limit of uploads, bytes a second; null = as fast as it goes. */
  uploadRate?(): number | null
}

export interface SyncStatus {
  connection: Connection
  since: number
  lastSyncAt: number | null
  syncing: boolean
  /** Rows taken so far while the very first feed is read, else null. */
  firstSyncRows: number | null
  /** Bytes sent of each blob on its way, by SHA-256. */
  sent: ReadonlyMap<string, number>
}

export class SyncEngine {
  protected readonly options: EngineOptions
  protected readonly db: Db
  private readonly sizes: { page: number; slice: number }
  private readonly backoff: Backoff
  private readonly sentBytes = new Map<string, number>()
  private connection: Connection = 'offline'
  private since: number
  private firstSyncRows: number | null = null
  private running: Promise<void> | null = null
  private uploading: Promise<void> | null = null
  private uploadStop = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private timerAt = Infinity
  private auto = false
  private stopped = false
  /** Halved to 1 when the centre cannot read a call and does not say which operation is wrong. */
  private batchLimit = OPS_LIMIT

  constructor(options: EngineOptions) {
    this.options = options
    this.db = options.db
    this.sizes = options.sizes ?? { page: FEED_LIMIT, slice: SLICE_ROWS }
    this.backoff = new Backoff(options.random)
    this.since = options.now()
    // What was in flight when the last run ended is in doubt.
    this.db.write(() => doubt(this.db))
  }

  get status(): SyncStatus {
    return {
      connection: this.options.link() === null ? 'not_enrolled' : this.connection,
      since: this.since,
      lastSyncAt: getMeta(this.db, 'lastSyncAt') ?? null,
      syncing: this.running !== null,
      firstSyncRows: this.firstSyncRows,
      sent: this.sentBytes,
    }
  }

  /** Begins to sync by itself: now, after local commits, on hints, every minute. */
  start(): void {
    this.auto = true
    this.schedule(0)
  }

  /** Something was committed or the centre called: a cycle soon. */
  nudge(): void {
    this.schedule(DEBOUNCE_MS)
  }

  /** A hold ends then (ms UTC by the centre's clock): a cycle at that moment. */
  wakeAt(at: number): void {
    this.schedule(Math.max(0, at - this.options.now()) + 10)
  }

  /** The network or the machine came back, or a person asked: no waiting. */
  goodMoment(): void {
    this.backoff.succeeded()
    this.schedule(0)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.uploadStop.abort()
    await this.running?.catch(() => undefined)
    await this.uploading?.catch(() => undefined)
  }

  /**
   * One cycle; a second caller joins the one that runs. What the network does is told by `status`, never thrown.
   * @returns true when it went through
   */
  async cycle(): Promise<boolean> {
    let ok = true
    this.running ??= this.runCycle().finally(() => (this.running = null))
    await this.running.catch((error: unknown) => {
      ok = false
      if (!(error instanceof LinkError)) throw error
    })
    return ok
  }

  /** Cycles and uploads until nothing can be sent any more (command line, tests). */
  async settle(): Promise<boolean> {
    for (let before = NaN; ;) {
      const ok = await this.cycle()
      await this.uploading?.catch(() => undefined)
      if (!ok || this.stopped) return ok
      const left = outboxCounts(this.db).waiting + neededUploads(this.db).length
      // What is still there after a round that changed nothing waits for a person, a hold or the centre.
      if (left === 0 || left === before) return this.connection === 'online'
      before = left
    }
  }

  // ================================================================ the cycle (rule C4)

  private async runCycle(): Promise<void> {
    const link = this.options.link()
    if (!link) return
    this.options.emit('status')
    try {
      await this.pull(link)
      this.startUploads(link)
      if (await this.push(link)) await this.pull(link)
      this.startUploads(link)
      this.succeeded()
    } catch (error) {
      this.db.write(() => doubt(this.db))
      this.failed(error)
      throw error
    } finally {
      this.options.emit('status')
    }
  }

  // ---------------------------------------------------------------- pull (rules C2, C5, C6)

  private async pull(link: CentreLink): Promise<void> {
    try {
      await this.pullPages(link)
    } catch (error) {
      if (!(error instanceof LinkError) || error.failure !== 'resync_required') throw error
      this.options.log.warn({}, 'the feed must be read anew')
      const { db, views } = this.options
      const nextTurn = () => this.nextTurn()
      await resync(db, views, link, { ...this.sizes, now: this.options.now, nextTurn })
      this.changed()
    }
    this.firstSyncRows = null
  }

  private async pullPages(link: CentreLink): Promise<void> {
    let cursor = getMeta(this.db, 'cursor') ?? ''
    if (cursor === '') this.firstSyncRows = 0
    let coming: Promise<FeedReply> | null = link.feed(cursor, this.sizes.page)
    while (coming) {
      const page: FeedReply = await coming
      const epoch = getMeta(this.db, 'epoch')
      if (epoch !== undefined && epoch !== page.epoch) throw new LinkError('resync_required')
      // The next page is fetched while this one is written.
      coming = page.more ? link.feed(page.next, this.sizes.page) : null
      coming?.catch(() => undefined)
      if (!(await this.applyPage(page, cursor))) return
      cursor = page.next
    }
  }

  /** @returns false when another pull has moved the cursor meanwhile: this page's rows are kept, its cursor is not */
  protected async applyPage(page: FeedReply, sentCursor: string): Promise<boolean> {
    const { views, now } = this.options
    const rows = page.rows.map(readRow)
    const slices = Math.max(1, Math.ceil(rows.length / this.sizes.slice))
    let moved = false
    for (let slice = 0; slice < slices; slice++) {
      const part = rows.slice(slice * this.sizes.slice, (slice + 1) * this.sizes.slice)
      this.db.write(() => {
        applyRows(this.db, views, part, now())
        if (slice === slices - 1) moved = this.moveCursor(sentCursor, page)
        faultPoint('before-slice-commit')
      })
      faultPoint(slice === slices - 1 ? 'after-cursor-commit' : 'after-slice-commit')
      if (slices > 1) await this.nextTurn()
    }
    if (this.firstSyncRows !== null) this.firstSyncRows += rows.length
    indexWaiting(this.db)
    if (rows.length > 0) {
      this.options.onRows?.(rows.length)
      this.changed()
    }
    return moved
  }

  /** Compare-and-set, in the transaction of the page's last slice. */
  protected moveCursor(sent: string, page: FeedReply): boolean {
    if ((getMeta(this.db, 'cursor') ?? '') !== sent) return false
    if (page.next !== sent) setMeta(this.db, 'cursor', page.next)
    if (getMeta(this.db, 'epoch') !== page.epoch) setMeta(this.db, 'epoch', page.epoch)
    return true
  }

  // ---------------------------------------------------------------- push (rule C3)

  /** @returns true when something was sent */
  private async push(link: CentreLink): Promise<boolean> {
    let sentAny = false
    for (;;) {
      const batch = this.db.write(() => {
        releaseHeld(this.db, this.options.now())
        return takeBatch(this.db, this.batchLimit, (sha256) => isUploaded(this.db, sha256))
      })
      faultPoint('after-number-commit')
      if (batch.length === 0) return sentAny
      sentAny = true
      const again = await this.pushBatch(link, batch)
      if (!again) return true
    }
  }

  /** @returns true when the next batch may go at once */
  private async pushBatch(link: CentreLink, batch: readonly OutboxRow[]): Promise<boolean> {
    const call = {
      deviceId: getMeta(this.db, 'deskId')!,
      protocol: PROTOCOL,
      ackThrough: ackThrough(this.db),
      ops: batch.map((row) => wireOp(this.db, row)),
    }
    try {
      const reply = await link.push(call)
      faultPoint('after-push-sent')
      const said = this.db.write(() => {
        const said = applyResults(this.db, this.options.views, reply.results, this.options.now())
        // An operation the reply does not name is in doubt like one without a reply.
        doubt(this.db)
        for (const op of said.missingBlobs)
          for (const sha256 of blobsOf(this.db, op.place)) forgetUpload(this.db, sha256)
        faultPoint('before-results-commit')
        return said
      })
      faultPoint('after-results-commit')
      if (said.settled.length > 0) this.changed()
      if (said.rejected > 0) this.options.emit('refused')
      // Going on at once is for progress only: an operation that must wait for others is tried in the next cycle.
      return said.settled.length > 0
    } catch (error) {
      return this.pushFailed(error, batch)
    }
  }

  /** The centre cannot read the call: the one wrong operation is parked, all others go on. */
  private pushFailed(error: unknown, batch: readonly OutboxRow[]): boolean {
    const unreadable =
      error instanceof LinkError && error.failure === 'refused' && [400, 413, 422].includes(error.status)
    if (!unreadable) throw error
    const named = batch.find((op) => op.opId === error.details['opId']) ?? (batch.length === 1 ? batch[0] : undefined)
    this.db.write(() => {
      if (named) park(this.db, this.options.views, named.opId, error.error, this.options.now())
      doubt(this.db)
    })
    this.batchLimit = named ? OPS_LIMIT : Math.max(1, batch.length >> 1)
    this.options.emit('refused')
    this.changed()
    return true
  }

  // ---------------------------------------------------------------- uploads, beside the cycle

  private startUploads(link: CentreLink): void {
    if (this.uploading || this.stopped || neededUploads(this.db).length === 0) return
    this.uploading = this.uploadAll(link)
      .catch((error: unknown) => this.failed(error))
      .finally(() => {
        this.uploading = null
        this.options.emit('status')
      })
  }

  private async uploadAll(link: CentreLink): Promise<void> {
    const tried = new Set<string>()
    for (;;) {
      const sha256 = neededUploads(this.db).find((needed) => !tried.has(needed))
      if (sha256 === undefined || this.stopped) return
      tried.add(sha256)
      try {
        await upload(
          {
            db: this.db,
            link,
            read: this.options.readBlob,
            now: this.options.now,
            signal: this.uploadStop.signal,
            pace: (bytes) => this.pace(bytes),
            onProgress: (sent) => {
              this.sentBytes.set(sha256, sent)
              this.options.emit('outbox')
            },
          },
          sha256,
        )
        this.nudge()
      } catch (error) {
        // One file that cannot be sent holds up its own operation only (invariant I9).
        if (!(error instanceof LinkError) || error.failure !== 'refused') throw error
        this.options.log.warn({ status: error.status, error: error.error }, 'a file was not taken')
      } finally {
        this.sentBytes.delete(sha256)
      }
    }
  }

  private async pace(bytes: number): Promise<void> {
    const rate = this.options.uploadRate?.() ?? null
    if (rate !== null) await new Promise((resolve) => setTimeout(resolve, (bytes / rate) * 1000))
  }

  // ================================================================ when the next cycle runs

  private succeeded(): void {
    this.backoff.succeeded()
    setMeta(this.db, 'lastSyncAt', this.options.now())
    this.become('online')
    const jitter = POLL_MS * (0.8 + 0.4 * (this.options.random ?? Math.random)())
    this.schedule(Math.min(jitter, this.untilHoldEnds()))
  }

  private failed(error: unknown): void {
    if (!(error instanceof LinkError)) {
      this.options.log.error({ err: error }, 'sync failed')
      this.schedule(this.backoff.failed())
      return
    }
    this.become(connectionAfter(error))
    this.schedule(this.backoff.failed(error.retryAfterMs))
  }

  private become(connection: Connection): void {
    if (this.connection === connection) return
    this.connection = connection
    this.since = this.options.now()
    this.options.emit('status')
  }

  /** ms until an operation may leave its hold. */
  private untilHoldEnds(): number {
    const at = nextHoldEnd(this.db)
    return at === null ? Infinity : Math.max(0, at - this.options.now()) + 10
  }

  private schedule(ms: number): void {
    if (!this.auto || this.stopped) return
    const at = Date.now() + ms
    if (at >= this.timerAt) return
    clearTimeout(this.timer)
    this.timerAt = at
    this.timer = setTimeout(() => {
      this.timerAt = Infinity
      if (this.running) return this.nudge()
      void this.cycle().catch((error: unknown) => this.options.log.error({ err: error }, 'sync cycle'))
    }, ms)
  }

  private nextTurn(): Promise<void> {
    return this.options.nextTurn?.() ?? new Promise((resolve) => setImmediate(resolve))
  }

  /** Rows, outbox or overlay changed. */
  private changed(): void {
    for (const topic of ['queue', 'counts', 'outbox', 'courier', 'status'] as const) this.options.emit(topic)
  }
}

function connectionAfter(error: LinkError): Connection {
  switch (error.failure) {
    case 'portal':
      return 'portal'
    case 'protocol':
      return 'protocol'
    case 'device_sign_in':
    case 'staff_sign_in':
      return 'sign_in'
    default:
      return 'offline'
  }
}
