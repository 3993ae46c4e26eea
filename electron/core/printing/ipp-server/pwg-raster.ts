import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName } from 'pdf-lib'

/** A file that claims to be PWG raster and is not. */
export class PwgRasterError extends Error {
  override name = 'PwgRasterError'
}

/** What a page may at most be, so that a few bytes cannot ask for gigabytes. */
export const PWG_LIMITS = { pages: 2_000, side: 30_000, bytesPerPage: 400 * 1024 * 1024 }

const HEADER_BYTES = 1796
/** cups_cspace_t numbers that PWG 5102.4 allows here. */
const SPACES = new Map<number, { pdf: string; components: number; inverted: boolean }>([
  [3, { pdf: 'DeviceGray', components: 1, inverted: true }],
  [18, { pdf: 'DeviceGray', components: 1, inverted: false }],
  [19, { pdf: 'DeviceRGB', components: 3, inverted: false }],
])

export interface PwgPage {
  width: number
  height: number
  dpiX: number
  dpiY: number
  bitsPerColor: number
  /** A PDF colour space. */
  colourSpace: string
  /** Uncompressed rows, top first; with `bitsPerColor` 1 a set bit is white, as PDF has it. */
  pixels: Buffer
}

interface Header {
  width: number
  height: number
  dpiX: number
  dpiY: number
  bitsPerColor: number
  bitsPerPixel: number
  bytesPerLine: number
  space: { pdf: string; components: number; inverted: boolean }
}

function readHeader(file: Buffer, at: number): Header {
  if (at + HEADER_BYTES > file.length) throw new PwgRasterError('page header cut off')
  const word = (offset: number) => file.readUInt32BE(at + offset)
  const space = SPACES.get(word(400))
  const header = {
    dpiX: word(276),
    dpiY: word(280),
    width: word(372),
    height: word(376),
    bitsPerColor: word(384),
    bitsPerPixel: word(388),
    bytesPerLine: word(392),
  }
  if (!space || ![1, 8].includes(header.bitsPerColor)) throw new PwgRasterError('colour space not supported')
  if (header.bitsPerPixel !== header.bitsPerColor * space.components) throw new PwgRasterError('strange pixels')
  const fits = (side: number) => side >= 1 && side <= PWG_LIMITS.side
  if (!fits(header.width) || !fits(header.height) || header.dpiX < 1 || header.dpiY < 1) {
    throw new PwgRasterError('page size out of range')
  }
  if (header.bytesPerLine !== Math.ceil((header.width * header.bitsPerPixel) / 8)) {
    throw new PwgRasterError('strange line length')
  }
  if (header.bytesPerLine * header.height > PWG_LIMITS.bytesPerPage) throw new PwgRasterError('page too large')
  return { ...header, space }
}

/** Unpacks one page's lines (PWG 5102.4 section 4.4: repeated lines of runs and literals); gives where it ended. */
function unpack(file: Buffer, start: number, header: Header, pixels: Buffer): number {
  const unit = Math.max(1, header.bitsPerPixel / 8)
  const line = header.bytesPerLine
  let at = start
  let row = 0
  const byte = () => {
    if (at >= file.length) throw new PwgRasterError('page cut off')
    return file[at++]!
  }
  while (row < header.height) {
    const repeats = Math.min(byte() + 1, header.height - row)
    const from = row * line
    let x = 0
    while (x < line) {
      const code = byte()
      const literal = code > 128
      const bytes = (literal ? 257 - code : code + 1) * unit
      if (code === 128 || x + bytes > line) throw new PwgRasterError('line runs over')
      const needed = literal ? bytes : unit
      if (at + needed > file.length) throw new PwgRasterError('page cut off')
      for (let i = 0; i < bytes; i++) pixels[from + x + i] = file[at + (literal ? i : i % unit)]!
      at += needed
      x += bytes
    }
    for (let copy = 1; copy < repeats; copy++) pixels.copyWithin(from + copy * line, from, from + line)
    row += repeats
  }
  return at
}

/** The pages of a PWG raster file, one at a time so that only one is in memory. Throws PwgRasterError. */
export function* pwgPages(file: Buffer): Generator<PwgPage> {
  if (file.subarray(0, 4).toString('latin1') !== 'RaS2') throw new PwgRasterError('not PWG raster')
  let at = 4
  for (let page = 0; at < file.length; page++) {
    if (page >= PWG_LIMITS.pages) throw new PwgRasterError('too many pages')
    const header = readHeader(file, at)
    const pixels = Buffer.alloc(header.bytesPerLine * header.height)
    at = unpack(file, at + HEADER_BYTES, header, pixels)
    if (header.space.inverted) for (let i = 0; i < pixels.length; i++) pixels[i] = ~pixels[i]! & 0xff
    const { width, height, dpiX, dpiY, bitsPerColor } = header
    yield { width, height, dpiX, dpiY, bitsPerColor, colourSpace: header.space.pdf, pixels }
  }
}

/** A PDF with the same pages in the same size, pixels kept exactly. Throws PwgRasterError. */
export async function pwgToPdf(file: Buffer): Promise<{ pdf: Uint8Array; pages: number }> {
  const document = await PDFDocument.create({ updateMetadata: false })
  let pages = 0
  for (const raster of pwgPages(file)) {
    const width = (raster.width / raster.dpiX) * 72
    const height = (raster.height / raster.dpiY) * 72
    const page = document.addPage([width, height])
    const image = document.context.stream(deflateSync(raster.pixels, { level: 6 }), {
      Type: 'XObject',
      Subtype: 'Image',
      Width: raster.width,
      Height: raster.height,
      ColorSpace: raster.colourSpace,
      BitsPerComponent: raster.bitsPerColor,
      Filter: 'FlateDecode',
    })
    const name = page.node.newXObject('Page', document.context.register(image))
    const paint = `q ${width} 0 0 ${height} 0 0 cm ${name.toString()} Do Q`
    page.node.set(PDFName.of('Contents'), document.context.register(document.context.stream(paint)))
    pages++
  }
  if (pages === 0) throw new PwgRasterError('no pages')
  return { pdf: await document.save({ useObjectStreams: false }), pages }
}
