/**
 * Puts a backup in the place of a database that cannot be used. The damaged one is kept beside it, what this desk wrote
 * since is taken over from it, and only the last step, two renames, changes what the next start finds.
 */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { asDeskError, lockFile, openDatabase, type Db } from '../../../db/driver.ts'
import { migrate } from '../../../db/migrate.ts'
import { MIGRATIONS } from '../../../db/migrations/index.ts'
import { READY, takePlace } from '../../../db/open.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { setMeta } from '../../../db/queries/meta.ts'
import { salvage, type Salvaged } from '../../../db/salvage.ts'
import { DeskError } from '../../contract/errors.ts'
import { keyMark, takeFile } from './make.ts'
import { backupId, ownBackups, poolPath, type Backup } from './places.ts'

export interface Restored {
  backup: Backup
  salvaged: Salvaged
  /** Files brought back, and files that are in no backup either. */
  files: number
  missing: number
}

/**
 * The desk must be closed.
 * @param key of the data folder (or the recovery key, typed in)
 * @throws DeskError data_folder_in_use, recovery_key_wrong, backup_unusable, disk_full, read_only
 */
export async function restoreBackup(dataDir: string, key: string, backup: Backup, now: number): Promise<Restored> {
  if (backup.keyMark !== keyMark(key)) throw new DeskError('recovery_key_wrong')
  const copy: Copy = { id: backup.id, at: backup.at, path: join(backup.folder, 'desk.db') }
  return { backup, ...(await putInPlace(dataDir, key, copy, now, join(backup.folder, '..'))) }
}

/** A whole database that is to take the place of the desk's. */
export interface Copy {
  id: string
  /** When it was made, ms UTC. */
  at: number
  path: string
}

/**
 * The same for any copy of the database.
 * @param pool a place of backups from which missing files are brought
 */
export async function putInPlace(
  dataDir: string,
  key: string,
  from: Copy,
  now: number,
  pool = ownBackups(dataDir),
): Promise<Omit<Restored, 'backup'>> {
  const unlock = lockFile(join(dataDir, 'desk.lock'))
  const work = join(dataDir, 'desk.db.restoring')
  try {
    await removeDatabase(work)
    await copyFile(from.path, work)
    const copy = openWhole(work, key)
    const old = openOld(dataDir, key)
    let salvaged: Salvaged
    let names: string[]
    try {
      const older = migrate(copy, MIGRATIONS)
      if (older) await rm(older, { force: true })
      salvaged = salvage(copy, old)
      noteRestore(copy, from, salvaged, now)
      names = copy
        .sql<{ sha256: string }>('SELECT sha256 FROM blob')
        .all()
        .map((row) => row.sha256)
      copy.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      copy.close()
      old?.close()
    }
    const files = await bringFiles(dataDir, pool, names)
    await removeDatabase(join(dataDir, READY))
    await rename(work, join(dataDir, READY))
    takePlace(dataDir, backupId(now))
    return { salvaged, ...files }
  } catch (error) {
    throw asDeskError(error)
  } finally {
    await removeDatabase(work)
    unlock()
  }
}

/** The trail and the next window tell what was done. */
function noteRestore(db: Db, backup: Copy, { outcome, rows, damaged }: Salvaged, now: number): void {
  db.write(() => {
    const told = { from: backup.at, outcome, rows }
    setMeta(db, 'lastRestore', { at: now, ...told })
    const detail = JSON.stringify({ ...told, damaged })
    appendAudit(db, { at: now, user: '', event: 'restored', objectId: backup.id, opId: null, detail })
  })
}

async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true })
}

/** @throws DeskError backup_unusable */
function openWhole(path: string, key: string): Db {
  let db: Db | undefined
  try {
    db = openDatabase(path, { key })
    if (db.pragma('quick_check(1)') === 'ok') return db
  } catch (error) {
    db?.close()
    throw new DeskError('backup_unusable', {}, { cause: error })
  }
  db.close()
  throw new DeskError('backup_unusable')
}

/** The database that is replaced, as far as it can be opened at all. */
function openOld(dataDir: string, key: string): Db | null {
  const path = join(dataDir, 'desk.db')
  if (!existsSync(path)) return null
  try {
    return openDatabase(path, { key })
  } catch {
    return null
  }
}

/** Whether a file is there and its bytes are those that its name says. */
async function holds(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  } catch {
    return false
  }
  return hash.digest('hex') === sha256
}

/** Files the database names and the data folder lost. */
export async function bringFiles(
  dataDir: string,
  place: string,
  names: readonly string[],
): Promise<{ files: number; missing: number }> {
  let [files, missing] = [0, 0]
  for (const sha256 of names) {
    const to = join(dataDir, 'blobs', sha256.slice(0, 2), sha256)
    if (existsSync(to)) continue
    await mkdir(join(dataDir, 'blobs', sha256.slice(0, 2)), { recursive: true })
    const from = poolPath(place, sha256)
    // A place of backups may be a stick that was in other hands: what is not the named file is missing.
    if ((await holds(from, sha256)) && (await takeFile(from, to))) files++
    else missing++
  }
  return { files, missing }
}
