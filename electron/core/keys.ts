/**
 * The database's key: in the system's key store where one answers, else in a file with mode 0600 in the data folder (said
 * plainly by status and doctor). Rehearsal data are nobody's secret and always take the file, so that training never asks
 * for a key ring.
 */
import { Entry } from '@napi-rs/keyring'
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DeskError } from '../contract/errors.ts'

const SERVICE = 'BALIS Desk'
const KEY = /^[0-9a-f]{64}$/

export interface DeskKey {
  key: string
  store: 'system' | 'file'
}

/** One entry of the key store a data folder, named by a random id kept in it: the folder may be moved. */
function accountOf(dataDir: string): string {
  const path = join(dataDir, 'desk.id')
  if (!existsSync(path)) writeFileSync(path, randomUUID(), { mode: 0o600, flag: 'wx' })
  return readFileSync(path, 'utf8').trim()
}

function entryOf(dataDir: string): Entry | null {
  // On Linux only the Secret Service lasts; the kernel's own key ring would forget the key at the next start.
  if (process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS']) return null
  try {
    return process.platform === 'linux'
      ? new Entry(SERVICE, accountOf(dataDir), { linux: { store: 'secret-service' } })
      : new Entry(SERVICE, accountOf(dataDir))
  } catch {
    return null
  }
}

function readEntry(entry: Entry | null): string | null {
  try {
    return entry?.getPassword() ?? null
  } catch {
    return null
  }
}

/**
 * The key of this data folder, made at the first start.
 * @param preferFile never ask the key store
 * @throws DeskError key_missing when there is a database but no key for it, database_damaged when its file holds none
 */
export function openKey(dataDir: string, preferFile: boolean): DeskKey {
  const file = join(dataDir, 'desk.key')
  if (existsSync(file)) {
    const key = readFileSync(file, 'utf8').trim()
    if (!KEY.test(key)) throw new DeskError('database_damaged', { key: 'unreadable' })
    return { key, store: 'file' }
  }
  const entry = preferFile ? null : entryOf(dataDir)
  const kept = readEntry(entry)
  if (kept !== null && KEY.test(kept)) return { key: kept, store: 'system' }
  if (existsSync(join(dataDir, 'desk.db')) || existsSync(join(dataDir, 'backups'))) throw new DeskError('key_missing')
  return keepKey(dataDir, entry, randomBytes(32).toString('hex'))
}

/** Keeps a key that was typed in from its recovery form. */
export function takeKey(dataDir: string, preferFile: boolean, key: string): DeskKey {
  const file = join(dataDir, 'desk.key')
  if (existsSync(file)) renameSync(file, `${file}.unusable`)
  return keepKey(dataDir, preferFile ? null : entryOf(dataDir), key)
}

function keepKey(dataDir: string, entry: Entry | null, key: string): DeskKey {
  if (entry) {
    try {
      entry.setPassword(key)
      if (readEntry(entry) === key) return { key, store: 'system' }
    } catch {
      // No key store answers: the file it is.
    }
  }
  writeDurably(join(dataDir, 'desk.key'), key)
  return { key, store: 'file' }
}

/** On the disk before the first page of the database: a power cut must never leave a database without its key. */
function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
