import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import sharp from 'sharp'
import { ready } from 'zpl-renderer-js'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { createBitmap, pixelAt, type Bitmap } from '../../../electron/core/documents/bilevel/bitmap.ts'
import { escPos, escPosStatus } from '../../../electron/core/printing/raw/escpos.ts'
import { zpl, zplStatus } from '../../../electron/core/printing/raw/zpl.ts'
import { LAYOUTS, type LayoutName, type SlipKind } from '../../../electron/core/printing/templates/data.ts'
import { slipFont } from '../../../electron/core/printing/templates/font.ts'
import { paintSlips } from '../../../electron/core/printing/templates/index.ts'
import { toBitmap } from '../../../electron/core/printing/templates/to-bitmap.ts'
import { toPdf } from '../../../electron/core/printing/templates/to-pdf.ts'
import { parseScan } from '../../../electron/domain/codes.ts'
import { escPosPaper } from '../../devices/escpos-paper.ts'
import { missingPrograms } from '../../devices/programs.ts'
import { drawn as drawnByPoppler } from '../../support/poppler.ts'
import { SAMPLES } from './slip-samples.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-raw-'))
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer } })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Grey pixels of a bitmap, 0 black. */
function greyOf(bitmap: Bitmap): Buffer {
  const grey = Buffer.alloc(bitmap.width * bitmap.height)
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) grey[y * bitmap.width + x] = pixelAt(bitmap, x, y) ? 0 : 255
  }
  return grey
}

const pngOf = (bitmap: Bitmap) =>
  sharp(greyOf(bitmap), { raw: { width: bitmap.width, height: bitmap.height, channels: 1 } })
    .extend({ top: 20, bottom: 20, left: 20, right: 20, background: '#fff' })
    .png()
    .toBuffer()

async function codesIn(png: Uint8Array): Promise<string[]> {
  const found = await readBarcodes(png, {
    formats: ['QRCode', 'Code128'],
    tryHarder: true,
    tryInvert: false,
    maxNumberOfSymbols: 8,
  })
  return found.map(({ text }) => text)
}

async function drawn(kind: SlipKind, layout: LayoutName, dpi: number): Promise<Bitmap> {
  const paper = { ...LAYOUTS[layout], dpi }
  const [page] = await paintSlips(kind, [SAMPLES[kind]] as never, paper, 'zh-CN')
  return toBitmap(page!, await slipFont(), dpi)
}

const CASES: [SlipKind, LayoutName, string][] = [
  ['pullSlip', 'roll80', 'HG00003902'],
  ['pullSlip', 'roll58', 'HG00003902'],
  ['bookSlip', 'roll80', 'HG00003902'],
  ['bagLabel', 'label4x6', 'B-RUC-D1-204'],
  ['addressLabel', 'label100x60', 'HG00003902'],
]

describe('slips in printer dots', () => {
  it.each(CASES)('%s on %s is read back at 203 and 300 dpi', async (kind, layout, id) => {
    for (const dpi of [203, 300]) {
      const texts = await codesIn(await pngOf(await drawn(kind, layout, dpi)))
      const ours = texts.map(parseScan).filter((code) => 'checked' in code && code.checked)
      expect(ours, `${dpi} dpi`).toMatchObject([{ id }])
      if (kind === 'bookSlip') expect(texts).toContain('01234567')
    }
  })

  it.skipIf(missingPrograms('pdftoppm').length > 0).each(CASES)(
    '%s on %s looks as another renderer draws it',
    async (kind, layout) => {
      const paper = LAYOUTS[layout]
      const pages = await paintSlips(kind, [SAMPLES[kind]] as never, paper, 'zh-CN')
      const ours = await toBitmap(pages[0]!, await slipFont(), 203)
      const path = join(folder, `${kind}-${layout}`)
      await writeFile(`${path}.pdf`, await toPdf(pages, await slipFont(), 'x'))
      const theirs = await drawnByPoppler(`${path}.pdf`, 203)
      expect(Math.abs(theirs.width - ours.width)).toBeLessThanOrEqual(1)
      expect(Math.abs(theirs.height - ours.height)).toBeLessThanOrEqual(1)
      // Dots that differ even from their neighbourhood: half a dot of shift at an edge is no difference.
      let wrong = 0
      let ink = 0
      const width = Math.min(theirs.width, ours.width)
      const height = Math.min(theirs.height, ours.height)
      const near = (x: number, y: number, dark: boolean) => {
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            const value = theirs.data[(y + dy) * theirs.width + x + dx]!
            if (dark ? value < 160 : value > 96) return true
          }
        }
        return false
      }
      for (let y = 1; y < height - 1; y++) {
        for (let x = 1; x < width - 1; x++) {
          const dark = pixelAt(ours, x, y) === 1
          if (dark) ink++
          if (!near(x, y, dark)) wrong++
        }
      }
      expect(ink).toBeGreaterThan(5_000)
      expect(wrong / ink).toBeLessThan(0.005)
    },
  )

  it('a roll is cut where the slip ends', async () => {
    const short = await drawn('bagLabel', 'roll80', 203)
    const long = await drawn('pullSlip', 'roll80', 203)
    expect(short.height).toBeLessThan(long.height)
    expect(long.height / 8).toBeLessThan(150)
    // The last thing drawn is at the foot, not somewhere in the middle of a metre of paper.
    const rows = Array.from({ length: long.height }, (_, y) => y)
    const inked = rows.filter((y) => long.bits.subarray(y * long.stride, (y + 1) * long.stride).some(Boolean))
    expect(long.height - inked.at(-1)!).toBeLessThan(60)
  })
})

describe('ESC/POS', () => {
  it('the reader of these tests reads what an encoder of others writes', () => {
    // 64 x 48 dots of a pattern that no mirroring, inverting or shifting leaves as it is.
    const [width, height] = [64, 48]
    const dark = (x: number, y: number) => (x * x + 3 * y) % 7 < 3 && (x < 40 || y < 20)
    const pixels = new Uint8ClampedArray(width * height * 4)
    for (let i = 0; i < width * height; i++) {
      pixels.set(dark(i % width, Math.floor(i / width)) ? [0, 0, 0, 255] : [255, 255, 255, 255], i * 4)
    }
    const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', imageMode: 'raster', columns: 48 })
    const image = { data: pixels, width, height, colorSpace: 'srgb' } as unknown as ImageData
    const [page] = escPosPaper(encoder.initialize().image(image, width, height, 'threshold', 128).cut().encode())
    const first = Array.from({ length: page!.height }, (_, y) => y).find((y) =>
      page!.grey.subarray(y * page!.width, (y + 1) * page!.width).includes(0),
    )!
    let wrong = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if ((page!.grey[(first + y) * page!.width + x] === 0) !== dark(x, y)) wrong++
      }
    }
    expect(wrong).toBe(0)
  })

  it.each([
    ['pullSlip', 'roll80'],
    ['receipt', 'roll58'],
  ] as const)(
    '%s on %s: the paper shows exactly what was drawn, each copy cut off, its code readable',
    async (kind, layout) => {
      for (const dpi of [203, 300]) {
        const bitmap = await drawn(kind, layout, dpi)
        const pages = escPosPaper(escPos([bitmap], { copies: 2 }))
        expect(pages).toHaveLength(2)
        const ours = greyOf(bitmap)
        for (const { width, height, grey } of pages) {
          expect(width).toBe(bitmap.stride * 8)
          // Below it the feed that clears the blade.
          expect(height).toBeGreaterThan(bitmap.height)
          let wrong = 0
          for (let y = 0; y < bitmap.height; y++) {
            for (let x = 0; x < bitmap.width; x++) if (grey[y * width + x] !== ours[y * bitmap.width + x]) wrong++
          }
          expect(wrong).toBe(0)
          expect(grey.subarray(bitmap.height * width).includes(0)).toBe(false)
        }
        const { width, height, grey } = pages[0]!
        const png = await sharp(grey, { raw: { width, height, channels: 1 } })
          .png()
          .toBuffer()
        const texts = await codesIn(await sharp(png).extend({ top: 20, bottom: 20, left: 20, right: 20, background: '#fff' }).png().toBuffer()) // prettier-ignore
        const id = kind === 'pullSlip' ? 'HG00003902' : 'P-00481516'
        expect(texts.map(parseScan), `${dpi} dpi`).toMatchObject([{ id, checked: true }])
      }
    },
  )

  it('understands what the printer says of itself', () => {
    expect(escPosStatus(Buffer.from([0x12, 0x12, 0x12]))).toMatchObject({ attention: [] })
    expect(escPosStatus(Buffer.from([0x16, 0x12, 0x12]))).toMatchObject({ attention: ['cover-open'] })
    expect(escPosStatus(Buffer.from([0x32, 0x12, 0x72]))).toMatchObject({ attention: ['media-empty'] })
    expect(escPosStatus(Buffer.from([0x12, 0x1a, 0x12]))).toMatchObject({ attention: ['cutter-error'] })
    expect(escPosStatus(Buffer.from('HTTP'))).toBeUndefined()
    expect(escPosStatus(Buffer.from([0x12]))).toBeUndefined()
  })
})

describe('ZPL', () => {
  it('is drawn dot for dot the same by an independent renderer', async () => {
    const bitmap = await drawn('bagLabel', 'label4x6', 203)
    const { api } = await ready
    const image = await api.zplToBase64Async(zpl([bitmap]).toString(), bitmap.width / 8, bitmap.height / 8, 8)
    const png = Buffer.from(image, 'base64')
    const theirs = await sharp(png).flatten({ background: '#fff' }).toColourspace('b-w').raw().toBuffer()
    expect(theirs.length).toBe(bitmap.width * bitmap.height)
    const ours = greyOf(bitmap)
    let wrong = 0
    for (let i = 0; i < ours.length; i++) if (ours[i]! < 128 !== theirs[i]! < 128) wrong++
    expect(wrong).toBe(0)
    const texts = await codesIn(await sharp(png).flatten({ background: '#fff' }).png().toBuffer())
    expect(texts.map(parseScan)).toMatchObject([{ kind: 'bag', id: 'B-RUC-D1-204', checked: true }])
  })

  it('compresses any rows without losing a dot', async () => {
    const { api } = await ready
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0x00, 0xff, 0xf0, 0x5a, 0x01), { minLength: 8 * 6, maxLength: 8 * 6 }),
        async (bytes) => {
          const bitmap = createBitmap(64, 6)
          bitmap.bits.set(bytes)
          const image = await api.zplToBase64Async(zpl([bitmap]).toString(), 8, 8, 8)
          const png = sharp(Buffer.from(image, 'base64')).flatten({ background: '#fff' }).toColourspace('b-w')
          const { data, info } = await png.raw().toBuffer({ resolveWithObject: true })
          for (let y = 0; y < 6; y++) {
            for (let x = 0; x < 64; x++) {
              expect(data[y * info.width + x]! < 128).toBe(pixelAt(bitmap, x, y) === 1)
            }
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('asks for copies and understands the host status', () => {
    expect(zpl([createBitmap(8, 2)], 3).toString()).toContain('^PQ3,')
    const fine = '\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n'
    expect(zplStatus(Buffer.from(fine))).toEqual({ attention: [], pending: 0 })
    const empty = '\x02030,1,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,1,0,0,2,4,0,00000000,1,000\x03\r\n'
    expect(zplStatus(Buffer.from(empty))).toMatchObject({ attention: ['media-empty', 'cover-open'] })
    const busy = fine.replace('1245,000', '1245,002').replace('00000000', '00000003')
    expect(zplStatus(Buffer.from(busy))).toMatchObject({ pending: 5 })
    expect(zplStatus(Buffer.from('hello'))).toBeUndefined()
  })
})
