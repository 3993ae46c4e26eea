/**
 * Brings a database to the newest schema: `user_version` in steps of ten, each step one transaction, a copy of the
 * file before the first step, and a database from a newer program refused instead of guessed at.
 */
import { copyFileSync } from 'node:fs'
import { DeskError } from '../electron/contract/errors.ts'
import type { Db } from './driver.ts'

export interface Migration {
  /** 10, 20, 30 …; the number in the file's name. */
  version: number
  up(db: Db): void
}

/**
 * @returns the path of the copy made before the first step, or null when nothing had to be done or the file was new
 * @throws DeskError database_newer when the file is from a later version of the program
 */
export function migrate(db: Db, migrations: readonly Migration[]): string | null {
  const ordered = [...migrations].sort((a, b) => a.version - b.version)
  const newest = ordered.at(-1)?.version ?? 0
  const found = Number(db.pragma('user_version'))
  if (found > newest) throw new DeskError('database_newer', { found, known: newest })
  const steps = ordered.filter((step) => step.version > found)
  if (steps.length === 0) return null
  let copy: string | null = null
  if (found > 0) {
    db.pragma('wal_checkpoint(TRUNCATE)')
    copy = `${db.path}.before-${steps[0]!.version}`
    copyFileSync(db.path, copy)
  }
  for (const step of steps) {
    db.write(() => {
      step.up(db)
      db.pragma(`user_version = ${step.version}`)
    })
  }
  return copy
}
