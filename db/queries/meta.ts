/** Named facts about this desk (table meta), each with its type. */
import type { ErrorCode } from '../../electron/contract/errors.ts'
import type { DueRulesView, HouseRules } from '../../electron/contract/core.contract.ts'
import type { Db } from '../driver.ts'
import type { KnownPerson } from './known-person.ts'
import type { WatchedFolderRow } from './watched-folders.ts'

/** JSON values by key; a key that was never set reads as undefined. */
export interface MetaValues {
  deskId: string
  deskName: string
  library: { id: string; code: string; name: string; nameEn: string }
  me: { id: string; name: string; role: 'staff' | 'supervisor' } | null
  tokens: { token: string; refresh: string; staffToken: string | null }
  /** Digest of the code with which the desk last tried to enrol by itself. */
  enrolCodeTried: string
  epoch: string
  /** Opaque cursor of the feed; only the sync engine writes it, by compare-and-set. */
  cursor: string
  /** The feed was read anew, and what the centre may have lost is not queued again yet. */
  sendAgain: true
  /** Highest number given to an operation of this device. */
  lastN: number
  /** Up to this number the centre may have been told that outcomes are kept here. */
  ackedThrough: number
  /** Version of the program that last opened this data. */
  program: string
  lastSyncAt: number
  clockOffsetMs: number
  viewVersion: number
  deskPrinterUuid: string
  watchedFolders: WatchedFolderRow[]
  /** By "host:port"; SHA-256 fingerprints. */
  scannerCertificates: Record<string, { trusted: string | null; shown: string | null; at: number }>
  /** How far facts follow the feed. */
  factsThrough: { epoch: string; seq: number }
  /** The report of each month: from `since` (2026-10) on, due on a day of the next month, also written to `folder`. */
  monthlyReport: { on: boolean; day: number; since: string; folder: string | null }
  /** People who signed in here, by id; their secrets as hashes. */
  knownStaff: Record<string, KnownPerson>
  /** The latest time this desk has seen, ms UTC; set back by the centre's word only. */
  latestTime: number
  /** The window is covered until somebody signs in. */
  locked: true
  /** The centre has refused this device's refresh token. */
  deviceRefused: true
  /** How the last backup went, by the desk's clock, and as which device the centre knew this desk then. */
  lastBackup: { at: number; code: string | null; missing: number; device?: string }
  /** A second place for backups, chosen by a person. */
  backupPlace: { path: string; name: string } | null
  lastRestore: { at: number; from: number; outcome: 'all' | 'some' | 'none'; rows: number }
  /** A supervisor has written the recovery key down: it is not shown again. */
  recoveryKeyKept: { at: number; user: string }
  /** Secret that readers' keys are hashed with; random, never leaves this database. */
  pseudonymSecret: string
  lastPurge: { at: number; before: number; requests: number }
  /** How far look-ups in our catalogue follow the feed. */
  holdingsSeq: number
  /** What numbers and names of the campus list are hashed with. */
  campusSecret: string
  /** How the last look for a new version ended. */
  lastUpdateCheck: { at: number; code: ErrorCode | null }
  updateLaterUntil: number
  /** The version the centre announced and somebody put away. */
  heardVersion: string
  bagCounter: number
  /** How this library counts return dates. */
  dueRules: DueRulesView
  /** What this house changed of its rules. */
  houseRules: Partial<HouseRules>
  /** Manifests count from 1 in each year. */
  [counter: `manifestCounter:${number}`]: number
}

export function getMeta<K extends keyof MetaValues>(db: Db, key: K): MetaValues[K] | undefined {
  const row = db.sql<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(key)
  return row && (JSON.parse(row.value) as MetaValues[K])
}

export function setMeta<K extends keyof MetaValues>(db: Db, key: K, value: MetaValues[K]): void {
  db.sql('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    JSON.stringify(value),
  )
}

export function clearMeta(db: Db, key: keyof MetaValues): void {
  db.sql('DELETE FROM meta WHERE key = ?').run(key)
}

/** Counts up a number and gives the new one, starting at 1. */
export function nextNumber(db: Db, key: 'bagCounter' | `manifestCounter:${number}`): number {
  return db.write(() => {
    const next = (getMeta(db, key) ?? 0) + 1
    setMeta(db, key, next)
    return next
  })
}
