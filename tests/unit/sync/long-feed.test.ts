/** A long feed with the thread that reads it: its rows are all there, also when the thread is lost on the way. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedReply } from '../../../electron/contract/centre.contract.ts'
import { SLICE_ROWS, SyncEngine } from '../../../electron/core/sync/engine.ts'
import type { CentreLink } from '../../../electron/core/sync/link.ts'
import { PageThread } from '../../../electron/core/sync/page-thread.ts'
import { DeskViews } from '../../../db/desk-views.ts'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { getMeta } from '../../../db/queries/meta.ts'
import { requestRow } from '../../support/request-row.ts'

const PAGES = 8
const PAGE = 250
let folder: string
let desk: DeskDatabase
let thread: PageThread
/** Pages that came as bytes, for the thread to read. */
let asBytes: number
let onPage: (page: number) => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-long-feed-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  asBytes = 0
  onPage = () => undefined
  thread = new PageThread(SLICE_ROWS)
  thread.begin()
  await expect.poll(() => thread.ready, { timeout: 30_000 }).toBe(true)
})
afterEach(() => {
  thread.end()
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function feed(cursor: string): FeedReply {
  const page = Number(cursor || 0)
  onPage(page)
  const rows = Array.from({ length: PAGE }, (_, i) => {
    const seq = page * PAGE + i + 1
    return requestRow(`HG${seq}`, 1, { seq })
  })
  return { serverTime: 1, epoch: 'e', rows, next: String(page + 1), more: page + 1 < PAGES }
}

const link: Partial<CentreLink> = {
  feed: (cursor) => Promise.resolve(feed(cursor)),
  feedThrough: async (cursor, _limit, read) => {
    asBytes++
    const page = await read(new Uint8Array(new TextEncoder().encode(JSON.stringify(feed(cursor)))))
    if (!page) throw new Error('not read')
    return page
  },
}

function engine(): SyncEngine {
  return new SyncEngine({
    db: desk.db,
    views: new DeskViews(desk.db),
    link: () => link as CentreLink,
    readBlob: () => Promise.reject(new Error('no blobs here')),
    now: () => 5,
    steady: () => 5,
    emit: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    pageThread: thread,
  })
}

const rowsThere = () => desk.db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM queue_row`).get()!.n
const found = () =>
  desk.db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM queue_text WHERE queue_text MATCH '苦旅'`).get()!.n

test('a first sync counts as a line that stands from its first page on, not only at its end', async () => {
  const sync = engine()
  const seen = new Set<string>()
  onPage = (page) => {
    if (page > 3) seen.add(sync.status.connection)
  }
  expect(sync.status.connection).toBe('offline')
  await sync.cycle()
  expect([...seen]).toEqual(['online'])
})

test('what the other thread reads is written whole, found by search, and the thread is let go', async () => {
  expect(await engine().cycle()).toBe(true)
  expect(asBytes).toBeGreaterThan(0)
  expect([rowsThere(), found(), getMeta(desk.db, 'cursor')]).toEqual([PAGES * PAGE, PAGES * PAGE, String(PAGES)])
  expect(thread.ready).toBe(false)
})

test('the thread lost in the middle costs one cycle: the next goes on where the last whole page ended', async () => {
  onPage = (page) => {
    if (page === 4) thread.end()
  }
  const desks = engine()
  expect(await desks.cycle()).toBe(false)
  const kept = getMeta(desk.db, 'cursor')
  expect(rowsThere()).toBeLessThan(PAGES * PAGE)
  onPage = (page) => {
    if (page < Number(kept)) throw new Error('read again from the beginning')
  }
  expect(await desks.cycle()).toBe(true)
  expect([rowsThere(), found(), getMeta(desk.db, 'cursor')]).toEqual([PAGES * PAGE, PAGES * PAGE, String(PAGES)])
})
