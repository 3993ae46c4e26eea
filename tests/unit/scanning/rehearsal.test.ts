import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ScanRequest } from '../../../electron/core/scanning/driver.ts'
import { RehearsalDriver, type RehearsalOptions } from '../../../electron/core/scanning/rehearsal/driver.ts'
import { collect, spool } from '../../devices/collect.ts'

describe('the rehearsal scanner', () => {
  const never = new AbortController().signal
  let folder: string
  let box: Awaited<ReturnType<typeof spool>>
  let waited: number
  const scanner = (options: Partial<RehearsalOptions> = {}): RehearsalDriver =>
    new RehearsalDriver({ folder, feederPages: 3, wait: async (ms) => void (waited += ms), ...options })
  const job = (change: Partial<ScanRequest> = {}): ScanRequest => ({
    scannerId: 'rehearsal:desk',
    source: 'feeder',
    mode: 'grey',
    dpi: 150,
    spoolDir: box.dir,
    firstSeq: 1,
    ...change,
  })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balis-rehearsal-'))
    const shades = { 'a-1': 20, 'a-2': 60, 'b-1': 100, 'b-2': 140, 'b-3': 180 }
    for (const [name, grey] of Object.entries(shades)) {
      // Half ink, half paper of the shade that tells the page.
      await sharp({ create: { width: 620, height: 877, channels: 3, background: { r: 255, g: grey, b: grey } } })
        .withMetadata({ density: 75 })
        .jpeg({ quality: 100 })
        .toFile(join(folder, `${name}.jpg`))
    }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  beforeEach(async () => {
    box = await spool()
    waited = 0
  })
  afterEach(() => box.dispose())

  /** Which picture a page shows, by its green shade. */
  const shade = async (path: string): Promise<number> => {
    const { dominant } = await sharp(path).stats()
    return Math.floor(dominant.g / 40) // dominant colours come in steps of 16: 24, 56, 104, 136, 184
  }

  test('plays the feeder to its end with the delay of a real one, then finds it empty until it is filled', async () => {
    const driver = scanner({ autoRefill: false, pageDelayMs: 700 })
    const first = await collect(driver.scan(job({ mode: 'colour' }), never))
    expect(first).toMatchObject({ end: 'feeder_empty', error: null })
    expect(first.pages.map((p) => p.seq)).toEqual([1, 2, 3])
    expect(Math.round(waited)).toBe(2100)
    expect(first.progress.get(2)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect((await collect(driver.scan(job(), never))).error?.code).toBe('no_documents')
    await driver.refill(2)
    const more = await collect(driver.scan(job({ mode: 'colour', firstSeq: 4 }), never))
    expect(more.pages.map((p) => p.seq)).toEqual([4, 5])
    const shown = await Promise.all([...first.pages, ...more.pages].map((p) => shade(p.path)))
    expect(shown).toEqual([0, 1, 2, 3, 4])
  })

  test.each([
    ['lineart', 'image/png'],
    ['grey', 'image/jpeg'],
    ['colour', 'image/jpeg'],
  ] as const)('%s at another resolution is what a scanner would give', async (mode, mime) => {
    const { pages } = await collect(scanner().scan(job({ mode, dpi: 300, maxPages: 1 }), never))
    expect(pages[0]).toMatchObject({ mime, dpi: 300, width: 2480, height: 3508 })
    const facts = await sharp(pages[0]!.path).metadata()
    expect(facts.channels).toBe(mode === 'grey' ? 1 : 3)
    if (mode === 'lineart') expect(facts.bitsPerSample).toBe(1)
  })

  test('a part of the page is cut out in millimetres', async () => {
    const area = { x: 10, y: 20, width: 100, height: 50.8 }
    const { pages } = await collect(scanner().scan(job({ source: 'flatbed', area, dpi: 150 }), never))
    expect(pages[0]).toMatchObject({ width: 591, height: 300 })
  })

  test('a jam keeps the pages before it, and the next job goes on with the sheet that jammed', async () => {
    const driver = scanner({ autoRefill: false })
    driver.setFault({ code: 'jam', afterPages: 2 })
    const before = await collect(driver.scan(job({ mode: 'colour', options: { stack: 'b-' } }), never))
    expect(before).toMatchObject({ end: null, error: { code: 'jam' } })
    expect(before.pages.map((p) => p.seq)).toEqual([1, 2])
    expect(await box.left()).toEqual(before.pages.map((p) => basename(p.path)).sort())
    const after = await collect(driver.scan(job({ mode: 'colour', firstSeq: 3, options: { stack: 'b-' } }), never))
    expect(after).toMatchObject({ end: 'feeder_empty', error: null })
    expect(after.pages.map((p) => p.seq)).toEqual([3])
    const shown = await Promise.all([...before.pages, ...after.pages].map((p) => shade(p.path)))
    expect(shown).toEqual([2, 3, 4])
  })

  test('duplex gives fronts and backs in turn', async () => {
    const { pages } = await collect(scanner().scan(job({ source: 'feeder_duplex' }), never))
    expect(pages.map((p) => p.side)).toEqual(['front', 'back', 'front'])
  })

  test('a cancel in the middle of a page ends it and leaves whole pages only', async () => {
    const stop = new AbortController()
    const { pages, error } = await collect(scanner().scan(job(), stop.signal), (event) => {
      if (event.type === 'progress' && event.page === 2 && event.pct === 50) stop.abort()
    })
    expect(error?.code).toBe('cancelled')
    expect(await box.left()).toEqual(pages.map((p) => basename(p.path)))
    expect(pages).toHaveLength(1)
  })

  test('without pages to play it is not installed, and an unknown option is refused', async () => {
    const bare = scanner({ folder: join(folder, 'nothing') })
    expect(await bare.availability()).toBe('not_installed')
    expect(await bare.list()).toEqual([])
    expect((await collect(scanner().scan(job({ options: { zork: '1' } }), never))).error?.code).toBe('unsupported')
    expect((await scanner().list()).map((s) => s.id)).toEqual(['rehearsal:desk'])
  })
})
