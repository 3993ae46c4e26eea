/** Makes a backup while the desk works: database first, then the files it names, then the note that says it is whole. */
import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asDeskError, openDatabase, type Db } from '../../../db/driver.ts'
import { auditEnd } from '../../../db/queries/audit.ts'
import { outboxCounts } from '../../../db/queries/outbox.ts'
import { DeskError } from '../../contract/errors.ts'
import { makeFolder } from '../host/make-folder.ts'
import { backupId, listBackups, poolPath, unfinished, type Backup, type BackupNote } from './places.ts'

export interface BackupWork {
  db: Db
  key: string
  /** Where the bytes of a blob are. */
  pathOf(sha256: string): string
  /** Folder of the backups. */
  place: string
  version: string
  /** ms UTC. */
  now: number
  /** Backups kept beside the new one, newest first. */
  keep: number
}

export const keyMark = (key: string): string => createHash('sha256').update(`mark ${key}`).digest('hex').slice(0, 12)

/**
 * @returns the finished backup
 * @throws DeskError disk_full, read_only, database_damaged when the copy cannot be read to its end
 */
export async function makeBackup(work: BackupWork): Promise<Backup> {
  const { db, key, place, now } = work
  const folder = join(place, backupId(now))
  try {
    makeFolder(folder)
    for (const left of unfinished(place)) if (left !== folder) await rm(left, { recursive: true, force: true })
    const file = join(folder, 'desk.db')
    await enoughSpace(db, place)
    await db.backup(file)
    const copy = openDatabase(file, { key, readonly: true, cacheMB: 8 })
    try {
      await readToTheEnd(copy)
      const files = await takeFiles(copy, work)
      const note: BackupNote = {
        format: 1,
        id: backupId(now),
        at: now,
        version: work.version,
        schema: Number(copy.pragma('user_version')),
        keyMark: keyMark(key),
        requests: copy.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM base WHERE type = 'request'`).get()!.n,
        waiting: outboxCounts(copy).waiting,
        ...files,
        bytes: (await stat(file)).size,
        audit: auditEnd(copy),
      }
      await writeNote(folder, note)
      rotate(place, work.keep + 1, key)
      return { ...note, folder }
    } finally {
      close(copy, file)
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
    throw asDeskError(error)
  }
}

/** Reading leaves an empty log beside a file; nothing of it is needed. */
function close(copy: Db, file: string): void {
  copy.close()
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
}

/** A disk that this copy would fill must stay usable for work. */
async function enoughSpace(db: Db, place: string): Promise<void> {
  const { bavail, bsize } = await statfs(place)
  const needed = Number(db.pragma('page_count')) * Number(db.pragma('page_size'))
  if (bavail * bsize < needed * 1.1 + (1 << 20)) throw new DeskError('disk_full')
}

/** Every page is read and its seal checked, a table at a time with turns between. @throws DeskError database_damaged */
async function readToTheEnd(copy: Db): Promise<void> {
  const tables = copy
    .sql<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`)
    .all()
  for (const { name } of tables) {
    if (copy.pragma(`quick_check('${name.replaceAll("'", "''")}')`) !== 'ok') throw new DeskError('database_damaged')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function takeFiles(
  copy: Db,
  { place, pathOf }: BackupWork,
): Promise<Pick<BackupNote, 'blobs' | 'blobBytes' | 'missing'>> {
  const have = await pooled(place)
  let [blobs, blobBytes, missing] = [0, 0, 0]
  for (const { sha256, bytes } of copy.sql<{ sha256: string; bytes: number }>('SELECT sha256, bytes FROM blob').all()) {
    if (!have.has(sha256) && !(await takeFile(pathOf(sha256), poolPath(place, sha256)))) missing++
    else {
      blobs++
      blobBytes += bytes
    }
  }
  return { blobs, blobBytes, missing }
}

/** Names of the files that the pool has. */
async function pooled(place: string): Promise<Set<string>> {
  const names = new Set<string>()
  for (const part of await readdir(join(place, 'files')).catch(() => []))
    for (const name of await readdir(join(place, 'files', part)).catch(() => [])) names.add(name)
  return names
}

/** By a second name where the disk is the same, else by copying. @returns false when there is nothing to take */
export async function takeFile(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await link(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return true
    if (code === 'ENOENT') return false
  }
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to)
  return true
}

async function writeNote(folder: string, note: BackupNote): Promise<void> {
  const path = join(folder, 'backup.json')
  const file = await open(`${path}.part`, 'wx', 0o600)
  await file.writeFile(`${JSON.stringify(note, null, 2)}\n`)
  await file.sync().finally(() => file.close())
  await rename(`${path}.part`, path)
}

/** Lets the oldest go, and the files that only they named. */
function rotate(place: string, keep: number, key: string): void {
  const all = listBackups(place)
  const [kept, old] = [all.slice(0, keep), all.slice(keep)]
  for (const { folder } of old) rmSync(folder, { recursive: true, force: true })
  if (old.length > 0) tidyFiles(place, kept, key)
}

/** Files of the pool that no backup names. A backup that cannot be read keeps them all. */
export function tidyFiles(place: string, kept: readonly Backup[], key: string): void {
  const named = new Set<string>()
  for (const { folder } of kept) {
    const file = join(folder, 'desk.db')
    const db = openDatabase(file, { key, readonly: true, cacheMB: 2 })
    try {
      for (const { sha256 } of db.sql<{ sha256: string }>('SELECT sha256 FROM blob').all()) named.add(sha256)
    } finally {
      close(db, file)
    }
  }
  const files = join(place, 'files')
  for (const part of readdirSync(files))
    for (const name of readdirSync(join(files, part))) if (!named.has(name)) rmSync(join(files, part, name))
}
