import { stat } from 'node:fs/promises'
import type { Metadata, Sharp } from 'sharp'
import { DocumentError, toDocumentError } from '../errors.ts'
import type { ImageSource } from '../types.ts'
import { geometry } from '../../scanning/image/adjust.ts'
import { evenLight } from './even.ts'
import { chroma, type Raster } from './raster.ts'
import { sharp } from './sharp.ts'

/** A2 at 600 dpi has 139 million pixels; more is an attack or a mistake. */
export const MAXIMUM_PIXELS = 150_000_000
/** Share of visibly coloured pixels below which a colour scan is treated as grey. */
const COLOUR_SHARE = 0.0008
const COLOUR_CHROMA = 40

export interface OpenedImage {
  readonly image: Sharp
  readonly meta: Metadata
  /** Size in pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly bytes: number
}

/** Opens one page of an image file and reads its header. Throws DocumentError. */
export async function openImage(source: ImageSource): Promise<OpenedImage> {
  const params = { file: source.path }
  try {
    const { size } = await stat(source.path)
    if (size === 0) throw new DocumentError('empty_file', params)
    const image = sharp(source.path, {
      sequentialRead: true,
      limitInputPixels: MAXIMUM_PIXELS,
      failOn: 'error',
      page: source.page ?? 0,
    })
    const meta = await image.metadata()
    const turned = (meta.orientation ?? 1) >= 5
    const width = turned ? meta.height : meta.width
    const height = turned ? meta.width : meta.height
    if (width * height > MAXIMUM_PIXELS) throw new DocumentError('too_large', { ...params, pixels: width * height })
    return { image, meta, width, height, dpi: source.dpi ?? plausibleDpi(meta.density, width, height), bytes: size }
  } catch (error) {
    throw namedImageError(error, params)
  }
}

function namedImageError(error: unknown, params: { file: string }): DocumentError {
  const message = error instanceof Error ? error.message : ''
  if (/exceeds pixel limit/i.test(message)) return new DocumentError('too_large', params, error)
  if (/missing|no such file/i.test(message)) return new DocumentError('file_missing', params, error)
  if (/unsupported image format|not a known file format|unable to open for read/i.test(message))
    return new DocumentError('not_an_image', params, error)
  return toDocumentError(error, 'damaged_image', params)
}

/**
 * The resolution written in the file where it gives a page between 2 and 24 inches; cameras write 72 into every file,
 * so otherwise the long side is taken for that of A4.
 */
export function plausibleDpi(density: number | undefined, width: number, height: number): number {
  const longSide = Math.max(width, height)
  if (density && longSide / density >= 2 && longSide / density <= 24) return density
  return Math.max(1, longSide / 11.69)
}

/** Decodes a page upright, turned and cropped as asked. */
export async function loadRaster(source: ImageSource): Promise<Raster> {
  const opened = await openImage(source)
  return decode(opened, source)
}

export async function decode(opened: OpenedImage, source: ImageSource): Promise<Raster> {
  const colour = opened.meta.channels >= 3 && opened.meta.space !== 'b-w'
  try {
    const adjust = {
      rotate: source.rotate ?? 0,
      angleDeg: source.angleDeg ?? 0,
      crop: source.crop ?? null,
      split: null,
    } as const
    const image = await geometry({ ...opened, image: opened.image.clone(), grey: !colour }, adjust)
    const { data, info } = await image
      .flatten({ background: '#fff' })
      .toColourspace(colour ? 'srgb' : 'b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const raster = toRaster(data, info.width, info.height, info.channels, opened.dpi)
    return source.even ? evenLight(raster) : raster
  } catch (error) {
    throw namedImageError(error, { file: source.path })
  }
}

/** Decoded pixels of any number of channels as a page: its grey, and its colours where it has some. */
export function toRaster(data: Uint8Array, width: number, height: number, channels: number, dpi: number): Raster {
  const count = width * height
  if (channels === 1) return { width, height, grey: data, rgb: null, dpi }
  const grey = channels < 3 ? firstOf(data, channels, count) : lumaOf(data, channels, count)
  const rgb = channels === 3 && hasColour(data, count) ? data : null
  return { width, height, grey, rgb, dpi }
}

function firstOf(data: Uint8Array, channels: number, count: number): Uint8Array {
  const grey = new Uint8Array(count)
  for (let i = 0; i < count; i++) grey[i] = data[i * channels]!
  return grey
}

/** Brightness as television has weighed it (ITU-R BT.601), in 256ths. */
function lumaOf(data: Uint8Array, channels: number, count: number): Uint8Array {
  const grey = new Uint8Array(count)
  for (let i = 0, j = 0; i < count; i++, j += channels)
    grey[i] = (Math.imul(data[j]!, 77) + Math.imul(data[j + 1]!, 150) + Math.imul(data[j + 2]!, 29)) >> 8
  return grey
}

function hasColour(rgb: Uint8Array, count: number): boolean {
  let coloured = 0
  let samples = 0
  for (let i = 0; i < count; i += 11) {
    samples++
    if (chroma(rgb, i * 3) > COLOUR_CHROMA) coloured++
  }
  return coloured > samples * COLOUR_SHARE
}
