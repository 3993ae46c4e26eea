/** What can be done before core opens: which backups there are, a key typed in, a backup put in place. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../../db/driver.ts'
import { DeskError } from '../../contract/errors.ts'
import type { RestoreOrder } from '../../contract/host-link.ts'
import type { BackupView } from '../../contract/words.ts'
import { makeFolder } from '../host/make-folder.ts'
import { openKey, takeKey } from '../keys.ts'
import { keyOfRecovery } from '../recovery-key.ts'
import { keyMark } from './make.ts'
import { listBackups, ownBackups, type Backup } from './places.ts'
import { restoreBackup, type Restored } from './restore.ts'

/** Failures that a backup or the recovery key may mend. */
export const MENDABLE = new Set([
  'database_damaged',
  'database_missing',
  'key_missing',
  'recovery_key_wrong',
  'backup_unusable',
])

export const viewOf = ({ id, at, requests, waiting, blobs, bytes, blobBytes, missing }: Backup): BackupView => ({
  id,
  at,
  requests,
  waiting,
  files: blobs,
  bytes: bytes + blobBytes,
  missing,
})

/** Backups beside the database, newest first. */
export const backupsOf = (dataDir: string): BackupView[] => listBackups(ownBackups(dataDir)).slice(0, 50).map(viewOf)

/**
 * Before core opens: takes the typed key, puts the backup in place.
 * @param place where the backup lies, when not beside the database
 * @throws DeskError recovery_key_wrong, not_found, backup_unusable, key_missing …
 */
export async function recover(
  dataDir: string,
  preferFile: boolean,
  order: RestoreOrder,
  place = ownBackups(dataDir),
): Promise<Restored | null> {
  makeFolder(dataDir)
  const backups = listBackups(place)
  if (order.recoveryKey !== undefined) acceptKey(dataDir, preferFile, order.recoveryKey, backups)
  if (order.backup === undefined) return null
  const backup = order.backup === 'latest' ? backups[0] : backups.find(({ id }) => id === order.backup)
  if (!backup) throw new DeskError('not_found', { id: order.backup })
  return restoreBackup(dataDir, openKey(dataDir, preferFile).key, backup, Date.now())
}

function acceptKey(dataDir: string, preferFile: boolean, typed: string, backups: readonly Backup[]): void {
  const key = keyOfRecovery(typed)
  if (key === null) throw new DeskError('recovery_key_wrong', { why: 'mistyped' })
  if (!fits(dataDir, key, backups)) throw new DeskError('recovery_key_wrong')
  takeKey(dataDir, preferFile, key)
}

function fits(dataDir: string, key: string, backups: readonly Backup[]): boolean {
  if (backups.some((backup) => backup.keyMark === keyMark(key))) return true
  const path = join(dataDir, 'desk.db')
  if (!existsSync(path)) return false
  try {
    openDatabase(path, { key, readonly: true }).close()
    return true
  } catch {
    return false
  }
}
