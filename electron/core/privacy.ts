/** Readers' data of long ended requests go: out of the database, the printed slips, every backup, and what was set aside. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Db } from '../../db/driver.ts'
import { addBlob, dropBlob, unusedBlobs, type BlobRow } from '../../db/queries/blobs.ts'
import { appendAudit } from '../../db/queries/audit.ts'
import { getMeta, setMeta } from '../../db/queries/meta.ts'
import { purgeOthers, purgeRequests, type Purge } from '../../db/queries/privacy.ts'
import { takeFile, tidyFiles } from './backup/make.ts'
import { listBackups, poolPath } from './backup/places.ts'
import type { Core } from './context.ts'

const DAY_MS = 86_400_000
const LOOK_MS = 60 * 60_000
const FIRST_LOOK_MS = 10 * 60_000

/** Stands for a slip that is no longer kept. */
const BLANK_SLIP = Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj
xref
0 4
0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
`)

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

async function purgeWhole(db: Db, purge: Purge, blank: string, stopped: () => boolean): Promise<string[]> {
  const changed: string[] = []
  // What is taken out is written over, not only let go of.
  db.pragma('secure_delete = ON')
  try {
    for (let after: number | null = 0; after !== null && !stopped();) {
      const { ids, next } = purgeRequests(db, purge, after)
      changed.push(...ids)
      after = next
      await nextTurn()
    }
    purgeOthers(db, purge, blank)
  } finally {
    db.pragma('secure_delete = FAST')
  }
  return changed
}

interface BackupPurge extends Purge {
  key: string
  schema: number
  blank: BlobRow
  /** Where the blank slip's bytes are. */
  blankPath: string
}

/** The same rule in every backup, and no file stays that none names any more; one of an older schema, which cannot be cleaned, goes. */
async function purgeBackups(place: string, purge: BackupPurge): Promise<void> {
  const { key, schema, blank, blankPath, now } = purge
  const all = listBackups(place)
  if (all.length === 0) return
  await takeFile(blankPath, poolPath(place, blank.sha256))
  for (const { folder, schema: its } of all) {
    if (its !== schema) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    const file = join(folder, 'desk.db')
    const db = openDatabase(file, { key, cacheMB: 8 })
    try {
      addBlob(db, blank, now)
      await purgeWhole(db, purge, blank.sha256, () => false)
      for (const sha256 of unusedBlobs(db, 1)) dropBlob(db, sha256)
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  }
  tidyFiles(place, listBackups(place), key)
}

/** Damaged databases and copies from before an upgrade are kept aside as long as readers' data may be. */
function dropSetAside(dataDir: string, olderThan: number): void {
  for (const name of readdirSync(dataDir)) {
    if (!/^desk\.db\.(damaged-|before-)/.test(name)) continue
    const path = join(dataDir, name)
    if (statSync(path).mtimeMs < olderThan) rmSync(path)
  }
}

export function createPrivacy(core: Core, key: string, ownPlace: string) {
  const { db, options, log } = core
  let running: Promise<number> | null = null
  let stopped = false

  async function run(by: string): Promise<number> {
    const now = core.now()
    const purge: Purge = { before: now - core.settings.get().purgeDays * DAY_MS, now }
    const blank = await core.blobs.put(BLANK_SLIP, 'application/pdf')
    const changed = await purgeWhole(db, purge, blank.sha256, () => stopped)
    if (stopped) return changed.length
    const schema = Number(db.pragma('user_version'))
    const second = getMeta(db, 'backupPlace')
    const inBackups = { ...purge, inBackup: true, key, schema, blank, blankPath: core.blobs.path(blank.sha256) }
    for (const place of [ownPlace, ...(second ? [join(second.path, `balis-desk-${core.deskId() || 'backup'}`)] : [])])
      await purgeBackups(place, inBackups).catch((error: unknown) => log.warn({ err: error }, 'purge of backups'))
    dropSetAside(options.dataDir, purge.before)
    db.write(() => {
      setMeta(db, 'lastPurge', { at: now, before: purge.before, requests: changed.length })
      if (changed.length === 0) return
      const detail = JSON.stringify({ requests: changed.length, before: purge.before })
      appendAudit(db, { at: now, user: by, event: 'readersPurged', objectId: '', opId: null, detail })
    })
    if (changed.length > 0) core.events.emit('queue')
    return changed.length
  }

  /**
   * @param by who asked for it, '' for the rule itself
   * @returns how many requests lost their reader's data
   */
  const purgeNow = (by: string): Promise<number> => (running ??= run(by).finally(() => (running = null)))
  const look = () => {
    if (core.deskId() === '' || core.sync.status.syncing) return
    if (core.now() - (getMeta(db, 'lastPurge')?.at ?? 0) < DAY_MS) return
    void purgeNow('').catch((error: unknown) => log.error({ err: error }, 'purge'))
  }
  let timers: NodeJS.Timeout[] = []
  return {
    purgeNow,
    start(): void {
      timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, LOOK_MS).unref()]
    },
    async close(): Promise<void> {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      await running?.catch(() => {})
    },
  }
}
