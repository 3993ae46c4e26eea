import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { DocumentError } from '../../documents/errors.ts'
import type { PrintedRequest } from '../../documents/printed.ts'
import { safeFileName } from '../pdf-file-driver.ts'

/** Makes a PDF of a file of pixels. Throws DocumentError. */
export type Convert = (request: PrintedRequest) => Promise<{ pages: number }>

/** A document bigger than the printer takes. */
export class DocumentTooLarge extends Error {
  override name = 'DocumentTooLarge'
}

/** Bytes that are not of the announced format. */
export class NotThatFormat extends Error {
  override name = 'NotThatFormat'
}

/** Streams a document into `path`, unpacked, refusing more than `limit` bytes; gives its length. */
export async function receiveDocument(
  body: AsyncIterable<Uint8Array>,
  compression: string,
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  let size = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      done(size > limit ? new DocumentTooLarge() : null, chunk)
    },
  })
  const source = Readable.from(body)
  const target = createWriteStream(path)
  // IPP's "deflate" is RFC 1951 without the zlib frame that HTTP puts around it (RFC 8011 section 5.4.32).
  // The measure stands behind the unpacking, so a small packed document cannot become an endless one.
  if (compression === 'gzip') await pipeline(source, createGunzip(), measured, target, { signal })
  else if (compression === 'deflate') await pipeline(source, createInflateRaw(), measured, target, { signal })
  else await pipeline(source, measured, target, { signal })
  return size
}

const SIGNS: readonly [mime: string, sign: string][] = [
  ['application/pdf', '%PDF-'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/pwg-raster', 'RaS2'],
]

/** What a document is by its first bytes; `application/octet-stream` is settled this way (auto-sensing). */
export async function senseFormat(path: string): Promise<string | undefined> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(1024)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const text = head.subarray(0, bytesRead).toString('latin1')
    // A PDF may have other bytes before its header (ISO 32000-1 Annex H.3.4.1); pictures may not.
    return SIGNS.find(([mime, sign]) => (mime === 'application/pdf' ? text.includes(sign) : text.startsWith(sign)))?.[0]
  } finally {
    await file.close()
  }
}

/**
 * Makes the received file a PDF in the folder: a PDF is kept byte for byte, PWG raster and JPEG keep their pixels.
 * A file that stands there is complete. `convert` makes the PDF of pixels. Throws NotThatFormat, DocumentError.
 */
export async function keepAsPdf(
  part: string,
  format: string,
  folder: string,
  jobId: number,
  name: string,
  convert: Convert,
): Promise<{ path: string; pages: number | undefined }> {
  const sensed = await senseFormat(part)
  if (!sensed || (format !== 'application/octet-stream' && format !== sensed)) throw new NotThatFormat()
  const path = join(folder, `${String(jobId).padStart(4, '0')}-${safeFileName(name)}.pdf`)
  if (sensed === 'application/pdf') {
    await sync(part)
    await rename(part, path)
    return { path, pages: undefined }
  }
  const made = `${path}.part`
  let pages: number
  try {
    pages = (await convert({ path: part, mime: sensed as PrintedRequest['mime'], out: made })).pages
  } catch (error) {
    await rm(made, { force: true })
    if (error instanceof DocumentError && error.code === 'damaged_image') throw new NotThatFormat()
    throw error
  }
  await rename(made, path)
  await rm(part, { force: true })
  return { path, pages }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
