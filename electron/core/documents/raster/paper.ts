import { type Kernels, withKernels } from '../kernels/kernels.ts'
import { blockSize, type Raster } from './raster.ts'

/** How bright the bare paper is all over the page, in blocks of `block` pixels. */
export interface Paper {
  readonly block: number
  readonly columns: number
  readonly rows: number
  /** Grey level of paper per block, smoothed; filled from the surroundings where a block shows none. */
  readonly level: Float32Array
  /** Grey level of the page's brightest paper. */
  readonly white: number
}

/** Share of a block that may be ink before it stops telling the paper's level. */
const PAPER_PERCENTILE = 0.75
/** A block darker than this share of the page's white is a picture or solid ink, not paper in shade. */
const PAPER_FLOOR = 0.8

/** Estimates uneven paper brightness, so that shade near a book's spine does not turn into ink. */
export function estimatePaper({ grey, width, height, dpi }: Raster): Paper {
  const block = blockSize(dpi)
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const level = new Float32Array(columns * rows)
  const brightness = new Uint32Array(256)
  withKernels(({ run, take, bytes }) => {
    const pixels = take(block * width)
    const [histogram, found] = [take(2048), take(columns)]
    for (let row = 0; row < rows; row++) {
      const strip = grey.subarray(row * block * width, (row + 1) * block * width)
      bytes(pixels, strip.length).set(strip)
      run.upperLevels(pixels, width, strip.length / width, block, 1 - PAPER_PERCENTILE, histogram, found)
      level.set(bytes(found, columns), row * columns)
    }
  })
  for (const value of level) brightness[value]!++
  const white = Math.max(1, upperPercentile(brightness, columns * rows * 0.1))
  const known = Uint8Array.from(level, (value) => (value > white * PAPER_FLOOR ? 1 : 0))
  fillUnknown(level, known, columns, rows, white)
  return { block, columns, rows, level: smooth(level, columns, rows), white }
}

/** Tells the kernels of the paper. */
export function lendPaper({ run, take, floats }: Kernels, { block, columns, rows, level }: Paper): void {
  const at = take(level.byteLength)
  floats(at, level.length).set(level)
  run.usePaper(at, columns, rows, block, take(columns * 8))
}

/** The paper's level along row y, at the centres of its blocks; linear between rows of blocks. */
export function paperOfRow({ block, columns, rows, level }: Paper, y: number, out: Float64Array): void {
  const place = Math.max(0, Math.min(rows - 1, (y + 0.5) / block - 0.5))
  const upper = Math.floor(place)
  const weight = place - upper
  const above = upper * columns
  const below = Math.min(rows - 1, upper + 1) * columns
  for (let c = 0; c < columns; c++) out[c] = level[above + c]! * (1 - weight) + level[below + c]! * weight
}

/** The highest value that at least `count` entries reach. */
function upperPercentile(histogram: Uint32Array, count: number): number {
  let sum = 0
  for (let value = 255; value > 0; value--) {
    sum += histogram[value]!
    if (sum >= count) return value
  }
  return 0
}

/** Lets the known levels diffuse into the unknown blocks. */
function fillUnknown(level: Float32Array, known: Uint8Array, columns: number, rows: number, white: number): void {
  for (let i = 0; i < level.length; i++) if (!known[i]) level[i] = white
  for (let round = 0; round < 40; round++) {
    let moved = false
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const i = y * columns + x
        if (known[i]) continue
        const up = level[y > 0 ? i - columns : i]!
        const down = level[y < rows - 1 ? i + columns : i]!
        const left = level[x > 0 ? i - 1 : i]!
        const right = level[x < columns - 1 ? i + 1 : i]!
        const mean = (up + down + left + right) / 4
        if (Math.abs(mean - level[i]!) > 0.5) moved = true
        level[i] = mean
      }
    if (!moved) return
  }
}

/** Mean over 3 x 3 blocks. */
function smooth(level: Float32Array, columns: number, rows: number): Float32Array {
  return level.map((_, i) => {
    const x = i % columns
    const y = (i - x) / columns
    let sum = 0
    let count = 0
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
        sum += level[ny * columns + nx]!
        count++
      }
    return sum / count
  })
}
