import { paperOfRow, type Paper } from './paper.ts'
import type { Raster } from './raster.ts'

/** Share of the paper's brightness that becomes full black, and that becomes full white. */
const BLACK_POINT = 0.18
const WHITE_POINT = 0.93
/** Gains are integers of so many binary places: a paper level of 1 times a sample of 255 still fits 31 bits. */
const PLACES = 14

/** The share of the paper's brightness that `normalise` maps to a level. */
export const shareOfPaper = (level: number): number => BLACK_POINT + (level / 255) * (WHITE_POINT - BLACK_POINT)

/** The grey page divided by its paper and stretched: 0 = solid ink, 255 = bare paper, whatever the light was. */
export function normalise({ grey, width, height }: Raster, paper: Paper): Uint8Array {
  const out = new Uint8ClampedArray(width * height)
  const unit = 2 ** PLACES
  const offset = Math.round((unit * BLACK_POINT * 255) / (WHITE_POINT - BLACK_POINT))
  const gains = new Float64Array(paper.columns)
  for (let y = 0; y < height; y++) {
    paperOfRow(paper, y, gains)
    for (let c = 0; c < gains.length; c++)
      gains[c] = (unit * 255) / (Math.max(1, gains[c]!) * (WHITE_POINT - BLACK_POINT))
    normaliseRow(grey, y * width, width, out, gains, paper.block, offset)
  }
  return new Uint8Array(out.buffer)
}

/** One row, whose gains are given at the centres of blocks: linear between them, constant outside the outer ones. */
function normaliseRow(
  grey: Uint8Array,
  row: number,
  width: number,
  out: Uint8ClampedArray,
  gains: Float64Array,
  block: number,
  offset: number,
): void {
  const half = block >> 1
  for (let c = -1; c < gains.length; c++) {
    const from = gains[Math.max(0, c)]!
    const slope = (gains[Math.min(gains.length - 1, c + 1)]! - from) / block
    // Integers, so that the loop stays free of conversions.
    const rise = slope | 0
    let gain = (from + slope / 2) | 0
    const end = row + (c === gains.length - 1 ? width : Math.min(width, (c + 1) * block + half))
    for (let i = row + Math.max(0, c * block + half); i < end; i++) {
      out[i] = (Math.imul(grey[i]!, gain) - offset) >> PLACES
      gain += rise
    }
  }
}
