import { withKernels } from '../kernels/kernels.ts'
import type { Raster, Rectangle } from './raster.ts'
import { shareOfPaper } from './normalise.ts'
import { lendPaper, type Paper } from './paper.ts'

/** Normalised levels that are neither ink nor paper: photographs are full of them, text has them at its edges only. */
const DARK = 40
const LIGHT = 215
const MID_TONE_SHARE = 0.55
const NOT_PAPER_SHARE = 0.9
const COLOURED = 48
const COLOURED_SHARE = 0.6
/** In blocks (2.7 mm): smaller finds are stains, initials or bold headings and stay in the bilevel layer. */
const MINIMUM_BLOCKS = 12
const MINIMUM_COLUMNS = 4
const MINIMUM_ROWS = 3
const MINIMUM_FILL = 0.25
/** Blocks this far apart belong to one picture. */
const REACH = 2

/** Finds photographs, shaded and coloured areas: what must not be reduced to black and white. */
export function findPictures(raster: Raster, paper: Paper): Rectangle[] {
  const { width, height } = raster
  const { block, columns, rows } = paper
  const marked = markBlocks(raster, paper)
  const near = dilate(marked, columns, rows)
  const margin = block >> 1
  const found: Rectangle[] = []
  for (const group of groups(near, columns, rows)) {
    const inside = group.filter((i) => marked[i])
    if (inside.length < MINIMUM_BLOCKS) continue
    const xs = inside.map((i) => i % columns)
    const ys = inside.map((i) => Math.floor(i / columns))
    const [left, right] = extent(xs)
    const [top, bottom] = extent(ys)
    const across = right - left + 1
    const down = bottom - top + 1
    if (across < MINIMUM_COLUMNS || down < MINIMUM_ROWS || inside.length / (across * down) <= MINIMUM_FILL) continue
    found.push({
      x0: Math.max(0, left * block - margin),
      y0: Math.max(0, top * block - margin),
      x1: Math.min(width, (right + 1) * block + margin),
      y1: Math.min(height, (bottom + 1) * block + margin),
    })
  }
  return mergeOverlapping(found)
}

/** What is counted of a block: pixels looked at, dark ones, those that are not bare paper. */
const COUNTS = 3

/** Looks at every second pixel both ways; what is dark is told by the paper's level around it. */
function markBlocks({ grey, rgb, width, height }: Raster, paper: Paper): Uint8Array {
  const { block, columns, rows } = paper
  const marked = new Uint8Array(columns * rows)
  withKernels((kernels) => {
    const { run, take, bytes, words } = kernels
    lendPaper(kernels, paper)
    const [pixels, colours] = [take(block * width), take(rgb ? block * width * 3 : 0)]
    const [tones, tints] = [take(columns * COUNTS * 4), take(columns * 4)]
    const [counts, coloured] = [words(tones, columns * COUNTS), words(tints, columns)]
    for (let blockRow = 0; blockRow < rows; blockRow++) {
      counts.fill(0)
      coloured.fill(0)
      const y = blockRow * block
      const count = Math.min(block, height - y)
      bytes(pixels, count * width).set(grey.subarray(y * width, (y + count) * width))
      run.countTones(pixels, width, y, count, shareOfPaper(DARK), shareOfPaper(LIGHT), tones)
      if (rgb) {
        bytes(colours, count * width * 3).set(rgb.subarray(y * width * 3, (y + count) * width * 3))
        run.countColoured(colours, width, count, COLOURED, tints)
      }
      for (let column = 0; column < columns; column++) {
        const at = column * COUNTS
        const samples = counts[at]!
        const dark = counts[at + 1]!
        const notPaper = counts[at + 2]!
        if (
          notPaper - dark > samples * MID_TONE_SHARE ||
          notPaper > samples * NOT_PAPER_SHARE ||
          coloured[column]! > samples * COLOURED_SHARE
        )
          marked[blockRow * columns + column] = 1
      }
    }
  })
  return marked
}

function dilate(marked: Uint8Array, columns: number, rows: number): Uint8Array {
  const out = new Uint8Array(marked.length)
  marked.forEach((value, i) => {
    if (!value) return
    const x = i % columns
    const y = (i - x) / columns
    for (let ny = Math.max(0, y - REACH); ny <= Math.min(rows - 1, y + REACH); ny++)
      out.fill(1, ny * columns + Math.max(0, x - REACH), ny * columns + Math.min(columns, x + REACH + 1))
  })
  return out
}

/** The 4-connected groups of set blocks, as lists of indices. */
function groups(set: Uint8Array, columns: number, rows: number): number[][] {
  const seen = new Uint8Array(set.length)
  const out: number[][] = []
  for (let start = 0; start < set.length; start++) {
    if (!set[start] || seen[start]) continue
    seen[start] = 1
    const group = [start]
    for (let next = 0; next < group.length; next++) {
      const i = group[next]!
      const x = i % columns
      const y = (i - x) / columns
      const neighbours = [x > 0 ? i - 1 : -1, x < columns - 1 ? i + 1 : -1, y > 0 ? i - columns : -1]
      neighbours.push(y < rows - 1 ? i + columns : -1)
      for (const n of neighbours)
        if (n >= 0 && set[n] && !seen[n]) {
          seen[n] = 1
          group.push(n)
        }
    }
    out.push(group)
  }
  return out
}

function extent(values: number[]): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/** Joins rectangles until none overlap, so that no part of the page is stored twice. */
export function mergeOverlapping(rectangles: Rectangle[]): Rectangle[] {
  const out: Rectangle[] = []
  for (const next of rectangles) {
    const joined = { ...next }
    for (let i = 0; i < out.length;) {
      const other = out[i]!
      if (joined.x0 < other.x1 && other.x0 < joined.x1 && joined.y0 < other.y1 && other.y0 < joined.y1) {
        joined.x0 = Math.min(joined.x0, other.x0)
        joined.y0 = Math.min(joined.y0, other.y0)
        joined.x1 = Math.max(joined.x1, other.x1)
        joined.y1 = Math.max(joined.y1, other.y1)
        out.splice(i, 1)
        i = 0
      } else i++
    }
    out.push(joined)
  }
  return out
}
