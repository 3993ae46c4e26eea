import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import type { ScanRequest } from '../../electron/core/scanning/driver.ts'
import { SaneDriver } from '../../electron/core/scanning/sane/driver.ts'
import { collect, spool } from '../devices/collect.ts'
import { hasScanimage, saneConfig } from '../devices/sane.ts'

/** A process's arguments, '' once it is gone. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

const real = hasScanimage()
if (!real) console.warn('SKIPPED: SANE tests, because scanimage is not installed')

describe.skipIf(!real)('SaneDriver on the real SANE test backend', () => {
  const never = new AbortController().signal
  let config: Awaited<ReturnType<typeof saneConfig>>
  let box: Awaited<ReturnType<typeof spool>>
  let driver: SaneDriver
  const request = (change: Partial<ScanRequest> = {}): ScanRequest => ({
    scannerId: 'sane:test:0',
    source: 'flatbed',
    mode: 'grey',
    dpi: 75,
    area: { x: 0, y: 0, width: 210, height: 297 },
    spoolDir: box.dir,
    firstSeq: 1,
    ...change,
  })

  beforeAll(async () => {
    config = await saneConfig({ backends: ['test', 'pnm'], test: { number_of_devices: 2 } })
    driver = new SaneDriver({ env: config.env, graceMs: 1000 })
  })
  afterAll(() => config.dispose())
  beforeEach(async () => {
    box = await spool()
  })
  afterEach(() => box.dispose())

  test('lists every device with a name a person can read', async () => {
    const found = await driver.list(never)
    expect(found.map((s) => s.id).sort()).toEqual(['sane:pnm:0', 'sane:pnm:1', 'sane:test:0', 'sane:test:1'])
    expect(found.find((s) => s.id === 'sane:test:0')).toEqual({
      id: 'sane:test:0',
      driver: 'sane',
      name: 'frontend-tester',
      connection: 'virtual',
    })
  })

  test('says what the device can do in our words, read from its own', async () => {
    const { sources, options } = await driver.capabilities('sane:test:0', never)
    expect(sources.map((s) => s.source)).toEqual(['flatbed', 'feeder'])
    for (const source of sources) {
      expect(source.modes).toEqual(['lineart', 'grey', 'colour'])
      expect(source.dpi).toEqual({ min: 75, max: 1200, step: 1 })
      expect(source.maxArea).toEqual({ width: 300, height: 300 })
    }
    expect(options).toContain('read-return-value')
    expect(options).not.toContain('source')
  })

  test.each([
    ['lineart', 1, 'b-w', 'image/png'],
    ['grey', 8, 'b-w', 'image/tiff'],
    ['colour', 8, 'srgb', 'image/tiff'],
  ] as const)('scans %s as the device gives it, at the resolution and size asked for', async (...expected) => {
    const [mode, bits, space, mime] = expected
    const { pages, end, error } = await collect(driver.scan(request({ mode, dpi: 150, firstSeq: 7 }), never))
    expect(error).toBeNull()
    expect(end).toBe('complete')
    expect(pages).toHaveLength(1)
    const page = pages[0]!
    expect(page).toMatchObject({ seq: 7, side: 'front', mime, dpi: 150 })
    const picture = await sharp(page.path).metadata()
    expect(picture.space).toBe(space)
    expect(picture.bitsPerSample ?? (picture.depth === 'uchar' ? 8 : 16)).toBe(bits)
    expect([picture.width, picture.height]).toEqual([page.width, page.height])
    expect(page.width).toBe(1240)
    expect(Math.abs(page.height - 1754)).toBeLessThan(3)
    expect(await box.left()).toEqual([basename(page.path)])
  })

  test('takes ten pages from the feeder, each on disk before its event, and tells that the feeder is empty', async () => {
    const seen: string[][] = []
    const { pages, end, progress } = await collect(
      driver.scan(request({ source: 'feeder', firstSeq: 11 }), never),
      async (event) => {
        if (event.type === 'page') seen.push(await box.left())
      },
    )
    expect(pages.map((p) => p.seq)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    expect(end).toBe('feeder_empty')
    seen.forEach((names, i) => expect(names).toContain(basename(pages[i]!.path)))
    for (const page of pages) expect(progress.get(page.seq)?.at(-1)).toBeGreaterThan(90)
    expect(await box.left()).toEqual(pages.map((p) => basename(p.path)).sort())
  })

  test('stops after the pages asked for though the feeder has more', async () => {
    const { pages, end } = await collect(driver.scan(request({ source: 'feeder', maxPages: 3 }), never))
    expect(pages).toHaveLength(3)
    expect(end).toBe('complete')
  })

  test('a feeder with fewer pages than asked for ends as empty, not as an error', async () => {
    const { pages, end, error } = await collect(driver.scan(request({ source: 'feeder', maxPages: 12 }), never))
    expect(error).toBeNull()
    expect(pages).toHaveLength(10)
    expect(end).toBe('feeder_empty')
  })

  test.each([
    ['SANE_STATUS_UNSUPPORTED', 'unsupported'],
    ['SANE_STATUS_CANCELLED', 'cancelled'],
    ['SANE_STATUS_DEVICE_BUSY', 'busy'],
    ['SANE_STATUS_INVAL', 'unsupported'],
    ['SANE_STATUS_EOF', 'io'],
    ['SANE_STATUS_JAMMED', 'jam'],
    ['SANE_STATUS_NO_DOCS', 'no_documents'],
    ['SANE_STATUS_COVER_OPEN', 'cover_open'],
    ['SANE_STATUS_IO_ERROR', 'io'],
    ['SANE_STATUS_NO_MEM', 'no_memory'],
    ['SANE_STATUS_ACCESS_DENIED', 'access_denied'],
  ])('%s becomes %s and leaves nothing behind', async (status, code) => {
    for (const source of ['flatbed', 'feeder'] as const) {
      const job = request({ source, options: { 'read-return-value': status } })
      const { pages, error, end } = await collect(driver.scan(job, never))
      expect({ source, code: error?.code, pages: pages.length, end }).toEqual({ source, code, pages: 0, end: null })
    }
    expect(await box.left()).toEqual([])
  })

  test('a scanimage that never leaves after its last word does not hold the desk', async () => {
    // The real program does this now and then; a stand-in does it every time.
    const stuck = join(config.folder, 'scanimage-stuck')
    const script = `#!/bin/sh\ncase " $* " in *" --batch"*) scanimage "$@"; trap '' INT TERM; sleep 60;; *) exec scanimage "$@";; esac\n`
    await writeFile(stuck, script, { mode: 0o755 })
    const slowly = new SaneDriver({ command: stuck, env: config.env, graceMs: 100 })
    const done = await collect(slowly.scan(request({ source: 'feeder' }), never))
    expect({ pages: done.pages.length, end: done.end }).toEqual({ pages: 10, end: 'feeder_empty' })
    const one = await collect(slowly.scan(request(), never))
    expect({ pages: one.pages.length, end: one.end }).toEqual({ pages: 1, end: 'complete' })
    const job = request({ options: { 'read-return-value': 'SANE_STATUS_JAMMED' } })
    expect((await collect(slowly.scan(job, never))).error?.code).toBe('jam')
  })

  test('cancelling in the middle of a page ends at once, keeps the pages before and drops the half one', async () => {
    const stop = new AbortController()
    const slow = { 'read-delay': 'yes', 'read-delay-duration': '40000' }
    const job = request({ source: 'feeder', area: { x: 0, y: 0, width: 210, height: 100 }, options: slow })
    const { pages, error } = await collect(driver.scan(job, stop.signal), (event) => {
      if (event.type === 'progress' && event.page === 2 && event.pct > 20) stop.abort()
    })
    expect(error?.code).toBe('cancelled')
    expect(pages.map((p) => p.seq)).toEqual([1])
    expect(await box.left()).toEqual([basename(pages[0]!.path)])
  })

  test('a reader that walks away stops the scanner too', async () => {
    for await (const event of driver.scan(request({ source: 'feeder' }), never)) if (event.type === 'page') break
    expect((await box.left()).every((name) => !name.startsWith('.'))).toBe(true)
  })

  test('what the device has not is refused before it moves', async () => {
    for (const change of [
      { source: 'feeder_duplex' },
      { options: { batch: '/etc/passwd' } },
      { options: { 'output-file': 'x' } },
      { area: { x: 400, y: 0, width: 10, height: 10 } },
    ] as Partial<ScanRequest>[]) {
      const { error } = await collect(driver.scan(request(change), never))
      expect(error?.code).toBe('unsupported')
    }
    expect(await box.left()).toEqual([])
  })

  test('a device that is not there is offline, for its capabilities as for a scan', async () => {
    await expect(driver.capabilities('sane:test:99', never)).rejects.toMatchObject({ code: 'offline' })
    const { error } = await collect(driver.scan(request({ scannerId: 'sane:test:99' }), never))
    expect(error?.code).toBe('offline')
  })

  test('the pnm backend scans the picture it is given', async () => {
    const folder = join(config.folder, 'pictures')
    await mkdir(folder, { recursive: true })
    const picture = join(folder, 'page.ppm')
    const raw = Buffer.alloc(300 * 200 * 3, 200)
    await writeFile(picture, Buffer.concat([Buffer.from('P6\n300 200\n255\n'), raw]))
    const job = request({ scannerId: 'sane:pnm:0', mode: 'colour', dpi: 300, options: { filename: picture } })
    const { pages, end, error } = await collect(driver.scan(job, never))
    expect(error).toBeNull()
    expect(end).toBe('complete')
    expect(pages[0]).toMatchObject({ width: 300, height: 200, dpi: 300, mime: 'image/tiff' })
    expect(await sharp(pages[0]!.path).raw().toBuffer()).toEqual(raw)
  })

  test('without scanimage the driver says so and lists nothing', async () => {
    const absent = new SaneDriver({ command: 'scanimage-that-is-not-here' })
    expect(await absent.availability(never)).toBe('not_installed')
    expect(await absent.list(never)).toEqual([])
    expect(await driver.availability(never)).toBe('ready')
  })

  test('scanimage dies with a core that is killed, and lets go of the scanner', async () => {
    // The real one hangs now and then when nobody reads its stderr any more; the stand-in always does.
    const deaf = join(config.folder, 'scanimage-deaf')
    const script = `#!/bin/sh\ncase " $* " in *" --batch"*) echo "Progress: 1.0%" >&2; trap '' PIPE INT TERM; while :; do sleep 0.1; done;; *) exec scanimage "$@";; esac\n`
    await writeFile(deaf, script, { mode: 0o755 })
    const code = `
      const { SaneDriver } = await import(process.argv[1])
      const driver = new SaneDriver({ command: process.argv[3] })
      const job = JSON.parse(process.argv[2])
      for await (const e of driver.scan(job, new AbortController().signal)) if (e.type === 'progress') console.log('running')`
    const module = new URL('../../electron/core/scanning/sane/driver.ts', import.meta.url).href
    const args = ['--input-type=module', '-e', code, module, JSON.stringify(request()), deaf]
    const core = spawn(process.execPath, args, { env: { ...process.env, ...config.env } })
    await new Promise((resolve) => core.stdout.once('data', resolve))
    const mine = (): number[] =>
      readdirSync('/proc')
        .map(Number)
        .filter((pid) => pid > 0 && commandLine(pid).includes(box.dir) && pid !== core.pid)
    expect(mine().length).toBeGreaterThan(0)
    core.kill('SIGKILL')
    await expect.poll(mine, { timeout: 10_000 }).toEqual([])
  })

  test('with no backend at all the list is empty and nothing fails', async () => {
    const bare = await saneConfig({ backends: [] })
    expect(await new SaneDriver({ env: bare.env }).list(never)).toEqual([])
    await bare.dispose()
  })
})
