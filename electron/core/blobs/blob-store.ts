/**
 * Bytes by content: `blobs/ab/<sha256>`. A file is hashed while it is written beside its place, flushed to the disk,
 * renamed, and only then known to the database: a row never names bytes that are not there (invariant I10).
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Db } from '../../../db/driver.ts'
import { asDeskError } from '../../../db/driver.ts'
import * as rows from '../../../db/queries/blobs.ts'
import { DeskError } from '../../contract/errors.ts'
import { faultPoint } from '../fault-point.ts'

export type Bytes = { path: string } | Uint8Array | AsyncIterable<Uint8Array>

/** Unused bytes stay this long, so that an undo or a mistake found late still has its pages. */
export const KEEP_UNUSED_MS = 30 * 86_400_000

export class BlobStore {
  private readonly db: Db
  private readonly folder: string
  private readonly now: () => number

  constructor(db: Db, dataDir: string, now: () => number) {
    this.db = db
    this.folder = join(dataDir, 'blobs')
    this.now = now
    mkdirSync(join(this.folder, 'tmp'), { recursive: true })
    for (const left of readdirSync(join(this.folder, 'tmp'))) rmSync(join(this.folder, 'tmp', left), { force: true })
  }

  /** Where the bytes of a blob are (or would be). */
  path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new DeskError('not_found')
    return join(this.folder, sha256.slice(0, 2), sha256)
  }

  get(sha256: string): rows.BlobRow | undefined {
    return rows.findBlob(this.db, sha256)
  }

  /**
   * Stores bytes and gives their name. A file given by path is read, never moved.
   * @throws DeskError disk_full, read_only
   */
  async put(source: Bytes, mime: string): Promise<rows.BlobRow> {
    const temporary = join(this.folder, 'tmp', randomUUID())
    try {
      const { sha256, bytes } = await writeHashed(source, temporary)
      faultPoint('after-blob-written')
      const target = this.path(sha256)
      await mkdir(dirname(target), { recursive: true })
      await rename(temporary, target)
      await flushFolder(dirname(target))
      faultPoint('after-blob-renamed')
      const row = { sha256, bytes, mime }
      this.db.write(() => rows.addBlob(this.db, row, this.now()))
      return rows.findBlob(this.db, sha256) ?? row
    } catch (error) {
      await rm(temporary, { force: true })
      throw asDeskError(error)
    }
  }

  /** A blob for `app://desk/blob/<id>`. @throws DeskError not_found */
  async openBlobForWindow(id: string): Promise<{ path: string; mime: string; bytes: number }> {
    const row = /^[0-9a-f]{64}$/.test(id) ? this.get(id) : undefined
    if (!row) throw new DeskError('not_found')
    const path = this.path(row.sha256)
    const found = await stat(path).catch(() => undefined)
    if (found?.size !== row.bytes) throw new DeskError('not_found')
    return { path, mime: row.mime, bytes: row.bytes }
  }

  /** Bytes of a blob from an offset on, at most so many; fewer at its end. */
  async readAt(sha256: string, offset: number, length: number): Promise<Uint8Array> {
    const file = await open(this.path(sha256), 'r')
    try {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** `owner` (`page:<id>`, `op:<opId>` …) needs this blob. Call it in the transaction that makes the owner. */
  retain(sha256: string, owner: string): void {
    rows.retainBlob(this.db, sha256, owner)
  }

  release(owner: string, sha256?: string): void {
    rows.releaseBlobs(this.db, owner, this.now(), sha256)
  }

  /** Deletes what nobody has needed for 30 days. @returns how many blobs went */
  async collectGarbage(): Promise<number> {
    let gone = 0
    for (const sha256 of rows.unusedBlobs(this.db, this.now() - KEEP_UNUSED_MS)) {
      if (!rows.dropBlob(this.db, sha256)) continue
      await rm(this.path(sha256), { force: true })
      gone++
    }
    return gone
  }
}

async function* chunksOf(source: Bytes): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source
  else if ('path' in source) yield* createReadStream(source.path, { highWaterMark: 1 << 20 })
  else yield* source
}

async function writeHashed(source: Bytes, to: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(to, 'wx', 0o600)
  try {
    for await (const chunk of chunksOf(source)) {
      hash.update(chunk)
      for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten
      bytes += chunk.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** A rename is safe from a power cut only when its folder is flushed too; Windows cannot and need not. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
