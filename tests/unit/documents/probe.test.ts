import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { probeFile, recogniseFile } from '../../../electron/core/documents/probe.ts'
import { plausibleDpi } from '../../../electron/core/documents/raster/load.ts'
import { simplePdf } from './support/raw-pdf.ts'
import { temporaryFolder } from './support/tools.ts'

const folder = await temporaryFolder()
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

async function probe(name: string, content: Buffer | string) {
  const path = join(folder, name)
  await writeFile(path, content)
  return probeFile(path)
}

describe('an imported file is told by its bytes', () => {
  test.each([
    ['article.caj', 'CAJ\0....', 'application/x-caj'],
    ['article.pdf', 'HN\x01....', 'application/x-caj'],
    ['thesis.kdh', 'KDH 2.00', 'application/x-kdh'],
    ['old.nh', 'whatever', 'application/x-nh'],
    ['000001.pdg', 'HH\x02\x00', 'application/x-pdg'],
    ['letter.ofd', 'PK\x03\x04....OFD.xml', 'application/ofd'],
    ['report.wps', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/vnd.ms-works'],
    ['report.doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/msword'],
  ])('%s leads to printing into the desk', async (name, content, mime) => {
    expect(await probe(name, bytes(content))).toMatchObject({
      kind: 'print_into_desk',
      mime,
      problem: 'print_into_desk',
    })
  })

  test('a name that lies does not matter where the bytes speak', () => {
    expect(recogniseFile(bytes('\xff\xd8\xff\xe0'), 'a.pdf')).toEqual({ kind: 'image', mime: 'image/jpeg' })
    expect(recogniseFile(bytes('junk\n%PDF-1.4'), 'a.jpg')).toEqual({ kind: 'pdf', mime: 'application/pdf' })
  })

  test('a portal page saved as PDF or picture, an empty file, text and SVG are named problems', async () => {
    expect((await probe('a.pdf', '<html><body>log in</body></html>')).problem).toBe('damaged_pdf')
    expect((await probe('a.jpg', '<!DOCTYPE html>')).problem).toBe('not_an_image')
    expect((await probe('empty.pdf', '')).problem).toBe('empty_file')
    expect((await probe('a.txt', 'hello')).problem).toBe('unsupported_format')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    expect((await probe('a.png', svg)).problem).toBe('not_an_image')
  })

  test('a cut off picture is damaged, a picture of billions of pixels too large', async () => {
    const noise = Buffer.from(Array.from({ length: 120_000 }, (_, i) => (i * 7919) % 251))
    const png = await sharp(noise, { raw: { width: 400, height: 100, channels: 3 } })
      .png()
      .toBuffer()
    expect((await probe('cut.png', png.subarray(0, 20))).problem).toBe('damaged_image')
    const header = Buffer.from(png)
    header.writeUInt32BE(60_000, 16)
    header.writeUInt32BE(60_000, 20)
    expect(['too_large', 'damaged_image']).toContain((await probe('huge.png', header)).problem)
  })

  test('a PDF tells its pages and the size of the first in points', async () => {
    expect(await probe('three.pdf', simplePdf({ page: '/Rotate 90' }))).toMatchObject({
      kind: 'pdf',
      pages: 3,
      width: 842,
      height: 595,
    })
  })
})

test('a resolution is believed only where it gives a page of ordinary size', () => {
  expect(plausibleDpi(300, 2480, 3508)).toBe(300)
  expect(plausibleDpi(72, 3000, 4000)).toBeCloseTo(4000 / 11.69)
  expect(plausibleDpi(undefined, 2480, 3508)).toBeCloseTo(300, 0)
  expect(plausibleDpi(2400, 800, 600)).toBeCloseTo(800 / 11.69)
})
