/** The scan desk in core, from sheets in the feeder to pages under their requests, with real worker processes. */
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { coreContract, type ScanProfile } from '../../electron/contract/core.contract.ts'
import { DeskError } from '../../electron/contract/errors.ts'
import { onFaultPoint } from '../../electron/core/fault-point.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { STACK_DPI, writeStack } from '../support/scan-stack.ts'

// Whole stacks go through real workers: minutes on a machine that has other things to do.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let stage: Stage
let desk: TestDesk
let requests: string[]

const profile = (stack: string, more: Partial<ScanProfile> = {}): ScanProfile => ({
  scannerId: 'rehearsal:desk',
  source: 'feeder',
  mode: 'grey',
  dpi: STACK_DPI,
  options: { stack },
  ...more,
})

beforeAll(async () => {
  stage = new Stage()
  stage.pages = join(stage.folder, 'sheets')
  await writeStack(
    stage.pages,
    [{ page: 1 }, { page: 2, skewDeg: 3, blackEdge: true }, { blank: true }, { page: 2, skewDeg: 1 }],
    'plain',
  )
  await stage.startCentre({ rows: 60 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
  const query = {
    text: '',
    filter: { service: 'copy' as const, role: 'supplier' as const, status: ['RequestReceived' as const] },
    sort: 'applied' as const,
    descending: false,
  }
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
  requests = rows.filter((row) => row.holder === null).map((row) => row.id)
  expect(requests.length).toBeGreaterThan(4)
})
afterAll(async () => {
  onFaultPoint(undefined)
  await stage.end()
})

const pagesOf = (requestId: string) => desk.handlers['pages.list']({ requestId })
async function scan(requestId: string, chosen: ScanProfile) {
  const { jobId } = await desk.handlers['scan.start']({ requestId, profile: chosen, insertAt: null, replacePage: null })
  const job = await desk.core.jobs.settled(jobId)
  await desk.running.pagesSeen()
  return job
}

test('pages come in untouched, are looked at, set straight and cut, and what is remarkable is named', async () => {
  const id = requests[0]!
  expect(await scan(id, profile('plain'))).toMatchObject({ state: 'done', done: 4 })
  const { pages } = coreContract['pages.list'].out.parse(await pagesOf(id))
  expect(pages).toHaveLength(4)
  expect(pages[0]!.adjust).toMatchObject({ angleDeg: 0, crop: null, split: null })
  expect(pages[1]!.adjust.angleDeg).toBeCloseTo(-3, 0)
  expect(pages[1]!.adjust.crop!.left).toBeGreaterThan(0.02)
  expect(pages[2]!.marks).toContain('blank')
  expect(pages[0]!.marks).toEqual([])
})

test('every change by hand is one step of undo, and the document follows it', async () => {
  const id = requests[0]!
  const before = await pagesOf(id)
  const page = before.pages[0]!
  const crop = { left: 0.1, top: 0.1, width: 0.5, height: 0.5 }
  await desk.handlers['pages.adjust']({ pageIds: [page.id], change: { angleDeg: 1.5, crop } })
  await desk.handlers['pages.rotate']({ pageIds: [page.id], by: 90 })
  await desk.handlers['pages.split']({ pageIds: [before.pages[1]!.id], at: 0.5, rightBound: true })
  const changed = await pagesOf(id)
  expect(changed.pages).toHaveLength(5)
  expect(changed.pages[0]).toMatchObject({ rotate: 90, edited: true })
  expect(changed.pages.slice(1, 3).map((one) => one.adjust.split?.side)).toEqual(['right', 'left'])
  const { document: options } = desk.core.settings.get()
  const { jobId } = await desk.handlers['document.build']({ requestId: id, options: { ...options, stamp: 'none' } })
  expect(await desk.core.jobs.settled(jobId)).toMatchObject({ state: 'done' })
  expect((await desk.handlers['document.get']({ requestId: id })).document).toMatchObject({ pages: 5, stale: false })
  while ((await desk.handlers['pages.undo']({ requestId: id })).undone);
  const after = await pagesOf(id)
  expect(after.pages.map(({ adjust, rotate, id: page }) => ({ adjust, rotate, page }))).toEqual(
    before.pages.map(({ adjust, rotate, id: page }) => ({ adjust, rotate, page })),
  )
  expect((await desk.handlers['document.get']({ requestId: id })).document?.stale).toBe(true)
})

test('one stack for three requests: each slip names the pages after it, an unread slip and a foreign one name nobody', async () => {
  const [a, b, c] = requests.slice(1, 4) as [string, string, string]
  await writeStack(stage.pages!, [
    { page: 1 },
    { slip: a },
    { page: 2 },
    { page: 3, skewDeg: 2 },
    { slip: b },
    { page: 4 },
    { slip: 'ZZ99999999' },
    { page: 5 },
    { slip: c },
    { page: 6 },
  ])
  const { batchId, jobId } = await desk.handlers['batch.start']({ profile: profile('stack') })
  await untilPaused(jobId)
  await desk.handlers['job.cancel']({ jobId })
  await desk.core.jobs.settled(jobId)
  await desk.running.pagesSeen()
  const batch = coreContract['batch.list'].out.parse(await desk.handlers['batch.list']({}))[0]!
  expect(batch.id).toBe(batchId)
  expect(batch.segments.map(({ slip, slipId, pages }) => [slip, slipId, pages])).toEqual([
    ['none', '', 1],
    ['request', a, 2],
    ['request', b, 1],
    ['refused', 'ZZ99999999', 1],
    ['request', c, 1],
  ])
  const strip = await pagesOf(a)
  expect(strip.pages).toHaveLength(2)
  expect(strip.pages[1]!.adjust.angleDeg).toBeCloseTo(-2, 0)
  const tray = await desk.handlers['tray.list']({ state: 'waiting' })
  expect(tray.map(({ reason, hint, pageCount }) => [reason, hint, pageCount])).toEqual([
    ['no_slip', '', 1],
    ['unknown_code', 'ZZ99999999', 1],
  ])
  expect((await desk.handlers['request.get']({ id: a })).row.stage).toBe('scanning')
})

test('pages of a missed slip are given to their own request, and that too can be undone', async () => {
  const [a, , c] = requests.slice(1, 4) as [string, string, string]
  const moved = (await pagesOf(a)).pages[1]!.id
  await desk.handlers['pages.assign']({ pageIds: [moved], requestId: c })
  expect((await pagesOf(c)).pages.map((page) => page.id)).toContain(moved)
  await desk.handlers['pages.undo']({ requestId: a })
  expect((await pagesOf(a)).pages.map((page) => page.id)).toContain(moved)
})

test('a full disk makes the scan wait with the page safe; it goes on when there is room', async () => {
  const id = requests[4]!
  await writeStack(stage.pages!, [{ page: 7 }, { page: 8 }], 'other')
  let full = true
  onFaultPoint((name) => {
    if (name === 'after-blob-written' && full) throw new DeskError('disk_full')
  })
  const order = { requestId: id, profile: profile('other'), insertAt: null, replacePage: null }
  const { jobId } = await desk.handlers['scan.start'](order)
  expect((await untilPaused(jobId)).error?.code).toBe('disk_full')
  expect((await pagesOf(id)).pages).toEqual([])
  full = false
  onFaultPoint(undefined)
  await desk.handlers['job.resume']({ jobId })
  expect(await desk.core.jobs.settled(jobId)).toMatchObject({ state: 'done', done: 2 })
  expect((await pagesOf(id)).pages).toHaveLength(2)
  await desk.running.pagesSeen()
})

test('a picture of one pixel comes in, one of 30,000 by 30,000 is refused by name', async () => {
  const id = requests[4]!
  const file = async (name: string, bytes: Buffer) => {
    const path = join(stage.folder, name)
    await writeFile(path, bytes)
    const fileId = crypto.randomUUID()
    desk.running.takeFile({ id: fileId, path, name, bytes: bytes.length })
    const { jobId } = await desk.handlers['pages.import']({ requestId: id, fileIds: [fileId], insertAt: null })
    return desk.core.jobs.settled(jobId)
  }
  const before = (await pagesOf(id)).pages.length
  const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  expect(await file('dot.png', dot)).toMatchObject({ state: 'done' })
  await desk.running.pagesSeen()
  expect((await pagesOf(id)).pages.at(-1)).toMatchObject({ width: 1, height: 1 })
  const huge = Buffer.from(dot)
  huge.writeUInt32BE(30_000, 16)
  huge.writeUInt32BE(30_000, 20)
  expect((await file('huge.png', huge)).error).toMatchObject({ params: { file: 'huge.png' } })
  expect((await pagesOf(id)).pages).toHaveLength(before + 1)
})

test('originals stay until the request has ended and the days of the setting are over, then they go', async () => {
  const id = requests[0]!
  await desk.handlers['op.act']({ objectId: id, kind: 'accept', args: {} })
  const { jobId } = await desk.handlers['document.build']({ requestId: id, options: desk.core.settings.get().document })
  await desk.core.jobs.settled(jobId)
  await desk.handlers['document.send']({ requestId: id })
  expect(await desk.core.sync.settle()).toBe(true)
  expect((await desk.handlers['request.get']({ id })).row.status).toBe('CopyCompleted')
  const files = () => readdirSync(join(desk.folder, 'blobs'), { recursive: true }).length
  const kept = files()
  expect(desk.running.sweepPages()).toBe(0)
  expect(await desk.core.blobs.collectGarbage()).toBe(0)
  expect(files()).toBe(kept)
  expect((await pagesOf(id)).pages.length).toBeGreaterThan(0)
  desk.core.settings.set({ keepPagesDays: 0 })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(desk.running.sweepPages()).toBeGreaterThan(0)
  expect(await desk.core.blobs.collectGarbage()).toBeGreaterThan(0)
  expect(files()).toBeLessThan(kept)
  expect((await pagesOf(id)).pages).toEqual([])
  expect((await pagesOf(requests[1]!)).pages.length).toBeGreaterThan(0)
})

async function untilPaused(jobId: string) {
  for (;;) {
    const job = desk.core.jobs.list().find((one) => one.id === jobId)!
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
