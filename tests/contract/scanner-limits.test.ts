import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ScannerDriver, ScanRequest } from '../../electron/core/scanning/driver.ts'
import { EsclDriver } from '../../electron/core/scanning/escl/driver.ts'
import { FolderDriver } from '../../electron/core/scanning/folder/driver.ts'
import { ScannerRegistry } from '../../electron/core/scanning/registry.ts'
import { RehearsalDriver } from '../../electron/core/scanning/rehearsal/driver.ts'
import { SaneDriver } from '../../electron/core/scanning/sane/driver.ts'
import { collect } from '../devices/collect.ts'
import { type EsclSimulator, startEsclSimulator } from '../devices/escl-simulator.ts'
import { hasScanimage, saneConfig } from '../devices/sane.ts'

const never = new AbortController().signal
const sane = hasScanimage()
if (!sane) console.warn('SKIPPED: the SANE part of the scanner limits, because scanimage is not installed')

let work: string
const undo: (() => unknown)[] = []
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'balis-limits-'))
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
afterAll(() => rm(work, { recursive: true, force: true }))

async function folder(name: string): Promise<string> {
  const path = join(work, name)
  await mkdir(path, { recursive: true })
  return path
}
const job = (scannerId: string, spoolDir: string, change: Partial<ScanRequest> = {}): ScanRequest => ({
  scannerId,
  source: 'feeder',
  mode: 'colour',
  dpi: 75,
  area: { x: 0, y: 0, width: 210, height: 297 },
  spoolDir,
  firstSeq: 1,
  ...change,
})

/** A small volume of its own, or null where this process may not mount one. */
function smallDisk(path: string, bytes: number): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]).status === 0
  if (mounted) undo.push(() => spawnSync('umount', ['-l', path]))
  return mounted
}

describe('a disk that runs full in the middle of a stack', () => {
  const drivers: Record<string, () => Promise<{ driver: ScannerDriver; id: string }>> = {
    escl: async () => {
      const sim = await startEsclSimulator({ sheets: 30 })
      undo.push(sim.close)
      const driver = new EsclDriver()
      undo.push(() => driver.close())
      return { driver, id: `escl:${sim.url}` }
    },
    sane: async () => {
      const config = await saneConfig({ backends: ['test'] })
      undo.push(config.dispose)
      return { driver: new SaneDriver({ env: config.env, graceMs: 300 }), id: 'sane:test:0' }
    },
    rehearsal: async () => {
      const pages = await folder('rehearsal-pages')
      const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
      const page = sharp({ create: { width: 620, height: 877, channels: 3, background: '#fff', noise } }).withDensity(
        75,
      )
      await page.jpeg().toFile(join(pages, '1.jpg'))
      const driver = new RehearsalDriver({ folder: pages, feederPages: 30, wait: async () => {} })
      return { driver, id: 'rehearsal:desk' }
    },
    folder: async () => {
      const root = await folder('watched')
      for (let n = 10; n < 16; n++) {
        const noise = { type: 'gaussian' as const, mean: 128, sigma: n }
        const page = sharp({ create: { width: 500, height: 700, channels: 3, background: '#fff', noise } })
        await page.jpeg().toFile(join(root, `${n}.jpg`))
      }
      const folders = () => [{ id: 'w', name: 'w', path: root }]
      return { driver: new FolderDriver({ folders, stableMs: 0, pollMs: 5 }), id: 'folder:w' }
    },
  }

  /** Bytes that hold a page or two of each, but not the stack. */
  const ROOM: Record<string, number> = { escl: 40_000, sane: 4_000_000, rehearsal: 1_200_000, folder: 300_000 }

  test.for(Object.keys(drivers))(
    '%s says disk_full; the pages before are whole, nothing half is left',
    async (name, { skip }) => {
      skip(name === 'sane' && !sane, 'scanimage is not installed')
      const spoolDir = await folder(`full-${name}`)
      const { driver, id } = await drivers[name]!()
      skip(!smallDisk(spoolDir, ROOM[name] as number), 'no volume may be mounted here')
      const { pages, error } = await collect(driver.scan(job(id, spoolDir), never))
      expect(error?.code).toBe('disk_full')
      expect(pages.length).toBeGreaterThan(0)
      expect((await readdir(spoolDir)).sort()).toEqual(pages.map((p) => basename(p.path)).sort())
      for (const page of pages) expect((await sharp(page.path).stats()).isOpaque).toBe(true)
      if (name === 'folder') {
        const kept = (await readdir(join(work, 'watched'))).filter((file) => file.endsWith('.jpg'))
        expect(kept.length + pages.length).toBe(6)
      }
    },
  )

  test.skipIf(!sane)('a full disk stops the feeder: no sheet runs through that nobody keeps', async ({ skip }) => {
    const spoolDir = await folder('full-feeder')
    skip(!smallDisk(spoolDir, ROOM.sane as number), 'no volume may be mounted here')
    const config = await saneConfig({ backends: ['test'] })
    undo.push(config.dispose)
    // What scanimage says of each sheet is written down on its way.
    const [said, heard] = [join(work, 'said.txt'), join(work, 'scanimage-heard')]
    const script = `#!/bin/sh\nexec 3>&1\nscanimage "$@" 2>&1 >&3 | tee -a '${said}' >&2\n`
    await writeFile(heard, script, { mode: 0o755 })
    const driver = new SaneDriver({ command: heard, env: config.env, graceMs: 300 })
    const slow = { options: { 'read-delay': 'yes', 'read-delay-duration': '20000' } }
    const { pages, error } = await collect(driver.scan(job('sane:test:0', spoolDir, slow), never))
    expect(error?.code).toBe('disk_full')
    const sheets = (await readFile(said, 'utf8')).match(/^Scanning page \d+/gm)?.length ?? 0
    expect(sheets).toBeGreaterThan(pages.length)
    expect(sheets).toBeLessThanOrEqual(pages.length + 3)
  })

  test.skipIf(!sane)('a jam on a disk that is nearly full is still told as a jam', async ({ skip }) => {
    const spoolDir = await folder('nearly-full')
    skip(!smallDisk(spoolDir, 6_000_000), 'no volume may be mounted here')
    const { driver, id } = await drivers.sane!()
    const change = { options: { 'read-return-value': 'SANE_STATUS_JAMMED' } }
    expect((await collect(driver.scan(job(id, spoolDir, change), never))).error?.code).toBe('jam')
  })
})

describe('pictures of extreme size', () => {
  /** A 1-bit PNG of all-white rows, made without holding its pixels: 30,000 pixels square are 110 MB of rows. */
  function hugePng(width: number, height: number): Buffer {
    const chunk = (type: string, body: Buffer): Buffer => {
      const head = Buffer.alloc(4)
      head.writeUInt32BE(body.length)
      const typed = Buffer.concat([Buffer.from(type), body])
      const sum = Buffer.alloc(4)
      sum.writeUInt32BE(crc32(typed))
      return Buffer.concat([head, typed, sum])
    }
    const header = Buffer.alloc(13)
    header.writeUInt32BE(width, 0)
    header.writeUInt32BE(height, 4)
    header[8] = 1
    const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 })
    const magic = Buffer.from('89504e470d0a1a0a', 'hex')
    return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
  }

  test('one pixel and 30,000 pixels square pass through a watched folder by their headers alone', async () => {
    const root = await folder('extreme')
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .png()
      .toFile(join(root, '1.png'))
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .jpeg()
      .toFile(join(root, '2.jpg'))
    await writeFile(join(root, '3.png'), hugePng(30_000, 30_000))
    const driver = new FolderDriver({ folders: () => [{ id: 'x', name: 'x', path: root }], stableMs: 0, pollMs: 5 })
    const before = process.memoryUsage().rss
    const { pages } = await collect(driver.scan(job('folder:x', await folder('extreme-spool'), { maxPages: 3 }), never))
    expect(pages.map((p) => [p.width, p.height])).toEqual([
      [1, 1],
      [1, 1],
      [30_000, 30_000],
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test.skipIf(!sane)('scanimage hands over one pixel and lines of 30,000 as they are', async () => {
    const config = await saneConfig({ backends: ['pnm'] })
    undo.push(config.dispose)
    const driver = new SaneDriver({ env: config.env, graceMs: 300 })
    const spoolDir = await folder('extreme-sane')
    for (const [width, height] of [
      [1, 1],
      [30_000, 20],
      [20, 30_000],
    ] as const) {
      const filename = join(work, `${width}.pgm`)
      await writeFile(
        filename,
        Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), Buffer.alloc(width * height, 99)]),
      )
      const change: Partial<ScanRequest> = { source: 'flatbed', options: { filename } }
      const { pages, error } = await collect(driver.scan(job('sane:pnm:0', spoolDir, change), never))
      expect({ error, size: [pages[0]?.width, pages[0]?.height] }).toEqual({ error: null, size: [width, height] })
    }
  })

  test('a network scanner asked for one pixel gives one pixel', async () => {
    const sim = await startEsclSimulator()
    undo.push(sim.close)
    const driver = new EsclDriver()
    undo.push(() => driver.close())
    const change: Partial<ScanRequest> = {
      source: 'flatbed',
      dpi: 300,
      area: { x: 0, y: 0, width: 0.0847, height: 0.0847 },
    }
    const { pages } = await collect(driver.scan(job(`escl:${sim.url}`, await folder('pixel'), change), never))
    expect(pages[0]).toMatchObject({ width: 1, height: 1 })
    expect((await stat(pages[0]!.path)).size).toBe(pages[0]!.bytes)
  })
})

describe('scanners that come and go', () => {
  test('ten network scanners found and lost, again and again, do not disturb a stack that runs', async () => {
    const working = await startEsclSimulator({ sheets: 6, chunks: 3, chunkPauseMs: 10, name: 'Working' })
    undo.push(working.close)
    let present: EsclSimulator[] = []
    undo.push(() => Promise.all(present.map((sim) => sim.close())))
    const driver = new EsclDriver({ manual: () => [working.url, ...present.map((sim) => sim.url)] })
    undo.push(() => driver.close())
    const registry = new ScannerRegistry([driver])
    let over = false
    const stack = collect(registry.scan(job(`escl:${working.url}`, await folder('crowd')), never)).finally(
      () => (over = true),
    )
    let rounds = 0
    do {
      present = await Promise.all(Array.from({ length: 10 }, (_, n) => startEsclSimulator({ name: `MFP ${n}` })))
      expect((await registry.list(never)).scanners).toHaveLength(11)
      // Gone without a word, while they are still set up.
      await Promise.all(present.map((sim) => sim.close()))
      expect((await registry.list(never)).scanners.map((s) => s.name)).toEqual(['Working'])
      rounds += 1
    } while (!over)
    const { pages, end, error } = await stack
    expect({ error, pages: pages.length, end }).toEqual({ error: null, pages: 6, end: 'feeder_empty' })
    expect(rounds).toBeGreaterThan(0)
  }, 90_000)

  test.skipIf(!sane)(
    'a scanner unplugged under scanimage is an error that says so; the pages before stay',
    async () => {
      const sim = await startEsclSimulator({ sheets: 9 })
      undo.push(sim.close)
      const config = await saneConfig({ backends: ['airscan'], airscan: { Gone: sim.url } })
      undo.push(config.dispose)
      const spoolDir = await folder('unplugged')
      const driver = new SaneDriver({ env: config.env, graceMs: 300 })
      const { pages, error } = await collect(
        driver.scan(job('sane:airscan:e0:Gone', spoolDir), never),
        async (event) => {
          if (event.type === 'page' && event.seq === 2) await sim.close()
        },
      )
      expect(error?.code).toMatch(/^(offline|io)$/)
      expect(pages.length).toBeGreaterThanOrEqual(2)
      expect((await readdir(spoolDir)).sort()).toEqual(pages.map((p) => basename(p.path)).sort())
      const again = await collect(driver.scan(job('sane:airscan:e0:Gone', spoolDir, { firstSeq: 20 }), never))
      expect(again.error?.code).toMatch(/^(offline|io)$/)
    },
  )
})
