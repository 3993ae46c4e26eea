import { estimatePaper, type Paper } from './paper.ts'
import type { Raster } from './raster.ts'

/** Paper comes out this bright: white, yet with room for its grain. */
const PAPER_WHITE = 246

/** The page as it would look in even light: every pixel brightened as much as its paper is in shade. Colours keep their hue. */
export function evenLight(raster: Raster): Raster {
  const { grey, rgb, width, height } = raster
  const paper = estimatePaper(raster)
  const levels = new Float64Array(paper.columns)
  const gains = new Float32Array(width)
  const outGrey = new Uint8ClampedArray(grey.length)
  const outRgb = rgb && new Uint8ClampedArray(rgb.length)
  for (let y = 0; y < height; y++) {
    levelsOfRow(paper, y, levels)
    for (let x = 0; x < width; x++) {
      const place = Math.max(0, Math.min(paper.columns - 1, (x + 0.5) / paper.block - 0.5))
      const left = Math.floor(place)
      const right = Math.min(paper.columns - 1, left + 1)
      gains[x] = PAPER_WHITE / Math.max(1, levels[left]! + (levels[right]! - levels[left]!) * (place - left))
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const gain = gains[x]!
      outGrey[i] = grey[i]! * gain
      if (!outRgb) continue
      for (let c = i * 3; c < i * 3 + 3; c++) outRgb[c] = rgb![c]! * gain
    }
  }
  const bytes = (clamped: Uint8ClampedArray) => new Uint8Array(clamped.buffer)
  return { ...raster, grey: bytes(outGrey), rgb: outRgb && bytes(outRgb) }
}

/** Paper level at the centres of the blocks of one row of pixels, linear between rows of blocks. */
function levelsOfRow({ level, block, columns, rows }: Paper, y: number, out: Float64Array): void {
  const place = Math.max(0, Math.min(rows - 1, (y + 0.5) / block - 0.5))
  const upper = Math.floor(place)
  const lower = Math.min(rows - 1, upper + 1)
  for (let c = 0; c < columns; c++) {
    const above = level[upper * columns + c]!
    out[c] = above + (level[lower * columns + c]! - above) * (place - upper)
  }
}
