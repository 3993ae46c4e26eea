/**
 * Bytes to the centre by tus: address and offset are in the database, so an upload goes on where it stopped, after a cut
 * line or a crash. 409: ask for the offset again; 404 or 410: begin anew; a wrong hash: begin anew, a few times.
 */
import type { Db } from '../../../db/driver.ts'
import { findBlob } from '../../../db/queries/blobs.ts'
import { faultPoint } from '../fault-point.ts'
import { LinkError, type CentreLink } from './link.ts'

export const CHUNK_BYTES = 4 * 1024 * 1024
const SMALLEST_BYTES = 16 * 1024
/** Bytes that arrive wrong this often are not sent again and again; a person is told. */
const MOST_RESTARTS = 5

export const isUploaded = (db: Db, sha256: string): boolean =>
  db.sql('SELECT 1 FROM upload WHERE sha256 = ? AND done_at IS NOT NULL').get(sha256) !== undefined

/** The centre says it does not have these bytes (restored from a backup): they go up once more. */
export function forgetUpload(db: Db, sha256: string): void {
  db.sql('DELETE FROM upload WHERE sha256 = ?').run(sha256)
}

export interface UploadWork {
  db: Db
  link: CentreLink
  /** Bytes of a blob from an offset on, at most so many. */
  read(sha256: string, offset: number, length: number): Promise<Uint8Array>
  now(): number
  signal?: AbortSignal
  onProgress?(sent: number, total: number): void
  /** Limit, bytes a second; null = none. Pieces are then a second long, so that the line is shared evenly. */
  rate?(): number | null
  /** Resolves when these bytes may go under the limit. */
  pace?(bytes: number): Promise<void>
}

/**
 * Brings one blob to the centre, or throws what stopped it; what was sent stays sent.
 * @throws LinkError: the line is gone, or the centre would not take the bytes after several restarts
 */
export async function upload(work: UploadWork, sha256: string): Promise<void> {
  const { db } = work
  const blob = findBlob(db, sha256)
  if (!blob) throw new LinkError('refused', { error: 'blob_unknown' })
  for (let restarts = 0; ; restarts++) {
    const url = await begin(work, sha256, blob.mime, blob.bytes)
    try {
      await sendFrom(work, sha256, url, blob.bytes)
      await finish(work, sha256, url, blob.bytes)
      return
    } catch (error) {
      if (!(error instanceof LinkError) || error.failure !== 'refused') throw error
      // Only the reply to "complete" was lost: saying it again is answered the same.
      if (error.error === 'upload_finished') return finish(work, sha256, url, blob.bytes)
      const goOn = error.status === 409 && error.error !== 'hash_mismatch'
      // An address that leads elsewhere is never used, and not kept either.
      const nowhere = error.status === 404 || error.status === 410 || error.error === 'foreign_address'
      const beginAnew = error.error === 'hash_mismatch' || nowhere
      if (restarts === MOST_RESTARTS || !(goOn || beginAnew)) throw error
      if (beginAnew) remember(db, sha256, null, 0)
    }
  }
}

async function begin(work: UploadWork, sha256: string, mime: string, bytes: number): Promise<string> {
  const known = work.db.sql<{ url: string | null }>('SELECT url FROM upload WHERE sha256 = ?').get(sha256)
  if (known?.url) return known.url
  const { uploadUrl } = await work.link.beginUpload(mime, bytes)
  remember(work.db, sha256, uploadUrl, 0)
  faultPoint('after-upload-created')
  return uploadUrl
}

async function sendFrom(work: UploadWork, sha256: string, url: string, total: number): Promise<void> {
  let sent = await work.link.uploadOffset(url)
  while (sent < total) {
    work.signal?.throwIfAborted()
    const piece = Math.min(CHUNK_BYTES, Math.max(SMALLEST_BYTES, work.rate?.() ?? CHUNK_BYTES))
    const chunk = await work.read(sha256, sent, Math.min(piece, total - sent)).catch((cause: unknown) => {
      // Taken away by a person or a virus scanner: that holds up what needs it, and nothing else.
      throw new LinkError('refused', { error: 'blob_unreadable', cause })
    })
    if (chunk.length === 0) throw new LinkError('refused', { error: 'blob_short' })
    await work.pace?.(chunk.length)
    const after = await sendPiece(work, url, sent, chunk)
    // A centre that takes bytes and counts none would be sent them for ever.
    if (after <= sent) throw new LinkError('busy', { error: 'no_progress' })
    sent = after
    remember(work.db, sha256, url, sent)
    faultPoint('after-upload-chunk')
    work.onProgress?.(sent, total)
  }
}

/** A line that breaks now and then is gone on with at once, as long as every try brings some bytes further. @returns the offset after it */
async function sendPiece(work: UploadWork, url: string, sent: number, chunk: Uint8Array): Promise<number> {
  try {
    return await work.link.uploadChunk(url, sent, chunk, work.signal)
  } catch (error) {
    if (!(error instanceof LinkError) || error.failure !== 'offline' || work.signal?.aborted) throw error
    const arrived = await work.link.uploadOffset(url)
    if (arrived <= sent) throw error
    return arrived
  }
}

async function finish(work: UploadWork, sha256: string, url: string, bytes: number): Promise<void> {
  await work.link.completeUpload(url, sha256, bytes)
  faultPoint('after-upload-complete')
  work.db.sql('UPDATE upload SET sent = ?, done_at = ? WHERE sha256 = ?').run(bytes, work.now(), sha256)
}

function remember(db: Db, sha256: string, url: string | null, sent: number): void {
  db.sql(
    `INSERT INTO upload (sha256, url, sent) VALUES (?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET url = excluded.url, sent = excluded.sent`,
  ).run(sha256, url, sent)
}
