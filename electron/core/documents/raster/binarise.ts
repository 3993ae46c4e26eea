import { clearRectangle, createBitmap, type Bitmap } from '../bilevel/bitmap.ts'
import { despeckle } from '../bilevel/despeckle.ts'
import { withKernels } from '../kernels/kernels.ts'
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
  const places = placesOfBytes(stride, paper)
  const share = shareOfPaper(INK_THRESHOLD)
  withKernels(({ run, take, bytes, words, doubles }) => {
    const pixels = take(width)
    const [left, right, weight] = [take(stride * 4), take(stride * 4), take(stride * 8)]
    const along = take(paper.columns * 8)
    const levels = take(stride)
    const out = take(stride)
    words(left, stride).set(places.left)
    words(right, stride).set(places.right)
    doubles(weight, stride).set(places.weight)
    const [row, line, made] = [bytes(pixels, width), doubles(along, paper.columns), bytes(out, stride)]
    for (let y = 0; y < height; y++) {
      paperOfRow(paper, y, line)
      run.thresholdsOfRow(along, left, right, weight, share, stride, levels)
      row.set(grey.subarray(y * width, (y + 1) * width))
      run.inkOfRow(pixels, levels, width, out)
      bits.set(made, y * stride)
    }
  })
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
  const { bits, stride } = bitmap
  withKernels(({ run, take, bytes }) => {
    const [pixels, levels, out] = [take(width), take(stride), take(stride)]
    bytes(levels, stride).fill(level)
    const [row, made] = [bytes(pixels, width), bytes(out, stride)]
    for (let y = 0; y < height; y++) {
      row.set(grey.subarray(y * width, (y + 1) * width))
      run.inkOfRow(pixels, levels, width, out)
      bits.set(made, y * stride)
    }
  })
  return bitmap
}
