import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { createBitmap } from '../../electron/core/documents/bilevel/bitmap.ts'
import { DocumentError } from '../../electron/core/documents/index.ts'
import { writeImagePage } from '../../electron/core/documents/pdf/image-page.ts'
import { PdfWriter } from '../../electron/core/documents/pdf/writer.ts'
import { stencil } from '../../electron/core/documents/raster/encode.ts'
import { generator, setRow } from '../unit/documents/support/bitmaps.ts'
import { drawn, type Drawn } from '../support/poppler.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import {
  check,
  has,
  job,
  STAMP,
  temporaryFolder,
  testEngine,
  textOfPages,
  tool,
} from '../unit/documents/support/tools.ts'

const poppler = has('pdftotext') && has('pdfimages') && has('pdftoppm') && has('qpdf')
const folder = await temporaryFolder()
const engine = testEngine()
const at = (name: string): string => join(folder, name)
let grey = ''
let colour = ''

beforeAll(async () => {
  grey = await writeScan(folder, 'grey', { seed: 1 })
  colour = await writeScan(folder, 'colour', { seed: 2, colour: true, picture: true, blueHeading: true })
})

/** The page as other people's renderer shows it, in colour, at the wished resolution. */
const render = (pdf: string, page: number, dpi: number): Promise<Drawn> => drawn(pdf, dpi, { page, colour: true })

/** Mean difference of two pictures of one size, seen from a distance. */
async function difference(one: Drawn, two: Drawn): Promise<number> {
  const [a, b] = await Promise.all(
    [one, two].map(({ data, width, height }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .resize(60, 60, { fit: 'fill' })
        .raw()
        .toBuffer(),
    ),
  )
  return a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length
}

describe.skipIf(!poppler)('scanned pages become a PDF', () => {
  test('poppler decodes our JBIG2 and our G4 to the very pixels that went in', async () => {
    const random = generator(5)
    const ink = createBitmap(1003, 611)
    for (let y = 0; y < 611; y++)
      setRow(
        ink,
        y,
        Float64Array.from({ length: 1003 }, (_, x) => (random() < (x < 500 ? 0.02 : 0.4) ? 1 : 0)),
      )
    const box = { x0: 0, y0: 0, x1: 1003, y1: 611 }
    for (const codec of ['jbig2', 'g4'] as const) {
      const out = at(`exact-${codec}.pdf`)
      const writer = await PdfWriter.create(out)
      const layers = [await stencil(ink, codec, box, 0, null)]
      const page = { width: 1003, height: 611, dpi: 72, layers, choice: 'bilevel', blank: false, bytesIn: 0 } as const
      const { xObjects, width, height, content } = await writeImagePage(writer.file, page)
      const contents = writer.file.allocate()
      await writer.file.compressed(contents, '', Buffer.from(content))
      await writer.addPage(
        writer.file.allocate(),
        `/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<<${xObjects}>>>>/Contents ${contents} 0 R`,
      )
      await writer.finish({ metadata: job([], '').metadata, covers: 0, fingerprint: codec })
      await check(out)
      await tool('pdfimages', '-png', out, at(`exact-${codec}`))
      const decoded = await sharp(at(`exact-${codec}-000.png`))
        .toColourspace('b-w')
        .raw()
        .toBuffer()
      let wrong = 0
      for (let y = 0; y < 611; y++)
        for (let x = 0; x < 1003; x++) {
          const black = (ink.bits[y * ink.stride + (x >> 3)]! >> (7 - (x & 7))) & 1
          if (decoded[y * 1003 + x]! < 128 !== (black === 1)) wrong++
        }
      expect(wrong === 0 || wrong === 1003 * 611).toBe(true) // pdfimages shows a mask inverted
    }
  })

  test('every profile gives a valid file that is smaller than the scans, stamped on each page', async () => {
    for (const profile of ['clean', 'paper', 'grey', 'colour'] as const) {
      const out = at(`${profile}.pdf`)
      const pages = [grey, colour].map((path) => ({ kind: 'image', path }) as const)
      const report = await engine.build(job(pages, out, { profile, stamp: { ...STAMP, qr: true } }))
      await check(out)
      expect(report.pages).toBe(2)
      expect(report.bytesOut).toBeLessThan(report.bytesIn)
      expect(report.sha256).toBe(
        createHash('sha256')
          .update(await readFile(out))
          .digest('hex'),
      )
      const texts = await textOfPages(out)
      expect(texts).toHaveLength(2)
      texts.forEach((text, i) => {
        expect(text).toContain('中国人民大学图书馆')
        expect(text).toContain('HG00003902')
        expect(text).toContain(`Page ${i + 1} of 2`)
        expect(text).toContain(report.pageHashes[i]!.slice(0, 10))
      })
    }
  })

  test('a page of text becomes bilevel, a page with a photograph mixed, and its photograph stays out of the bilevel layer', async () => {
    const out = at('choice.pdf')
    const pages = [grey, colour].map((path) => ({ kind: 'image', path }) as const)
    const report = await engine.build(job(pages, out))
    expect(report.perPage.map((page) => page.choice)).toEqual(['bilevel', 'mixed'])
    const { data, width, height } = await render(out, 2, 75)
    let red = 0
    let mid = 0
    for (let y = Math.floor(height * 0.6); y < height * 0.8; y++)
      for (let x = Math.floor(width * 0.3); x < width * 0.6; x++) {
        const i = (y * width + x) * 3
        if (Math.abs(data[i]! - data[i + 2]!) > 30) red++
        if (data[i + 1]! > 50 && data[i + 1]! < 200) mid++
      }
    const count =
      (Math.floor(height * 0.8) - Math.floor(height * 0.6)) * (Math.floor(width * 0.6) - Math.floor(width * 0.3))
    expect(red / count).toBeGreaterThan(0.4)
    expect(mid / count).toBeGreaterThan(0.7)
  })

  test('blue headings stay blue and the paper turns white', async () => {
    const out = at('blue.pdf')
    await engine.build(job([{ kind: 'image', path: colour }], out, { stamp: undefined as never }))
    const { data, width, height } = await render(out, 1, 150)
    let blue = 0
    let ink = 0
    let white = 0
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const i = (y * width + x) * 3
        if (y < 155 && data[i]! < 128) {
          ink++
          if (data[i + 2]! > data[i]! + 60) blue++
        }
        if (y < 70 && (data[i] ?? 0) === 255) white++
      }
    expect(ink).toBeGreaterThan(1000)
    expect(blue / ink).toBeGreaterThan(0.8)
    expect(white / (70 * width)).toBeGreaterThan(0.99)
  })

  test('a turned page has its sides exchanged and the stamp upright at the top', async () => {
    const out = at('turned.pdf')
    await engine.build(job([{ kind: 'image', path: grey, rotate: 90 }], out))
    const info = await tool('pdfinfo', out)
    expect(info).toMatch(/Page size:\s+420\.\d+ x 297\.\d+/)
    const boxes = await tool('pdftotext', '-bbox', out, '-')
    const word = /xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>HG00003902</.exec(boxes)!
    expect(Number(word[2])).toBeLessThan(20)
    expect(Number(word[1])).toBeGreaterThan(300)
  })

  test('the original profile keeps a JPEG byte for byte but for its camera data', async () => {
    const out = at('original.pdf')
    const path = at('phone.jpg')
    await sharp(grey)
      .withExif({ IFD0: { Artist: 'somebody private' } })
      .jpeg({ quality: 80 })
      .toFile(path)
    await engine.build(job([{ kind: 'image', path }], out, { profile: 'original' }))
    await tool('pdfimages', '-all', out, at('kept'))
    const kept = await sharp(at('kept-000.jpg')).raw().toBuffer()
    expect(Buffer.compare(kept, await sharp(path).raw().toBuffer())).toBe(0)
    expect((await readFile(out)).includes('somebody private')).toBe(false)
  })

  test('every EXIF orientation is shown as the camera meant it', async () => {
    const upright = await sharp(grey)
      .resize(300, 424, { fit: 'fill' })
      .composite([{ input: { create: { width: 80, height: 40, channels: 3, background: '#000' } }, left: 5, top: 5 }])
      .png()
      .toBuffer()
    for (let orientation = 1; orientation <= 8; orientation++) {
      const path = at(`exif-${orientation}.jpg`)
      await sharp(upright).jpeg({ quality: 95 }).withMetadata({ orientation, density: 72 }).toFile(path)
      const out = at(`exif-${orientation}.pdf`)
      await engine.build(job([{ kind: 'image', path }], out, { profile: 'original', stamp: undefined as never }))
      const shown = await render(out, 1, 72)
      const meant = await sharp(path).autoOrient().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
      expect([shown.width, shown.height]).toEqual([meant.info.width, meant.info.height])
      expect(await difference(shown, { ...shown, data: meant.data })).toBeLessThan(4)
    }
  })

  test('title, request number and library stand in the metadata, and a cover page is labelled as such', async () => {
    const out = at('meta.pdf')
    const stamp = { ...STAMP, cover: { lines: ['A study of 文献传递'] } }
    const report = await engine.build(job([{ kind: 'image', path: grey }], out, { stamp }))
    expect(report.pages).toBe(2)
    const info = await tool('pdfinfo', out)
    expect(info).toContain('论文 <Title> & 题名')
    expect(info).toContain('HG00003902')
    expect(info).toMatch(/PDF version:\s+1\.7/)
    const [cover, first] = await textOfPages(out)
    expect(cover).toContain('A study of 文献传递')
    expect(cover).toContain('个人学习')
    expect(first).toContain('Page 1 of 1')
  })

  test('a page that is already smaller than anything we would make is kept as it is', async () => {
    const path = at('tiny.jpg')
    await sharp(grey).jpeg({ quality: 4 }).withMetadata({ density: 300 }).toFile(path)
    const report = await engine.build(job([{ kind: 'image', path }], at('tiny.pdf'), { profile: 'grey' }))
    expect(report.perPage[0]!.choice).toBe('original')
  })

  test('all pages of a fax TIFF come as bilevel pages', async () => {
    const path = at('fax.tif')
    const page = (seed: number) => writeScan(folder, `fax-${seed}`, { seed })
    const pages = [await page(11), await page(12)]
    const stacked = await sharp({ create: { width: 1240, height: 3508, channels: 3, background: '#fff' } })
      .composite(pages.map((input, i) => ({ input, left: 0, top: i * 1754 })))
      .raw()
      .toBuffer()
    await sharp(stacked, { raw: { width: 1240, height: 3508, channels: 3, pageHeight: 1754 } })
      .threshold(150)
      .toColourspace('b-w')
      .tiff({ compression: 'ccittfax4', bitdepth: 1, miniswhite: true, xres: 5.9, yres: 5.9 })
      .toFile(path)
    const probe = await engine.probe(path)
    expect(probe).toMatchObject({ kind: 'image', pages: 2, mime: 'image/tiff' })
    const out = at('fax.pdf')
    const report = await engine.build(
      job(
        [0, 1].map((page) => ({ kind: 'image', path, page }) as const),
        out,
      ),
    )
    await check(out)
    expect(report.perPage.map((entry) => entry.choice)).toEqual(['bilevel', 'bilevel'])
    expect(new Set(report.pageHashes).size).toBe(2)
  })
})

describe('the build', () => {
  test('the same job gives the same bytes, and another date gives others', async () => {
    const pages = [colour, grey].map((path) => ({ kind: 'image', path }) as const)
    const first = await engine.build(job(pages, at('same-1.pdf')))
    const second = await engine.build(job(pages, at('same-2.pdf')))
    expect(second.sha256).toBe(first.sha256)
    const other = await engine.build(job(pages, at('same-3.pdf'), { stamp: { ...STAMP, date: '2026-11-23' } }))
    expect(other.sha256).not.toBe(first.sha256)
    expect(other.pageHashes).toEqual(first.pageHashes)
  })

  test('progress counts every page up to all of them', async () => {
    const seen: number[] = []
    const pages = [grey, grey, grey].map((path) => ({ kind: 'image', path }) as const)
    await engine.build(job(pages, at('progress.pdf')), { onProgress: ({ page }) => seen.push(page) })
    expect(seen).toEqual([1, 2, 3])
  })

  test('a cancelled build ends as cancelled and leaves no file behind, and the engine goes on working', async () => {
    const pages = Array.from({ length: 12 }, () => ({ kind: 'image', path: colour }) as const)
    const abort = new AbortController()
    const building = engine.build(job(pages, at('cancelled.pdf')), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(building).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readdir(folder)).filter((name) => name.startsWith('cancelled'))).toEqual([])
    expect((await engine.build(job([{ kind: 'image', path: grey }], at('after.pdf')))).pages).toBe(1)
  })

  test('a page that cannot be read fails the build by its name and leaves no file', async () => {
    const broken = at('broken.jpg')
    await writeFile(broken, (await readFile(grey)).subarray(0, 20_000))
    const text = at('text.jpg')
    await writeFile(text, 'this is no picture')
    const empty = at('empty.png')
    await writeFile(empty, '')
    const cases: [string, string][] = [
      [broken, 'damaged_image'],
      [text, 'not_an_image'],
      [empty, 'empty_file'],
      [at('nowhere.jpg'), 'file_missing'],
    ]
    for (const [path, code] of cases) {
      const building = engine.build(
        job(
          [
            { kind: 'image', path: grey },
            { kind: 'image', path },
          ],
          at('failed.pdf'),
        ),
      )
      await expect(building).rejects.toBeInstanceOf(DocumentError)
      await expect(building).rejects.toMatchObject({ code, params: { file: path } })
      expect(existsSync(at('failed.pdf'))).toBe(false)
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
    }
  })

  test('a folder that is not there or a job without pages is told, not thrown about', async () => {
    await expect(engine.build(job([], at('none.pdf')))).rejects.toMatchObject({ code: 'no_pages' })
    const nowhere = join(folder, 'missing', 'x.pdf')
    await expect(engine.build(job([{ kind: 'image', path: grey }], nowhere))).rejects.toMatchObject({
      code: 'file_missing',
    })
  })
})
