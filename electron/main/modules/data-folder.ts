/** The data folder. Chromium's own files lie in a folder of theirs inside it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** @returns the folder with database and blobs, which exists from now on */
export function chooseDataFolder(wanted: string | undefined): string {
  const folder = wanted ?? usualFolder()
  mkdirSync(folder, { recursive: true })
  app.setPath('userData', folder)
  app.setPath('sessionData', join(folder, 'window'))
  return folder
}

/** On Windows the part of the profile that stays on this computer: the other is copied to a server and back. */
function usualFolder(): string {
  const local = process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined
  return local ? join(local, app.getName()) : app.getPath('userData')
}
