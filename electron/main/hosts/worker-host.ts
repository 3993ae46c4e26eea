/** Workers that core cannot fork itself inside Electron: main forks them and joins the two with a port of their own. */
import { MessageChannelMain, type MessagePortMain } from 'electron'
import { WORKER_ALLOCATOR, type ToCore, workerFlags, type WorkerOrder } from '../../contract/host-link.ts'
import { type HostedProcess, startProcess } from './process-host.ts'

export interface WorkerHost {
  fork(order: WorkerOrder): Promise<{ worker: number; pid: number }>
  kill(worker: number): null
  /** Core is gone, and its workers with it. */
  end(): void
}

export function createWorkerHost(send: (message: ToCore, port?: MessagePortMain) => void): WorkerHost {
  const workers = new Map<number, HostedProcess>()
  let last = 0
  return {
    async fork({ entry, heapMb }) {
      const worker = ++last
      const child = await startProcess({
        name: `balis-${entry}`,
        program: `worker-${entry}.mjs`,
        execArgv: workerFlags(heapMb),
        env: WORKER_ALLOCATOR,
      })
      workers.set(worker, child)
      child.onExit((code) => {
        if (workers.delete(worker)) send({ type: 'worker-exit', worker, code })
      })
      const { port1, port2 } = new MessageChannelMain()
      child.send({ type: 'port' }, port1)
      send({ type: 'worker', worker }, port2)
      return { worker, pid: child.pid }
    },
    kill(worker) {
      workers.get(worker)?.kill()
      return null
    },
    end() {
      for (const [worker, child] of workers) {
        workers.delete(worker)
        child.kill()
      }
    },
  }
}
