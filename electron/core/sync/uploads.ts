/** Documents go up one after the other beside the cycle; an operation that needs one waits alone, nothing else does. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../../db/driver.ts'
import { neededUploads } from '../../../db/queries/outbox.ts'
import type { Log } from '../context.ts'
import { LinkError, type CentreLink } from './link.ts'
import { upload } from './upload.ts'

export interface UploadsWork {
  db: Db
  /** Bytes of a blob from an offset on, at most so many. */
  readBlob(sha256: string, offset: number, length: number): Promise<Uint8Array>
  now(): number
  /** Limit, bytes a second; null = as fast as it goes. */
  rate(): number | null
  log: Log
  onProgress(): void
  /** A document has arrived: what waited for it may go. */
  onArrived(): void
  /** The line stopped it. */
  onFailed(error: unknown): void
  onEnd(): void
}

export class Uploads {
  /** Bytes sent of each blob on its way, by SHA-256. */
  readonly sent = new Map<string, number>()
  private readonly work: UploadsWork
  private readonly stopping = new AbortController()
  private running: Promise<void> | null = null
  /** When the line is free again under the limit, ms of the monotonic clock. */
  private freeAt = 0

  constructor(work: UploadsWork) {
    this.work = work
  }

  /** Begins to send what is needed, unless that is already going on. */
  start(link: CentreLink): void {
    if (this.running || this.stopping.signal.aborted || neededUploads(this.work.db).length === 0) return
    this.running = this.sendAll(link)
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) this.work.onFailed(error)
      })
      .finally(() => {
        this.running = null
        this.work.onEnd()
      })
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.running
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async sendAll(link: CentreLink): Promise<void> {
    const { db, readBlob, now, rate, log, onProgress, onArrived } = this.work
    const { signal } = this.stopping
    const tried = new Set<string>()
    for (;;) {
      const sha256 = neededUploads(db).find((needed) => !tried.has(needed))
      if (sha256 === undefined || signal.aborted) return
      tried.add(sha256)
      try {
        const progress = (sent: number) => {
          this.sent.set(sha256, sent)
          onProgress()
        }
        const pace = (bytes: number) => this.pace(bytes)
        await upload({ db, link, read: readBlob, now, signal, rate, pace, onProgress: progress }, sha256)
        onArrived()
      } catch (error) {
        // One file that cannot be sent holds up its own operation only (invariant I9).
        if (!(error instanceof LinkError) || error.failure !== 'refused') throw error
        log.warn({ status: error.status, error: error.error }, 'a file was not taken')
      } finally {
        this.sent.delete(sha256)
      }
    }
  }

  /** Resolves when these bytes may go without the line carrying more than the limit on average. */
  private async pace(bytes: number): Promise<void> {
    const rate = this.work.rate()
    if (rate === null) return
    const now = performance.now()
    const wait = this.freeAt - now
    this.freeAt = Math.max(now, this.freeAt) + (bytes / rate) * 1000
    if (wait > 0) await sleep(wait, undefined, { signal: this.stopping.signal })
  }
}
