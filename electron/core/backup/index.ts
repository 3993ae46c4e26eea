/**
 * Backups while the desk works: one a day, beside the database and, where a person chose one, in a second place. Each
 * reads the whole database, so damage is found within a day and said.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { asDeskError } from '../../../db/driver.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { makeBackup } from './make.ts'
import { listBackups, ownBackups, type Backup } from './places.ts'
import { bringFiles } from './restore.ts'

const DAY_MS = 86_400_000
/** Backups kept beside the newest. */
const KEEP = 7
/** The first look comes once the morning's rush of starting is over. */
const FIRST_LOOK_MS = 5 * 60_000
const LOOK_MS = 30 * 60_000

export type Backups = ReturnType<typeof createBackups>

export function createBackups(core: Core, key: string) {
  const { db, options, log } = core
  const own = ownBackups(options.dataDir)
  let running: Promise<Backup> | null = null

  const into = (place: string) =>
    makeBackup({
      db,
      key,
      place,
      pathOf: (sha256) => core.blobs.path(sha256),
      version: options.version,
      now: Date.now(),
      keep: KEEP,
    })

  async function run(): Promise<Backup> {
    const outcome = (code: string | null, missing = 0) => {
      try {
        setMeta(db, 'lastBackup', { at: core.now(), code, missing, device: core.deskId() })
      } catch (error) {
        log.error({ err: error }, 'backup: outcome')
      }
      core.events.emit('status')
    }
    try {
      const backup = await into(own)
      const second = getMeta(db, 'backupPlace')
      if (second) {
        // A stick that is not there, a server that is off: the one beside the database stands, and it is said.
        if (!existsSync(second.path)) throw new DeskError('no_backup_place', { name: second.name })
        await into(join(second.path, `balis-desk-${core.deskId() || 'backup'}`))
      }
      await bringBack()
      outcome(null, backup.missing)
      return backup
    } catch (error) {
      const known = asDeskError(error)
      outcome(known instanceof DeskError ? known.code : 'internal')
      throw known
    }
  }

  /** Files that went missing in the data folder and stand in the pool come back. */
  async function bringBack(): Promise<void> {
    const names = db
      .sql<{ sha256: string }>('SELECT sha256 FROM blob')
      .all()
      .map((row) => row.sha256)
    const { files } = await bringFiles(options.dataDir, own, names)
    if (files > 0) log.warn({ files }, 'missing files were brought back from the backup')
  }

  function due(): boolean {
    const newest = listBackups(own)[0]
    // Enrolled anew: the centre knows the device of an older copy no more, and would refuse a desk restored from it.
    const last = getMeta(db, 'lastBackup')
    if (last?.code === null && last.device !== core.deskId()) return true
    return !newest || Date.now() - newest.at >= DAY_MS || newest.at > Date.now() + DAY_MS
  }

  const make = (): Promise<Backup> => (running ??= run().finally(() => (running = null)))
  const look = () => {
    if (core.deskId() === '' || core.sync.status.syncing || !due()) return
    void make().then(
      ({ id }) => log.info({ id }, 'daily backup'),
      (error: unknown) => log.error({ err: error }, 'daily backup'),
    )
  }
  let timers: NodeJS.Timeout[] = []

  return {
    /** @throws DeskError disk_full, read_only, database_damaged, no_backup_place */
    make,
    list: () => listBackups(own),
    last: () => getMeta(db, 'lastBackup') ?? null,
    /** A day has gone since the newest, or the centre knows this desk as another device since. */
    due,
    /** How old the newest whole backup is, ms; null when there is none. */
    age: (): number | null => {
      const newest = listBackups(own)[0]
      return newest ? Math.max(0, Date.now() - newest.at) : null
    },
    start(): void {
      timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, LOOK_MS).unref()]
    },
    async close(): Promise<void> {
      for (const timer of timers) clearTimeout(timer)
      await running?.catch(() => {})
    },
  }
}
