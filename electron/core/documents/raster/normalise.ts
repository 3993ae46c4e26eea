import type { Paper } from './paper.ts'
import type { Raster } from './raster.ts'

/** Share of the paper's brightness that becomes full black, and that becomes full white. */
const BLACK_POINT = 0.18
const WHITE_POINT = 0.93

/** Gains are integers of so many binary places: a paper level of 1 times a sample of 255 still fits 31 bits. */
const PLACES = 14

/** The grey page divided by its paper and stretched: 0 = solid ink, 255 = bare paper, whatever the light was. */
export function normalise({ grey, width, height }: Raster, paper: Paper): Uint8Array {
  const out = new Uint8ClampedArray(width * height)
  const { block, columns, rows } = paper
  const unit = 2 ** PLACES
  const inverse = paper.level.map((level) => (unit * 255) / (Math.max(level, 1) * (WHITE_POINT - BLACK_POINT)))
  const offset = Math.round((unit * BLACK_POINT * 255) / (WHITE_POINT - BLACK_POINT))
  const gains = new Float64Array(columns)
  for (let y = 0; y < height; y++) {
    const place = Math.max(0, Math.min(rows - 1, (y + 0.5) / block - 0.5))
    const upper = Math.floor(place)
    const lower = Math.min(rows - 1, upper + 1)
    const weight = place - upper
    for (let c = 0; c < columns; c++)
      gains[c] = inverse[upper * columns + c]! * (1 - weight) + inverse[lower * columns + c]! * weight
    normaliseRow(grey, y * width, width, out, gains, block, offset)
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
    const to = gains[Math.min(gains.length - 1, c + 1)]!
    const step = ((to - from) / block) | 0
    let gain = (from + (to - from) / (2 * block)) | 0
    const end = row + (c === gains.length - 1 ? width : Math.min(width, (c + 1) * block + half))
    for (let i = row + Math.max(0, c * block + half); i < end; i++) {
      out[i] = (Math.imul(grey[i]!, gain) - offset) >> PLACES
      gain += step
    }
  }
}
