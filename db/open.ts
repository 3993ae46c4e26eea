/** Opens the desk's database: one writer per data folder, migrated, and checked when the last run did not end well. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DeskError } from '../electron/contract/errors.ts'
import { lockFile, openDatabase, type Db } from './driver.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'

const OWNER_ONLY = 0o600

export interface DeskDatabase {
  db: Db
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

/**
 * @param folder existing data folder
 * @param key 64 hex digits
 * @throws DeskError data_folder_in_use, database_newer, database_damaged, read_only, disk_full
 */
export function openDesk(folder: string, key: string): DeskDatabase {
  const unlock = lockFile(join(folder, 'desk.lock'))
  let db: Db | undefined
  try {
    const path = join(folder, 'desk.db')
    ownersOnly(path)
    db = openDatabase(path, { key })
    const backup = migrate(db, MIGRATIONS)
    const opened = db
    const cleanExit = db.sql(`SELECT 1 FROM meta WHERE key = 'running'`).get() === undefined
    if (!cleanExit && db.pragma('quick_check(1)') !== 'ok') throw new DeskError('database_damaged')
    db.sql(`INSERT OR REPLACE INTO meta (key, value) VALUES ('running', '1')`).run()
    return {
      db,
      cleanExit,
      backup,
      close: () => {
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
    throw error
  }
}
