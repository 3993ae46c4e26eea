/** Files that a command leaves where it was told to. */
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { asDeskError } from '../../../db/driver.ts'
import { WrongUse } from './wrong-use.ts'

/**
 * Writes a file for its owner only; one that is there already is not written over, and half of one is not left.
 * @returns its full path
 * @throws WrongUse when it exists, DeskError disk_full, the system's error naming the path
 */
export function writeNew(path: string, text: string | Buffer): string {
  const full = resolve(path)
  try {
    writeFileSync(full, text, { mode: 0o600, flag: 'wx' })
    return full
  } catch (error) {
    const { code, path: named } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new WrongUse(`${full} exists`)
    // The system names the path where it could not open it, and not where it could not go on writing.
    if (named !== undefined) throw error
    rmSync(full, { force: true })
    throw asDeskError(error)
  }
}
