import { createBitmap, type Bitmap } from '../bilevel/bitmap.ts'
import { shareOfPaper } from './normalise.ts'
import type { Paper } from './paper.ts'
import { chroma, type Raster } from './raster.ts'

/** Largest side in pixels of one colour cell; the layer costs about a kilobyte a page. */
const INK_CELL = 16
/** Ink pixels darker than this (of a normalised page) show the ink's own colour, not its blurred edge. */
const CORE_LEVEL = 90
const COLOURED = 50
/** Share of coloured ink below which a page's ink is simply black. */
const COLOURED_INK_SHARE = 0.004

export interface InkColours {
  readonly rgb: Uint8Array
  readonly columns: number
  readonly rows: number
}

/** Which of `size` places each of `count` evenly spread ones falls on: the ink may be finer or coarser than the page. */
const spread = (count: number, size: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => Math.floor((i * size) / count))

/** Does the page carry coloured ink, such as blue headings or red seals? Looks at every third pixel both ways. */
export function hasColouredInk({ rgb, width, height }: Raster, ink: Bitmap): boolean {
  if (!rgb) return false
  const xs = spread(ink.width, width)
  const ys = spread(ink.height, height)
  let inked = 0
  let coloured = 0
  for (let y = 0; y < ink.height; y += 3)
    for (let x = 0; x < ink.width; x += 3) {
      if (!(ink.bits[y * ink.stride + (x >> 3)]! & (128 >> (x & 7)))) continue
      inked++
      if (chroma(rgb, (ys[y]! * width + xs[x]!) * 3) > COLOURED) coloured++
    }
  return coloured > inked * COLOURED_INK_SHARE
}

type ColourRaster = Raster & { readonly rgb: Uint8Array }

/**
 * Mean ink colour per cell, spread over cells without ink so that a coarse JPEG of it stays smooth.
 * `pure` turns nearly grey ink into black and deepens coloured ink, as printing ink on white paper looks.
 */
export function inkColours(raster: ColourRaster, paper: Paper, ink: Bitmap, pure: boolean): InkColours {
  const columns = Math.ceil(raster.width / INK_CELL)
  const rows = Math.ceil(raster.height / INK_CELL)
  const { sums, counts } = sumInk(raster, paper, ink, columns, rows)
  const colours = new Uint8Array(columns * rows * 3)
  const known: number[] = []
  for (let cell = 0; cell < columns * rows; cell++) {
    const count = counts[cell]!
    if (count <= 3) continue
    for (let k = 0; k < 3; k++) colours[cell * 3 + k] = sums[cell * 3 + k]! / count
    if (pure) {
      const grey = chroma(colours, cell * 3) < 36
      for (let k = cell * 3; k < cell * 3 + 3; k++) colours[k] = grey ? 0 : Math.max(0, (colours[k]! - 30) * 1.15)
    }
    known.push(cell)
  }
  spreadOver(colours, known, columns, rows)
  return { rgb: colours, columns, rows }
}

/**
 * The ink of cells that are coloured, and all other ink. Viewers draw a mask of one colour with smooth edges and a
 * coarse image through a mask without them, so only what needs a colour of its own is drawn that way.
 */
export function splitByColour(ink: Bitmap, { rgb, columns, rows }: InkColours): { coloured: Bitmap; plain: Bitmap } {
  const coloured = createBitmap(ink.width, ink.height)
  const plain = createBitmap(ink.width, ink.height)
  const cellOf = spread(ink.width, columns)
  const isColoured = Uint8Array.from({ length: columns * rows }, (_, cell) => Number(chroma(rgb, cell * 3) > COLOURED))
  for (let y = 0; y < ink.height; y++) {
    const row = Math.floor((y * rows) / ink.height) * columns
    for (let i = 0; i < ink.stride; i++) {
      const at = y * ink.stride + i
      const byte = ink.bits[at]!
      let mask = 0
      for (let bit = 0; byte !== 0 && bit < 8 && i * 8 + bit < ink.width; bit++)
        if (isColoured[row + cellOf[i * 8 + bit]!]) mask |= 128 >> bit
      coloured.bits[at] = byte & mask
      plain.bits[at] = byte & ~mask
    }
  }
  return { coloured, plain }
}

function sumInk(
  { rgb, grey, width, height }: ColourRaster,
  paper: Paper,
  ink: Bitmap,
  columns: number,
  rows: number,
): { sums: Float32Array; counts: Uint32Array } {
  // The cells divide the page evenly, since the viewer stretches the coarse image over the whole of it.
  const cellOf = spread(ink.width, columns)
  const pixelOf = spread(ink.width, width)
  const blockOf = Int32Array.from(pixelOf, (x) => Math.floor(x / paper.block))
  const cores = Uint8Array.from(paper.level, (level) => level * shareOfPaper(CORE_LEVEL))
  const sums = new Float32Array(columns * rows * 3)
  const counts = new Uint32Array(columns * rows)
  for (let y = 0; y < ink.height; y++) {
    const rowOfCells = Math.floor((y * rows) / ink.height) * columns
    const pixelY = Math.floor((y * height) / ink.height)
    const rowOfBlocks = Math.floor(pixelY / paper.block) * paper.columns
    for (let i = 0; i < ink.stride; i++) {
      const byte = ink.bits[y * ink.stride + i]!
      if (byte === 0) continue
      for (let x = i * 8, mask = 128; mask > 0; mask >>= 1, x++) {
        if (!(byte & mask)) continue
        const pixel = pixelY * width + pixelOf[x]!
        if (grey[pixel]! >= cores[rowOfBlocks + blockOf[x]!]!) continue
        const cell = rowOfCells + cellOf[x]!
        sums[cell * 3]! += rgb[pixel * 3]!
        sums[cell * 3 + 1]! += rgb[pixel * 3 + 1]!
        sums[cell * 3 + 2]! += rgb[pixel * 3 + 2]!
        counts[cell]!++
      }
    }
  }
  return { sums, counts }
}

/** Breadth-first: every cell takes the colour of the nearest known one. */
function spreadOver(rgb: Uint8Array, known: number[], columns: number, rows: number): void {
  const reached = new Uint8Array(columns * rows)
  for (const cell of known) reached[cell] = 1
  const queue = known
  for (let next = 0; next < queue.length; next++) {
    const cell = queue[next]!
    const x = cell % columns
    const y = (cell - x) / columns
    const take = (neighbour: number): void => {
      if (reached[neighbour]) return
      reached[neighbour] = 1
      rgb.copyWithin(neighbour * 3, cell * 3, cell * 3 + 3)
      queue.push(neighbour)
    }
    if (x > 0) take(cell - 1)
    if (x < columns - 1) take(cell + 1)
    if (y > 0) take(cell - columns)
    if (y < rows - 1) take(cell + columns)
  }
}
