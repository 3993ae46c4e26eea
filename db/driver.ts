/**
 * The only door to SQLite. Every other file takes a `Db` and never the driver itself.
 *
 * The file is encrypted (SQLite3 Multiple Ciphers, AEGIS-256) from the first day, so every figure is measured with
 * encryption on. AEGIS authenticates each page like ChaCha20-Poly1305, which older files have, and with the AES
 * instructions of today's processors writes a page in a third of the time. The pragmas are set AND asserted on each open: a reopened WAL file silently falls back to
 * synchronous=NORMAL in this build, which would lose the last actions in a power cut.
 */
import { constants, statSync } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { DeskError } from '../electron/contract/errors.ts'

export type Value = string | number | bigint | Uint8Array | null
/** A text, or its UTF-8 where that is at hand: a statement takes it by `CAST (? AS TEXT)`. */
export type Text = string | Uint8Array
type Statement<Row> = Database.Statement<Value[], Row>

export interface OpenOptions {
  /** 64 hex digits (32 random bytes) or null for a file that is not encrypted (the reference centre's). */
  key: string | null
  readonly?: boolean
  /** Page cache in MB, default 48: with encryption every uncached page costs a decryption. */
  cacheMB?: number
}

const PRAGMAS: readonly [name: string, value: string, expected: string | number][] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  ['trusted_schema', 'OFF', 0],
  ['temp_store', 'MEMORY', 2],
]

/** Pages in the log after which it is carried into the database. */
const CHECKPOINT_PAGES = 1000

type Cipher = 'aegis' | 'chacha20'

/** One open database with a cache of prepared statements. */
export class Db {
  readonly path: string
  private readonly handle: Database.Database
  private readonly statements = new Map<string, Statement<unknown>>()
  private readonly rollbackListeners: (() => void)[] = []
  /** Asked once: only throwaway files of tests do not. */
  private waitsForDisk: boolean | undefined
  private readonly transaction: Database.Transaction<(body: () => unknown) => unknown>
  private copying: Promise<void> = Promise.resolve()
  /** While the file is copied nothing may be carried into it. */
  private still = false
  private besides = false
  /** The log on its way into the file on another thread (checkpoints.ts). */
  private carried: Promise<void> = Promise.resolve()

  constructor(handle: Database.Database, path: string) {
    this.handle = handle
    this.path = path
    this.transaction = handle.transaction((body: () => unknown) => body())
  }

  /** The prepared statement of this text; prepared once per connection, so texts must be constant, never built from input. */
  sql<Row = unknown>(text: string): Statement<Row> {
    let statement = this.statements.get(text)
    if (!statement) {
      statement = this.handle.prepare<Value[], unknown>(text)
      this.statements.set(text, statement)
    }
    return statement as Statement<Row>
  }

  /** Runs `body` in one transaction that takes the write lock at once; inside another one it joins it. */
  write<T>(body: () => T): T {
    if (this.handle.inTransaction) return body()
    try {
      return this.transaction.immediate(body) as T
    } catch (error) {
      for (const listener of this.rollbackListeners) listener()
      throw asDeskError(error)
    }
  }

  /**
   * Like `write`, without waiting for the disk: only for what comes again by itself when a power cut takes it back. The
   * log keeps its order, so the next `write` makes everything before it durable as well.
   */
  writeSoon<T>(body: () => T): T {
    this.waitsForDisk ??= this.pragma('synchronous') === 2
    if (this.handle.inTransaction || !this.waitsForDisk) return this.write(body)
    this.handle.pragma('synchronous = NORMAL')
    try {
      return this.write(body)
    } finally {
      this.handle.pragma('synchronous = FULL')
    }
  }

  /** Told when a transaction was taken back, so that what is kept in memory beside the database can follow. */
  onRollback(listener: () => void): void {
    this.rollbackListeners.push(listener)
  }

  /** Runs `body` on one consistent snapshot. */
  read<T>(body: () => T): T {
    return this.handle.inTransaction ? body() : (this.transaction.deferred(body) as T)
  }

  exec(text: string): void {
    this.handle.exec(text)
  }

  pragma(text: string): Value {
    return this.handle.pragma(text, { simple: true }) as Value
  }

  get inTransaction(): boolean {
    return this.handle.inTransaction
  }

  /**
   * Online copy with the same key, on the disk when it returns; later writes go on meanwhile. SQLite's backup API cannot
   * copy this cipher's pages, so the file itself is copied: all that was committed is carried into it, and until the copy
   * is made new pages go to the log alone.
   * @throws DeskError disk_full, read_only
   */
  backup(to: string): Promise<void> {
    return (this.copying = this.copying.then(
      () => this.copyFile(to),
      () => this.copyFile(to),
    ))
  }

  private async copyFile(to: string): Promise<void> {
    this.still = true
    await this.carried
    this.setCheckpoints()
    try {
      const [{ busy }] = this.handle.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
      if (busy !== 0) throw new Error('somebody else reads the database: its log cannot be carried over')
      await copyFile(this.path, to, constants.COPYFILE_FICLONE)
      const copy = await open(to, 'r+')
      await copy.sync().finally(() => copy.close())
    } catch (error) {
      throw asDeskError(error)
    } finally {
      this.still = false
      if (this.handle.open) this.setCheckpoints()
    }
  }

  /** From now on another thread carries the log over (true), or commits do it again by themselves (false). */
  checkpointBeside(on: boolean): void {
    this.besides = on
    if (this.handle.open) this.setCheckpoints()
  }

  /** @param carry what carries the log over on another thread; not begun while the file is copied */
  carryOver(carry: () => Promise<void>): Promise<void> {
    return (this.carried = this.still ? Promise.resolve() : carry())
  }

  private setCheckpoints(): void {
    this.handle.pragma(`wal_autocheckpoint = ${this.still || this.besides ? 0 : CHECKPOINT_PAGES}`)
  }

  close(): void {
    this.statements.clear()
    this.handle.close()
  }
}

/** The expected failures of a disk under the codes the interface explains; anything else is passed on as it is. */
export function asDeskError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string' || error instanceof DeskError) return error
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new DeskError('disk_full', {}, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || ['EROFS', 'EACCES', 'EPERM'].includes(code))
    return new DeskError('read_only', {}, { cause: error })
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new DeskError('database_damaged', {}, { cause: error })
  return error
}

/**
 * The cipher an encrypted file was made with. Tried on a connection that cannot write: with the wrong cipher, closing one
 * that can might carry the log of a killed run over unread.
 */
function cipherOf(path: string, key: string): Cipher {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return 'aegis'
  const probe = new Database(path, { readonly: true })
  try {
    unlock(probe, 'aegis', key)
    probe.pragma('schema_version')
    return 'aegis'
  } catch (error) {
    return (error as { code?: unknown }).code === 'SQLITE_NOTADB' ? 'chacha20' : 'aegis'
  } finally {
    probe.close()
  }
}

function unlock(handle: Database.Database, cipher: Cipher, key: string): void {
  handle.pragma(`cipher='${cipher}'`)
  handle.pragma(`key='raw:${key}'`)
}

/**
 * Opens (or makes) a database file with all pragmas set and asserted.
 * @throws DeskError database_damaged (wrong key or not a database), read_only, disk_full
 */
export function openDatabase(path: string, options: OpenOptions): Db {
  let handle: Database.Database | undefined
  try {
    const { key } = options
    if (key !== null && !/^[0-9a-f]{64}$/.test(key)) throw new RangeError('a database key is 64 hex digits')
    const cipher = key === null ? null : cipherOf(path, key)
    handle = new Database(path, { readonly: options.readonly ?? false })
    if (key !== null && cipher !== null) unlock(handle, cipher, key)
    handle.pragma(`cache_size = ${-(options.cacheMB ?? 48) * 1024}`)
    for (const [name, value, expected] of PRAGMAS) {
      if (options.readonly && name === 'journal_mode') continue
      handle.pragma(`${name} = ${value}`)
      const found = handle.pragma(name, { simple: true })
      if (found !== expected) throw new Error(`pragma ${name} is ${String(found)}, wanted ${expected}`)
    }
    // A checkpoint holds up whoever acts then: small ones wait a few milliseconds for the disk, large ones a tenth of a
    // second. The log shrinks again after a burst.
    handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    handle.pragma('journal_size_limit = 67108864')
    return new Db(handle, path)
  } catch (error) {
    handle?.close()
    throw asDeskError(error)
  }
}

/**
 * Takes a lock that the operating system holds as long as this process lives, so a killed process never leaves a stale one.
 * @returns how to let go
 * @throws DeskError data_folder_in_use when another process (or connection) has it, read_only, disk_full
 */
export function lockFile(path: string): () => void {
  let handle: Database.Database | undefined
  try {
    handle = new Database(path, { timeout: 200 })
    handle.exec('BEGIN EXCLUSIVE')
    const held = handle
    return () => held.close()
  } catch (error) {
    handle?.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY')
      throw new DeskError('data_folder_in_use', {}, { cause: error })
    throw asDeskError(error)
  }
}
