import type { Paper } from './paper.ts'
import type { Raster } from './raster.ts'

/** Share of the paper's brightness that becomes full black, and that becomes full white. */
const BLACK_POINT = 0.18
const WHITE_POINT = 0.93

/** The grey page divided by its paper and stretched: 0 = solid ink, 255 = bare paper, whatever the light was. */
export function normalise({ grey, width, height }: Raster, paper: Paper): Uint8Array {
  const out = new Uint8Array(width * height)
  const { block, columns, rows } = paper
  const inverse = paper.level.map((level) => 255 / (Math.max(level, 1) * (WHITE_POINT - BLACK_POINT)))
  const offset = (BLACK_POINT * 255) / (WHITE_POINT - BLACK_POINT)
  const gains = new Float32Array(columns)
  const perPixel = new Float32Array(width)
  const columnsOf = between(width, block, columns)
  for (let y = 0; y < height; y++) {
    const place = Math.max(0, Math.min(rows - 1, (y + 0.5) / block - 0.5))
    const upper = Math.floor(place)
    const lower = Math.min(rows - 1, upper + 1)
    const weight = place - upper
    for (let c = 0; c < columns; c++)
      gains[c] = inverse[upper * columns + c]! * (1 - weight) + inverse[lower * columns + c]! * weight
    spread(gains, columnsOf, perPixel)
    const row = y * width
    for (let x = 0; x < width; x++) {
      const value = grey[row + x]! * perPixel[x]! - offset
      out[row + x] = value < 0 ? 0 : value > 255 ? 255 : value
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
