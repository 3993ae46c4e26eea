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
  for (let y = 0; y < height; y++) {
    paperOfRow(paper, y, along)
    for (let i = 0; i < stride; i++) {
      const from = along[places.left[i]!]!
      levels[i] = Math.ceil(share * (from + (along[places.right[i]!]! - from) * places.weight[i]!))
    }
    thresholdRow(grey, y * width, width, levels, bits, y * stride)
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
  for (let y = 0; y < height; y++) thresholdRow(grey, y * width, width, levels, bitmap.bits, y * bitmap.stride)
  return bitmap
}

/** One row; `levels` holds the threshold of each eight pixels. */
function thresholdRow(
  grey: Uint8Array,
  from: number,
  width: number,
  levels: Uint8Array,
  bits: Uint8Array,
  to: number,
): void {
  const whole = width >> 3
  // A difference below zero has its high bits set: no branch, which text would mispredict at every edge.
  for (let i = 0, at = from; i < whole; i++, at += 8) {
    const level = levels[i]!
    bits[to + i] =
      (((grey[at]! - level) >>> 24) & 128) |
      (((grey[at + 1]! - level) >>> 25) & 64) |
      (((grey[at + 2]! - level) >>> 26) & 32) |
      (((grey[at + 3]! - level) >>> 27) & 16) |
      (((grey[at + 4]! - level) >>> 28) & 8) |
      (((grey[at + 5]! - level) >>> 29) & 4) |
      (((grey[at + 6]! - level) >>> 30) & 2) |
      ((grey[at + 7]! - level) >>> 31)
  }
  for (let x = whole * 8; x < width; x++) if (grey[from + x]! < levels[whole]!) bits[to + whole]! |= 128 >> (x & 7)
}
