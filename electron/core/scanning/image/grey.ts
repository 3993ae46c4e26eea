/** Small grey pictures of a page, on which everything about its geometry is decided. */
import sharp from 'sharp'
import { halve } from '../../documents/raster/halve.ts'
import type { CropBox, Quarter } from '../../../contract/core/page-adjust.ts'

export interface Grey {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** Pixels per inch. */
  readonly dpi: number
}

/** Half-open box in pixels. */
export interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const MM_PER_INCH = 25.4
export const pixels = (mm: number, dpi: number): number => (mm * dpi) / MM_PER_INCH
export const wholeBox = ({ width, height }: Grey): Box => ({ x0: 0, y0: 0, x1: width, y1: height })

/** Decisions are made at this resolution: text lines and codes are still whole, noise is averaged away. */
export const WORKING_DPI = 150
/** A2 at 600 dpi has 139 million pixels; more is a mistake or an attack. */
const MOST_PIXELS = 150_000_000

export interface LoadedGrey {
  grey: Grey
  /** Size of the original in pixels, upright by its EXIF orientation. */
  width: number
  height: number
  dpi: number
}

/**
 * Decodes a page upright, as grey, at about `toDpi` (never enlarged). JPEG is shrunk while it is decoded.
 * `dpi` is that of the file; without it the file's own note counts, or else the long side is taken for that of A4.
 * Throws what sharp throws for a damaged or foreign file.
 */
export async function loadGrey(
  source: string | Buffer,
  dpi?: number,
  toDpi = WORKING_DPI,
  page = 0,
): Promise<LoadedGrey> {
  const image = sharp(source, { sequentialRead: true, limitInputPixels: MOST_PIXELS, failOn: 'error', page })
  const { autoOrient, density, channels } = await image.metadata()
  const { width, height } = autoOrient
  const long = Math.max(width, height)
  const noted = density && long / density >= 2 && long / density <= 24 ? density : long / 11.69
  const own = dpi ?? noted
  const scale = Math.min(1, toDpi / own)
  // a grey page is decoded whole and halved here: the library's own ways to half of a JPEG take longer
  if (scale === 0.5 && channels === 1) {
    const data = await image.autoOrient().toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer()
    return { grey: { ...halve(data, width, height), dpi: toDpi }, width, height, dpi: own }
  }
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const data = await image
    .autoOrient()
    .resize(small.width, small.height, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: true })
    .greyscale()
    .raw()
    .toBuffer()
  return { grey: { data, ...small, dpi: own * scale }, width, height, dpi: own }
}

/** Averages blocks of `factor` x `factor` pixels. */
export function shrink(grey: Grey, factor: number): Grey {
  if (factor <= 1) return grey
  if (factor === 2) return { ...halve(grey.data, grey.width, grey.height), dpi: grey.dpi / 2 }
  const width = Math.max(1, Math.floor(grey.width / factor))
  const height = Math.max(1, Math.floor(grey.height / factor))
  const data = new Uint8Array(width * height)
  const rows = Math.min(factor, grey.height)
  const columns = Math.min(factor, grey.width)
  const share = 1 / (rows * columns)
  const sums = new Uint32Array(width)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < rows; dy++) {
      let at = (y * factor + dy) * grey.width
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (let dx = 0; dx < columns; dx++) sum += grey.data[at + dx]!
        sums[x]! += sum
        at += factor
      }
    }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! * share + 0.5
  }
  return { data, width, height, dpi: grey.dpi / factor }
}

/** The part of a picture in the box. */
export function cutGrey(grey: Grey, { x0, y0, x1, y1 }: Box): Grey {
  const [width, height] = [x1 - x0, y1 - y0]
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * grey.width + x0
    data.set(grey.data.subarray(from, from + width), y * width)
  }
  return { data, width, height, dpi: grey.dpi }
}

/** The same by shares of its sides; never outside of it and never empty. */
export function cutShare(grey: Grey, box: CropBox): Grey {
  const x0 = Math.min(grey.width - 1, Math.round(box.left * grey.width))
  const y0 = Math.min(grey.height - 1, Math.round(box.top * grey.height))
  const x1 = Math.min(grey.width, Math.max(x0 + 1, x0 + Math.round(box.width * grey.width)))
  const y1 = Math.min(grey.height, Math.max(y0 + 1, y0 + Math.round(box.height * grey.height)))
  return cutGrey(grey, { x0, y0, x1, y1 })
}

/** Turned clockwise by whole quarters. */
export function quarterTurn(grey: Grey, by: Quarter): Grey {
  const { data, width, height } = grey
  if (by === 0) return grey
  const turned = new Uint8Array(data.length)
  if (by === 180) for (let i = 0; i < data.length; i++) turned[i] = data[data.length - 1 - i]!
  else
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const to = by === 90 ? x * height + height - 1 - y : (width - 1 - x) * height + y
        turned[to] = data[y * width + x]!
      }
  return by === 180 ? { ...grey, data: turned } : { ...grey, data: turned, width: height, height: width }
}

/**
 * Turns a grey picture clockwise about its centre; the size stays, uncovered corners repeat the edge.
 * For measuring only: pages themselves are turned once, from the original.
 */
export function turnGrey(grey: Grey, degrees: number): Grey {
  if (degrees === 0) return grey
  const { width, height } = grey
  const from = grey.data
  const data = new Uint8Array(width * height)
  const rad = (degrees * Math.PI) / 180
  const cos = Math.cos(rad)
  const sin = Math.sin(rad)
  const cx = (width - 1) / 2
  const cy = (height - 1) / 2
  // places in 65536ths of a pixel, shares of neighbours in 256ths
  const fixed = (value: number): number => Math.round(value * 65536)
  const [stepX, stepY] = [fixed(cos), -fixed(sin)]
  const [rightmost, lowest] = [(width - 1) * 65536 - 1, (height - 1) * 65536 - 1]
  for (let y = 0, at = 0; y < height; y++) {
    let wantedX = fixed(sin * (y - cy) - cos * cx + cx)
    let wantedY = fixed(cos * (y - cy) + sin * cx + cy)
    for (let x = 0; x < width; x++, at++, wantedX += stepX, wantedY += stepY) {
      const sx = wantedX < 0 ? 0 : wantedX > rightmost ? Math.max(0, rightmost) : wantedX
      const sy = wantedY < 0 ? 0 : wantedY > lowest ? Math.max(0, lowest) : wantedY
      const fx = (sx >> 8) & 255
      const fy = (sy >> 8) & 255
      const i = (sy >> 16) * width + (sx >> 16)
      const below = i + (height > 1 ? width : 0)
      const right = width > 1 ? 1 : 0
      const top = from[i]! * (256 - fx) + from[i + right]! * fx
      const low = from[below]! * (256 - fx) + from[below + right]! * fx
      data[at] = (top * (256 - fy) + low * fy + 32768) >> 16
    }
  }
  return { ...grey, data }
}

/** The grey value below which the share `p` of the pixels in the box lies. */
export function percentile(grey: Grey, p: number, box: Box = wholeBox(grey)): number {
  const histogram = new Uint32Array(256)
  for (let y = box.y0; y < box.y1; y++)
    for (let x = box.x0; x < box.x1; x++) histogram[grey.data[y * grey.width + x]!]!++
  const wanted = Math.max(1, p * (box.x1 - box.x0) * (box.y1 - box.y0))
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += histogram[value]!
    if (seen >= wanted) return value
  }
  return 255
}

/** Mean over (2r+1)^2 pixels around each pixel, cut at the edges: two passes of running sums. `radius` is at most 128. */
export function boxMean(grey: Grey, radius: number): Float32Array {
  const { width, height } = grey
  const rows = rowSums(grey, radius)
  const [perColumn, perRow] = [shares(width, radius), shares(height, radius)]
  const out = new Float32Array(width * height)
  const sums = new Int32Array(width)
  const nothing = new Uint16Array(width)
  const row = (y: number): Uint16Array => (y >= 0 && y < height ? rows.subarray(y * width, (y + 1) * width) : nothing)
  for (let y = 0; y < radius; y++) {
    const entering = row(y)
    for (let x = 0; x < width; x++) sums[x]! += entering[x]!
  }
  for (let y = 0; y < height; y++) {
    const [entering, leaving] = [row(y + radius), row(y - radius - 1)]
    const means = out.subarray(y * width, (y + 1) * width)
    const share = perRow[y]!
    for (let x = 0; x < width; x++) {
      const sum = sums[x]! + entering[x]! - leaving[x]!
      sums[x] = sum
      means[x] = sum * perColumn[x]! * share
    }
  }
  return out
}

/** Of every pixel the sum of those up to `radius` to its left and right. */
function rowSums({ data, width, height }: Grey, radius: number): Uint16Array {
  const sums = new Uint16Array(width * height)
  const whole = width > 2 * radius
  for (let y = 0; y < height; y++) {
    const at = y * width
    const end = at + width
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[at + x]!
    // the middle of a row, where a pixel comes and another goes at each step, is nearly all of it
    const [first, last] = whole ? [at + radius + 1, end - radius] : [end, end]
    for (let i = at; i < Math.min(first, end); i++) {
      if (i + radius < end) sum += data[i + radius]!
      if (i - radius > at) sum -= data[i - radius - 1]!
      sums[i] = sum
    }
    for (let i = first; i < last; i++) {
      sum += data[i + radius]! - data[i - radius - 1]!
      sums[i] = sum
    }
    for (let i = Math.max(first, last); i < end; i++) {
      sum -= data[i - radius - 1]!
      sums[i] = sum
    }
  }
  return sums
}

/** One over how many of a side's pixels lie within `radius` of each. */
const shares = (size: number, radius: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => 1 / (Math.min(size - 1, i + radius) - Math.max(0, i - radius) + 1))
