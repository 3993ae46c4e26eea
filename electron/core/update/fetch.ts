/** Brings a package into a folder of ours: goes on where a broken line stopped, and gives it its name once its hash holds. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asDeskError } from '../../../db/driver.ts'
import { DeskError } from '../../contract/errors.ts'
import type { FeedFile } from './feed.ts'
import type { UpdateSource } from './sources.ts'

export interface Fetching {
  source: UpdateSource
  file: FeedFile
  /** Where it goes; made when it is not there. */
  folder: string
  signal: AbortSignal
  onProgress(bytes: number): void
}

/**
 * @returns the path of the whole package
 * @throws DeskError offline, not_found, update_damaged, disk_full, read_only
 */
export async function fetchPackage(work: Fetching): Promise<string> {
  const { file, folder } = work
  const whole = join(folder, file.url)
  try {
    if (await isWhole(whole, file)) return whole
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const part = `${whole}.part`
    await bring(work, part)
    if (!(await isWhole(part, file))) {
      await rm(part, { force: true })
      throw new DeskError('update_damaged')
    }
    await rename(part, whole)
    return whole
  } catch (error) {
    throw asDeskError(error)
  }
}

/** Whether a file is the one the signed feed names. */
export async function isWhole(path: string, { sha512, size }: FeedFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found?.size !== size) return false
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('base64') === sha512
}

async function bring({ source, file, signal, onProgress }: Fetching, part: string): Promise<void> {
  const here = (await stat(part).catch(() => undefined))?.size ?? 0
  const { from, bytes } = await source.stream(file.url, here < file.size ? here : 0, signal)
  const out = await open(part, from > 0 ? 'r+' : 'w', 0o600)
  try {
    let at = from
    for await (const chunk of bytes) {
      // Whoever sends more than the feed says is not sending this file.
      if (at + chunk.length > file.size) throw new DeskError('update_damaged')
      await out.write(chunk, 0, chunk.length, at)
      at += chunk.length
      onProgress(at)
    }
    await out.truncate(at)
    await out.sync()
    // A line that ends early without an error: the next attempt goes on here.
    if (at < file.size) throw new DeskError('offline')
  } finally {
    await out.close()
  }
}
