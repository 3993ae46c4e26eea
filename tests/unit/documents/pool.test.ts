import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { DocumentPool } from '../../../electron/core/documents/pool.ts'
import type { Order } from '../../../electron/core/documents/tasks.ts'
import type { WorkerForker, WorkerHandle } from '../../../electron/core/host/workers.ts'

/** What a worker does with an order: answers, or sits there, or dies. */
type Behaviour = (order: Order, worker: FakeWorker) => void

class FakeWorker implements WorkerHandle {
  readonly pid = 0
  killed = false
  readonly orders: Order[] = []
  readonly #behaviour: Behaviour
  readonly #messages: ((message: unknown) => void)[] = []
  readonly #exits: ((code: number) => void)[] = []
  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour
  }
  post(message: unknown): void {
    this.orders.push(message as Order)
    queueMicrotask(() => this.#behaviour(message as Order, this))
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#messages.push(listener)
  }
  onExit(listener: (code: number) => void): void {
    this.#exits.push(listener)
  }
  kill(): void {
    if (this.killed) return
    this.killed = true
    queueMicrotask(() => this.#exits.forEach((listener) => listener(-1)))
  }
  answer(message: unknown): void {
    this.#messages.forEach((listener) => listener(message))
  }
}

const PROBE = { kind: 'image', mime: 'image/png', bytes: 1, pages: 1, width: 1, height: 1, dpi: null }
const obedient: Behaviour = ({ id }, worker) => worker.answer({ id, ok: true, value: PROBE })
const silent: Behaviour = () => {}

function poolOf(size: number, ...behaviours: Behaviour[]): { pool: DocumentPool; workers: FakeWorker[] } {
  const workers: FakeWorker[] = []
  const fork: WorkerForker = async () => {
    const worker = new FakeWorker(behaviours[Math.min(workers.length, behaviours.length - 1)]!)
    workers.push(worker)
    return worker
  }
  return { pool: new DocumentPool(fork, { size, heapMb: 64, memoryMb: 64 }), workers }
}

const probe = (pool: DocumentPool, options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  pool.run('probe', { path: 'a.png' }, { timeoutMs: 60_000, params: { file: 'a.png' }, ...options })

describe('the pool of document workers', () => {
  test('gives tasks to no more workers than it may have, and uses them again', async () => {
    const { pool, workers } = poolOf(2, obedient)
    await Promise.all(Array.from({ length: 9 }, () => probe(pool)))
    expect(workers.length).toBeLessThanOrEqual(2)
    await pool.close()
  })

  test('background work goes last and never takes the last worker', async () => {
    const { pool, workers } = poolOf(2, silent)
    const asked: unknown[] = []
    for (const lane of ['background', 'background', 'urgent'] as const)
      asked.push(pool.run('probe', { path: lane }, { timeoutMs: 60_000, lane }).catch(() => lane))
    await expect.poll(() => workers.filter(({ orders }) => orders.length > 0).length).toBe(2)
    // One background task waits although a worker could have been had for it before the urgent one came.
    expect(workers.map(({ orders }) => orders.map(({ request }) => (request as { path: string }).path))).toEqual([
      ['background'],
      ['urgent'],
    ])
    await pool.close()
    await Promise.all(asked)
  })

  test('kills a worker that is too slow and names the file, and the next task gets a new one', async () => {
    const { pool, workers } = poolOf(1, silent, obedient)
    await expect(probe(pool, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'timeout', params: { file: 'a.png' } })
    expect(workers[0]!.killed).toBe(true)
    expect(await probe(pool)).toEqual(PROBE)
    await pool.close()
  })

  test('a worker that dies fails its own task only', async () => {
    const { pool } = poolOf(1, (_order, worker) => worker.kill(), obedient)
    await expect(probe(pool)).rejects.toMatchObject({ code: 'out_of_memory' })
    expect(await probe(pool)).toEqual(PROBE)
    await pool.close()
  })

  test('a cancelled task ends at once, running or waiting, and its worker is killed', async () => {
    const { pool, workers } = poolOf(1, silent)
    const abort = new AbortController()
    const running = probe(pool, { signal: abort.signal })
    const waiting = probe(pool, { signal: abort.signal })
    setTimeout(() => abort.abort(), 5)
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } }
    expect(await Promise.allSettled([running, waiting])).toMatchObject([cancelled, cancelled])
    expect(workers.every((worker) => worker.killed)).toBe(true)
    await expect(probe(pool, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
    await pool.close()
  })

  test('an error of the task comes back under its code with its cause', async () => {
    const { pool } = poolOf(1, ({ id }, worker) =>
      worker.answer({ id, ok: false, error: { code: 'damaged_pdf', params: { page: 3 }, detail: 'no root' } }),
    )
    await expect(probe(pool)).rejects.toMatchObject({ code: 'damaged_pdf', params: { file: 'a.png', page: 3 } })
    await pool.close()
  })

  test('an unheard-of error code does not pass for one of ours', async () => {
    const { pool } = poolOf(1, ({ id }, worker) =>
      worker.answer({ id, ok: false, error: { code: 'invented', params: {}, detail: '' } }),
    )
    await expect(probe(pool)).rejects.toMatchObject({ code: 'worker_failed' })
    await pool.close()
  })

  test('closing ends what waits and removes the scratch folder', async () => {
    const { pool } = poolOf(1, silent)
    const file = await pool.scratchFile()
    await writeFile(file, 'x')
    const running = probe(pool)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const waiting = probe(pool)
    const ended = Promise.allSettled([running, waiting])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await pool.close()
    for (const outcome of await ended) expect(outcome).toMatchObject({ status: 'rejected' })
    expect(existsSync(file)).toBe(false)
  })
})
