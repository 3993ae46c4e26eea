/**
 * Checkpoints on a thread of their own while a long feed is written. On the writing thread one holds up whoever acts by
 * tens of milliseconds, a hundred times in a first sync; beside it, it costs the other processor.
 */
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Db } from './driver.ts'

export interface CheckpointOrder {
  path: string
  key: string
}
/** Pages that stood in the log when they were carried over. */
export interface Carried {
  pages: number
}

/** A log of so many pages (16 MB) must be carried over in whole, without further rows meanwhile, before it can begin anew. */
const LONG_LOG = 4000
/** So many pages of the feed are written before it works again: what each of them changes anew is carried over once. */
const LEAST_AHEAD = 4
/** So many pages of the feed may be written while it works: a thread that is slow is waited for. */
const MOST_AHEAD = 8
const PROGRAM = import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './worker-checkpoint.mjs'
/** It holds a statement and a page. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 2 }

export class Checkpoints {
  private readonly db: Db
  private readonly order: CheckpointOrder
  private worker: Worker | undefined
  private carrying: Promise<void> | undefined
  private long = false
  /** Pages of the feed written since it was last asked. */
  private ahead = 0

  constructor(db: Db, order: CheckpointOrder) {
    this.db = db
    this.order = order
  }

  /** Between two pages of a long feed. Waits only where the log has grown long; actions of staff go on meanwhile. */
  async between(): Promise<void> {
    this.begin()
    this.ahead++
    if (!this.carrying && (this.long || this.ahead >= LEAST_AHEAD)) {
      this.ahead = 0
      this.carrying = this.db.carryOver(() => this.carry()).finally(() => (this.carrying = undefined))
    }
    if (this.long || this.ahead >= MOST_AHEAD) await this.carrying
  }

  /** The feed is read: the writing thread does its few checkpoints itself again. */
  end(): void {
    if (!this.worker) return
    this.worker.postMessage('end')
    this.worker = undefined
    this.long = false
    this.ahead = 0
    this.db.checkpointBeside(false)
  }

  private begin(): void {
    if (this.worker) return
    const worker = new Worker(fileURLToPath(new URL(PROGRAM, import.meta.url)), {
      workerData: this.order,
      resourceLimits: LIMITS,
    })
    worker.unref()
    this.worker = worker
    this.db.checkpointBeside(true)
    // A disk that cannot be written is told to whoever writes; without the thread everything goes on as before it.
    worker.on('error', () => {
      if (this.worker === worker) this.end()
    })
  }

  /** Ends when the thread has answered or is no more. */
  private carry(): Promise<void> {
    const worker = this.worker!
    return new Promise((resolve) => {
      const answered = ({ pages }: Carried) => {
        this.long = pages >= LONG_LOG
        done()
      }
      const done = () => {
        worker.off('message', answered)
        worker.off('exit', done)
        resolve()
      }
      worker.once('message', answered)
      worker.once('exit', done)
      worker.postMessage('carry')
    })
  }
}
