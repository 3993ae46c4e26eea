import type { Paper } from './paper.ts'
import type { Raster } from './raster.ts'

/** Share of the paper's brightness that becomes full black, and that becomes full white. */
const BLACK_POINT = 0.18
const WHITE_POINT = 0.93

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
  return out
}

interface Between {
  /** The block whose centre lies to the left of each pixel. */
  readonly left: Int32Array
  /** How far the pixel lies towards the next centre, 0 to 1. */
  readonly weight: Float32Array
}

/** Places of pixels between block centres; constant outside the outer centres. The same for every row. */
function between(width: number, block: number, columns: number): Between {
  const left = new Int32Array(width)
  const weight = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const place = Math.max(0, Math.min(columns - 1, (x + 0.5) / block - 0.5))
    left[x] = Math.min(Math.floor(place), Math.max(0, columns - 2))
    weight[x] = place - left[x]!
  }
  return { left, weight }
}

/** Linear interpolation between block centres. */
function spread(gains: Float32Array, { left, weight }: Between, perPixel: Float32Array): void {
  for (let x = 0; x < perPixel.length; x++) {
    const from = gains[left[x]!]!
    perPixel[x] = weight[x] === 0 ? from : from + (gains[left[x]! + 1]! - from) * weight[x]!
  }
}
