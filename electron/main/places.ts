/** Addresses and folders of the shell. */
import { join } from 'node:path'
import { app } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'desk'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Where main and the page lie; inside app.asar when packed. */
export const SHELL_FOLDER = __dirname
export const PAGE_FOLDER = join(SHELL_FOLDER, 'renderer')

/** Where core, its workers and the rehearsal centre lie: beside main, and as files beside app.asar when packed. */
export const PROGRAM_FOLDER = app.isPackaged ? join(process.resourcesPath, 'desk', 'out', 'app') : SHELL_FOLDER

/**
 * Nodes that can run core where this Electron cannot, the first there is counts: the one packed along; else the
 * launcher's or that of the packages. A packed app takes no word of the environment for it.
 */
export function nodePlaces(): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  if (app.isPackaged) return [join(process.resourcesPath, 'node', name)]
  const { BALIS_DESK_NODE: launchers } = process.env
  return [...(launchers ? [launchers] : []), join(app.getAppPath(), 'node_modules', '.bin', name)]
}
