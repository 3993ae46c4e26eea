/** The data folder. Chromium's own files lie in a folder of theirs inside it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** @returns the folder with database and blobs, which exists from now on */
export function chooseDataFolder(wanted: string | undefined): string {
  const folder = wanted ?? app.getPath('userData')
  mkdirSync(folder, { recursive: true })
  app.setPath('userData', folder)
  app.setPath('sessionData', join(folder, 'window'))
  return folder
}
