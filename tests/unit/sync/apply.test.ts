/** Rows of the centre, also of a newer one, and the feed read anew. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RowEnvelope } from '../../../electron/contract/centre.contract.ts'
import { applyRows } from '../../../electron/core/sync/apply.ts'
import { packRows, unpackRows } from '../../../electron/core/sync/packed-rows.ts'
import { readRow } from '../../../electron/core/sync/read-row.ts'
import { resync } from '../../../electron/core/sync/resync.ts'
import type { CentreLink } from '../../../electron/core/sync/link.ts'
import { DeskViews } from '../../../db/desk-views.ts'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { countQuarantined } from '../../../db/queries/base.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { requestRow } from '../../support/request-row.ts'

let folder: string
let desk: DeskDatabase
let views: DeskViews
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-apply-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  views = new DeskViews(desk.db)
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const row = requestRow
const apply = (...rows: RowEnvelope[]) => desk.db.write(() => applyRows(desk.db, views, rows.map(readRow), 5))
const asker = { desk: 'd', now: 0 }
const query = { text: '', filter: {}, sort: 'title', descending: false } as const
const total = (text = '') => views.queue.window({ ...query, text }, asker, 0, 10).total

test('a late or doubled row changes nothing', () => {
  expect(apply(row('A', 3, { status: 'WillSupply' }))).toBe(1)
  expect(apply(row('A', 3), row('A', 2), row('A', 1))).toBe(0)
  expect(views.request('A')?.row.status).toBe('WillSupply')
})

test('a row of lists in lists, thousands deep, is put aside, and those beside it are taken', () => {
  const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown
  expect(apply(row('A', 1), { ...row('B', 1), type: 'hologram', deep }, row('C', 1, { status: 'New', deep }))).toBe(1)
  expect(countQuarantined(desk.db)).toBe(2)
  // What is not known is dropped from a row that is otherwise sound.
  expect(apply(row('C', 2, { deep }))).toBe(1)
})

test('rows from the other thread are written as those read here, whatever stands in their texts', () => {
  const title = '圖書館 𠮷 é \u0000 \ud83d \u2028 "\\'
  const rows = (version: number) => [
    row('A', version, { fields: { centreNo: 'zx', title, partner: 'BUCT', deliveryMethod: 'electronic' } }),
    { type: 'hologram', id: 'B', version, seq: version, title } as RowEnvelope,
    { type: 'request', id: 'C', version, seq: version, gone: { reason: 'forwarded' } },
  ]
  const base = () =>
    desk.db
      .sql<{ body: string; type: string }>('SELECT body, typeof(body) AS type FROM base ORDER BY id')
      .all()
      .map(({ body, type }) => [type, { ...(JSON.parse(body) as object), version: 0, seq: 0 }])
  apply(...rows(1))
  const here = base()
  const packed = packRows(rows(2).map(readRow))
  expect(desk.db.write(() => applyRows(desk.db, views, unpackRows(packed), 5))).toBe(3)
  expect(base()).toEqual(here)
  expect(total('图书馆')).toBe(1)
  expect(views.request('A')?.row.fields.title).toBe(title)
})

test('a tombstone ends a row, also before the row itself arrives late', () => {
  apply(row('A', 1))
  apply({ type: 'request', id: 'A', version: 2, seq: 2, gone: { reason: 'forwarded' } })
  expect(views.request('A')).toBeUndefined()
  expect(total()).toBe(0)
  expect(apply(row('A', 1))).toBe(0)
  apply(row('A', 3))
  expect(total()).toBe(1)
})

test('what left is no longer found by search, and what came back is', () => {
  apply(row('A', 1), row('B', 1))
  expect(total('苦旅')).toBe(2)
  apply({ type: 'request', id: 'A', version: 2, seq: 2, gone: { reason: 'forwarded' } })
  expect(total('苦旅')).toBe(1)
  apply(row('A', 3))
  expect(total('苦旅')).toBe(2)
})

test('a state of a newer centre is shown and not touched; its raw row is kept', () => {
  apply(row('A', 1, { status: 'Teleported', hue: 'blue' }))
  const shown = views.shownRequest('A')
  expect(shown).toMatchObject({ understood: false, row: { fields: { title: '文化苦旅 A' } } })
  expect(total()).toBe(1)
  const raw = desk.db.sql<{ body: string }>(`SELECT body FROM base WHERE id = 'A'`).get()!
  expect(JSON.parse(raw.body)).toMatchObject({ status: 'Teleported', hue: 'blue' })
})

test('a row of an unknown type is kept raw', () => {
  apply({ type: 'hologram', id: 'H', version: 1, seq: 1, fields: { x: 1 } })
  expect(desk.db.sql(`SELECT understood FROM base WHERE type = 'hologram'`).get()).toEqual({ understood: 0 })
})

test('a row with a wrong field is put aside, the page goes on, and a good one heals it', () => {
  apply(row('A', 1, { appliedAt: 'yesterday' }), row('B', 1))
  expect(countQuarantined(desk.db)).toBe(1)
  expect(total()).toBe(1)
  apply(row('A', 2))
  expect(countQuarantined(desk.db)).toBe(0)
  expect(total()).toBe(2)
})

const feedOf = (pages: RowEnvelope[][], epoch: string): CentreLink =>
  ({
    feed: (cursor: string) => {
      const at = cursor === '' ? 0 : Number(cursor)
      const rows = pages[at] ?? []
      const more = at + 1 < pages.length
      return Promise.resolve({ serverTime: 1, epoch, rows, next: String(at + 1), more })
    },
  }) as unknown as CentreLink
const options = { page: 2, slice: 1, now: () => 9, nextTurn: () => Promise.resolve() }

test('read anew, base is what the centre has: less, more, and older where the centre went back', async () => {
  apply(row('A', 5, { status: 'WillSupply' }), row('B', 2), row('C', 2))
  setMeta(desk.db, 'epoch', 'one')
  await resync(desk.db, views, feedOf([[row('A', 3), row('D', 1)], [row('C', 2, { urgent: true })]], 'two'), options)
  expect(views.request('A')?.row).toMatchObject({ version: 3, status: 'RequestReceived' })
  expect(views.request('B')).toBeUndefined()
  expect(views.request('C')?.row.urgent).toBe(true)
  expect(total()).toBe(3)
  expect(total('苦旅')).toBe(3)
  expect([getMeta(desk.db, 'cursor'), getMeta(desk.db, 'epoch')]).toEqual(['2', 'two'])
})

test('a line that breaks while the feed is read anew leaves the desk as it was', async () => {
  apply(row('A', 5))
  const link = feedOf([[row('B', 1)], [row('C', 1)]], 'two')
  const broken = { feed: (cursor: string) => (cursor === '' ? link.feed('', 2) : Promise.reject(new Error('cut'))) }
  await expect(resync(desk.db, views, broken as unknown as CentreLink, options)).rejects.toThrow('cut')
  expect(views.request('A')).toBeDefined()
  expect(views.request('B')).toBeUndefined()
  expect(total()).toBe(1)
})
