import type { Paper } from './paper.ts'
import type { Raster, Rectangle } from './raster.ts'

/** Normalised level below which a pixel belongs to ink or its blurred edge and must not darken the background. */
const INK_EDGE = 225
/** Bare paper is a little darker than the percentile by which it is estimated. */
const PAPER_TONE = 0.985

export interface Background {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/**
 * The page at low resolution with its ink taken out and paper put in: the lower layer of the "paper look", over which
 * the ink is drawn sharp. Each low-resolution pixel is the mean of the page's pixels that are not ink or next to ink.
 */
export function inkFreeBackground(
  raster: Raster,
  normalised: Uint8Array,
  paper: Paper,
  pictures: readonly Rectangle[],
  dpi: number,
): Background {
  const { width, height, rgb, grey } = raster
  const channels = rgb ? 3 : 1
  const source = rgb ?? grey
  const scale = Math.min(1, dpi / raster.dpi)
  const outWidth = Math.max(1, Math.round(width * scale))
  const outHeight = Math.max(1, Math.round(height * scale))
  const columnOf = Int32Array.from({ length: width }, (_, x) =>
    Math.min(outWidth - 1, Math.floor((x * outWidth) / width)),
  )
  const data = new Uint8Array(outWidth * outHeight * channels)
  const sums = new Float64Array(outWidth * channels)
  const counts = new Uint32Array(outWidth)
  const tint = rgb ? paperTint(rgb, normalised) : [1]
  const usable = new Uint8Array(width)
  const finishRow = (outY: number): void => {
    for (let x = 0; x < outWidth; x++)
      for (let k = 0; k < channels; k++) {
        const at = (outY * outWidth + x) * channels + k
        data[at] =
          counts[x]! > 0
            ? sums[x * channels + k]! / counts[x]!
            : paperAt(paper, x / outWidth, outY / outHeight) * tint[k]!
      }
    sums.fill(0)
    counts.fill(0)
  }
  let outY = 0
  for (let y = 0; y < height; y++) {
    const target = Math.min(outHeight - 1, Math.floor((y * outHeight) / height))
    if (target !== outY) finishRow(outY)
    outY = target
    markUsable(normalised, width, height, y, pictures, usable)
    for (let x = 0; x < width; x++) {
      if (!usable[x]) continue
      const cell = columnOf[x]!
      const from = (y * width + x) * channels
      for (let k = 0; k < channels; k++) sums[cell * channels + k]! += source[from + k]!
      counts[cell]!++
    }
  }
  finishRow(outY)
  return { data, width: outWidth, height: outHeight, channels }
}

/** 1 where a pixel of row y and its eight neighbours are free of ink, or where it lies in a picture. */
function markUsable(
  normalised: Uint8Array,
  width: number,
  height: number,
  y: number,
  pictures: readonly Rectangle[],
  usable: Uint8Array,
): void {
  usable.fill(1)
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
    for (let x = 0, i = row * width; x < width; x++, i++)
      if (normalised[i]! < INK_EDGE) {
        usable[x] = 0
        if (x > 0) usable[x - 1] = 0
        if (x + 1 < width) usable[x + 1] = 0
      }
  for (const { x0, y0, x1, y1 } of pictures) if (y >= y0 && y < y1) usable.fill(1, x0, x1)
}

function paperAt(paper: Paper, x: number, y: number): number {
  const column = Math.min(paper.columns - 1, Math.floor(x * paper.columns))
  const row = Math.min(paper.rows - 1, Math.floor(y * paper.rows))
  return Math.min(255, paper.level[row * paper.columns + column]! * PAPER_TONE)
}

/** The paper's colour as factors of its grey level. */
function paperTint(rgb: Uint8Array, normalised: Uint8Array): [number, number, number] {
  const sum = [0, 0, 0]
  for (let i = 0; i < normalised.length; i += 97)
    if (normalised[i]! > 230) for (let k = 0; k < 3; k++) sum[k]! += rgb[i * 3 + k]!
  const luma = (sum[0]! * 77 + sum[1]! * 150 + sum[2]! * 29) / 256 || 1
  return luma === 1 ? [1, 1, 1] : [sum[0]! / luma, sum[1]! / luma, sum[2]! / luma]
}
