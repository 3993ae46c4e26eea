import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { BlobStore, KEEP_UNUSED_MS } from '../../../electron/core/blobs/blob-store.ts'

let folder: string
let desk: DeskDatabase
let now = 1_000
let blobs: BlobStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-blob-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  blobs = new BlobStore(desk.db, folder, () => now)
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('the name of a blob is the SHA-256 of its bytes, whichever way they came', async () => {
  const bytes = Buffer.from('第一页'.repeat(100_000))
  writeFileSync(join(folder, 'in.bin'), bytes)
  async function* stream() {
    for (let i = 0; i < bytes.length; i += 7001) yield bytes.subarray(i, i + 7001)
  }
  for (const source of [bytes, { path: join(folder, 'in.bin') }, stream()]) {
    const blob = await blobs.put(source, 'image/png')
    expect(blob).toEqual({ sha256: sha(bytes), bytes: bytes.length, mime: 'image/png' })
    expect(readFileSync(blobs.path(blob.sha256)).equals(bytes)).toBe(true)
  }
  expect(readdirSync(join(folder, 'blobs', 'tmp'))).toEqual([])
})

test('a source that fails in the middle leaves neither row nor file', async () => {
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('scanner unplugged')
  }
  await expect(blobs.put(broken(), 'image/png')).rejects.toThrow('scanner unplugged')
  expect(blobs.get(sha(Buffer.from('half')))).toBeUndefined()
  expect(readdirSync(join(folder, 'blobs', 'tmp'))).toEqual([])
})

test('a window gets only whole blobs it names by hash', async () => {
  const blob = await blobs.put(Buffer.from('page'), 'image/jpeg')
  expect(await blobs.openBlobForWindow(blob.sha256)).toMatchObject({ mime: 'image/jpeg', bytes: 4 })
  for (const id of ['../desk.db', 'x'.repeat(64), '0'.repeat(64), ''])
    await expect(blobs.openBlobForWindow(id)).rejects.toMatchObject({ code: 'not_found' })
  truncateSync(blobs.path(blob.sha256), 2)
  await expect(blobs.openBlobForWindow(blob.sha256)).rejects.toMatchObject({ code: 'not_found' })
})

test('bytes stay while one owner needs them and thirty days after the last one let go', async () => {
  const blob = await blobs.put(Buffer.from('page'), 'image/jpeg')
  blobs.retain(blob.sha256, 'page:1')
  blobs.retain(blob.sha256, 'op:2')
  blobs.release('page:1')
  now += KEEP_UNUSED_MS * 2
  expect(await blobs.collectGarbage()).toBe(0)
  blobs.release('op:2')
  now += KEEP_UNUSED_MS
  expect(await blobs.collectGarbage()).toBe(0)
  now += 1
  expect(await blobs.collectGarbage()).toBe(1)
  expect(existsSync(blobs.path(blob.sha256))).toBe(false)
  expect(blobs.get(blob.sha256)).toBeUndefined()
})
