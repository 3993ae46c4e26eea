/** Electron's message port in the shape the rpc speaks. */
import type { PortLike } from '../../contract/rpc.ts'
import type { ElectronPort } from './channel.ts'

export function nodePort(port: ElectronPort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  }
}
