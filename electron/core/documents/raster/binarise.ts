import { clearRectangle, createBitmap, type Bitmap } from '../bilevel/bitmap.ts'
import { despeckle } from '../bilevel/despeckle.ts'
import { shareOfPaper } from './normalise.ts'
import { paperOfRow, type Paper } from './paper.ts'
import type { Raster, Rectangle } from './raster.ts'

/**
 * Normalised level below which a pixel is ink. Measured: OCR of Chinese falls from F1 .996 at 170 to .91 at 138 while
 * the likeness (SSIM) hardly moves, because thin strokes break first.
 */
export const INK_THRESHOLD = 170
/** Dust smaller than this many pixels at 300 dpi is dropped; a full stop has about 40. */
const DUST_AREA_300 = 6

/**
 * The ink of a page outside its pictures, without dust: where the normalised page would be darker than the threshold,
 * found without making one.
 */
export function binarise(raster: Raster, paper: Paper, pictures: readonly Rectangle[]): Bitmap {
  const { grey, width, height, dpi } = raster
  const bitmap = createBitmap(width, height)
  const { bits, stride } = bitmap
  const along = new Float64Array(paper.columns)
  const levels = new Uint8Array(stride)
  const places = placesOfBytes(stride, paper)
  const share = shareOfPaper(INK_THRESHOLD)
  const thresholdRow = thresholder(width)
  for (let y = 0; y < height; y++) {
    paperOfRow(paper, y, along)
    for (let i = 0; i < stride; i++) {
      const from = along[places.left[i]!]!
      levels[i] = Math.ceil(share * (from + (along[places.right[i]!]! - from) * places.weight[i]!))
    }
    thresholdRow(grey.subarray(y * width, (y + 1) * width), levels, bits, y * stride)
  }
  return withoutDirt(bitmap, pictures, dpi)
}

/** Between which block centres, and how far, the middle of each byte of a bitmap's row lies. */
function placesOfBytes(
  stride: number,
  { block, columns }: Paper,
): { left: Int32Array; right: Int32Array; weight: Float64Array } {
  const left = new Int32Array(stride)
  const right = new Int32Array(stride)
  const weight = new Float64Array(stride)
  for (let i = 0; i < stride; i++) {
    const place = Math.max(0, Math.min(columns - 1, (i * 8 + 4) / block - 0.5))
    left[i] = Math.floor(place)
    right[i] = Math.min(columns - 1, left[i]! + 1)
    weight[i] = place - left[i]!
  }
  return { left, right, weight }
}

/** The same of a page that is normalised already. */
export function binariseNormalised(
  normalised: Uint8Array,
  width: number,
  height: number,
  pictures: readonly Rectangle[],
  dpi: number,
): Bitmap {
  return withoutDirt(threshold(normalised, width, height, INK_THRESHOLD), pictures, dpi)
}

function withoutDirt(bitmap: Bitmap, pictures: readonly Rectangle[], dpi: number): Bitmap {
  for (const { x0, y0, x1, y1 } of pictures) clearRectangle(bitmap, x0, y0, x1, y1)
  despeckle(bitmap, Math.max(2, Math.round(DUST_AREA_300 * (dpi / 300) ** 2)))
  return bitmap
}

/** Black where a sample is below `level` (at most 255). */
export function threshold(grey: Uint8Array, width: number, height: number, level: number): Bitmap {
  const bitmap = createBitmap(width, height)
  const levels = new Uint8Array(bitmap.stride).fill(level)
  const thresholdRow = thresholder(width)
  for (let y = 0; y < height; y++)
    thresholdRow(grey.subarray(y * width, (y + 1) * width), levels, bitmap.bits, y * bitmap.stride)
  return bitmap
}

/** Brings the high bits of a word's four bytes together, the first pixel's, which is the lowest byte's, highest. */
const GATHER = (1 << 27) | (1 << 18) | (1 << 9) | 1
const HIGH = 0x80808080 | 0
const LOW = 0x7f7f7f7f

/**
 * Of a page `width` wide, a row at a time into bits; `levels` holds the threshold of each eight pixels. Four pixels are
 * compared at once, without a branch, which text would mispredict at every edge.
 */
function thresholder(width: number): (row: Uint8Array, levels: Uint8Array, bits: Uint8Array, to: number) => void {
  const stride = (width + 7) >> 3
  // A row of any width begins at a word's start here; what is left over is white.
  const pixels = new Uint8Array(stride * 8).fill(255)
  const words = new Int32Array(pixels.buffer)
  return (row, levels, bits, to) => {
    pixels.set(row)
    for (let i = 0; i < stride; i++) {
      const level = Math.imul(levels[i]!, 0x01010101)
      bits[to + i] = (less(words[2 * i]!, level) << 4) | less(words[2 * i + 1]!, level)
    }
  }
}

/** Which of a word's four bytes are less than those of another, as four bits. */
function less(word: number, level: number): number {
  const rest = ((word | HIGH) - (level & LOW)) | 0
  const lower = ((~word & level) | (~(word ^ level) & ~rest)) & HIGH
  return Math.imul(lower >>> 7, GATHER) >>> 24
}
