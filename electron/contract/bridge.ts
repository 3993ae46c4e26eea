/**
 * `window.desk`: all that the preload script gives a page. Nothing here takes a channel name.
 *
 * How a page connects (renderer/host.ts):
 * - main: `createRpcClient({contract: mainContract, protocol: MAIN_PROTOCOL, event: MainEvent})`, then
 *   `client.attach(mainPort(window.desk))`.
 * - core: `createRpcClient({contract: coreContract, protocol: CORE_PROTOCOL, event: CoreEvent})`, then
 *   `onCorePort(window, (port) => client.attach(port))` and `window.desk.connectCore()`. After a restart of core a new
 *   port comes by itself.
 *
 * Import `electron/contract/strict-policy.ts` before everything else in the page.
 */
import type { PortLike } from './rpc.ts'

export interface DeskBridge {
  /** Answers one message of the main contract. */
  askMain(message: unknown): Promise<unknown>
  /** Messages of main's own accord (events of the main contract). @returns a function that ends it */
  onMain(listener: (message: unknown) => void): () => void
  /** Asks for a port to core; it arrives as a window message, see `onCorePort`. The first is under way already. */
  connectCore(): void
  /**
   * Turns files that were dropped or pasted into ids that core knows (`pages.import`).
   * @returns `{files: ChosenFile[]}`; what has no path on disk (a picture out of the clipboard) is kept in one first
   */
  takeFiles(files: File[]): Promise<unknown>
}

/** Marks the window message that carries a port to core. */
export const CORE_PORT_MESSAGE = 'desk:core-port'

/** The main contract over the bridge, in the shape the rpc client speaks. */
export function mainPort(bridge: DeskBridge): PortLike {
  let receive: (message: unknown) => void = () => {}
  const end = bridge.onMain((message) => receive(message))
  return {
    postMessage: (message) => void bridge.askMain(message).then((reply) => receive(reply)),
    onMessage: (listener) => (receive = listener),
    onClose: () => {},
    close: end,
  }
}

/** The parts of a page's MessagePort that are used. */
interface PagePort {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start(): void
  close(): void
}

export function pagePort(port: PagePort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  }
}

/** Calls `accept` with each port to core that main hands to this page. */
export function onCorePort(page: Window, accept: (port: PortLike) => void): void {
  page.addEventListener('message', (event: MessageEvent) => {
    const [port] = event.ports
    if (event.source === page && event.data === CORE_PORT_MESSAGE && port) accept(pagePort(port))
  })
}
