/**
 * The algorithm by which this desk and the centre stay in step. Read it from top to bottom; the rules C1-C6 and S1-S5 are
 * in the sync design. C1 (a local action is one transaction) is in desk/act.ts.
 *
 *   cycle:   pull all pages -> ask about what would be refused -> push the rest -> pull again
 *            (timing.ts: when; foresee.ts: what was done offline and no longer stands waits for a person)
 *   pull:    a page in slices of 100 rows, each one transaction; the cursor moves with the last one, by compare-and-set
 *            (a long feed is read on another thread, page-thread.ts, and carried into the file by a third, db/checkpoints.ts)
 *   resync:  the feed read anew into a shadow table, swapped in one transaction                           (resync.ts)
 *   push:    numbers are given and kept before the call; outcomes, rows and overlay change in one transaction (push.ts)
 *   upload:  bytes go beside the cycle; an operation that needs them waits alone           (uploads.ts, upload.ts: one)
 *   doubt:   whatever the network does, nothing is dropped: it is sent again and the centre de-duplicates
 */
import { FEED_LIMIT, PROTOCOL } from '../../contract/centre.contract.ts'
import type { StatusLine } from '../../contract/core.contract.ts'
import type { Db } from '../../../db/driver.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { nextHoldEnd } from '../../../db/queries/holds.ts'
import { neededUploads, outboxCounts } from '../../../db/queries/outbox.ts'
import type { Log, Topic } from '../context.ts'
import { faultPoint } from '../fault-point.ts'
import { applyRows, doubt } from './apply.ts'
import { pageHere, type FeedPage } from './feed-page.ts'
import { askAboutDoomed } from './foresee.ts'
import { LinkError, requireProgress, type CentreLink } from './link.ts'
import type { PageThread } from './page-thread.ts'
import { PagesAhead } from './pages-ahead.ts'
import { Pusher } from './push.ts'
import { resync } from './resync.ts'
import { Timing } from './timing.ts'
import { Uploads } from './uploads.ts'

type Connection = StatusLine['connection']

export const SLICE_ROWS = 100
/** Pages that the other thread may have read, or be reading, before they are written. */
const PAGES_AHEAD = 3
/** A feed of more pages than this is a long one: a first sync, or coming back after weeks. */
const LONG_FEED_PAGES = 2

export interface EngineOptions {
  db: Db
  views: DeskViews
  /** null while the desk is not enrolled. */
  link(): CentreLink | null
  /** Bytes of a blob from an offset on, at most so many. */
  readBlob(sha256: string, offset: number, length: number): Promise<Uint8Array>
  /** ms UTC by the centre's clock. */
  now(): number
  /** ms of the clock that nobody can set: holds are measured by it. */
  steady(): number
  emit(topic: Topic, id?: string): void
  log: Log
  /** Told of every page, to show how far a first sync is. */
  onRows?(rows: number): void
  /** Lets other work in between two transactions; default setImmediate. */
  nextTurn?(): Promise<void>
  random?(): number
  /** Rows a page and rows a transaction; smaller in tests, so that few rows make many steps. */
  sizes?: { page: number; slice: number }
  /** Reads the pages of a long feed beside this thread. */
  pageThread?: PageThread
  /** Keeps the database's log short while a long feed is written. */
  checkpoints?: { between(): Promise<void>; end(): void }
  /** Limit of uploads, bytes a second; null = as fast as it goes. */
  uploadRate?(): number | null
}

export interface SyncStatus {
  connection: Connection
  since: number
  /** The centre speaks only protocols older than ours. */
  centreBehind: boolean
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
  private readonly timing: Timing
  private readonly pusher: Pusher
  private readonly uploads: Uploads
  private connection: Connection = 'offline'
  private since: number
  private centreBehind = false
  private firstSyncRows: number | null = null
  private running: Promise<void> | null = null
  private stopped = false

  constructor(options: EngineOptions) {
    this.options = options
    this.db = options.db
    this.sizes = options.sizes ?? { page: FEED_LIMIT, slice: SLICE_ROWS }
    const { db, views, now, steady, log, readBlob } = options
    const onChange = () => this.changed()
    this.timing = new Timing(() => this.byTimer(), options.random)
    this.pusher = new Pusher({ db, views, now, steady, log, onChange, onRefused: () => options.emit('refused') })
    this.uploads = new Uploads({
      db,
      readBlob,
      now,
      log,
      rate: options.uploadRate ?? (() => null),
      onProgress: () => options.emit('outbox'),
      onArrived: () => this.nudge(),
      onFailed: (error) => this.failed(error),
      onEnd: () => options.emit('status'),
    })
    this.since = now()
    // What was in flight when the last run ended is in doubt.
    this.db.write(() => doubt(this.db))
  }

  get status(): SyncStatus {
    return {
      connection: this.options.link() === null ? 'not_enrolled' : this.connection,
      since: this.since,
      centreBehind: this.centreBehind,
      lastSyncAt: getMeta(this.db, 'lastSyncAt') ?? null,
      syncing: this.running !== null,
      firstSyncRows: this.firstSyncRows,
      sent: this.uploads.sent,
    }
  }

  /** Begins to sync by itself: now, after local commits, on hints, every minute. */
  start(): void {
    this.timing.start()
  }

  /** Something was committed or the centre called: a cycle soon. */
  nudge(): void {
    this.timing.nudge()
  }

  /** Something is held: a cycle when its hold ends. */
  held(): void {
    this.timing.in(this.untilHoldEnds())
  }

  /** The network or the machine came back, or a person asked: no waiting. */
  goodMoment(): void {
    this.pusher.tryAll()
    this.timing.goodMoment()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.timing.stop()
    await Promise.all([this.uploads.stop(), this.running?.catch(() => undefined)])
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
      await this.uploads.settled()
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
      if (await this.pullAndPush(link)) await this.pull(link)
      this.uploads.start(link)
      this.succeeded()
    } catch (error) {
      this.failed(error)
      throw error
    } finally {
      this.options.emit('status')
    }
  }

  /** A centre put back between the two refuses the push: once more, which reads the feed anew. @returns true when something was sent */
  private async pullAndPush(link: CentreLink, again = true): Promise<boolean> {
    await this.pull(link)
    if (askAboutDoomed(this.db, this.options.views)) this.asked()
    this.uploads.start(link)
    try {
      return await this.pusher.push(link)
    } catch (error) {
      if (!again || !isResyncRequired(error)) throw error
      return this.pullAndPush(link, false)
    }
  }

  private byTimer(): void {
    // What asked for this cycle came after the one that runs had looked: one more, soon.
    if (this.running) return this.nudge()
    void this.cycle().catch((error: unknown) => this.options.log.error({ err: error }, 'sync cycle'))
  }

  // ---------------------------------------------------------------- pull (rules C2, C5, C6)

  private async pull(link: CentreLink): Promise<void> {
    try {
      await this.pullPages(link)
    } catch (error) {
      if (!isResyncRequired(error)) throw error
      this.options.log.warn({}, 'the feed must be read anew')
      const { db, views } = this.options
      const nextTurn = () => this.nextTurn()
      await resync(db, views, link, { ...this.sizes, now: this.options.now, nextTurn })
      this.changed()
    }
    this.firstSyncRows = null
  }

  private async pullPages(link: CentreLink): Promise<void> {
    const { checkpoints, pageThread } = this.options
    try {
      await this.applyPages(link)
    } finally {
      checkpoints?.end()
      pageThread?.end()
    }
  }

  private async applyPages(link: CentreLink): Promise<void> {
    const cursor = getMeta(this.db, 'cursor') ?? ''
    let last = 0
    if (cursor === '') this.firstSyncRows = 0
    const { pageThread, checkpoints } = this.options
    const ahead = new PagesAhead(
      (from) => this.fetchPage(link, from),
      cursor,
      // The thread that reads is kept busy; without it pages would be read before there is anything to do with them.
      () => (pageThread?.ready ? PAGES_AHEAD : 1),
    )
    let coming = await ahead.next()
    // A first sync is long, and nothing is sent in it that could show otherwise: from its first page on the line stands.
    if (this.firstSyncRows !== null) this.become('online')
    for (let pages = 1; coming; pages++) {
      const { page } = coming
      const epoch = getMeta(this.db, 'epoch')
      if (epoch !== undefined && epoch !== page.epoch) throw new LinkError('resync_required')
      requireProgress(page, { cursor: coming.cursor, last })
      last = page.last
      const long = page.more && pages >= LONG_FEED_PAGES
      if (long) pageThread?.begin()
      if (!(await this.applyPage(page, coming.cursor))) return
      if (long) await checkpoints?.between()
      coming = await ahead.next()
    }
  }

  private async fetchPage(link: CentreLink, cursor: string): Promise<FeedPage> {
    const { pageThread } = this.options
    // The rest of a very first feed is long: rows are read where they hold nobody up.
    if (this.firstSyncRows !== null && cursor !== '') pageThread?.begin()
    if ((await pageThread?.awaited()) && pageThread && link.feedThrough)
      return link.feedThrough(cursor, this.sizes.page, (bytes) => pageThread.read(bytes))
    return pageHere(await link.feed(cursor, this.sizes.page))
  }

  /** @returns false when another pull has moved the cursor meanwhile: this page's rows are kept, its cursor is not */
  protected async applyPage(page: FeedPage, sentCursor: string): Promise<boolean> {
    const { views, now } = this.options
    const slices = Math.max(1, Math.ceil(page.count / this.sizes.slice))
    let moved = false
    for (let slice = 0; slice < slices; slice++) {
      const part = await page.rows(slice * this.sizes.slice, this.sizes.slice)
      // What a power cut takes back, rows and cursor together, the centre sends again.
      this.db.writeSoon(() => {
        // A page that comes after the feed was read anew is of a time that is no more.
        if ((getMeta(this.db, 'epoch') ?? page.epoch) !== page.epoch) return
        applyRows(this.db, views, part, now())
        if (slice === slices - 1) moved = this.moveCursor(sentCursor, page)
        faultPoint('before-slice-commit')
      })
      faultPoint(slice === slices - 1 ? 'after-cursor-commit' : 'after-slice-commit')
      if (slices > 1) await this.nextTurn()
    }
    if (this.firstSyncRows !== null) this.firstSyncRows += page.count
    if (page.count > 0) {
      this.options.onRows?.(page.count)
      this.changed()
    }
    return moved
  }

  /** Compare-and-set, in the transaction of the page's last slice. */
  protected moveCursor(sent: string, page: FeedPage): boolean {
    if ((getMeta(this.db, 'cursor') ?? '') !== sent) return false
    if (page.next !== sent) setMeta(this.db, 'cursor', page.next)
    if (getMeta(this.db, 'epoch') !== page.epoch) setMeta(this.db, 'epoch', page.epoch)
    return true
  }

  // ================================================================ how it went

  private succeeded(): void {
    setMeta(this.db, 'lastSyncAt', this.options.now())
    this.become('online')
    this.timing.succeeded(this.untilHoldEnds())
  }

  private failed(error: unknown): void {
    if (!(error instanceof LinkError)) {
      this.options.log.error({ err: error }, 'sync failed')
      return this.timing.failed()
    }
    const connection = connectionAfter(error)
    this.centreBehind = connection === 'protocol' && Number(error.details['max'] ?? PROTOCOL) < PROTOCOL
    this.become(connection)
    // Who must sign in is asked; calling again and again would not help. The feed is still looked at each minute.
    if (connection === 'sign_in') this.timing.succeeded()
    else this.timing.failed(error.retryAfterMs)
  }

  private become(connection: Connection): void {
    if (this.connection === connection) return
    this.connection = connection
    this.since = this.options.now()
    this.options.emit('status')
  }

  /** ms until an operation may leave its hold. */
  private untilHoldEnds(): number {
    const left = nextHoldEnd(this.db, this.options.steady())
    return left === null ? Infinity : Math.max(0, left) + 10
  }

  private nextTurn(): Promise<void> {
    return this.options.nextTurn?.() ?? new Promise((resolve) => setImmediate(resolve))
  }

  /** The list of what waits for a person changed. */
  private asked(): void {
    for (const topic of ['refused', 'outbox', 'counts', 'status'] as const) this.options.emit(topic)
  }

  /** Rows, outbox or overlay changed. */
  private changed(): void {
    for (const topic of ['queue', 'counts', 'outbox', 'courier', 'status'] as const) this.options.emit(topic)
  }
}

const isResyncRequired = (error: unknown) => error instanceof LinkError && error.failure === 'resync_required'

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
