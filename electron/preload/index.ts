/** Runs before the page, in a world of its own: hands over `window.desk` and the port to core, nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CORE_PORT_MESSAGE, type DeskBridge } from '../contract/bridge.ts'
import { CHANNEL } from '../contract/channels.ts'

/** A picture out of the clipboard lies in no file yet. */
async function bytesOf(file: File): Promise<{ name: string; bytes: Uint8Array }> {
  return { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
}

const bridge: DeskBridge = {
  askMain: (message) => ipcRenderer.invoke(CHANNEL.call, message),
  onMain(listener) {
    const relay = (_event: unknown, message: unknown) => listener(message)
    ipcRenderer.on(CHANNEL.event, relay)
    return () => void ipcRenderer.off(CHANNEL.event, relay)
  },
  connectCore: () => ipcRenderer.send(CHANNEL.connectCore),
  takeFiles: async (files) =>
    ipcRenderer.invoke(
      CHANNEL.takeFiles,
      await Promise.all(files.map((file) => webUtils.getPathForFile(file) || bytesOf(file))),
    ),
}

contextBridge.exposeInMainWorld('desk', bridge)

// A port cannot pass the context bridge, only a window message; it is addressed to this page's own origin.
ipcRenderer.on(CHANNEL.corePort, (event) => window.postMessage(CORE_PORT_MESSAGE, window.location.origin, event.ports))
