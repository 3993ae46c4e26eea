import sharp, { type Sharp } from 'sharp'
import { encodeG4 } from '../bilevel/g4.ts'
import { encodeJbig2 } from '../bilevel/jbig2.ts'
import type { Bitmap } from '../bilevel/bitmap.ts'
import type { BilevelCodec } from '../types.ts'
import type { InkColours } from './ink-colour.ts'
import type { JpegLayer, PngLayer, StencilLayer } from './layers.ts'
import type { Raster, Rectangle } from './raster.ts'

export interface JpegOptions {
  /** Pixels per inch of the result; never more than the source has. */
  readonly dpi: number
  readonly quality: number
  /** Factor on every sample, to lift paper to white. */
  readonly gain?: number
}

interface Samples {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/**
 * `toColourspace` is what keeps one channel one component: without it libjpeg gets three, and a page that declares
 * grey would be garbage that no structural check notices.
 */
const toJpeg = ({ data, width, height, channels }: Samples, quality: number): Promise<Buffer> =>
  encodeAs(sharp(data, { raw: { width, height, channels } }), channels, quality)

const encodeAs = (image: Sharp, channels: 1 | 3, quality: number): Promise<Buffer> =>
  image
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' })
    .toBuffer()

/** A part of the page (or all of it) as JPEG. */
export async function jpegOfRegion(raster: Raster, box: Rectangle, options: JpegOptions): Promise<JpegLayer> {
  const width = box.x1 - box.x0
  const height = box.y1 - box.y0
  const channels = raster.rgb ? 3 : 1
  const scale = Math.min(1, options.dpi / raster.dpi)
  let image = sharp(raster.rgb ?? raster.grey, {
    raw: { width: raster.width, height: raster.height, channels },
  }).extract({
    left: box.x0,
    top: box.y0,
    width,
    height,
  })
  if (options.gain && options.gain !== 1) image = image.linear(options.gain, 0)
  const size = [width, height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number]
  image = image.resize(...size, { fit: 'fill', kernel: 'lanczos3' })
  return { kind: 'jpeg', data: await encodeAs(image, channels, options.quality), box }
}

export async function jpegOfSamples(samples: Samples, box: Rectangle, quality: number): Promise<JpegLayer> {
  return { kind: 'jpeg', data: await toJpeg(samples, quality), box }
}

export async function stencil(
  ink: Bitmap,
  codec: BilevelCodec,
  box: Rectangle,
  level: number,
  colours: InkColours | null,
): Promise<StencilLayer> {
  const data = codec === 'g4' ? encodeG4(ink) : encodeJbig2(ink)
  const layer = { kind: 'stencil', codec, data, width: ink.width, height: ink.height, box, ink: level } as const
  if (!colours) return layer
  const { rgb, columns, rows } = colours
  const jpeg = await toJpeg({ data: rgb, width: columns, height: rows, channels: 3 }, 50)
  return { ...layer, colours: jpeg }
}

/** The page without any loss. */
export async function losslessPage(raster: Raster): Promise<PngLayer> {
  const components = raster.rgb ? 3 : 1
  const png = await sharp(raster.rgb ?? raster.grey, {
    raw: { width: raster.width, height: raster.height, channels: components },
  })
    .toColourspace(components === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 9, adaptiveFiltering: true, progressive: false, palette: false })
    .toBuffer()
  const { data, bits } = readPng(png)!
  const { width, height } = raster
  return { kind: 'png', data, width, height, components, bits, box: { x0: 0, y0: 0, x1: width, y1: height } }
}

interface PngFacts {
  readonly width: number
  readonly height: number
  readonly bits: 1 | 2 | 4 | 8 | 16
  readonly components: 1 | 3
  readonly data: Uint8Array
}

/** The parts of a PNG that PDF can carry as they are; null for palettes, alpha, interlacing or anything unusual. */
export function readPng(png: Uint8Array): PngFacts | null {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  if (png.length < 57 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return null
  const bits = view.getUint8(24)
  const colourType = view.getUint8(25)
  if ((colourType !== 0 && colourType !== 2) || view.getUint8(28) !== 0) return null
  const parts: Uint8Array[] = []
  for (let at = 33; at + 12 <= png.length;) {
    const length = view.getUint32(at)
    const type = view.getUint32(at + 4)
    if (at + 12 + length > png.length) return null
    if (type === 0x49444154) parts.push(png.subarray(at + 8, at + 8 + length))
    if (type === 0x74524e53) return null // tRNS: a transparent colour
    at += 12 + length
  }
  if (parts.length === 0) return null
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bits: bits as PngFacts['bits'],
    components: colourType === 2 ? 3 : 1,
    data: Buffer.concat(parts),
  }
}
