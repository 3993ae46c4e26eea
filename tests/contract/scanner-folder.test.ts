import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ScannedPage, ScanRequest } from '../../electron/core/scanning/driver.ts'
import { FolderDriver } from '../../electron/core/scanning/folder/driver.ts'
import { WatchedFolder } from '../../electron/core/scanning/folder/watched-folder.ts'
import { collect, spool } from '../devices/collect.ts'
import { writePageAs } from '../devices/page-writer.ts'

const never = new AbortController().signal
let pictures: string
let root: string
let box: Awaited<ReturnType<typeof spool>>
let refused: string[]

beforeAll(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'balis-pictures-'))
  for (let n = 1; n <= 12; n++) {
    const noise = { type: 'gaussian' as const, mean: 10 * n, sigma: 20 }
    const page = sharp({ create: { width: 200, height: 280, channels: 3, background: '#fff', noise } }).withDensity(150)
    await page
      .clone()
      .jpeg()
      .toFile(join(pictures, `${n}.jpg`))
    await page
      .clone()
      .png()
      .toFile(join(pictures, `${n}.png`))
    await page
      .clone()
      .tiff()
      .toFile(join(pictures, `${n}.tif`))
  }
  await writeFile(join(pictures, '1.pdf'), `%PDF-1.4\n${'% page\n'.repeat(3000)}%%EOF\n`)
})
afterAll(() => rm(pictures, { recursive: true, force: true }))
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'balis-watched-'))
  box = await spool()
  refused = []
})
afterEach(async () => {
  await rm(root, { recursive: true, force: true })
  await box.dispose()
})

const picture = (name: string): string => join(pictures, name)
const driver = (idleMs = 400): FolderDriver =>
  new FolderDriver({
    folders: () => [{ id: 'book', name: 'Book scanner', path: root }],
    stableMs: 150,
    deadlineMs: Math.max(800, idleMs),
    pollMs: 25,
    idleMs,
    onRefused: (_, name, why) => refused.push(`${why} ${name}`),
  })
const job = (change: Partial<ScanRequest> = {}): ScanRequest => ({
  scannerId: 'folder:book',
  source: 'feeder',
  mode: 'colour',
  dpi: 300,
  spoolDir: box.dir,
  firstSeq: 1,
  ...change,
})
/** What stands in the watched folder for people to see, below all folders. */
const left = async (): Promise<string[]> => {
  const names = await readdir(root, { recursive: true, withFileTypes: true })
  return names
    .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('/.balis-'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
const same = async (path: string, name: string): Promise<boolean> =>
  (await readFile(path)).equals(await readFile(picture(name)))
/** Which of these pictures each page is, byte for byte. */
const whichOf = (pages: readonly ScannedPage[], names: readonly string[]): Promise<string[]> =>
  Promise.all(
    pages.map(async ({ path }) => {
      for (const name of names) if (await same(path, name)) return name
      return `none of them: ${basename(path)}`
    }),
  )
/** For jobs that end by their count: long enough for a writer on a busy machine to begin. */
const PATIENT = 25_000

describe('a watched folder takes whole pages only', () => {
  test('pages written slowly, with a rest longer than it takes to be still', async () => {
    const names = ['1.jpg', '2.png', '3.tif', '1.pdf']
    const writing = names.map((name) => {
      return writePageAs(picture(name), join(root, name), { piece: 5000, pauseMs: 10, restMs: 400 })
    })
    const { pages, end } = await collect(driver(PATIENT).scan(job({ maxPages: 4 }), never))
    await Promise.all(writing)
    expect(end).toBe('complete')
    expect((await whichOf(pages, names)).sort()).toEqual([...names].sort())
    expect(await left()).toEqual([])
    expect(refused).toEqual([])
  })

  test('pages renamed when they are whole, by every habit of naming the unfinished', async () => {
    const habits = ['.hidden.jpg', '2.jpg.part', '~3.jpg', '4.jpg.tmp', '5.jpg.crdownload']
    const names = habits.map((_, i) => `${i + 1}.jpg`)
    const writing = habits.map((via, i) => {
      const name = names[i] as string
      return writePageAs(picture(name), join(root, name), { via: join(root, via), pauseMs: 300 })
    })
    const { pages } = await collect(driver(PATIENT).scan(job({ maxPages: 5 }), never))
    await Promise.all(writing)
    expect((await whichOf(pages, names)).sort()).toEqual(names)
    expect(refused).toEqual([])
  })

  test('twelve pages by four writers at once all come, each once', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `${i + 1}.jpg`)
    const writing = [0, 3, 6, 9].map(async (from) => {
      for (const name of names.slice(from, from + 3)) await writePageAs(picture(name), join(root, name), { pauseMs: 5 })
    })
    const { pages } = await collect(driver(PATIENT).scan(job({ maxPages: 12 }), never))
    await Promise.all(writing)
    expect(pages.map((p) => p.seq)).toEqual(names.map((_, i) => i + 1))
    expect(new Set(await whichOf(pages, names)).size).toBe(12)
  })

  test('pages copied in at once come in the order people count', async () => {
    for (const n of [10, 9, 2, 1, 11]) await copyFile(picture(`${n}.jpg`), join(root, `page ${n}.jpg`))
    execFileSync('touch', ['-d', '2026-01-01', ...(await readdir(root)).map((name) => join(root, name))])
    const { pages } = await collect(driver().scan(job(), never))
    const order = await whichOf(pages, ['1.jpg', '2.jpg', '9.jpg', '10.jpg', '11.jpg'])
    expect(order).toEqual(['1.jpg', '2.jpg', '9.jpg', '10.jpg', '11.jpg'])
  })

  test('a page nobody ever finishes is put aside, and the ones after it still come', async () => {
    const half = await readFile(picture('1.jpg'))
    await writeFile(join(root, 'a.jpg'), half.subarray(0, half.length / 2))
    await copyFile(picture('2.jpg'), join(root, 'b.jpg'))
    const { pages } = await collect(driver().scan(job(), never))
    expect(pages).toHaveLength(1)
    expect(refused).toEqual(['incomplete a.jpg'])
    expect(await left()).toEqual(['_quarantine/incomplete/a.jpg'])
  })

  test('files of other kinds are put aside at once, kept and named', async () => {
    await writeFile(join(root, 'notes.docx'), 'PK')
    await writeFile(join(root, 'liar.jpg'), 'this is no picture at all')
    await writeFile(join(root, 'empty.png'), '')
    const { pages, error } = await collect(driver().scan(job(), never))
    expect({ pages: pages.length, code: error?.code }).toEqual({ pages: 0, code: 'no_documents' })
    expect(refused.sort()).toEqual(['unsupported empty.png', 'unsupported liar.jpg', 'unsupported notes.docx'])
    expect(await left()).toEqual(
      ['empty.png', 'liar.jpg', 'notes.docx'].map((name) => `_quarantine/unsupported/${name}`),
    )
  })

  test('the same bytes again are no second page, not even after a restart', async () => {
    await copyFile(picture('3.jpg'), join(root, 'a.jpg'))
    expect((await collect(driver().scan(job(), never))).pages).toHaveLength(1)
    await copyFile(picture('3.jpg'), join(root, 'a.jpg'))
    await copyFile(picture('4.jpg'), join(root, 'b.jpg'))
    const { pages } = await collect(driver().scan(job({ firstSeq: 2 }), never))
    expect(pages).toHaveLength(1)
    expect(await same(pages[0]!.path, '4.jpg')).toBe(true)
    expect(refused).toEqual(['duplicate a.jpg'])
    expect(await left()).toEqual(['_quarantine/duplicate/a.jpg'])
  })
})

describe('a watched folder keeps requests apart', () => {
  test("a request's own folder gives its pages only, however deep; the root gives those of no request", async () => {
    await mkdir(join(root, 'HG00003902', 'part 2'), { recursive: true })
    await mkdir(join(root, 'HG00003903'))
    await copyFile(picture('1.jpg'), join(root, 'HG00003902', '1.jpg'))
    await copyFile(picture('2.jpg'), join(root, 'HG00003902', 'part 2', '2.jpg'))
    await copyFile(picture('3.jpg'), join(root, 'HG00003903', '3.jpg'))
    await copyFile(picture('4.jpg'), join(root, '4.jpg'))
    const own = await collect(driver().scan(job({ options: { folder: 'HG00003902' } }), never))
    expect(own.pages).toHaveLength(2)
    const loose = await collect(driver().scan(job({ firstSeq: 3 }), never))
    expect(await Promise.all(loose.pages.map((p) => same(p.path, '4.jpg')))).toEqual([true])
    expect(await left()).toEqual(['HG00003903/3.jpg'])
  })

  test.each(['..', '../x', '/etc', 'a/b', '.balis-desk', '_quarantine', 'a\\b', ''])(
    'folder %j is refused',
    async (folder) => {
      expect((await collect(driver().scan(job({ options: { folder } }), never))).error?.code).toBe('unsupported')
    },
  )

  test('links lead nowhere: a linked page, a linked folder and a pipe are never opened', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'balis-outside-'))
    await copyFile(picture('1.jpg'), join(outside, '1.jpg'))
    await symlink(join(outside, '1.jpg'), join(root, 'link.jpg'))
    await symlink(outside, join(root, 'HG00000001'))
    execFileSync('mkfifo', [join(root, 'pipe.jpg')])
    for (const options of [{}, { folder: 'HG00000001' }] as Record<string, string>[]) {
      expect((await collect(driver(300).scan(job({ options }), never))).error?.code).toBe('no_documents')
    }
    expect(await readdir(outside)).toEqual(['1.jpg'])
    await rm(outside, { recursive: true })
  })
})

describe('a watched folder loses nothing', () => {
  test('a cancel gives back what was claimed and not yet taken in', async () => {
    for (let n = 1; n <= 5; n++) await copyFile(picture(`${n}.jpg`), join(root, `${n}.jpg`))
    const stop = new AbortController()
    const first = await collect(driver().scan(job(), stop.signal), (event) => {
      if (event.type === 'page' && event.seq === 2) stop.abort()
    })
    expect(first.error?.code).toBe('cancelled')
    expect(first.pages).toHaveLength(2)
    expect(await left()).toEqual(['3.jpg', '4.jpg', '5.jpg'])
    expect(await box.left()).toEqual(first.pages.map((p) => basename(p.path)).sort())
    const second = await collect(driver().scan(job({ firstSeq: 3 }), never))
    expect(second.pages.map((p) => p.seq)).toEqual([3, 4, 5])
  })

  test('stops after the pages asked for and leaves the others where they are', async () => {
    for (let n = 1; n <= 3; n++) await copyFile(picture(`${n}.jpg`), join(root, `${n}.jpg`))
    const { pages, end } = await collect(driver().scan(job({ maxPages: 1 }), never))
    expect({ pages: pages.length, end, left: await left() }).toEqual({
      pages: 1,
      end: 'complete',
      left: ['2.jpg', '3.jpg'],
    })
  })

  test('what a crash left claimed comes again at the next start', async () => {
    await mkdir(join(root, 'HG1'))
    await copyFile(picture('6.jpg'), join(root, 'HG1', '6.jpg'))
    const crashed = new WatchedFolder({ root, folder: 'HG1', stableMs: 0, owner: 'desk-1' })
    await crashed.look()
    expect((await crashed.look()).claimed.length + (await left()).length).toBe(0)
    const next = new WatchedFolder({ root, folder: 'HG1', stableMs: 0, owner: 'desk-1' })
    const { claimed } = await next.look()
    expect(claimed.map((file) => file.name)).toEqual(['HG1/6.jpg'])
    expect(await same(claimed[0]!.path, '6.jpg')).toBe(true)
  })

  test('two desks at one folder share the pages: none twice, none lost', async () => {
    for (let n = 1; n <= 12; n++) await copyFile(picture(`${n}.jpg`), join(root, `${n}.jpg`))
    const desks = ['a', 'b'].map((owner) => new WatchedFolder({ root, owner, stableMs: 0 }))
    const taken: string[] = []
    for (let round = 0; round < 3; round++) {
      const looks = await Promise.all(desks.map((desk) => desk.look()))
      for (const file of looks.flatMap((look) => look.claimed)) {
        taken.push(file.name)
        await file.done()
      }
    }
    expect(taken.sort()).toEqual(Array.from({ length: 12 }, (_, i) => `${i + 1}.jpg`).sort())
  })

  test('a share that goes away is offline, and is not mistaken for an empty folder', async () => {
    const away = `${root}-away`
    await copyFile(picture('1.jpg'), join(root, '1.jpg'))
    const { pages, error } = await collect(driver(5000).scan(job(), never), async (event) => {
      if (event.type === 'page') await rename(root, away)
    })
    expect({ pages: pages.length, code: error?.code }).toEqual({ pages: 1, code: 'offline' })
    expect(existsSync(root)).toBe(false)
    expect(await driver().list()).toEqual([])
    expect((await collect(driver().scan(job(), never))).error?.code).toBe('offline')
    await rename(away, root)
    expect((await driver().list()).map((s) => s.id)).toEqual(['folder:book'])
  })
})
