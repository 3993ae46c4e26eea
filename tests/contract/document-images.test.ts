/** Images inside received PDFs: made smaller only where that gains, and never so that a reader would see it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DocumentJob, DocumentReport } from '../../electron/core/documents/types.ts'
import { likeness } from '../../electron/core/documents/raster/likeness.ts'
import { drawn } from '../support/poppler.ts'
import { firstExtra, flate, rawPdf, simpleObjects, stream, type RawObject } from '../unit/documents/support/raw-pdf.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { check, has, job, temporaryFolder, testEngine, tool } from '../unit/documents/support/tools.ts'

const folder = await temporaryFolder()
const engine = testEngine()
const N = firstExtra(1)
let files = 0

/** One page that draws one image over all of it; without text, for which poppler would look through the system's fonts. */
async function withImage(image: Buffer, more: readonly RawObject[] = []): Promise<string> {
  const objects = simpleObjects({ pages: 1, page: `/Resources<</Font<</F1 3 0 R>>/XObject<</Im ${N} 0 R>>>>` }).map(
    (object) => (object.number === 5 ? { number: 5, body: flate('', 'q 595 0 0 842 0 0 cm /Im Do Q') } : object),
  )
  const path = join(folder, `in-${files++}.pdf`)
  await writeFile(path, rawPdf([...objects, { number: N, body: image }, ...more]))
  return path
}

interface Built {
  readonly report: DocumentReport
  readonly out: string
  readonly codes: readonly string[]
}

async function build(path: string, more: Partial<DocumentJob> = {}): Promise<Built> {
  const out = path.replace('in-', `out-${files++}-`)
  const report = await engine.build(job([{ kind: 'pdf', path }], out, more))
  await check(out)
  return { report, out, codes: report.warnings.map(({ code }) => code) }
}

/** The page at 100 dpi, in grey, between header and footer, where the stamp is not. */
async function shown(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, width, height } = await drawn(path, 100)
  const [top, rows] = [Math.round(height * 0.06), Math.round(height * 0.88)]
  return { data: data.subarray(top * width, (top + rows) * width), width, height: rows }
}

const entries = (width: number, height: number, rest: string): string =>
  `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}${rest}`

const GREY = '/BitsPerComponent 8/ColorSpace/DeviceGray'
const scan = await writeScan(folder, 'photo', { seed: 3, width: 744, height: 1052, picture: true })
// A scanner's noise is what no coder keeps; blurred, the page can be held against itself at its own resolution.
const photo = await sharp(scan).blur(1).png().toBuffer()
const grey = await sharp(photo).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
const { width, height } = grey.info

describe.skipIf(!has('qpdf') || !has('pdftoppm'))('an image of a received PDF', () => {
  test('that was packed like text becomes a JPEG that looks the same, and it is said', async () => {
    const path = await withImage(flate(entries(width, height, GREY), grey.data))
    const { report, out, codes } = await build(path)
    expect(codes).toContain('images_recompressed')
    expect(report.bytesOut).toBeLessThan(report.bytesIn * 0.8)
    expect(likeness(await shown(path), await shown(out))).toBeGreaterThan(0.97)
  })

  test('stays byte for byte where the profile keeps the original, where it is small, and where it is a JPEG already', async () => {
    const path = await withImage(flate(entries(width, height, GREY), grey.data))
    expect((await build(path, { profile: 'original' })).codes).not.toContain('images_recompressed')
    const small = await withImage(flate(entries(64, 64, GREY), grey.data.subarray(0, 4096)))
    expect((await build(small)).codes).not.toContain('images_recompressed')
    const jpeg = await sharp(photo).toColourspace('b-w').jpeg({ quality: 60 }).toBuffer()
    const photographed = await withImage(stream(entries(width, height, `${GREY}/Filter/DCTDecode`), jpeg))
    const kept = await build(photographed)
    expect(kept.codes).not.toContain('images_recompressed')
    expect((await readFile(kept.out)).includes(jpeg)).toBe(true)
  })

  test('in black and white is coded anew without a pixel changed', async () => {
    const data = await sharp(photo).threshold(128).toColourspace('b-w').raw().toBuffer()
    const stride = (width + 7) >> 3
    const bits = Buffer.alloc(stride * height)
    data.forEach((sample, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      if (sample) bits[y * stride + (x >> 3)]! |= 0x80 >> (x & 7)
    })
    const path = await withImage(stream(entries(width, height, '/BitsPerComponent 1/ColorSpace/DeviceGray'), bits))
    const { out, codes } = await build(path)
    expect(codes).toContain('images_recompressed')
    expect((await readFile(out)).length).toBeLessThan(bits.length / 2)
    const prefix = join(folder, 'bits')
    await tool('pdfimages', '-png', out, prefix)
    const found = await sharp(`${prefix}-000.png`).toColourspace('b-w').raw().toBuffer()
    expect(Buffer.compare(found, data)).toBe(0)
  })

  test('comes below a budget by the gentlest step that does it, and one that cannot be met is told', async () => {
    const jpeg = await sharp(photo).toColourspace('srgb').jpeg({ quality: 95 }).toBuffer()
    const colour = '/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode'
    const path = await withImage(stream(entries(width, height, colour), jpeg))
    const untouched = await build(path)
    expect(untouched.codes).not.toContain('images_recompressed')
    const budgetBytes = Math.round(jpeg.length * 0.6)
    const fitted = await build(path, { budgetBytes })
    expect(fitted.report.bytesOut).toBeLessThanOrEqual(budgetBytes)
    expect(fitted.codes).toContain('quality_reduced')
    expect(fitted.report.warnings.find(({ code }) => code === 'quality_reduced')!.params!['step']).toBe(1)
    expect(likeness(await shown(path), await shown(fitted.out))).toBeGreaterThan(0.9)
    expect((await build(path, { budgetBytes: 9_000 })).codes).toContain('over_budget')
  }, 90_000)

  test('of which anything is out of the ordinary stays as it is', async () => {
    const odd = [
      '/BitsPerComponent 8/ColorSpace[/Indexed/DeviceGray 255<00>]',
      `${GREY}/Decode[1 0]`,
      `${GREY}/Mask[0 10]`,
      '/BitsPerComponent 8/ColorSpace[/ICCBased 99 0 R]',
      `${GREY}/SMask ${N + 1} 0 R`,
    ]
    const mask = stream(`${entries(4, 4, GREY)}/Matte[0]`, Buffer.alloc(16, 255))
    for (const rest of odd) {
      const path = await withImage(flate(entries(width, height, rest), grey.data), [{ number: N + 1, body: mask }])
      expect((await build(path)).codes, rest).not.toContain('images_recompressed')
    }
  })
})
