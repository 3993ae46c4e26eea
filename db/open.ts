/** Opens the desk's database: one writer per data folder, migrated, and checked when the last run did not end well. */
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeskError } from '../electron/contract/errors.ts'
import { Checkpoints } from './checkpoints.ts'
import { asDeskError, lockFile, openDatabase, type Db } from './driver.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'

const OWNER_ONLY = 0o600

export interface DeskDatabase {
  db: Db
  checkpoints: Checkpoints
  /** False when the program (or the machine) died without closing the database. */
  cleanExit: boolean
  /** Copy of the file made before an upgrade, else null. */
  backup: string | null
  close(): void
}

/** SQLite gives its log the permissions of the file, so the file has them before it is opened. */
function ownersOnly(path: string): void {
  try {
    closeSync(openSync(path, 'a', OWNER_ONLY))
    chmodSync(path, OWNER_ONLY)
  } catch {
    // A disk that cannot be written is told by opening the database.
  }
}

/** A database that was made ready to take the damaged one's place; it exists only while that is being done. */
export const READY = 'desk.db.ready'
/** Says that there was a database here once: one that is gone must not be taken for a first start. */
const MADE = 'desk.made'

/** The one in the desk's place goes aside, never away; the one made ready takes it. A start that finds it half done goes on. */
export function takePlace(folder: string, stamp: string): void {
  const path = join(folder, 'desk.db')
  const ready = join(folder, READY)
  if (!existsSync(ready)) return
  for (const end of ['', '-wal'])
    if (existsSync(path + end)) renameSync(path + end, join(folder, `desk.db.damaged-${stamp}${end}`))
  rmSync(`${path}-shm`, { force: true })
  renameSync(ready, path)
}

function refuseMissing(folder: string): void {
  const size = statSync(join(folder, 'desk.db'), { throwIfNoEntry: false })?.size ?? 0
  if (size === 0 && existsSync(join(folder, MADE))) throw new DeskError('database_missing')
}

/**
 * @param folder existing data folder
 * @param key 64 hex digits
 * @throws DeskError data_folder_in_use, database_newer, database_damaged, database_missing, read_only, disk_full
 */
export function openDesk(folder: string, key: string): DeskDatabase {
  const unlock = lockFile(join(folder, 'desk.lock'))
  let db: Db | undefined
  try {
    const path = join(folder, 'desk.db')
    takePlace(folder, 'interrupted')
    refuseMissing(folder)
    ownersOnly(path)
    db = openDatabase(path, { key })
    const backup = migrate(db, MIGRATIONS)
    if (!existsSync(join(folder, MADE))) writeFileSync(join(folder, MADE), '', { mode: OWNER_ONLY })
    const opened = db
    const checkpoints = new Checkpoints(db, { path, key })
    const cleanExit = db.sql(`SELECT 1 FROM meta WHERE key = 'running'`).get() === undefined
    if (!cleanExit && db.pragma('quick_check(1)') !== 'ok') throw new DeskError('database_damaged')
    db.sql(`INSERT OR REPLACE INTO meta (key, value) VALUES ('running', '1')`).run()
    return {
      db,
      checkpoints,
      cleanExit,
      backup,
      close: () => {
        checkpoints.end()
        try {
          opened.write(() => opened.sql(`DELETE FROM meta WHERE key = 'running'`).run())
        } catch (error) {
          // A disk that is full or read-only now: the next start checks the database, as after a crash.
          if (!(error instanceof DeskError)) throw error
        } finally {
          opened.close()
          unlock()
        }
      },
    }
  } catch (error) {
    db?.close()
    unlock()
    throw asDeskError(error)
  }
}
