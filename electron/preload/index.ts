/** Runs before the page, in a world of its own: hands over `window.desk` and the port to core, nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CORE_PORT_MESSAGE, type DeskBridge } from '../contract/bridge.ts'
import { CHANNEL } from '../contract/channels.ts'

const bridge: DeskBridge = {
  askMain: (message) => ipcRenderer.invoke(CHANNEL.call, message),
  onMain(listener) {
    const relay = (_event: unknown, message: unknown) => listener(message)
    ipcRenderer.on(CHANNEL.event, relay)
    return () => void ipcRenderer.off(CHANNEL.event, relay)
  },
  connectCore: () => ipcRenderer.send(CHANNEL.connectCore),
  takeFiles: (files) =>
    ipcRenderer.invoke(CHANNEL.takeFiles, files.map((file) => webUtils.getPathForFile(file)).filter(Boolean)),
}

contextBridge.exposeInMainWorld('desk', bridge)

// A port cannot pass the context bridge, only a window message; it is addressed to this page's own origin.
ipcRenderer.on(CHANNEL.corePort, (event) => window.postMessage(CORE_PORT_MESSAGE, window.location.origin, event.ports))
