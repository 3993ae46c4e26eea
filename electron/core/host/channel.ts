/** The line from a hosted process to main, whichever of the two hosts started it. */
import type { FromCore, ToCore } from '../../contract/host-link.ts'
import { nodePort } from './node-port.ts'
import type { PortLike } from '../../contract/rpc.ts'

export interface Channel<In, Out> {
  send(message: Out): void
  /** `port` is there when a real message port travelled along. */
  onMessage(listener: (message: In, port: PortLike | undefined) => void): void
  /** The parent went away. */
  onLost(listener: () => void): void
  /** True when the parent is Electron's utility process service, where this process cannot fork. */
  readonly utility: boolean
}

/** Electron's `process.parentPort`, described here because core imports nothing of Electron. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void
}
export interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** @returns the line to the parent, or null when this process was started by hand */
export function connectChannel<In = ToCore, Out = FromCore>(): Channel<In, Out> | null {
  const { parentPort } = process as { parentPort?: ElectronParentPort }
  if (parentPort) {
    return {
      utility: true,
      send: (message) => parentPort.postMessage(message),
      onMessage(listener) {
        parentPort.on('message', ({ data, ports }) => listener(data as In, ports[0] && nodePort(ports[0])))
      },
      // Electron ends its utility processes itself.
      onLost: () => {},
    }
  }
  if (!process.send) return null
  return {
    utility: false,
    send(message) {
      // A parent that goes at this very moment is told by `disconnect`; without the callback core would fall over its message.
      if (process.connected) process.send?.(message, undefined, undefined, () => {})
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as In, undefined)),
    onLost: (listener) => void process.on('disconnect', listener),
  }
}
