/** Starts core, watches it, starts it again when it dies, and hands each window its port. */
import { MessageChannelMain, type MessagePortMain } from 'electron'
import { type Asking, createAsking } from '../contract/asking.ts'
import {
  type AskCore,
  type AskMain,
  type BlobPlace,
  CORE_ALLOCATOR,
  CORE_FLAGS,
  type CoreInit,
  type FromCore,
  type NoticeToCore,
  type ReadyUpdate,
  type RestoreOrder,
  type ToCore,
} from '../contract/host-link.ts'
import type { CoreState, Refusal } from '../contract/main.contract.ts'
import { type HostedProcess, startProcess } from './hosts/process-host.ts'
import { createPortRelay, type PortRelay } from './hosts/port-relay.ts'
import { createWorkerHost, type WorkerHost } from './hosts/worker-host.ts'
import { systemProxy } from './modules/system-proxy.ts'
import { createRestartLimit } from './restart-limit.ts'
import { systemPrint, systemPrinters } from './system-printing.ts'

/** How long core may take to close its database when the app ends, ms. */
const CLOSE_MS = 6000

export interface CoreHost {
  readonly state: CoreState
  /** Why core does not open, when it said so. */
  readonly refusal: Refusal | null
  start(): void
  /** Tries again after it was given up. */
  restart(): void
  /** Ends core, and lets it mend its database before it opens again. */
  recover(order: RestoreOrder): Promise<void>
  /** Core's end of a new channel goes to core, the window's end is returned. */
  openPort(): MessagePortMain
  notify(notice: NoticeToCore): void
  /** @returns null when core does not know the id, or is not there to ask */
  blob(id: string): Promise<BlobPlace | null>
  /** The package that may be installed now. */
  readyUpdate(): Promise<ReadyUpdate>
  /** Lets core close everything. */
  end(): Promise<void>
}

export interface CoreHostOptions {
  readonly init: () => CoreInit
  readonly onState: (state: CoreState, refusal: Refusal | null) => void
  /** Another core takes the place of one that ended, perhaps before it was ready: it knows nothing of windows and files. */
  readonly onStartAgain: () => void
}

/** What belongs to one running core. */
interface Run {
  readonly child: HostedProcess
  readonly asking: Asking<AskCore>
  readonly relay: PortRelay
  readonly workers: WorkerHost
}

export function createCoreHost(options: CoreHostOptions): CoreHost {
  const limit = createRestartLimit({ times: 3, withinMs: 60_000 })
  /** Ports and notices that came while no core ran. */
  const early: ((run: Run) => void)[] = []
  let state: CoreState = 'starting'
  let refusal: Refusal | null = null
  let run: Run | undefined
  let ending: (() => void) | undefined
  let restore: RestoreOrder | undefined

  function become(next: CoreState): void {
    if (state === next) return
    state = next
    options.onState(next, refusal)
  }

  function start(): void {
    startProcess({ name: 'balis-core', program: 'core.mjs', execArgv: CORE_FLAGS, env: CORE_ALLOCATOR }).then(
      (child) => serve(child),
      (error: unknown) => {
        console.error('core does not start', error)
        lost()
      },
    )
  }

  function serve(child: HostedProcess): void {
    const send = (message: ToCore, port?: MessagePortMain) => child.send(message, port)
    const workers = createWorkerHost(send)
    const relay = createPortRelay(child.carriesPorts, send)
    const asking = createAsking<AskCore, AskMain>(send, {
      forkWorker: (order) => workers.fork(order),
      killWorker: ({ worker }) => workers.kill(worker),
      systemProxy: ({ url }) => systemProxy(url),
      systemPrinters: () => systemPrinters(),
      systemPrint: (order) => systemPrint(order),
    })
    const mine: Run = { child, asking, relay, workers }
    child.onMessage((raw) => {
      const message = raw as FromCore
      if (asking.take(message)) return
      if (message.type === 'ready') become('running')
      else if (message.type === 'refused') refusal = message.refusal
      else if (message.type === 'port-data') relay.deliver(message.port, message.message)
      else if (message.type === 'port-close') relay.close(message.port)
    })
    child.onExit((code) => {
      asking.end('core ended')
      relay.end()
      workers.end()
      run = undefined
      if (ending) return ending()
      console.error(`core ended with ${code}`)
      lost()
    })
    send({ type: 'init', init: { ...options.init(), ...(restore ? { restore } : {}) } })
    restore = undefined
    run = mine
    for (const give of early.splice(0)) give(mine)
  }

  function lost(): void {
    if (refusal || !limit.mayRestart()) return become('failed')
    startAgain()
  }

  function startAgain(): void {
    become('restarting')
    options.onStartAgain()
    start()
  }

  function withCore(give: (run: Run) => void): void {
    if (run) give(run)
    else early.push(give)
  }

  async function end(): Promise<void> {
    if (!run) return
    const { child } = run
    await new Promise<void>((resolve) => {
      ending = resolve
      const patience = setTimeout(() => child.kill(), CLOSE_MS)
      child.onExit(() => clearTimeout(patience))
      child.send({ type: 'end' } satisfies ToCore)
    })
  }

  return {
    get state() {
      return state
    },
    get refusal() {
      return refusal
    },
    start,
    restart() {
      if (state !== 'failed') return
      limit.forget()
      refusal = null
      startAgain()
    },
    async recover(order) {
      await end()
      ending = undefined
      restore = order
      limit.forget()
      refusal = null
      startAgain()
    },
    openPort() {
      const { port1, port2 } = new MessageChannelMain()
      withCore((current) => current.relay.open(port2))
      return port1
    },
    notify: (notice) => withCore(({ child }) => child.send({ type: 'notice', notice } satisfies ToCore)),
    blob: async (id) => (await run?.asking.ask('blob', { id })) ?? null,
    readyUpdate: async () =>
      (await run?.asking.ask('readyUpdate', null)) ?? { ok: false, code: 'update_none', params: {} },
    end,
  }
}
