/** A window's way to core: the real port where the host carries it, else its messages one by one. */
import type { MessagePortMain } from 'electron'
import type { ToCore } from '../../contract/host-link.ts'

export interface PortRelay {
  /** Gives core its end of a channel. */
  open(port: MessagePortMain): void
  /** Core says something through a relayed port. */
  deliver(number: number, message: unknown): void
  close(number: number): void
  /** Core is gone: windows see their ports closed. */
  end(): void
}

export function createPortRelay(
  carriesPorts: boolean,
  send: (message: ToCore, port?: MessagePortMain) => void,
): PortRelay {
  const relayed = new Map<number, MessagePortMain>()
  let last = 0
  return {
    open(port) {
      const number = ++last
      if (carriesPorts) return send({ type: 'port', port: number }, port)
      relayed.set(number, port)
      send({ type: 'port', port: number })
      port.on('message', (event) => send({ type: 'port-data', port: number, message: event.data }))
      port.on('close', () => {
        if (relayed.delete(number)) send({ type: 'port-close', port: number })
      })
      port.start()
    },
    deliver: (number, message) => relayed.get(number)?.postMessage(message),
    close(number) {
      const port = relayed.get(number)
      relayed.delete(number)
      port?.close()
    },
    end() {
      for (const port of relayed.values()) port.close()
      relayed.clear()
    },
  }
}
