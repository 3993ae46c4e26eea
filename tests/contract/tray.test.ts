/** The unclaimed tray: what comes in without a request stays whole, is given away once, and can be taken back. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import { createDocumentEngine, type DocumentEngine } from '../../electron/core/documents/index.ts'
import { likeness } from '../../electron/core/workbench/tray-candidates.ts'
import { type Arrival, putIntoTray, sweepTray, TRAY_KEEP_MS } from '../../electron/core/workbench/tray.ts'
import { paperCode } from '../../electron/domain/codes.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
let engine: DocumentEngine
let copies: string[]
let tiff: string

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
  engine = createDocumentEngine({ fork: createWorkerForker(null) })
  const query = { text: '', filter: { service: 'copy', role: 'supplier', open: true }, sort: 'due', descending: false } as const // prettier-ignore
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
  copies = rows.filter((row) => row.can.includes('scan')).map((row) => row.id)
  expect(copies.length).toBeGreaterThan(2)
  tiff = join(stage.folder, 'page.png')
  await writeFile(tiff, await sharp({ create: { width: 120, height: 160, channels: 3, background: '#fff' } }).png().toBuffer()) // prettier-ignore
})
afterAll(async () => {
  await engine.close()
  await stage.end()
})

let n = 0
/** A bundle of so many pages. */
async function arrive(pages: number, change: Partial<Arrival> = {}): Promise<string> {
  const origin = change.origin ?? `test/${++n}`
  for (let i = 0; i < pages; i++) {
    const file = { path: tiff, mime: 'image/png', dpi: 300, origin: `${origin}/${i}`, source: 'scanner' }
    await putIntoTray(
      desk.core,
      engine,
      { origin, name: 'stack', source: 'scanner', reason: 'no_slip', ...change },
      file,
    )
  }
  const list = await desk.handlers['tray.list']({ state: 'waiting' })
  return list.at(-1)!.id
}
const waiting = async () => (await desk.handlers['tray.list']({ state: 'waiting' })).map((one) => one.id)
const pagesOf = async (requestId: string) => (await desk.handlers['pages.list']({ requestId })).pages
const counted = async () => (await desk.handlers['counts.get']({})).tray

test('a bundle is shown with its first page, its count and why it is there, and the same thing twice is once', async () => {
  await arrive(2, { origin: 'twice', reason: 'unknown_code', hint: 'BD1:ZZ00000001:A' })
  await arrive(2, { origin: 'twice', reason: 'unknown_code', hint: 'BD1:ZZ00000001:A' })
  const list = coreContract['tray.list'].out.parse(await desk.handlers['tray.list']({ state: 'waiting' }))
  expect(list).toHaveLength(1)
  expect(list[0]).toMatchObject({ pageCount: 2, reason: 'unknown_code', hint: 'BD1:ZZ00000001:A' })
  expect(await counted()).toBe(1)
  await desk.handlers['tray.delete']({ bundleIds: [list[0]!.id] })
})

test('given by number or by the scanned slip, pages stand behind those of the request, and undo brings them back', async () => {
  const [first, second] = copies as [string, string]
  const before = (await pagesOf(first)).length
  const one = await arrive(2)
  const two = await arrive(1)
  const pages = [...(await pagesOf(one)), ...(await pagesOf(two))].map((page) => page.id)
  const given = await desk.handlers['tray.assign']({ bundleIds: [one, two], to: paperCode(first) })
  expect(given).toMatchObject({ requestId: first, pages: 3 })
  expect((await pagesOf(first)).slice(before).map((page) => page.id)).toEqual(pages)
  expect(await waiting()).toEqual([])
  await desk.handlers['tray.restore']({ bundleIds: [one, two] })
  expect((await pagesOf(first)).length).toBe(before)
  expect((await pagesOf(one)).length).toBe(2)
  await desk.handlers['tray.assign']({ bundleIds: [one], to: second.toLowerCase() })
  await desk.handlers['tray.delete']({ bundleIds: [two] })
})

test('the work on the request is recorded once for what was given', async () => {
  const id = copies[2]!
  await desk.handlers['tray.assign']({ bundleIds: [await arrive(3)], to: id })
  const { history, row } = await desk.handlers['request.get']({ id })
  expect(history.filter((entry) => entry.event === 'scanned')).toHaveLength(1)
  expect(row).toMatchObject({ stage: 'scanning', pageCount: 3 })
})

test('a misread slip, an unknown request, a loan and a stranger get nothing', async () => {
  const id = await arrive(1)
  const assign = (to: string) => desk.handlers['tray.assign']({ bundleIds: [id], to })
  const wrong = `${paperCode(copies[0]!).slice(0, -1)}${paperCode(copies[0]!).endsWith('A') ? 'B' : 'A'}`
  const query = { text: '', filter: { service: 'loan' }, sort: 'due', descending: false } as const
  const loan = (await desk.handlers['queue.window']({ query, offset: 0, limit: 1 })).rows[0]!.id
  const refused = async (to: string, code: string) =>
    expect(Promise.resolve().then(() => assign(to))).rejects.toMatchObject({ code })
  await refused(wrong, 'code_damaged')
  await refused('ZZ00000001', 'code_unknown')
  await refused(loan, 'action_refused')
  expect(await waiting()).toEqual([id])
  await desk.handlers['tray.delete']({ bundleIds: [id] })
})

test('a bundle is parted before a page and joined again, in order', async () => {
  const id = await arrive(4)
  const order = (await pagesOf(id)).map((page) => page.id)
  const { bundleId } = await desk.handlers['tray.split']({ bundleId: id, pageId: order[1]! })
  expect((await pagesOf(id)).map((page) => page.id)).toEqual(order.slice(0, 1))
  expect((await pagesOf(bundleId)).map((page) => page.id)).toEqual(order.slice(1))
  await desk.handlers['tray.merge']({ bundleIds: [id, bundleId] })
  expect((await pagesOf(id)).map((page) => page.id)).toEqual(order)
  expect(await waiting()).toEqual([id])
  await desk.handlers['tray.restore']({ bundleIds: [bundleId] })
  expect((await pagesOf(bundleId)).map((page) => page.id)).toEqual(order.slice(1))
  await desk.handlers['tray.delete']({ bundleIds: [id, bundleId] })
})

test('pages given to the wrong request go back to the tray as a bundle of their own', async () => {
  const to = copies[0]!
  await desk.handlers['tray.assign']({ bundleIds: [await arrive(2)], to })
  const wrong = (await pagesOf(to)).at(-1)!.id
  const { bundleId } = await desk.handlers['tray.put']({ pageIds: [wrong] })
  expect((await pagesOf(bundleId)).map((page) => page.id)).toEqual([wrong])
  expect(await waiting()).toEqual([bundleId])
  await desk.handlers['tray.delete']({ bundleIds: [bundleId] })
})

test('what was deleted can be put back until its keeping time is over, then its pages are gone and nothing else', async () => {
  const id = await arrive(1)
  const keep = await arrive(1)
  await desk.handlers['tray.delete']({ bundleIds: [id] })
  expect((await desk.handlers['tray.list']({ state: 'deleted' })).map((one) => one.id)).toContain(id)
  expect(sweepTray(desk.core)).toBe(0)
  const late = { ...desk.core, now: () => Date.now() + TRAY_KEEP_MS + 60_000 }
  expect(sweepTray(late)).toBeGreaterThan(0)
  expect(await desk.handlers['tray.list']({ state: 'deleted' })).toEqual([])
  expect(await waiting()).toEqual([keep])
  expect((await pagesOf(copies[2]!)).length).toBe(3)
  await desk.handlers['tray.delete']({ bundleIds: [keep] })
})

test('the request that the name speaks of stands first among those it may belong to', async () => {
  const wanted = copies.at(-1)!
  const numbered = await arrive(1, { name: `scan ${wanted.toLowerCase()} pages 1-9` })
  expect((await desk.handlers['tray.candidates']({ bundleId: numbered, text: '' }))[0]?.id).toBe(wanted)
  const { row } = await desk.handlers['request.get']({ id: copies[1]! })
  const titled = await arrive(1, { name: `${row.title}.caj` })
  expect((await desk.handlers['tray.candidates']({ bundleId: titled, text: '' }))[0]?.title).toBe(row.title)
  const found = await desk.handlers['tray.candidates']({ bundleId: titled, text: wanted })
  expect(found.map((one) => one.id)).toEqual([wanted])
})

test('titles are alike by the pairs of letters they share', () => {
  expect(likeness('数字图书馆资源共建', '数字图书馆资源共建_张三.caj')).toBe(1)
  expect(likeness('数字图书馆资源共建', 'Microsoft Word - letter')).toBe(0)
  expect(likeness('化学', '化学')).toBe(0)
})
