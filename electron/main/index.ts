/** The shell. Does no work itself: no SQL, no network, no PDF; it starts fast and never blocks. */
import { app, dialog } from 'electron'
import { chooseDataFolder } from './modules/data-folder.ts'
import { declareAppScheme, serveApp } from './modules/app-scheme.ts'
import { logUnexpectedErrors } from './modules/unexpected-errors.ts'
import { readShellPolicy } from './modules/machine-settings.ts'
import { denyPermissions } from './modules/permissions.ts'
import { denyNavigation } from './modules/navigation.ts'
import { denyNetwork } from './modules/network.ts'
import { ownDataFolder } from './modules/single-instance.ts'
import { setMenu } from './modules/menu.ts'
import { guardIpc } from './ipc-guard.ts'
import { readLaunchOptions } from './launch-options.ts'
import { createDesk } from './desk.ts'
import { createMainHandlers } from './main-handlers.ts'
import { guardStart } from './start-guard.ts'
import { showWindow } from './windows.ts'

// Before Electron is ready.
logUnexpectedErrors()
app.enableSandbox()
declareAppScheme()
denyNavigation()
const options = readLaunchOptions(process.argv, process.env)
const policy = readShellPolicy()
const dataFolder = chooseDataFolder(options.dataDir ?? policy.dataFolder)

const guard = guardStart(dataFolder.path)

if (!guard.go) app.exit(0)
else if (ownDataFolder({ onSecondStart: showWindow })) void start().catch(noWindow)
else {
  guard.notCounted()
  app.exit(0)
}

async function start(): Promise<void> {
  const desk = createDesk(dataFolder, options, guard, policy)
  desk.start()
  await app.whenReady()
  denyPermissions()
  denyNetwork()
  serveApp(desk.blob)
  showWindow(desk.shell)
  // The window's process is being started meanwhile; nothing of it is heard before this turn ends.
  guardIpc(createMainHandlers(desk), desk)
  setMenu()
  app.on('activate', () => showWindow(desk.shell))
  app.on('window-all-closed', () => app.quit())
}

/** A desk without a window could neither be seen nor closed. In both languages: there is no page yet to say it in one. */
function noWindow(error: unknown): void {
  console.error('the desk does not start', error)
  guard.failed()
  const reason = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox('馆员工作台 · BALIS Desk', `工作台没有起来，数据没有改动。请把下面的话告诉管理员。\nThe desk did not start; no data were changed. Tell your administrator:\n\n${reason}`) // prettier-ignore
  app.exit(1)
}
