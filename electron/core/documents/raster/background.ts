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
 * the ink is drawn sharp. Each low-resolution pixel is the mean of the page's pixels that are not ink or next to ink;
 * where pictures stand, which are drawn over it by themselves, it is bare paper.
 */
export function inkFreeBackground(
  raster: Raster,
  normalised: Uint8Array,
  paper: Paper,
  pictures: readonly Rectangle[],
  dpi: number,
): Background {
  const { width, height, rgb, grey } = raster
  const scale = Math.min(1, dpi / raster.dpi)
  const outWidth = Math.max(1, Math.round(width * scale))
  const outHeight = Math.max(1, Math.round(height * scale))
  const firstOfCell = Int32Array.from({ length: outWidth + 1 }, (_, cell) => Math.ceil((cell * width) / outWidth))
  const channels = rgb ? 3 : 1
  const data = new Uint8Array(outWidth * outHeight * channels)
  const cells: Cells = { firstOfCell, sums: new Uint32Array(outWidth * channels), counts: new Uint32Array(outWidth) }
  const tint = rgb ? paperTint(rgb, normalised) : [1]
  const finishRow = (outY: number): void => {
    for (let x = 0; x < outWidth; x++)
      for (let k = 0; k < channels; k++) {
        const at = (outY * outWidth + x) * channels + k
        const count = cells.counts[x]!
        data[at] =
          count > 0 ? cells.sums[x * channels + k]! / count : paperAt(paper, x / outWidth, outY / outHeight) * tint[k]!
      }
    cells.sums.fill(0)
    cells.counts.fill(0)
  }
  const usable = new UsableRows(normalised, width, height, pictures)
  let outY = 0
  for (let y = 0; y < height; y++) {
    const target = Math.min(outHeight - 1, Math.floor((y * outHeight) / height))
    if (target !== outY) finishRow(outY)
    outY = target
    if (rgb) addColourRow(rgb, y * width, usable.row(y), cells)
    else addGreyRow(grey, y * width, usable.row(y), cells)
  }
  finishRow(outY)
  return { data, width: outWidth, height: outHeight, channels }
}

/** One row of low-resolution pixels in the making. */
interface Cells {
  /** First pixel of each cell, and the end of the last. */
  readonly firstOfCell: Int32Array
  readonly sums: Uint32Array
  readonly counts: Uint32Array
}

function addGreyRow(grey: Uint8Array, row: number, usable: Int8Array, { firstOfCell, sums, counts }: Cells): void {
  for (let cell = 0; cell < counts.length; cell++) {
    let sum = 0
    let count = 0
    for (let x = firstOfCell[cell]!, end = firstOfCell[cell + 1]!; x < end; x++) {
      sum += grey[row + x]! & usable[x]!
      count -= usable[x]!
    }
    sums[cell]! += sum
    counts[cell]! += count
  }
}

function addColourRow(rgb: Uint8Array, row: number, usable: Int8Array, { firstOfCell, sums, counts }: Cells): void {
  for (let cell = 0; cell < counts.length; cell++) {
    let r = 0
    let g = 0
    let b = 0
    let count = 0
    for (let x = firstOfCell[cell]!, end = firstOfCell[cell + 1]!; x < end; x++) {
      const mask = usable[x]!
      const from = Math.imul(row + x, 3)
      r += rgb[from]! & mask
      g += rgb[from + 1]! & mask
      b += rgb[from + 2]! & mask
      count -= mask
    }
    sums[cell * 3]! += r
    sums[cell * 3 + 1]! += g
    sums[cell * 3 + 2]! += b
    counts[cell]! += count
  }
}

/**
 * Masks of a page's rows in turn: -1 (all bits) where a pixel and its eight neighbours are free of ink and no picture
 * stands; else 0.
 */
class UsableRows {
  readonly #normalised: Uint8Array
  readonly #width: number
  readonly #height: number
  readonly #pictures: readonly Rectangle[]
  /** Four masks a word. For rows y-1, y and y+1 (modulo 3): -1 where the pixel and those beside it are free of ink. */
  readonly #free: readonly [Int32Array, Int32Array, Int32Array]
  readonly #words: Int32Array
  readonly #row: Int8Array

  constructor(normalised: Uint8Array, width: number, height: number, pictures: readonly Rectangle[]) {
    this.#normalised = normalised
    this.#width = width
    this.#height = height
    this.#pictures = pictures
    const words = (): Int32Array<ArrayBuffer> => new Int32Array((width + 3) >> 2).fill(-1)
    this.#free = [words(), words(), words()]
    const row = words()
    this.#words = row
    this.#row = new Int8Array(row.buffer)
    this.#look(0)
  }

  /** To be asked for every row from the first on. */
  row(y: number): Int8Array {
    this.#look(y + 1)
    const [one, two, three] = this.#free
    const words = this.#words
    for (let i = 0; i < words.length; i++) words[i] = one[i]! & two[i]! & three[i]!
    for (const { x0, y0, x1, y1 } of this.#pictures) if (y >= y0 && y < y1) this.#row.fill(0, x0, x1)
    return this.#row
  }

  /** Takes row y in; it stands in for the one three rows above. */
  #look(y: number): void {
    const words = this.#free[(y % 3) as 0 | 1 | 2]
    if (y >= this.#height) {
      words.fill(-1)
      return
    }
    const free = new Int8Array(words.buffer)
    const normalised = this.#normalised
    const last = this.#width - 1
    const row = y * this.#width
    // A difference below zero has all its bits set when shifted by eight.
    let before = -1
    let here = (INK_EDGE - 1 - normalised[row]!) >> 8
    for (let x = 0; x < last; x++) {
      const after = (INK_EDGE - 1 - normalised[row + x + 1]!) >> 8
      free[x] = before & here & after
      before = here
      here = after
    }
    free[last] = before & here
  }
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
