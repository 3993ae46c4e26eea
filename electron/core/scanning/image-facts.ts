import { open, type FileHandle } from 'node:fs/promises'
import type { ScanMime } from './driver.ts'

/**
 * What a file's own header says. Read without a decoder: these bytes come from outside and core opens no picture.
 * `complete` is a check of structure only (end marker there), not proof that every pixel can be decoded.
 */
export interface ImageFacts {
  mime: ScanMime
  /** Pixels; 0 for PDF. */
  width: number
  height: number
  dpi: number | null
  complete: boolean
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const INCH_MM = 25.4

/** Facts of a PNG, JPEG, TIFF or PDF; null for anything else, an empty file or a damaged header. */
export async function readImageFacts(path: string): Promise<ImageFacts | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = await readAt(file, 0, 8)
    if (head.equals(PNG)) return await pngFacts(file, size)
    if (head.readUInt16BE(0) === 0xffd8) return await jpegFacts(file, size)
    const order = head.toString('latin1', 0, 4)
    if (order === 'II*\0' || order === 'MM\0*') return await tiffFacts(file, size)
    if (head.toString('latin1', 0, 5) === '%PDF-') return await pdfFacts(file, size)
    return null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  } finally {
    await file.close()
  }
}

/** Exactly so many bytes, or a RangeError: a header that ends early is a damaged header. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw new RangeError('file ends early')
  return buffer
}

async function pngFacts(file: FileHandle, size: number): Promise<ImageFacts> {
  const header = await readAt(file, 16, 8)
  let dpi: number | null = null
  // pHYs stands before the pixels; a handful of small chunks at most.
  for (let at = 33, n = 0; n < 32; n++) {
    const chunk = await readAt(file, at, 8)
    const length = chunk.readUInt32BE(0)
    const type = chunk.toString('latin1', 4)
    if (type === 'IDAT') break
    if (type === 'pHYs') {
      const body = await readAt(file, at + 8, 9)
      if (body[8] === 1) dpi = Math.round((body.readUInt32BE(0) * INCH_MM) / 1000)
      break
    }
    at += 12 + length
  }
  const tail = await readAt(file, Math.max(0, size - 12), 12)
  return {
    mime: 'image/png',
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    dpi: dpi || null,
    complete: tail.toString('latin1', 4, 8) === 'IEND',
  }
}

async function jpegFacts(file: FileHandle, size: number): Promise<ImageFacts> {
  let dpi: number | null = null
  for (let at = 2; ;) {
    const marker = await readAt(file, at, 4)
    if (marker[0] !== 0xff) throw new RangeError('not a marker')
    const kind = marker[1] as number
    if (kind === 0xff) {
      at += 1
      continue
    }
    const length = marker.readUInt16BE(2)
    if (kind === 0xe0 && length >= 16) {
      const app0 = await readAt(file, at + 4, 12)
      if (app0.toString('latin1', 0, 4) === 'JFIF') {
        const density = app0.readUInt16BE(8)
        dpi = app0[7] === 1 ? density : app0[7] === 2 ? Math.round(density * 2.54) : null
      }
    }
    if (kind === 0xe1 && length >= 16 && (await readAt(file, at + 4, 6)).toString('latin1') === 'Exif\0\0') {
      dpi ??= tiffDpi(await readTiff(file, at + 10))
    }
    const isFrame = kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc
    if (isFrame) {
      const frame = await readAt(file, at + 4, 5)
      return {
        mime: 'image/jpeg',
        width: frame.readUInt16BE(3),
        height: frame.readUInt16BE(1),
        dpi: dpi || null,
        complete: await endsWithJpegEnd(file, size),
      }
    }
    at += 2 + length
  }
}

/** End-of-image marker at the end; some scanners pad with zeros or a line feed behind it. */
async function endsWithJpegEnd(file: FileHandle, size: number): Promise<boolean> {
  const length = Math.min(size, 512)
  const tail = await readAt(file, size - length, length)
  return tail.lastIndexOf(Buffer.from([0xff, 0xd9])) >= 0
}

/** Tag numbers of TIFF 6.0 that are of use here; Exif in a JPEG keeps its resolution under the same ones. */
const TAG = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  stripBytes: 279,
  xResolution: 282,
  unit: 296,
  tileOffsets: 324,
  tileBytes: 325,
} as const

/** The first image directory of a TIFF block that begins at `base`: the last value of each tag above. */
async function readTiff(file: FileHandle, base: number): Promise<Map<number, number>> {
  const little = (await readAt(file, base, 2)).toString('latin1') === 'II'
  const u16 = (b: Buffer, at: number): number => (little ? b.readUInt16LE(at) : b.readUInt16BE(at))
  const u32 = (b: Buffer, at: number): number => (little ? b.readUInt32LE(at) : b.readUInt32BE(at))
  const first = base + u32(await readAt(file, base + 4, 4), 0)
  const count = u16(await readAt(file, first, 2), 0)
  const entries = await readAt(file, first + 2, count * 12)
  const wanted = new Set<number>(Object.values(TAG))
  const tags = new Map<number, number>()
  for (let at = 0; at < entries.length; at += 12) {
    const tag = u16(entries, at)
    if (!wanted.has(tag)) continue
    const value = u32(entries, at + 8)
    if (tag === TAG.xResolution) {
      const ratio = await readAt(file, base + value, 8)
      tags.set(tag, u32(ratio, 0) / (u32(ratio, 4) || 1))
      continue
    }
    // SHORT (3) or LONG (4); an array that fits into four bytes stands in the entry itself.
    const bytes = u16(entries, at + 2) === 3 ? 2 : 4
    const last = (u32(entries, at + 4) - 1) * bytes
    const inPlace = last + bytes <= 4
    const from = inPlace ? entries : await readAt(file, base + value + last, bytes)
    const place = inPlace ? at + 8 + last : 0
    tags.set(tag, bytes === 2 ? u16(from, place) : u32(from, place))
  }
  return tags
}

function tiffDpi(tags: ReadonlyMap<number, number>): number | null {
  const unit = tags.get(TAG.unit) ?? 2
  const perUnit = tags.get(TAG.xResolution) ?? 0
  return Math.round(unit === 2 ? perUnit : unit === 3 ? perUnit * 2.54 : 0) || null
}

async function tiffFacts(file: FileHandle, size: number): Promise<ImageFacts> {
  const tags = await readTiff(file, 0)
  const [width, height] = [tags.get(TAG.width) ?? 0, tags.get(TAG.height) ?? 0]
  const last = tags.get(TAG.stripOffsets) ?? tags.get(TAG.tileOffsets) ?? 0
  const lastBytes = tags.get(TAG.stripBytes) ?? tags.get(TAG.tileBytes) ?? 0
  if (width === 0 || height === 0) throw new RangeError('no size')
  return { mime: 'image/tiff', width, height, dpi: tiffDpi(tags), complete: last > 0 && last + lastBytes <= size }
}

async function pdfFacts(file: FileHandle, size: number): Promise<ImageFacts> {
  const length = Math.min(size, 1024)
  const tail = await readAt(file, size - length, length)
  return { mime: 'application/pdf', width: 0, height: 0, dpi: null, complete: tail.includes('%%EOF') }
}
