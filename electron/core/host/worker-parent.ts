/** A worker's side of its line to core. A worker ends when core does. */
import { connectChannel } from './channel.ts'

export interface WorkerParent {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** @throws when the program was not started as a worker */
export function connectWorkerParent(): WorkerParent {
  const channel = connectChannel<{ type?: string }, unknown>()
  if (!channel) throw new Error('this program is a worker of core and is not started by hand')
  channel.onLost(() => process.exit(0))
  if (!channel.utility) {
    return { post: (message) => channel.send(message), onMessage: (listener) => channel.onMessage(listener) }
  }
  // Inside Electron the first message brings the port to core.
  const port = new Promise<import('../../contract/rpc.ts').PortLike>((resolve) => {
    channel.onMessage((_message, given) => given && resolve(given))
  })
  void port.then((open) => open.onClose(() => process.exit(0)))
  return {
    post: (message) => void port.then((open) => open.postMessage(message)),
    onMessage: (listener) => void port.then((open) => open.onMessage(listener)),
  }
}
