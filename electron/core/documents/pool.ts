import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WorkerForker, WorkerHandle } from '../host/workers.ts'
import { DocumentError, unpackError } from './errors.ts'
import type { Answer, Order, TaskName, Tasks } from './tasks.ts'
import { receiveBytes } from './transport.ts'

export interface PoolLimits {
  /** Worker processes at once. */
  readonly size: number
  /** JavaScript heap of one worker, MB. */
  readonly heapMb: number
  /** All memory of one worker, MB; measured where the system tells (Linux), else watched by the worker itself. */
  readonly memoryMb: number
}

export const DEFAULT_LIMITS: PoolLimits = { size: Math.max(1, availableParallelism()), heapMb: 768, memoryMb: 1800 }
const MEMORY_CHECK_MS = 250

export interface RunOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /**
   * `urgent`: somebody looks for it, before everything that waits; `background`: nobody waits for it yet, so it goes last,
   * never takes the last worker where there are several, and leaves the processor to whoever else wants it.
   */
  readonly lane?: 'urgent' | 'background'
  /** Shown with an error. */
  readonly params?: Readonly<Record<string, string | number>>
}

interface Waiting {
  readonly order: Order
  readonly options: RunOptions
  readonly resolve: (value: unknown) => void
  readonly reject: (error: DocumentError) => void
}

/**
 * Worker processes for bytes from outside. Each does one task at a time; one that is too slow, too large, cancelled or
 * dead is killed and another takes its place. Nothing it does can harm core.
 */
export class DocumentPool {
  readonly limits: PoolLimits
  readonly #fork: WorkerForker
  readonly #idle: WorkerHandle[] = []
  readonly #queue: Waiting[] = []
  readonly #background: Waiting[] = []
  /** Workers that the system lets run when others do not want to. */
  readonly #calm = new Set<WorkerHandle>()
  #backgroundRunning = 0
  /** What a worker is busy with, settled by its answer or its end. */
  readonly #busy = new Map<WorkerHandle, (outcome: Answer | 'exit') => void>()
  #live = 0
  #nextId = 1
  #closed = false
  #scratch: Promise<string> | null = null
  readonly #scratchParent: string

  constructor(fork: WorkerForker, limits: PoolLimits = DEFAULT_LIMITS, scratchParent = tmpdir()) {
    this.#fork = fork
    this.limits = limits
    this.#scratchParent = scratchParent
  }

  /** A fresh path in the pool's own folder, which `close` removes. */
  async scratchFile(): Promise<string> {
    this.#scratch ??= mkdtemp(join(this.#scratchParent, 'balis-documents-'))
    return join(await this.#scratch, String(this.#nextId++))
  }

  /** Runs one task. Throws DocumentError: cancelled, timeout, out_of_memory, worker_failed or what the task says. */
  async run<N extends TaskName>(task: N, request: Tasks[N][0], options: RunOptions): Promise<Tasks[N][1]> {
    if (this.#closed || options.signal?.aborted) throw new DocumentError('cancelled')
    const file = await this.scratchFile()
    try {
      const value = await new Promise<unknown>((resolve, reject) => {
        const waiting: Waiting = { order: { id: this.#nextId++, task, request, file }, options, resolve, reject }
        if (options.lane === 'urgent') this.#queue.unshift(waiting)
        else if (options.lane === 'background') this.#background.push(waiting)
        else this.#queue.push(waiting)
        options.signal?.addEventListener('abort', () => this.#drop(waiting), { once: true })
        this.#next()
      })
      return await receiveBytes<Tasks[N][1]>(value, file)
    } finally {
      await rm(file, { force: true })
    }
  }

  /** Kills every worker and removes the scratch folder; running tasks end as cancelled. */
  async close(): Promise<void> {
    this.#closed = true
    for (const waiting of [...this.#queue.splice(0), ...this.#background.splice(0)])
      waiting.reject(new DocumentError('cancelled'))
    for (const worker of [...this.#idle.splice(0), ...this.#busy.keys()]) worker.kill()
    if (this.#scratch) await rm(await this.#scratch, { recursive: true, force: true })
  }

  #drop(waiting: Waiting): void {
    for (const queue of [this.#queue, this.#background]) {
      const place = queue.indexOf(waiting)
      if (place < 0) continue
      queue.splice(place, 1)
      waiting.reject(new DocumentError('cancelled'))
    }
  }

  #next(): void {
    for (;;) {
      const queue = this.#queue.length > 0 ? this.#queue : this.#background
      const background = queue === this.#background
      if (queue.length === 0 || (background && this.#backgroundRunning >= this.#backgroundMost)) return
      const idle = this.#takeIdle(background)
      if (!idle && this.#live >= this.limits.size) return
      void this.#serve(queue.shift()!, idle)
    }
  }

  get #backgroundMost(): number {
    return Math.max(1, this.limits.size - 1)
  }

  /** An idle worker of the right temper where there is one, else none while another may be started. */
  #takeIdle(background: boolean): WorkerHandle | undefined {
    const fitting = this.#idle.findLastIndex((worker) => this.#calm.has(worker) === background)
    if (fitting >= 0) return this.#idle.splice(fitting, 1)[0]
    return this.#live < this.limits.size ? undefined : this.#idle.pop()
  }

  async #serve(waiting: Waiting, idle: WorkerHandle | undefined): Promise<void> {
    const background = waiting.options.lane === 'background'
    if (background) this.#backgroundRunning++
    try {
      const worker = idle ?? (await this.#start())
      if (background && this.limits.size > 1 && this.#calm.size < this.#backgroundMost) this.#calmDown(worker)
      if (this.#closed || waiting.options.signal?.aborted) {
        worker.kill()
        throw new DocumentError('cancelled')
      }
      waiting.resolve(await this.#ask(worker, waiting))
    } catch (error) {
      waiting.reject(
        error instanceof DocumentError ? error : new DocumentError('worker_failed', waiting.options.params, error),
      )
    } finally {
      if (background) this.#backgroundRunning--
    }
    this.#next()
  }

  #calmDown(worker: WorkerHandle): void {
    if (this.#calm.has(worker)) return
    this.#calm.add(worker)
    lowerPriority(worker.pid)
  }

  async #start(): Promise<WorkerHandle> {
    this.#live++
    try {
      const worker = await this.#fork({ entry: 'document', heapMb: this.limits.heapMb })
      worker.onMessage((message) => this.#busy.get(worker)?.(message as Answer))
      worker.onExit(() => {
        this.#live--
        this.#calm.delete(worker)
        const place = this.#idle.indexOf(worker)
        if (place >= 0) this.#idle.splice(place, 1)
        this.#busy.get(worker)?.('exit')
        this.#next()
      })
      return worker
    } catch (error) {
      this.#live--
      throw error
    }
  }

  #ask(worker: WorkerHandle, { order, options }: Waiting): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        clearInterval(memory)
        options.signal?.removeEventListener('abort', onAbort)
        this.#busy.delete(worker)
      }
      const fail = (error: DocumentError): void => {
        end()
        worker.kill()
        reject(error)
      }
      const onAbort = (): void => fail(new DocumentError('cancelled'))
      const timer = setTimeout(() => fail(new DocumentError('timeout', options.params)), options.timeoutMs)
      const memory = setInterval(() => {
        void residentMb(worker.pid).then((mb) => {
          if (mb > this.limits.memoryMb && this.#busy.has(worker))
            fail(new DocumentError('out_of_memory', options.params))
        })
      }, MEMORY_CHECK_MS)
      options.signal?.addEventListener('abort', onAbort, { once: true })
      this.#busy.set(worker, (outcome) => {
        // A heap beyond its limit ends the process by abort; it is the likeliest reason for an end without a word.
        if (outcome === 'exit') return fail(new DocumentError('out_of_memory', options.params))
        if (outcome.id !== order.id) return
        end()
        this.#idle.push(worker)
        if (outcome.ok) resolve(outcome.value)
        else {
          const error = unpackError(outcome.error)
          reject(new DocumentError(error.code, { ...options.params, ...error.params }, error.cause))
        }
      })
      worker.post(order)
    })
  }
}

/** Less than half of what a page that is waited for gets where both want the processor; never starved. */
const CALM = 4

/** Linux keeps a priority for each thread of a process; threads that are made later take that of the first. */
function lowerPriority(pid: number): void {
  if (pid <= 0) return
  try {
    const threads = process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid]
    for (const thread of threads) setPriority(thread, CALM)
  } catch {
    // It has just ended, or the system does not let us: the work is done all the same.
  }
}

/** Resident memory of a process in MB; 0 where the system does not tell it this way. */
async function residentMb(pid: number): Promise<number> {
  if (process.platform !== 'linux') return 0
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])
    return (pages * 4096) / 2 ** 20
  } catch {
    return 0
  }
}
