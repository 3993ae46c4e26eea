/**
 * Carries one blob to the centre, however often the line breaks: the upload's address and offset are in the database,
 * the truth is what the centre says it has (tus `HEAD`), and the bytes count only when it has hashed them.
 */
import { open } from 'node:fs/promises'
import { faultPoint } from '../fault-point.ts'
import type { CentreClient } from './centre-client.ts'
import { CentreError } from './centre-error.ts'

export const CHUNK_BYTES = 4 * 1024 * 1024
/** A file that arrives damaged this often is damaged here, or something on the way changes it. */
const MISMATCHES = 3

export interface UploadRecord {
  url: string | null
  sent: number
}

/** Where the state of uploads is kept (db/queries/base). */
export interface UploadStore {
  get(sha256: string): UploadRecord
  set(sha256: string, record: UploadRecord): void
}

export interface Upload {
  sha256: string
  path: string
  mime: string
  bytes: number
}

/**
 * @param onProgress bytes that the centre has
 * @throws CentreError: the line is gone or the centre refuses; the next call goes on where this one stopped
 */
export async function uploadBlob(
  client: CentreClient,
  store: UploadStore,
  upload: Upload,
  signal: AbortSignal,
  onProgress: (bytes: number) => void = () => {},
): Promise<void> {
  for (let mismatches = 0; ;) {
    const url = await begin(client, store, upload, signal)
    try {
      await sendRest(client, store, upload, url, signal, onProgress)
      await client.completeUpload(url, upload.sha256, upload.bytes, signal)
      faultPoint('after-upload-complete')
      store.set(upload.sha256, { url: null, sent: upload.bytes })
      return
    } catch (error) {
      if (!(error instanceof CentreError)) throw error
      // Gone (expired, or deleted because its bytes did not hash to their name): begin anew. Out of step: ask again.
      const gone = error.status === 404 || error.status === 410 || error.error === 'hash_mismatch'
      const outOfStep = error.status === 409 && !gone
      if (!gone && !outOfStep) throw error
      if (++mismatches >= MISMATCHES) throw error
      if (gone) store.set(upload.sha256, { url: null, sent: 0 })
    }
  }
}

async function begin(client: CentreClient, store: UploadStore, upload: Upload, signal: AbortSignal): Promise<string> {
  const known = store.get(upload.sha256).url
  if (known !== null) return known
  const url = await client.beginUpload(upload.mime, upload.bytes, signal)
  store.set(upload.sha256, { url, sent: 0 })
  faultPoint('after-upload-created')
  return url
}

async function sendRest(
  client: CentreClient,
  store: UploadStore,
  upload: Upload,
  url: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<void> {
  let { offset } = await client.uploadState(url, signal)
  const file = await open(upload.path, 'r')
  try {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, upload.bytes))
    while (offset < upload.bytes) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, upload.bytes - offset), offset)
      if (bytesRead === 0) throw new Error('a blob is shorter than its row says')
      ;({ offset } = await client.uploadChunk(url, offset, chunk.subarray(0, bytesRead), signal))
      store.set(upload.sha256, { url, sent: offset })
      faultPoint('after-upload-chunk')
      onProgress(offset)
    }
  } finally {
    await file.close()
  }
}
