/**
 * Worker processes for bytes from outside (images, PDFs). Inside Electron main forks them on request, elsewhere this
 * process does; the handle is the same. Killing a worker never harms core.
 *
 *   const worker = await createWorkerForker(parent)({ entry: 'document', heapMb: 512 })
 *   worker.onMessage(...); worker.onExit(...); worker.post(...); worker.kill()
 *
 * A worker's program talks back through worker-parent.ts.
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WORKER_ALLOCATOR, workerFlags, type WorkerEntry, type WorkerOrder } from '../../contract/host-link.ts'
import type { PortLike } from '../../contract/rpc.ts'
import { appRoot, runsFromSource } from './places.ts'
import type { ParentLink } from './parent-link.ts'

const SOURCES: Readonly<Record<WorkerEntry, string>> = { document: '../documents/worker.ts' }

export interface WorkerHandle {
  readonly pid: number
  /** Sends a message of plain JSON; bytes go through files. */
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with the exit code, or -1 when a signal ended it. */
  onExit(listener: (code: number) => void): void
  /** Ends the worker at once (SIGKILL). */
  kill(): void
}

export type WorkerForker = (order: WorkerOrder) => Promise<WorkerHandle>

/** @param parent core's link to main, or null when core runs by itself */
export function createWorkerForker(parent: ParentLink | null): WorkerForker {
  return parent?.utility ? forkerThroughMain(parent) : async (order) => forkHere(order)
}

/** From its sources a worker spends longer on stripping their types than on a page: what was stripped once is kept. */
const COMPILED = runsFromSource ? { NODE_COMPILE_CACHE: join(appRoot, 'out', 'compiled') } : {}

function forkHere({ entry, heapMb }: WorkerOrder): WorkerHandle {
  const child = fork(workerProgram(entry), [], {
    execArgv: workerFlags(heapMb),
    env: { ...COMPILED, ...process.env, ...WORKER_ALLOCATOR },
    // Its words belong to the log of core, its stdin to nobody.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exit = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1))
    child.once('error', () => resolve(-1))
  })
  return {
    pid: child.pid ?? -1,
    post(message) {
      if (child.connected) child.send(message as object)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exit.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function workerProgram(entry: WorkerEntry): string {
  const path = runsFromSource ? SOURCES[entry] : `./worker-${entry}.mjs`
  return fileURLToPath(new URL(path, import.meta.url))
}

function forkerThroughMain(parent: ParentLink): WorkerForker {
  const ports = new Map<number, PromiseWithResolvers<PortLike>>()
  const exits = new Map<number, PromiseWithResolvers<number>>()
  const of = <T>(map: Map<number, PromiseWithResolvers<T>>, worker: number): PromiseWithResolvers<T> => {
    const known = map.get(worker) ?? Promise.withResolvers<T>()
    map.set(worker, known)
    return known
  }
  parent.onWorker((worker, event) => {
    if ('port' in event) of(ports, worker).resolve(event.port)
    else of(exits, worker).resolve(event.exit)
  })

  return async (order) => {
    const { worker, pid } = await parent.ask('forkWorker', order)
    const port = await of(ports, worker).promise
    const exit = of(exits, worker).promise
    void exit.then(() => {
      ports.delete(worker)
      exits.delete(worker)
    })
    return {
      pid,
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.onMessage(listener),
      onExit: (listener) => void exit.then(listener),
      kill: () => void parent.ask('killWorker', { worker }).catch(() => {}),
    }
  }
}
