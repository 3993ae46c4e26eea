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
const DroppedPaths = z.array(z.string().min(1).max(4096)).max(500)

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
  ipcMain.handle(CHANNEL.takeFiles, async (event, paths: unknown) => {
    requireOurPage(event)
    return { files: await desk.files.grant(DroppedPaths.parse(paths)) }
  })
  ipcMain.on(CHANNEL.connectCore, (event) => {
    requireOurPage(event)
    event.sender.postMessage(CHANNEL.corePort, null, [desk.core.openPort()])
  })
}

/** @throws when the sender is not the main frame of our window on our own address */
function requireOurPage(event: IpcMainEvent | IpcMainInvokeEvent): void {
  const { senderFrame, sender } = event
  const ours = currentWindow()?.webContents
  if (!senderFrame || sender !== ours || senderFrame !== ours.mainFrame || senderFrame.origin !== APP_ORIGIN)
    throw new Error('refused')
}
