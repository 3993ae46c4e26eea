/** The data folder. Chromium's own files lie in a folder of theirs inside it. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'

export interface DataFolder {
  /** Where database and blobs belong. */
  readonly path: string
  /** False where nothing can be kept: core says why, in a window that keeps its own files elsewhere for so long. */
  readonly usable: boolean
}

export function chooseDataFolder(wanted: string | undefined): DataFolder {
  const path = wanted ?? usualFolder()
  try {
    if (isOfEverybody(path)) throw new Error(`${path} is a folder of everybody`)
    makeFolders(join(path, 'window'))
    app.setPath('userData', path)
    app.setPath('sessionData', join(path, 'window'))
    return { path, usable: true }
  } catch (error) {
    console.error('the data folder cannot be used', error)
    const instead = mkdtempSync(join(tmpdir(), 'balis-desk-'))
    app.setPath('userData', instead)
    app.setPath('sessionData', join(instead, 'window'))
    process.once('exit', () => rmSync(instead, { recursive: true, force: true }))
    return { path, usable: false }
  }
}

/** Such as /tmp: nothing of ours is put there, not even before core refuses it. */
const isOfEverybody = (path: string): boolean => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o1000) !== 0

/** Not by `recursive`: where the folder above is there and takes none, as in /proc, that one asks for ever. */
function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** On Windows the part of the profile that stays on this computer: the other is copied to a server and back. */
function usualFolder(): string {
  const local = process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined
  return local ? join(local, app.getName()) : app.getPath('userData')
}
