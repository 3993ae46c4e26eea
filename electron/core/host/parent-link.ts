/**
 * Core's side of the link to main. Core is a plain program: without a parent (`npm run desk`, tests) there is no link and
 * `connectParent()` gives null.
 *
 *   const parent = connectParent()
 *   if (parent) {
 *     const init = await parent.init
 *     parent.answer({ blob: ({ id }) => ... })
 *     parent.onPort((port) => servePort(port, answer, context))
 *     parent.onNotice((notice) => ...)
 *     parent.onEnd(async () => close())
 *     parent.ready()
 *   }
 */
import { type Answers, type Asking, createAsking } from '../../contract/asking.ts'
import type { AskCore, AskMain, CoreInit, FromCore, NoticeToCore, ToCore } from '../../contract/host-link.ts'
import type { Refusal } from '../../contract/main.contract.ts'
import type { PortLike } from '../../contract/rpc.ts'
import { type Channel, connectChannel } from './channel.ts'
import { createRelayedPorts } from './relayed-ports.ts'

/** How long core may take to close its database before it ends itself, ms. */
const CLOSE_MS = 5000
const REFUSE_MS = 100

export interface ParentLink {
  /** How to open, said by main at once. */
  readonly init: Promise<CoreInit>
  /** True where workers must be asked of main (see workers.ts). */
  readonly utility: boolean
  /** Asks main. */
  readonly ask: Asking<AskMain>['ask']
  /** What main may ask of core; questions before this wait. */
  answer(answers: Answers<AskCore>): void
  /** A window's port: speak the core contract through it. Ports that came earlier are given now. */
  onPort(accept: (port: PortLike) => void): void
  onNotice(listener: (notice: NoticeToCore) => void): void
  /** Ports and ends of workers that main forked. */
  onWorker(listener: (worker: number, event: { port: PortLike } | { exit: number }) => void): void
  /** Asked to end, or main is gone: close everything. The process ends when `close` is done. */
  onEnd(close: () => Promise<void>): void
  /** Core serves now. */
  ready(): void
  /** Core cannot open; the process ends once main knows why. */
  refuse(refusal: Refusal): void
}

/** @returns the link, or null when this process was started by hand */
export function connectParent(): ParentLink | null {
  const channel = connectChannel()
  return channel && linkOver(channel)
}

function linkOver(channel: Channel<ToCore, FromCore>): ParentLink {
  const init = Promise.withResolvers<CoreInit>()
  const answers = Promise.withResolvers<Answers<AskCore>>()
  const ports = createLater<PortLike>()
  const notices = createLater<NoticeToCore>()
  const workers = createLater<[number, { port: PortLike } | { exit: number }]>()
  const relayed = createRelayedPorts((message) => channel.send(message))
  let close: () => Promise<void> = async () => {}

  const asking = createAsking<AskMain, AskCore>((message) => channel.send(message), {
    blob: async (params) => (await answers.promise).blob(params),
    readyUpdate: async (params) => (await answers.promise).readyUpdate(params),
  })

  function end(): void {
    setTimeout(() => process.exit(1), CLOSE_MS).unref()
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }

  channel.onMessage((message, port) => {
    if (asking.take(message)) return
    switch (message.type) {
      case 'init':
        return init.resolve(message.init)
      case 'port':
        return ports.give(port ?? relayed.open(message.port))
      case 'port-data':
        return relayed.deliver(message.port, message.message)
      case 'port-close':
        return relayed.closed(message.port)
      case 'notice':
        return notices.give(message.notice)
      case 'worker':
        return port && workers.give([message.worker, { port }])
      case 'worker-exit':
        return workers.give([message.worker, { exit: message.code }])
      case 'end':
        return end()
    }
  })
  channel.onLost(end)

  return {
    init: init.promise,
    utility: channel.utility,
    ask: asking.ask,
    answer: (given) => answers.resolve(given),
    onPort: (accept) => ports.take(accept),
    onNotice: (listener) => notices.take(listener),
    onWorker: (listener) => workers.take(([worker, event]) => listener(worker, event)),
    onEnd: (given) => (close = given),
    ready: () => channel.send({ type: 'ready' }),
    refuse(refusal) {
      channel.send({ type: 'refused', refusal })
      // The word must be out before the process is gone.
      setTimeout(() => process.exit(1), REFUSE_MS)
    },
  }
}

/** Keeps what comes before anybody listens. */
function createLater<T>(): { give: (value: T) => void; take: (listener: (value: T) => void) => void } {
  const early: T[] = []
  let listener: ((value: T) => void) | undefined
  return {
    give: (value) => (listener ? listener(value) : void early.push(value)),
    take(given) {
      listener = given
      for (const value of early.splice(0)) given(value)
    },
  }
}
