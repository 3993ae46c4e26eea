import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ScanMime, ScannedPage } from './driver.ts'
import { readImageFacts } from './image-facts.ts'
import { ScanError } from './scan-error.ts'

const EXTENSIONS: Record<ScanMime, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'application/pdf': 'pdf',
}

/** Bytes below which a disk counts as full: less than one page at 300 dpi grey. */
const HARDLY_ANY = 4 * 1024 * 1024

export interface PageMeta {
  seq: number
  side: 'front' | 'back'
  /** Used where the file itself does not say. */
  dpi: number
}

/** Flushes a file's bytes, then its folder's entry, to the disk. */
async function flush(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Takes a finished file over as a page: checks that it is an image, flushes it, renames it to its final name and
 * flushes the folder. The name carries a random part, so a page can never overwrite another one.
 * `finished` must lie on the spool folder's volume. Errors: `io` when the file is not a whole image, `disk_full`
 * when the disk had no room for the rest of it.
 */
export async function commitPage(finished: string, spoolDir: string, meta: PageMeta): Promise<ScannedPage> {
  const facts = await readImageFacts(finished)
  if (!facts || !facts.complete) {
    // Some that write a page do not tell that the disk had no room for all of it; what they left fills it.
    const code = (await diskIsFull(spoolDir)) ? 'disk_full' : 'io'
    await rm(finished, { force: true })
    throw new ScanError(code, `page ${meta.seq} is not a whole image`)
  }
  const name = `${String(meta.seq).padStart(5, '0')}-${randomBytes(4).toString('hex')}.${EXTENSIONS[facts.mime]}`
  const path = join(spoolDir, name)
  await flush(finished, 'r+')
  await rename(finished, path)
  await flushFolder(spoolDir)
  const { size } = await stat(path)
  return {
    type: 'page',
    path,
    mime: facts.mime,
    dpi: facts.dpi ?? meta.dpi,
    side: meta.side,
    seq: meta.seq,
    width: facts.width,
    height: facts.height,
    bytes: size,
  }
}

/** Writes bytes as a page; nothing is left behind when it fails. Errors: as `commitPage`, `disk_full`. */
export async function writePage(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  spoolDir: string,
  meta: PageMeta,
): Promise<ScannedPage> {
  const part = join(spoolDir, partName())
  try {
    await writeFile(part, bytes)
    return await commitPage(part, spoolDir, meta)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** A name for a file on its way; every reader of a spool folder passes over names with a leading dot. */
export function partName(): string {
  return `.part-${randomBytes(6).toString('hex')}`
}

/** Makes a rename durable. Windows cannot open folders and does not need it. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await flush(folder, 'r')
}

/** Whether the volume of this path has hardly any room left. */
export async function diskIsFull(path: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize < HARDLY_ANY
  } catch {
    return dirname(path) !== path && (await diskIsFull(dirname(path)))
  }
}
