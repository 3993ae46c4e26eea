/** The only user of ipcMain: four fixed channels, each answering our own page's main frame and nobody else. */
import { type BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import * as z from 'zod'
import { CHANNEL } from '../contract/channels.ts'
import { MAIN_PROTOCOL, mainContract } from '../contract/main.contract.ts'
import { createRpcServer } from '../contract/rpc-server.ts'
import { APP_ORIGIN } from './places.ts'
import { createRestartLimit, type RestartLimit } from './restart-limit.ts'
import { windowOf } from './windows.ts'
import type { Desk } from './desk.ts'
import type { MainHandlers } from './main-handlers.ts'

/** Paths come from the preload script, which has them from the system; a page cannot make one up. */
const DroppedFile = z.union([
  z.string().min(1).max(4096),
  z.strictObject({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) }),
])
const DroppedFiles = z.array(DroppedFile).max(500)

/** Ports to core a page may ask for: one at its start and one at each start of core; a flood of them is no page of ours. */
const CONNECTS = { times: 20, withinMs: 10_000 }

export function guardIpc(handlers: MainHandlers, desk: Desk): void {
  const answer = createRpcServer<typeof mainContract, BrowserWindow>({
    contract: mainContract,
    protocol: MAIN_PROTOCOL,
    handlers,
    onUnexpected: (method, error) => console.error(`${method} failed`, error),
  })

  ipcMain.handle(CHANNEL.call, (event, message: unknown) => {
    const page = requireOurPage(event)
    desk.pageRuns()
    return answer(message, page)
  })
  ipcMain.handle(CHANNEL.takeFiles, async (event, files: unknown) => {
    requireOurPage(event)
    return desk.files.grantDropped(DroppedFiles.parse(files))
  })
  const connects = new WeakMap<WebContents, RestartLimit>()
  function limitOf(sender: WebContents): RestartLimit {
    const known = connects.get(sender)
    if (known) return known
    const limit = createRestartLimit(CONNECTS)
    connects.set(sender, limit)
    // A page that is loaded anew owes nothing for the one before.
    sender.on('did-start-loading', () => limit.forget())
    return limit
  }
  ipcMain.on(CHANNEL.connectCore, (event) => {
    if (!ownWindowOf(event)) return
    if (!limitOf(event.sender).mayRestart()) return
    event.sender.postMessage(CHANNEL.corePort, null, [desk.core.openPort()])
  })
}

/** @returns the window that asks. @throws so that the sender's promise fails, unless it is our page */
function requireOurPage(event: IpcMainInvokeEvent): BrowserWindow {
  const window = ownWindowOf(event)
  if (!window) throw new Error('refused')
  return window
}

/** Our window whose main frame, on our own address, the sender is. */
function ownWindowOf({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | undefined {
  const ours = senderFrame === sender.mainFrame && senderFrame.origin === APP_ORIGIN
  return ours ? windowOf(sender) : undefined
}
