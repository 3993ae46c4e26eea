/** Addresses and folders of the shell. */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { app } from 'electron'
import type { PackageKind } from '../contract/host-link.ts'

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

/** How this desk was installed; undefined: it was not (run from source, a folder that somebody copied). */
export function packageKind(): PackageKind | undefined {
  if (!app.isPackaged) return undefined
  if (process.platform === 'win32') return 'nsis'
  if (process.platform === 'darwin') return 'dmg'
  // The runtime of AppImages mounts them and names the file.
  if (process.env.APPIMAGE) return 'appimage'
  return existsSync(join(dirname(process.execPath), 'desk-version')) ? 'deb' : undefined
}

/** Where it is noted which versions have come up; the launcher of the .deb looks there as well. */
export function startMarks(): string | null {
  return packageKind() ? join(app.getPath('appData'), basename(process.execPath), 'starts') : null
}

/** What a desk that was updated is started by: the launcher in the folder of the newest version. */
export function newestProgram(): string {
  const folder = dirname(process.execPath).replace(/-previous$/, '')
  return packageKind() === 'deb' ? join(folder, 'start') : (process.env.APPIMAGE ?? process.execPath)
}
