import { basename } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ScannerDriver, ScanRequest } from '../../electron/core/scanning/driver.ts'
import { EsclDriver, type EsclDriverOptions } from '../../electron/core/scanning/escl/driver.ts'
import type { CertificateBook } from '../../electron/core/scanning/escl/private-network.ts'
import { SANE_ESCL_DEVICES, SaneDriver } from '../../electron/core/scanning/sane/driver.ts'
import { collect, spool } from '../devices/collect.ts'
import { type EsclSimulator, type EsclSimulatorOptions, startEsclSimulator } from '../devices/escl-simulator.ts'
import { hasScanimage, saneConfig } from '../devices/sane.ts'

const never = new AbortController().signal
const real = hasScanimage()
if (!real) console.warn('SKIPPED: sane-airscan against the eSCL simulator, because scanimage is not installed')

let box: Awaited<ReturnType<typeof spool>>
let sim: EsclSimulator
let undo: (() => Promise<unknown>)[]
beforeEach(async () => {
  box = await spool()
  undo = [box.dispose]
})
afterEach(async () => {
  for (const step of undo.reverse()) await step()
})

async function simulator(options: EsclSimulatorOptions = {}): Promise<EsclSimulator> {
  sim = await startEsclSimulator(options)
  undo.push(sim.close)
  return sim
}

function job(scannerId: string, change: Partial<ScanRequest> = {}): ScanRequest {
  return {
    scannerId,
    source: 'feeder',
    mode: 'grey',
    dpi: 75,
    area: { x: 0, y: 0, width: 210, height: 297 },
    spoolDir: box.dir,
    firstSeq: 1,
    ...change,
  }
}

/** Number of the simulator's page, by its grey level. */
async function pageNumber(path: string): Promise<number> {
  const { channels } = await sharp(path).stats()
  return Math.round(((channels[0]?.mean ?? 0) - 40) / 20)
}

type Client = (
  options?: EsclSimulatorOptions,
  driver?: EsclDriverOptions,
) => Promise<{ driver: ScannerDriver; id: string }>

const ours: Client = async (options, more = {}) => {
  const { url } = await simulator(options)
  const driver = new EsclDriver({ manual: () => [url], wait: async () => {}, ...more })
  undo.push(() => driver.close())
  return { driver, id: `escl:${url}` }
}

const airscan: Client = async (options) => {
  const { url } = await simulator(options)
  const config = await saneConfig({ backends: ['airscan'], airscan: { 'Sim MFP': url } })
  undo.push(config.dispose)
  return { driver: new SaneDriver({ env: config.env }), id: 'sane:airscan:e0:Sim MFP' }
}

/** The same claims for both clients: what sane-airscan, written by others, gets from the simulator, ours must get too. */
describe.each([
  ['our eSCL client', ours, true],
  ['sane-airscan through scanimage', airscan, real],
] as const)('%s against the eSCL simulator', (_, client, runnable) => {
  const claim = test.skipIf(!runnable)

  claim('finds the device and its sources', async () => {
    const { driver, id } = await client()
    expect((await driver.list(never)).map((s) => s.id)).toEqual([id])
    const { sources } = await driver.capabilities(id, never)
    expect(sources.map((s) => s.source)).toEqual(['flatbed', 'feeder', 'feeder_duplex'])
    for (const source of sources) {
      expect(source.modes).toEqual(['grey', 'colour'])
      expect(source.dpi).toEqual({ values: [75, 150, 300, 600] })
      expect(source.maxArea!.width).toBeCloseTo(215.98, 1)
    }
  })

  claim.each(['grey', 'colour'] as const)('scans the glass in %s at the size and resolution ordered', async (mode) => {
    const { driver, id } = await client()
    const { pages, end, error } = await collect(driver.scan(job(id, { source: 'flatbed', mode, dpi: 300 }), never))
    expect(error).toBeNull()
    expect(end).toBe('complete')
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject({ seq: 1, dpi: 300 })
    expect(Math.abs(pages[0]!.width - 2480)).toBeLessThan(3)
    expect(Math.abs(pages[0]!.height - 3508)).toBeLessThan(3)
    expect((await sharp(pages[0]!.path).metadata()).channels).toBe(mode === 'grey' ? 1 : 3)
  })

  claim('takes every sheet of the feeder in order', async () => {
    const { driver, id } = await client({ sheets: 5 })
    const { pages, end, error } = await collect(driver.scan(job(id, { firstSeq: 3 }), never))
    expect(error).toBeNull()
    expect(end).toBe('feeder_empty')
    expect(pages.map((p) => p.seq)).toEqual([3, 4, 5, 6, 7])
    expect(await Promise.all(pages.map((p) => pageNumber(p.path)))).toEqual([0, 1, 2, 3, 4])
    expect(sim.sheets()).toBe(0)
  })

  claim('duplex gives front and back in turn', async () => {
    const { driver, id } = await client({ sheets: 4 })
    const { pages } = await collect(driver.scan(job(id, { source: 'feeder_duplex' }), never))
    expect(pages.map((p) => p.side)).toEqual(['front', 'back', 'front', 'back'])
  })

  claim('an empty feeder is no_documents', async () => {
    const { driver, id } = await client({ sheets: 0 })
    const { pages, error } = await collect(driver.scan(job(id), never))
    expect({ code: error?.code, pages: pages.length }).toEqual({ code: 'no_documents', pages: 0 })
  })

  claim.each([
    ['jam', 'jam'],
    ['door', 'cover_open'],
  ] as const)('feeder trouble at the start: %s is %s', async (feeder, code) => {
    const { driver, id } = await client({ feeder })
    const { error } = await collect(driver.scan(job(id), never))
    expect(error?.code).toBe(code)
    expect(await box.left()).toEqual([])
  })

  claim('a jam keeps the pages before it, and the next job goes on after them', async () => {
    const { driver, id } = await client({ sheets: 4, jamAfter: 1 })
    const before = await collect(driver.scan(job(id), never))
    expect(before.error?.code).toBe('jam')
    expect(before.pages.map((p) => p.seq)).toEqual([1])
    sim.set({ feeder: 'ok' })
    const after = await collect(driver.scan(job(id, { firstSeq: 2 }), never))
    expect(after.end).toBe('feeder_empty')
    expect(after.pages.map((p) => p.seq)).toEqual([2, 3, 4])
    expect(await box.left()).toEqual([...before.pages, ...after.pages].map((p) => basename(p.path)).sort())
  })

  claim('a device that is busy at first is waited for', async () => {
    const { driver, id } = await client({ busyJobs: 2, sheets: 1 })
    const { pages, error } = await collect(driver.scan(job(id), never))
    expect({ error, pages: pages.length }).toEqual({ error: null, pages: 1 })
    expect(sim.log.filter((line) => line === 'POST /eSCL/ScanJobs 503')).toHaveLength(2)
  })

  claim('a refusal by a device that says it is well is io', async () => {
    const { driver, id } = await client({ refuse: 409 })
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('io')
  })

  claim('a relative job address is understood', async () => {
    const { driver, id } = await client({ location: 'relative' })
    expect((await collect(driver.scan(job(id), never))).pages).toHaveLength(3)
  })

  claim('pages in chunks without a length are whole', async () => {
    const { driver, id } = await client({ chunks: 7, chunkPauseMs: 5 })
    const { pages } = await collect(driver.scan(job(id, { dpi: 150 }), never))
    expect(await Promise.all(pages.map((p) => pageNumber(p.path)))).toEqual([0, 1, 2])
  })

  claim('a cancel ends the job on the device too', async () => {
    const { driver, id } = await client({ sheets: 30, chunks: 6, chunkPauseMs: 40 })
    const stop = new AbortController()
    const { pages, error } = await collect(driver.scan(job(id), stop.signal), (event) => {
      if (event.type === 'page' && event.seq === 2) stop.abort()
    })
    expect(error?.code).toBe('cancelled')
    expect(await box.left()).toEqual(pages.map((p) => basename(p.path)).sort())
    expect(sim.log.some((line) => line.startsWith('DELETE'))).toBe(true)
    // A cancel that meets scanimage between two pages is forgotten by it, and it is ended by force in the next job.
    if (driver.id === 'escl') expect(sim.jobs()).toEqual(['Canceled'])
  })
})

describe('our eSCL client with devices that misbehave', () => {
  test('a device busy for ever is given up after ten tries', async () => {
    const pauses: number[] = []
    const { driver, id } = await ours({ busyJobs: 99 }, { wait: async (ms) => void pauses.push(ms) })
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('busy')
    expect(sim.log.filter((line) => line.startsWith('POST'))).toHaveLength(10)
    expect(pauses).toEqual(Array(9).fill(1000))
  })

  test.each([
    ['7', 7000],
    ['0', 1000],
    ['3600', 30_000],
    ['Fri, 31 Dec 1999 23:59:59 GMT', 1000],
  ])('a busy device that says %s is asked again after %d ms', async (retryAfter, expected) => {
    const pauses: number[] = []
    const wait = async (ms: number): Promise<void> => void pauses.push(ms)
    const { driver, id } = await ours({ busyJobs: 1, busyPages: 1, retryAfter, sheets: 1 }, { wait })
    expect((await collect(driver.scan(job(id), never))).pages).toHaveLength(1)
    expect(pauses).toEqual([expected, expected])
  })

  test('a web page in the place of a page is io and is not kept; in the place of the capabilities it is no scanner', async () => {
    const html = '<!doctype html><html><body>请登录校园网</body></html>'
    const { driver, id } = await ours({ page: html })
    const { pages, error } = await collect(driver.scan(job(id), never))
    expect({ code: error?.code, pages: pages.length, left: await box.left() }).toEqual({
      code: 'io',
      pages: 0,
      left: [],
    })
    expect(sim.jobs()).toEqual(['Canceled'])
    sim.set({ capabilities: html })
    expect(await driver.list(never)).toEqual([])
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('io')
  })

  test('a jam while it is busy ends the waiting at once', async () => {
    const { driver, id } = await ours({ busyJobs: 99 }, { wait: async () => sim.set({ feeder: 'jam' }) })
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('jam')
    expect(sim.log.filter((line) => line.startsWith('POST'))).toHaveLength(2)
  })

  test('a page that takes its time is waited for, thirty tries at most', async () => {
    const { driver, id } = await ours({ busyPages: 29, sheets: 1 })
    expect((await collect(driver.scan(job(id), never))).pages).toHaveLength(1)
    sim.load(1)
    sim.set({ busyPages: 30 })
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('busy')
    expect(sim.jobs()).not.toContain('Processing')
  })

  test.each([404, 409, 410] as const)('the end of the stack said as %s is the end', async (endStatus) => {
    const { driver, id } = await ours({ endStatus })
    const { pages, end } = await collect(driver.scan(job(id), never))
    expect({ pages: pages.length, end }).toEqual({ pages: 3, end: 'feeder_empty' })
  })

  test('of a job address with a wrong host only the path is taken', async () => {
    const { driver, id } = await ours({ location: 'wrong-host' })
    expect((await collect(driver.scan(job(id), never))).pages).toHaveLength(3)
  })

  test('a senseless job address is io', async () => {
    const { driver, id } = await ours({ location: 'junk' })
    expect((await collect(driver.scan(job(id), never))).error?.code).toBe('io')
  })

  test('a page torn in the middle is io; the pages before stay, nothing half does', async () => {
    const { driver, id } = await ours({ tearPage: 1 })
    const { pages, error } = await collect(driver.scan(job(id, { dpi: 300 }), never))
    expect(error?.code).toBe('io')
    expect(await box.left()).toEqual(pages.map((p) => basename(p.path)))
    expect(pages).toHaveLength(1)
  })

  test('a scanner unplugged between two pages is offline; the pages before stay', async () => {
    const { driver, id } = await ours({ sheets: 5 })
    const { pages, error } = await collect(driver.scan(job(id), never), async (event) => {
      if (event.type === 'page' && event.seq === 2) await sim.close()
    })
    expect(error?.code).toMatch(/^(offline|io)$/)
    expect(pages.map((p) => p.seq)).toEqual([1, 2])
    expect(await driver.list(never)).toEqual([])
  })

  test('a cancel at the panel of the device is cancelled, not a finished stack', async () => {
    const { driver, id } = await ours({ panelCancelAfter: 2, sheets: 5 })
    const { pages, error } = await collect(driver.scan(job(id), never))
    expect({ code: error?.code, pages: pages.length }).toEqual({ code: 'cancelled', pages: 2 })
  })

  test('stops after the pages asked for and ends the job on the device', async () => {
    const { driver, id } = await ours({ sheets: 5 })
    const { pages, end } = await collect(driver.scan(job(id, { maxPages: 2 }), never))
    expect({ pages: pages.length, end, left: sim.sheets() }).toEqual({ pages: 2, end: 'complete', left: 3 })
    expect(sim.jobs()).toEqual(['Canceled'])
  })

  test('a reader that walks away in the middle of a page ends the job and leaves no half page', async () => {
    const { driver, id } = await ours({ chunks: 50, chunkPauseMs: 50 })
    for await (const event of driver.scan(job(id, { dpi: 300 }), never)) if (event.type === 'progress') break
    expect(await box.left()).toEqual([])
    expect(sim.jobs()).toEqual(['Canceled'])
  })

  test('line art goes as PNG where the device can', async () => {
    const { driver, id } = await ours({ formats: ['image/jpeg', 'image/png'] })
    expect((await driver.capabilities(id, never)).sources[0]!.modes).toEqual(['lineart', 'grey', 'colour'])
    const { pages } = await collect(driver.scan(job(id, { mode: 'lineart', source: 'flatbed' }), never))
    expect(pages[0]).toMatchObject({ mime: 'image/png' })
    await simulator()
    const { error } = await collect(driver.scan(job(`escl:${sim.url}`, { mode: 'lineart' }), never))
    expect(error?.code).toBe('unsupported')
  })

  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><ScannerCapabilities>&b;</ScannerCapabilities>`
  test.each([
    ['entities of its own', bomb],
    ['no XML', 'Welcome to your printer'],
    ['another document', '<?xml version="1.0"?><html><body/></html>'],
    ['half an answer', '<?xml version="1.0"?><scan:ScannerCapabilities xmlns:scan="x"><scan:Platen>'],
    ['depth', `<ScannerCapabilities>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</ScannerCapabilities>`],
    ['a megabyte', `<ScannerCapabilities>${' '.repeat(1_000_000)}</ScannerCapabilities>`],
    ['a prototype', '<ScannerCapabilities><__proto__><x>1</x></__proto__></ScannerCapabilities>'],
  ])('capabilities with %s are an error, and the list goes on without it', async (_, capabilities) => {
    const { driver, id } = await ours({ capabilities })
    await expect(driver.capabilities(id, never)).rejects.toMatchObject({
      code: expect.stringMatching(/^(io|unsupported)$/),
    })
    expect(await driver.list(never)).toEqual([])
  })

  test('a device with one foot in two lists is listed once', async () => {
    const one = await startEsclSimulator({ uuid: 'AB-1', name: 'Both &amp; more' })
    const two = await startEsclSimulator({ uuid: 'urn:uuid:ab-1', name: 'Both &amp; more' })
    undo.push(one.close, two.close)
    const driver = new EsclDriver({
      manual: () => [one.url, `127.0.0.1:${one.port}`, 'no address!'],
      announced: async () => [two.url],
    })
    expect((await driver.list(never)).map((s) => [s.id, s.name])).toEqual([[`escl:${one.url}`, 'Both & more']])
  })

  test('a cancel in the very moment of the order still ends the job on the device', async () => {
    for (let round = 0; round < 20; round++) {
      const { driver, id } = await ours({ sheets: 9 })
      const stop = new AbortController()
      const run = collect(driver.scan(job(id), stop.signal))
      while (sim.jobs().length === 0) await new Promise((resolve) => setImmediate(resolve))
      stop.abort()
      expect((await run).error?.code).toBe('cancelled')
      expect(sim.jobs()).toEqual(['Canceled'])
    }
  })

  test('a device that never answers holds nobody: a cancel is obeyed', async () => {
    const { driver, id } = await ours({ silent: 'NextDocument' })
    const stop = new AbortController()
    const run = collect(driver.scan(job(id), stop.signal))
    while (!sim.log.some((line) => line.startsWith('POST'))) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort()
    expect((await run).error?.code).toBe('cancelled')
    expect(sim.jobs()).toEqual(['Canceled'])
  })
})

test.skipIf(!real)('a network scanner is not listed twice because SANE sees it too', async () => {
  const { url } = await simulator()
  const config = await saneConfig({ backends: ['airscan', 'test'], airscan: { 'Sim MFP': url } })
  undo.push(config.dispose)
  const driver = new SaneDriver({ env: config.env, leaveOut: SANE_ESCL_DEVICES })
  expect((await driver.list(never)).map((s) => s.id)).toEqual(['sane:test:0'])
})

describe('over https', () => {
  test('nothing is asked of a device before a person trusts its certificate, nor when it shows another one', async () => {
    const trusted = new Set<string>()
    const shown: string[] = []
    const certificates: CertificateBook = {
      accepts: (server, fingerprint) => shown.push(`${server} ${fingerprint}`) > 0 && trusted.has(fingerprint),
    }
    const { driver, id } = await ours({ tls: true }, { certificates })
    expect(await driver.list(never)).toEqual([])
    await expect(driver.capabilities(id, never)).rejects.toMatchObject({ code: 'untrusted' })
    expect(sim.log).toEqual([])
    expect(shown[0]).toMatch(new RegExp(`^127.0.0.1:${sim.port} ([0-9A-F]{2}:){31}[0-9A-F]{2}$`))
    trusted.add(shown[0]!.split(' ')[1]!)
    const { pages, error } = await collect(driver.scan(job(id), never))
    expect({ error, pages: pages.length }).toEqual({ error: null, pages: 3 })
    trusted.clear()
    const later = new EsclDriver({ certificates })
    await expect(later.capabilities(id, never)).rejects.toMatchObject({ code: 'untrusted' })
    await later.close()
  })

  test('without anybody to ask no encrypted device is trusted', async () => {
    const { driver, id } = await ours({ tls: true })
    await expect(driver.capabilities(id, never)).rejects.toMatchObject({ code: 'untrusted' })
  })
})
