/** Runs before the page, in a world of its own: hands over `window.desk` and the port to core, nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CORE_PORT_MESSAGE, type DeskBridge } from '../contract/bridge.ts'
import { CHANNEL } from '../contract/channels.ts'

/** A picture out of the clipboard lies in no file yet. */
async function bytesOf(file: File): Promise<{ name: string; bytes: Uint8Array }> {
  return { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** The page's script asked for a port. */
let wanted = false
/** A port that came while the script was still being read. */
let kept: readonly MessagePort[] | undefined

// A port cannot pass the context bridge, only a window message; it is addressed to this page's own origin.
const handOver = (ports: readonly MessagePort[]) =>
  window.postMessage(CORE_PORT_MESSAGE, window.location.origin, [...ports])

const bridge: DeskBridge = {
  askMain: (message) => ipcRenderer.invoke(CHANNEL.call, message),
  onMain(listener) {
    const relay = (_event: unknown, message: unknown) => listener(message)
    ipcRenderer.on(CHANNEL.event, relay)
    return () => void ipcRenderer.off(CHANNEL.event, relay)
  },
  connectCore() {
    if (wanted) ipcRenderer.send(CHANNEL.connectCore)
    wanted = true
    if (kept) handOver(kept)
    kept = undefined
  },
  takeFiles: async (files) =>
    ipcRenderer.invoke(
      CHANNEL.takeFiles,
      await Promise.all(files.map((file) => webUtils.getPathForFile(file) || bytesOf(file))),
    ),
}

contextBridge.exposeInMainWorld('desk', bridge)

ipcRenderer.on(CHANNEL.corePort, (event) => {
  if (wanted) handOver(event.ports)
  else kept = event.ports
})
// Asked for before the page's script is read, so that its first questions wait for nothing but core.
ipcRenderer.send(CHANNEL.connectCore)
