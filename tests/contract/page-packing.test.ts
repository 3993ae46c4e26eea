/** Bare pixels of a scanner are kept packed: the real scanimage, the real desk, real worker processes. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readImageFacts } from '../../electron/core/scanning/image-facts.ts'
import { hasScanimage, saneConfig } from '../devices/sane.ts'
import { Stage } from '../support/desk.ts'
import { testEngine } from '../unit/documents/support/tools.ts'

const WIDTH = 620
const HEIGHT = 877

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-packing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const engine = testEngine({ limits: { size: 1 } })

/** What a scanner sees of a sheet: shades, and a little noise in every pixel. */
function pixels(channels: number, seed = 1): Buffer {
  const data = Buffer.alloc(WIDTH * HEIGHT * channels)
  let state = seed
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    data[i] = 120 + ((i / (WIDTH * channels)) & 63) + ((state >>> 16) & 3)
  }
  return data
}

const raw = (channels: 1 | 3, data = pixels(channels)) =>
  sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
    .withDensity(300)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')

const bare = { compression: 'none' } as const
const rawPixels = async (path: string) => {
  const { channels = 3 } = await sharp(path).metadata()
  return sharp(path)
    .toColourspace(channels < 3 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
}

test.each([1, 3] as const)('%i channels: smaller, and every pixel and the resolution stay', async (channels) => {
  const [path, out] = [join(folder, `${channels}.tif`), join(folder, `${channels}-packed.png`)]
  await raw(channels).tiff(bare).toFile(path)
  expect(await engine.pack(path, out)).toBe(true)
  expect((await stat(out)).size).toBeLessThan((await stat(path)).size * 0.6)
  const packed = await rawPixels(out)
  expect(packed.info.channels).toBe(channels)
  expect(packed.data.equals((await rawPixels(path)).data)).toBe(true)
  const facts = await readImageFacts(out)
  expect(facts).toEqual({ mime: 'image/png', width: WIDTH, height: HEIGHT, dpi: 300, complete: true })
})

test('what is packed already or would not come back exactly stays as it came', async () => {
  const out = join(folder, 'never.png')
  const files: Record<string, () => Promise<unknown>> = {
    'packed.tif': () => raw(1).tiff({ compression: 'lzw', predictor: 'horizontal' }).toFile(join(folder, 'packed.tif')),
    'deep.tif': () => raw(1).toColourspace('grey16').tiff(bare).toFile(join(folder, 'deep.tif')),
    'turned.tif': () => raw(1).withMetadata({ orientation: 6 }).tiff(bare).toFile(join(folder, 'turned.tif')),
    'print.tif': () => raw(3).toColourspace('cmyk').tiff(bare).toFile(join(folder, 'print.tif')),
    'profile.tif': () => raw(3).withIccProfile('p3').tiff(bare).toFile(join(folder, 'profile.tif')),
    'page.png': () => raw(1).png().toFile(join(folder, 'page.png')),
    'two.tif': () =>
      sharp(Buffer.concat([pixels(1), pixels(1, 7)]), {
        raw: { width: WIDTH, height: HEIGHT * 2, channels: 1, pageHeight: HEIGHT },
      })
        .tiff(bare)
        .toFile(join(folder, 'two.tif')),
  }
  for (const [name, make] of Object.entries(files)) {
    await make()
    expect({ name, packed: await engine.pack(join(folder, name), out) }).toEqual({ name, packed: false })
  }
  expect((await sharp(join(folder, 'deep.tif')).metadata()).depth).toBe('ushort')
  expect((await sharp(join(folder, 'two.tif')).metadata()).pages).toBe(2)
  expect((await sharp(join(folder, 'turned.tif')).metadata()).orientation).toBe(6)
  expect((await sharp(join(folder, 'print.tif')).metadata()).space).toBe('cmyk')
  expect((await sharp(join(folder, 'profile.tif')).metadata()).icc).toBeDefined()
  expect(existsSync(out)).toBe(false)
})

test('a damaged page is refused, and nothing half is left', async () => {
  const [path, out] = [join(folder, 'damaged.tif'), join(folder, 'damaged-packed.png')]
  const whole = await raw(1).tiff(bare).toBuffer()
  // The pixels' place lies behind the file's end.
  const broken = Buffer.concat([whole.subarray(0, 8), Buffer.alloc(whole.length, 0xff)])
  await writeFile(path, broken)
  await expect(engine.pack(path, out)).rejects.toMatchObject({ name: 'DocumentError' })
  expect(existsSync(out)).toBe(false)
})

test.skipIf(!hasScanimage())(
  'a colour page of a SANE scanner lies packed in the desk, as the scanner saw it',
  async () => {
    const config = await saneConfig({ backends: ['pnm'] })
    const before = process.env.SANE_CONFIG_DIR
    process.env.SANE_CONFIG_DIR = config.env.SANE_CONFIG_DIR
    const stage = new Stage()
    try {
      await mkdir(stage.folder, { recursive: true })
      await stage.startCentre({ rows: 20 })
      const desk = await stage.desk('one')
      expect(await desk.core.sync.settle()).toBe(true)
      const data = pixels(3)
      const filename = join(folder, 'sheet.ppm')
      await writeFile(filename, Buffer.concat([Buffer.from(`P6\n${WIDTH} ${HEIGHT}\n255\n`), data]))
      const filter = { service: 'copy' as const, role: 'supplier' as const, status: ['RequestReceived' as const] }
      const query = { text: '', filter, sort: 'applied' as const, descending: false }
      const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
      const requestId = rows.find((row) => row.holder === null)!.id
      const { jobId } = await desk.handlers['scan.start']({
        requestId,
        profile: { scannerId: 'sane:pnm:0', source: 'flatbed', mode: 'colour', dpi: 300, options: { filename } },
        insertAt: null,
        replacePage: null,
      })
      expect(await desk.core.jobs.settled(jobId)).toMatchObject({ state: 'done', done: 1 })
      const { pages } = await desk.handlers['pages.list']({ requestId })
      const original = desk.core.blobs.path(pages[0]!.originalBlob)
      expect((await stat(original)).size).toBeLessThan(data.length * 0.6)
      expect((await rawPixels(original)).data.equals(data)).toBe(true)
      expect(pages[0]).toMatchObject({ width: WIDTH, height: HEIGHT, dpi: 300 })
      // The window draws the original beside what was made of it, and the test page of the set-up.
      expect(desk.core.blobs.get(pages[0]!.originalBlob)!.mime).toBe('image/png')
      const profile = {
        scannerId: 'sane:pnm:0',
        source: 'flatbed',
        mode: 'grey',
        dpi: 300,
        options: { filename },
      } as const
      const seen = await desk.handlers['scan.test']({ profile })
      expect(seen).toMatchObject({ width: WIDTH, height: HEIGHT, dpi: 300 })
      expect(desk.core.blobs.get(seen.blob!)!.mime).toBe('image/png')
      expect((await rawPixels(desk.core.blobs.path(seen.blob!))).data.equals(data)).toBe(true)
    } finally {
      await stage.end()
      if (before === undefined) delete process.env.SANE_CONFIG_DIR
      else process.env.SANE_CONFIG_DIR = before
      await config.dispose()
    }
  },
)
