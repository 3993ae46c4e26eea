/** Watched folders through core: whole files only, each to whom it belongs, and nothing lost when something is in the way. */
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { watchedFolders } from '../../db/queries/watched-folders.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import { createDocumentEngine, type DocumentEngine } from '../../electron/core/documents/index.ts'
import { routeFile } from '../../electron/core/scanning/folder/route.ts'
import { createFolderIntake, type FolderIntake } from '../../electron/core/workbench/folder-intake.ts'
import { createScanDesk, type ScanDesk } from '../../electron/core/workbench/scan-desk.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { mountSmallDisk, unmount } from '../support/small-disk.ts'
import { until } from '../devices/programs.ts'

let stage: Stage
let desk: TestDesk
let engine: DocumentEngine
let copies: string[]
let root: string
let intake: FolderIntake
let onDesk: ScanDesk
let n = 0

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
  engine = createDocumentEngine({ fork: createWorkerForker(null) })
  const query = { text: '', filter: { service: 'copy', role: 'supplier', open: true }, sort: 'due', descending: false } as const // prettier-ignore
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
  copies = rows.filter((row) => row.can.includes('scan')).map((row) => row.id)
})
afterAll(async () => {
  await engine.close()
  await stage.end()
})
beforeEach(async () => {
  root = join(stage.folder, `watched-${++n}`)
  await mkdir(root)
  onDesk = createScanDesk(desk.core)
  intake = createFolderIntake(desk.core, engine, onDesk, { lookMs: 20, stableMs: 60, deadlineMs: 600 })
  intake.start()
  intake.add(root)
})
afterEach(async () => {
  await intake.close()
  for (const { id } of watchedFolders(desk.core.db)) intake.remove(id)
  const left = (await tray()).map((one) => one.id)
  if (left.length > 0) await desk.handlers['tray.delete']({ bundleIds: left })
})

/** A picture that no other test has. */
const picture = () => sharp({ create: { width: 100 + ++n, height: 140, channels: 3, background: '#fff' } }).png().toBuffer() // prettier-ignore
const pagesOf = async (requestId: string) => (await desk.handlers['pages.list']({ requestId })).pages
const tray = () => desk.handlers['tray.list']({ state: 'waiting' })
const view = () => intake.views()[0]!
const left = async () =>
  // The desk's own folder of work comes and goes while all is listed.
  (
    await readdir(root, { recursive: true, withFileTypes: true }).catch(() =>
      readdir(root, { recursive: true, withFileTypes: true }),
    )
  )
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.balis-'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()

describe('a file in a watched folder', () => {
  it('goes to the request that its folder names, and its place is empty afterwards', async () => {
    const id = copies[0]!
    await mkdir(join(root, '2026', `${id} 论文`), { recursive: true })
    await writeFile(join(root, '2026', `${id} 论文`, 'a.png'), await picture())
    await until('the page', async () => (await pagesOf(id)).length === 1)
    await until('an empty folder', async () => (await left()).length === 0)
    expect((await desk.handlers['request.get']({ id })).row.stage).toBe('scanning')
    await until('the word of it', () => onDesk.last() !== null)
    expect(onDesk.last()).toMatchObject({ way: 'folder', requestId: id, pages: 1 })
  })

  it('goes to the request on the scan desk when it names none, and is kept aside where the library wants that', async () => {
    intake.change(view().id, { taken: 'keep' })
    onDesk.put(copies[1]!)
    await writeFile(join(root, 'scan0001.png'), await picture())
    await until('the page', async () => (await pagesOf(copies[1]!)).length === 1)
    await until('the kept file', async () => (await left()).join() === join('_taken', 'scan0001.png'))
  })

  it('goes to the tray with its fellows when nothing says whose it is', async () => {
    await mkdir(join(root, '待查'))
    for (const name of ['1.png', '2.png', '3.png']) await writeFile(join(root, '待查', name), await picture())
    const [bundle] = await until('three pages', async () => {
      const found = await tray()
      return found[0]?.pageCount === 3 && found
    }) // prettier-ignore
    expect(bundle).toMatchObject({ reason: 'unknown_folder', hint: '待查', source: 'folder' })
    expect(await tray()).toHaveLength(1)
  })

  it('is waited for while it is half-written, and put aside when it is never finished', async () => {
    const bytes = await picture()
    await writeFile(join(root, 'slow.png'), bytes.subarray(0, 200))
    await until('a pending file', () => view().pending === 1)
    await writeFile(join(root, 'slow.png'), bytes)
    await until('the whole page', async () => (await tray()).length === 1)
    await writeFile(join(root, 'never.png'), bytes.subarray(0, 200))
    await until('the refusal', () => view().lastRefused?.why === 'incomplete')
    expect(view().lastRefused).toEqual({ name: 'never.png', why: 'incomplete' })
    expect(await left()).toEqual([join('_quarantine', 'incomplete', 'never.png')])
  })

  it('that is no page stays where it is, and is named', async () => {
    await writeFile(join(root, 'scanner.ini'), '[scanner]')
    await writeFile(join(root, 'article.caj'), 'CAJ')
    await until('the refusal', () => view().lastRefused?.why === 'unsupported')
    expect(await left()).toEqual(['article.caj', 'scanner.ini'])
  })

  it('that claims to be whole and cannot be opened is put aside, and the next one comes in', async () => {
    const bytes = Buffer.from(await picture())
    bytes.fill(0x55, 60, bytes.length - 12)
    await writeFile(join(root, '1.png'), bytes)
    await until('the refusal', () => view().lastRefused?.why === 'unreadable')
    await writeFile(join(root, '2.png'), await picture())
    await until('the next page', async () => (await tray()).length === 1)
    expect(await left()).toEqual([join('_quarantine', 'unreadable', '1.png')])
  })

  it('put there anew for another request is taken anew, though its bytes are known', async () => {
    const bytes = await picture()
    for (const id of [copies[2]!, copies[3] ?? copies[0]!]) {
      const before = (await pagesOf(id)).length
      await mkdir(join(root, id), { recursive: true })
      await writeFile(join(root, id, 'same.png'), bytes)
      await until('the page', async () => (await pagesOf(id)).length === before + 1)
    }
  })
})

it('a folder that goes away is told and watched again when it is back', async () => {
  const away = `${root}-away`
  await rename(root, away)
  await until('away', () => view().state === 'away')
  await rename(away, root)
  intake.change(view().id, { otherwise: 'tray' })
  await writeFile(join(root, 'back.png'), await picture())
  await until('the page', async () => (await tray()).length === 1)
  expect(view().state).toBe('watching')
})

it('one folder is watched once, and a folder in it not again', async () => {
  await mkdir(join(root, 'inner'))
  for (const path of [root, join(root, 'inner'), stage.folder])
    expect(() => intake.add(path)).toThrow(expect.objectContaining({ code: 'folder_watched' }))
  await rm(join(root, 'inner'), { recursive: true })
})

it('a folder taken in by scanning is one of the scanners and is left alone otherwise', async () => {
  intake.change(view().id, { how: 'scan' })
  await writeFile(join(root, 'page.png'), await picture())
  const scanners = await desk.handlers['scanner.list']({ refresh: true })
  expect(scanners.filter((one) => one.driver === 'folder')).toMatchObject([{ state: 'ready', sources: ['feeder'] }])
  expect(await left()).toEqual(['page.png'])
})

it('on a full disk the file stays where it is, that is said, and it comes in once there is room', async (context) => {
  const data = join(stage.folder, 'full')
  await mkdir(data)
  if (!mountSmallDisk(data, 24)) return context.skip('only root can mount a small disk')
  const tight = await stage.desk('full')
  const watching = createFolderIntake(tight.core, engine, createScanDesk(tight.core), { lookMs: 20, stableMs: 60, troubleMs: 50 }) // prettier-ignore
  try {
    const place = join(stage.folder, 'inbox')
    await mkdir(place)
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
    const page = await sharp({ create: { width: 900, height: 1200, channels: 3, background: '#fff', noise } }).png().toBuffer() // prettier-ignore
    const { bavail, bsize } = await statfs(data)
    await writeFile(join(data, 'ballast'), Buffer.alloc(bavail * bsize - 1_200_000))
    await writeFile(join(place, 'page.png'), page)
    watching.start()
    watching.add(place)
    await until('the trouble', () => watching.views()[0]!.state === 'disk_full')
    expect((await tight.handlers['tray.list']({ state: 'waiting' })).length).toBe(0)
    await rm(join(data, 'ballast'))
    await until('the page', async () => (await tight.handlers['tray.list']({ state: 'waiting' })).length === 1)
    await until('well again', () => watching.views()[0]!.state === 'watching')
    expect((await readdir(place)).filter((name) => !name.startsWith('.'))).toEqual([])
  } finally {
    await watching.close()
    await tight.running.close()
    unmount(data)
  }
})

it.each([
  ['HG00003902/1.jpg', 'folder', { kind: 'request', id: 'HG00003902' }],
  ['2026/hg00003902_张/1.jpg', 'folder', { kind: 'request', id: 'HG00003902' }],
  ['HG00003902.jpg', 'folder', { kind: 'unnamed' }],
  ['other/1.jpg', 'folder', { kind: 'unknown_folder', folder: 'other' }],
  ['x/HG00003902_001.jpg', 'file', { kind: 'request', id: 'HG00003902' }],
  ['XHG00003902.jpg', 'file', { kind: 'unnamed' }],
  ['HG000039021.jpg', 'file', { kind: 'unnamed' }],
  ['ＨＧ00003902/1.jpg', 'folder', { kind: 'request', id: 'HG00003902' }],
  ['HG00003902/1.jpg', 'none', { kind: 'unnamed' }],
] as const)('%s by its %s', (name, naming, route) => {
  expect(routeFile(name, naming)).toEqual(route)
})
