/** Ports whose messages main relays one by one, where the host cannot pass a real port. */
import type { PortClose, PortData } from '../../contract/host-link.ts'
import type { PortLike } from '../../contract/rpc.ts'

interface Relayed {
  receive: ((message: unknown) => void) | undefined
  closed: (() => void) | undefined
  readonly early: unknown[]
}

export interface RelayedPorts {
  open(number: number): PortLike
  deliver(number: number, message: unknown): void
  closed(number: number): void
}

/** @param send carries to main what a port says */
export function createRelayedPorts(send: (message: PortData | PortClose) => void): RelayedPorts {
  const open = new Map<number, Relayed>()
  return {
    open(number) {
      const state: Relayed = { receive: undefined, closed: undefined, early: [] }
      open.set(number, state)
      return {
        postMessage(message) {
          if (open.has(number)) send({ type: 'port-data', port: number, message })
        },
        onMessage(listener) {
          state.receive = listener
          for (const message of state.early.splice(0)) listener(message)
        },
        onClose: (listener) => (state.closed = listener),
        close() {
          if (open.delete(number)) send({ type: 'port-close', port: number })
        },
      }
    },
    deliver(number, message) {
      const state = open.get(number)
      if (state?.receive) state.receive(message)
      else state?.early.push(message)
    },
    closed(number) {
      const state = open.get(number)
      open.delete(number)
      state?.closed?.()
    },
  }
}
