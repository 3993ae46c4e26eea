/** The only user of ipcMain: four fixed channels, each answering our own page's main frame and nobody else. */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { CHANNEL } from '../contract/channels.ts'
import { MAIN_PROTOCOL, mainContract } from '../contract/main.contract.ts'
import { createRpcServer, type Handlers } from '../contract/rpc-server.ts'
import { APP_ORIGIN } from './places.ts'
import { currentWindow } from './windows.ts'
import type { Desk } from './desk.ts'

/** Paths come from the preload script, which has them from the system; a page cannot make one up. */
const DroppedFile = z.union([
  z.string().min(1).max(4096),
  z.strictObject({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) }),
])
const DroppedFiles = z.array(DroppedFile).max(500)

export function guardIpc(handlers: Handlers<typeof mainContract>, desk: Desk): void {
  const answer = createRpcServer({
    contract: mainContract,
    protocol: MAIN_PROTOCOL,
    handlers,
    onUnexpected: (method, error) => console.error(`${method} failed`, error),
  })

  ipcMain.handle(CHANNEL.call, (event, message: unknown) => {
    requireOurPage(event)
    return answer(message, undefined)
  })
  ipcMain.handle(CHANNEL.takeFiles, async (event, files: unknown) => {
    requireOurPage(event)
    return desk.files.grantDropped(DroppedFiles.parse(files))
  })
  ipcMain.on(CHANNEL.connectCore, (event) => {
    if (!isOurPage(event)) return
    event.sender.postMessage(CHANNEL.corePort, null, [desk.core.openPort()])
    desk.pageRuns()
  })
}

/** @throws so that the sender's promise fails, unless it is our page */
function requireOurPage(event: IpcMainInvokeEvent): void {
  if (!isOurPage(event)) throw new Error('refused')
}

/** Whether the sender is the main frame of our window on our own address. */
function isOurPage({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const ours = currentWindow()?.webContents
  return sender === ours && senderFrame === ours.mainFrame && senderFrame.origin === APP_ORIGIN
}
