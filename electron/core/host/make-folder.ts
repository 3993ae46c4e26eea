/** Folders that a person named. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it, closed to others; nothing to do where it is there. Step by step and not by
 * `recursive`: that one asks for ever where the folder above is there and says ENOENT all the same, as in /proc.
 * @throws NodeJS.ErrnoException that names the path, ENOTDIR where a file is in the way
 */
export function makeFolder(path: string): void {
  const folder = resolve(path)
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return
    throw Object.assign(new Error(`ENOTDIR: not a directory, '${folder}'`), { code: 'ENOTDIR', path: folder })
  }
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
