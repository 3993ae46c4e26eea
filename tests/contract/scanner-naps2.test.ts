import { readFile, rm } from 'node:fs/promises'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ScanRequest } from '../../electron/core/scanning/driver.ts'
import { Naps2Driver, naps2Command } from '../../electron/core/scanning/naps2/driver.ts'
import { decodeConsole, naps2Error } from '../../electron/core/scanning/naps2/messages.ts'
import { collect, spool } from '../devices/collect.ts'
import { type FakeNaps2, fakeNaps2 } from '../devices/naps2-console.ts'

const never = new AbortController().signal
let pictures: string
let box: Awaited<ReturnType<typeof spool>>
let fake: Awaited<ReturnType<typeof fakeNaps2>>

beforeAll(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'balis-naps2-pages-'))
  const page = sharp({ create: { width: 413, height: 585, channels: 3, background: '#eee' } }).withDensity(50)
  await page.clone().jpeg().toFile(join(pictures, 'page.jpg'))
  await page.clone().png().toFile(join(pictures, 'page.png'))
})
afterAll(() => rm(pictures, { recursive: true, force: true }))
beforeEach(async () => {
  box = await spool()
})
afterEach(async () => {
  await box.dispose()
  await fake.dispose()
})

async function scanner(change: Partial<FakeNaps2> = {}): Promise<Naps2Driver> {
  fake = await fakeNaps2({
    devices: { wia: ['Fujitsu fi-7160', '扫描仪 A3'], twain: ['TWAIN2 FreeImage'] },
    sheets: 3,
    pictures: { jpg: join(pictures, 'page.jpg'), png: join(pictures, 'page.png') },
    ...change,
  })
  return new Naps2Driver({ command: fake.command, systems: ['wia', 'twain', 'apple'], graceMs: 500 })
}
const job = (change: Partial<ScanRequest> = {}): ScanRequest => ({
  scannerId: 'naps2:wia:Fujitsu fi-7160',
  source: 'feeder',
  mode: 'grey',
  dpi: 300,
  area: { x: 0, y: 0, width: 210, height: 297 },
  spoolDir: box.dir,
  firstSeq: 1,
  ...change,
})

describe('NAPS2.Console by its documented options', () => {
  test('lists the devices of each driver system that the computer has', async () => {
    const driver = await scanner()
    expect((await driver.list(never)).map((s) => [s.id, s.name])).toEqual([
      ['naps2:wia:Fujitsu fi-7160', 'Fujitsu fi-7160'],
      ['naps2:wia:扫描仪 A3', '扫描仪 A3'],
      ['naps2:twain:TWAIN2 FreeImage', 'TWAIN2 FreeImage'],
    ])
  })

  test('scans a stack with just the options that NAPS2 has', async () => {
    const driver = await scanner()
    const { pages, end, error, progress } = await collect(driver.scan(job({ firstSeq: 5 }), never))
    expect(error).toBeNull()
    expect(end).toBe('feeder_empty')
    expect(pages.map((p) => [p.seq, p.mime, p.width])).toEqual([5, 6, 7].map((seq) => [seq, 'image/jpeg', 413]))
    expect([...progress.keys()]).toEqual([5, 6, 7])
    expect(await box.left()).toEqual(pages.map((p) => basename(p.path)).sort())
    const [call] = (await readFile(fake.calls, 'utf8')).trim().split('\n')
    const args = JSON.parse(call as string) as string[]
    expect(args.slice(0, 15)).toEqual([
      ...['--noprofile', '--driver', 'wia', '--device', 'Fujitsu fi-7160', '--source', 'feeder'],
      ...['--pagesize', '210x297mm', '--dpi', '300', '--bitdepth', 'gray', '--jpegquality', '95'],
    ])
  })

  test('glass gives one page, line art comes as PNG, duplex as fronts and backs', async () => {
    const driver = await scanner({ sheets: 4 })
    const glass = await collect(driver.scan(job({ source: 'flatbed', mode: 'lineart' }), never))
    expect({ mime: glass.pages.map((p) => p.mime), end: glass.end }).toEqual({ mime: ['image/png'], end: 'complete' })
    const duplex = await collect(driver.scan(job({ source: 'feeder_duplex', firstSeq: 2 }), never))
    expect(duplex.pages.map((p) => p.side)).toEqual(['front', 'back', 'front', 'back'])
  })

  test('a jam keeps what NAPS2 has saved of the pages before it', async () => {
    const driver = await scanner({ fault: { afterPages: 2, text: 'The scanner has a paper jam.' } })
    const { pages, error } = await collect(driver.scan(job(), never))
    expect({ pages: pages.length, code: error?.code }).toEqual({ pages: 2, code: 'jam' })
  })

  test.each([
    ['No pages are in the feeder.', 'no_documents'],
    ["The scanner's cover is open.", 'cover_open'],
    ['The selected scanner is busy.', 'busy'],
    ['The selected scanner is offline.', 'offline'],
    ['The selected scanner does not support using duplex. If your scanner is supposed to …', 'unsupported'],
    ['Communication with the scanning device was interrupted.', 'io'],
    ['输稿器中未发现纸张.', 'no_documents'],
    ['扫描仪发生卡纸.', 'jam'],
    ['扫描仪原稿盖已打开.', 'cover_open'],
    ['选定的扫描仪正在工作.', 'busy'],
    ['无法找到所选的扫描仪.', 'offline'],
    ['所选的扫描仪不支持双面扫描。如果…', 'unsupported'],
    ['Something nobody has heard of.', 'unknown'],
  ])('"%s" is %s', async (text, code) => {
    const driver = await scanner({ fault: { afterPages: 0, text } })
    const { pages, error } = await collect(driver.scan(job(), never))
    expect({ pages: pages.length, code: error?.code }).toEqual({ pages: 0, code })
    expect(await box.left()).toEqual([])
  })

  test('the words of a Chinese Windows are understood in its own encoding', async () => {
    // "扫描仪发生卡纸." in GBK
    const driver = await scanner({ fault: { afterPages: 0, text: 'x' }, gbk: 'c9a8c3e8d2c7b7a2c9fabfa8d6bd2e0d0a' })
    expect((await collect(driver.scan(job(), never))).error?.code).toBe('jam')
    expect(decodeConsole(Buffer.from('扫描仪 A3').toString('latin1'))).toBe('扫描仪 A3')
  })

  test('a cancel ends it and leaves nothing', async () => {
    const driver = await scanner({ sheets: 50, pageMs: 50 })
    const stop = new AbortController()
    const { error } = await collect(driver.scan(job(), stop.signal), (event) => {
      if (event.type === 'progress' && event.page === 2) stop.abort()
    })
    expect(error?.code).toBe('cancelled')
    expect(await box.left()).toEqual([])
  })

  test('what NAPS2 cannot do is refused, not done differently', async () => {
    const driver = await scanner()
    for (const change of [
      { maxPages: 1 },
      { area: { x: 10, y: 0, width: 100, height: 100 } },
      { options: { deskew: 'yes' } },
    ] as Partial<ScanRequest>[]) {
      expect((await collect(driver.scan(job(change), never))).error?.code).toBe('unsupported')
    }
    expect((await collect(driver.scan(job({ scannerId: 'naps2:wia:gone' }), never))).error?.code).toBe('offline')
  })

  test('where it is not installed the driver says so', async () => {
    await scanner()
    const absent = new Naps2Driver({ command: [join(pictures, 'no-naps2')] })
    expect(await absent.availability(never)).toBe('not_installed')
    expect(await absent.list(never)).toEqual([])
    expect(naps2Command('win32', { ProgramFiles: 'D:/Programs' })[0]).toMatch(/NAPS2.Console\.exe$/)
    expect(naps2Error('', 'io').code).toBe('io')
  })
})
