/**
 * Bytes of documents: uploads by tus (resumed from their offset, length may come later), verified by SHA-256 before the blob
 * exists, kept per library (S5) under `blobs/<library>/ab/<sha256>`; downloads with ranges.
 */
import { FileStore } from '@tus/file-store'
import { Server as TusServer, Upload } from '@tus/server'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../../db/driver.ts'
import { DAY_MS } from '../calendar.ts'
import type { Device } from '../identity.ts'
import type { MutantSet } from '../mutants.ts'
import { HttpRefusal } from '../refusal.ts'

/** Largest document, bytes. */
export const UPLOAD_LIMIT = 2 * 1024 ** 3
const UNFINISHED_MS = 7 * DAY_MS

interface UploadRow {
  id: string
  library: string
  mime: string
  sha256: string | null
}

export class Blobs {
  private readonly db: Db
  private readonly folder: string
  private readonly mutants: MutantSet
  private readonly store: FileStore
  private readonly tus: TusServer
  private readonly uploads: string

  constructor(db: Db, dataDir: string, mutants: MutantSet) {
    this.db = db
    this.folder = join(dataDir, 'blobs')
    this.uploads = join(dataDir, 'uploads')
    this.mutants = mutants
    // tus would make its folder a moment later and open to everybody; it stands before, the centre's own.
    mkdirSync(this.uploads, { recursive: true, mode: 0o700 })
    this.store = new FileStore({ directory: this.uploads })
    this.tus = new TusServer({
      path: '/v1/lib',
      datastore: this.store,
      maxSize: UPLOAD_LIMIT,
      getFileIdFromRequest: (_req, lastPath) => lastPath,
    })
  }

  /** Resolves when tus, too, has seen its folder. */
  async ready(): Promise<void> {
    await mkdir(this.uploads, { recursive: true })
  }

  /** A new upload of this library; `size` may still be unknown (creation-defer-length). */
  async begin(device: Device, mime: string, size: number | undefined, now: number): Promise<string> {
    if (size !== undefined && size > UPLOAD_LIMIT) throw new HttpRefusal(413, 'too_large')
    const id = randomBytes(16).toString('hex')
    await this.store.create(new Upload({ id, offset: 0, ...(size === undefined ? {} : { size }) }))
    this.db
      .sql('INSERT INTO upload(id, library, device, mime, size, created_at) VALUES (?,?,?,?,?,?)')
      .run(id, device.library, device.id, mime, size ?? null, now)
    return id
  }

  /**
   * HEAD and PATCH of the tus protocol, for uploads of the caller's own library only. A finished upload is still told as
   * complete, so that a desk that lost the answer asks for completion again and does not send all bytes anew.
   */
  async tusCall(library: string, id: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { sha256 } = this.upload(library, id)
    if (sha256 === null) return this.tus.handle(req, res)
    const size = this.find(library, sha256)?.size
    if (req.method !== 'HEAD' || size === undefined) throw new HttpRefusal(410, 'upload_finished')
    res.writeHead(200, {
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(size),
      'Upload-Length': String(size),
      'Cache-Control': 'no-store',
    })
    res.end()
  }

  private upload(library: string, id: string): UploadRow {
    const found = this.db.sql<UploadRow>('SELECT * FROM upload WHERE id = ? AND library = ?').get(id, library)
    if (!found) throw new HttpRefusal(404, 'not_found')
    return found
  }

  /**
   * Turns a finished upload into a blob when its bytes hash to what the desk says; otherwise the bytes are deleted.
   * Safe to repeat: a lost reply is answered the same again.
   */
  async complete(library: string, id: string, sha256: string, size: number, now: number): Promise<void> {
    const upload = this.upload(library, id)
    if (upload.sha256 !== null) {
      if (upload.sha256 !== sha256) throw new HttpRefusal(409, 'hash_mismatch')
      return
    }
    const file = join(this.uploads, id)
    const found = await stat(file).catch(() => null)
    if (!found) throw new HttpRefusal(404, 'not_found')
    if (found.size < size) throw new HttpRefusal(409, 'upload_incomplete')
    if (!this.mutants.has('no-blob-hash') && (found.size !== size || (await hashOfFile(file)) !== sha256)) {
      await this.drop(id)
      throw new HttpRefusal(409, 'hash_mismatch')
    }
    const target = this.pathOf(library, sha256)
    await mkdir(dirname(target), { recursive: true })
    await syncToDisk(file)
    await rename(file, target)
    await syncToDisk(dirname(target)).catch(() => undefined)
    this.db.write(() => {
      this.db
        .sql('INSERT OR IGNORE INTO blob(library, sha256, size, mime, created_at) VALUES (?,?,?,?,?)')
        .run(library, sha256, found.size, upload.mime, now)
      this.db.sql('UPDATE upload SET sha256 = ? WHERE id = ?').run(sha256, id)
    })
    await rm(`${file}.json`, { force: true })
  }

  /** Bytes that the centre makes itself, for a library it plays. @returns their hash */
  async keep(library: string, bytes: Uint8Array, mime: string, now: number): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const target = this.pathOf(library, sha256)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, bytes)
    this.db
      .sql('INSERT OR IGNORE INTO blob(library, sha256, size, mime, created_at) VALUES (?,?,?,?,?)')
      .run(library, sha256, bytes.length, mime, now)
    return sha256
  }

  private async drop(id: string): Promise<void> {
    this.db.sql('DELETE FROM upload WHERE id = ?').run(id)
    await rm(join(this.uploads, id), { force: true })
    await rm(join(this.uploads, `${id}.json`), { force: true })
  }

  /** Uploads nobody went on with for a week. */
  async dropUnfinished(now: number): Promise<void> {
    const old = this.db
      .sql<{ id: string }>('SELECT id FROM upload WHERE created_at < ? AND sha256 IS NULL')
      .all(now - UNFINISHED_MS)
    for (const { id } of old) await this.drop(id)
  }

  /** Where the bytes lie; library ids and hashes come from our own tables and schemas, never from a file name. */
  pathOf(library: string, sha256: string): string {
    return join(this.folder, library, sha256.slice(0, 2), sha256)
  }

  private find(library: string, sha256: string): { library: string; size: number; mime: string } | undefined {
    if (this.mutants.has('blobs-of-others'))
      return this.db
        .sql<{ library: string; size: number; mime: string }>('SELECT * FROM blob WHERE sha256 = ?')
        .get(sha256)
    return this.db
      .sql<{ library: string; size: number; mime: string }>('SELECT * FROM blob WHERE library = ? AND sha256 = ?')
      .get(library, sha256)
  }

  /** `GET`/`HEAD` of a blob, whole or one range; only one's own (S5). */
  async send(library: string, sha256: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const found = this.find(library, sha256)
    if (!found) throw new HttpRefusal(404, 'not_found')
    const range = rangeOf(req.headers.range, found.size)
    res.setHeader('Accept-Ranges', 'bytes')
    res.setHeader('ETag', `"${sha256}"`)
    res.setHeader('Content-Type', found.mime)
    res.setHeader('X-Content-Type-Options', 'nosniff')
    if (range === 'unsatisfiable')
      throw new HttpRefusal(416, 'bad_range', {}, { 'Content-Range': `bytes */${found.size}` })
    const { from, to } = range ?? { from: 0, to: found.size - 1 }
    res.statusCode = range ? 206 : 200
    if (range) res.setHeader('Content-Range', `bytes ${from}-${to}/${found.size}`)
    res.setHeader('Content-Length', to - from + 1)
    if (req.method === 'HEAD') return void res.end()
    // A reader that goes away in the middle is no error of ours.
    await pipeline(createReadStream(this.pathOf(found.library, sha256), { start: from, end: to }), res).catch(() =>
      res.destroy(),
    )
  }
}

/** One byte range; several ranges are answered with the whole. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | 'unsatisfiable' | null {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!parts || (parts[1] === '' && parts[2] === '')) return null
  const from = parts[1] === '' ? Math.max(0, size - Number(parts[2])) : Number(parts[1])
  const to = parts[1] === '' || parts[2] === '' ? size - 1 : Math.min(Number(parts[2]), size - 1)
  return from > to || from >= size ? 'unsatisfiable' : { from, to }
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
