/** Where the paper lies in the picture: the box without black edges. */
import { pixels, wholeBox, type Box, type Grey } from './grey.ts'
import { surroundMask } from './surround.ts'

/** A row or column belongs to the page when at least this share of it is not surround. */
const PAGE_SHARE = 0.3
/** Cut into the page by this much, so that no dark hair line stays at the edge. */
const INSET_MM = 0.8
/** A surround narrower than this is not worth a cut. */
const LEAST_MM = 0.6
/** What is left must be at least this share of each side, else the whole picture is kept. */
const LEAST_SHARE = 0.2

/** Box of the page in a picture that has been set straight. Expects 50 to 100 dpi. */
export function findPage(grey: Grey): Box {
  const whole = wholeBox(grey)
  const { width, height } = grey
  const mask = surroundMask(grey, 0)
  const rows = new Uint32Array(height)
  const columns = new Uint32Array(width)
  if (!mask.includes(1)) return whole
  for (let y = 0; y < height; y++) {
    let dark = 0
    for (let i = y * width; i < (y + 1) * width; i++) dark += mask[i]!
    rows[y] = dark
  }
  const tall = range(rows, width)
  // only over the rows of the page: a broad dark band above would hide a narrow one beside
  for (let y = tall[0]; y < tall[1]; y++) for (let x = 0; x < width; x++) columns[x]! += mask[y * width + x]!
  const wide = range(columns, tall[1] - tall[0])
  if (tall[1] - tall[0] < height * LEAST_SHARE || wide[1] - wide[0] < width * LEAST_SHARE) return whole
  const inset = Math.round(pixels(INSET_MM, grey.dpi))
  const least = pixels(LEAST_MM, grey.dpi)
  const low = (edge: number): number => (edge < least ? 0 : edge + inset)
  const high = (edge: number, size: number): number => (size - edge < least ? size : edge - inset)
  return { x0: low(wide[0]), x1: high(wide[1], width), y0: low(tall[0]), y1: high(tall[1], height) }
}

/** From the first to after the last line that is page. */
function range(dark: Uint32Array, length: number): [number, number] {
  let from = 0
  let to = dark.length
  while (from < to && dark[from]! > length * (1 - PAGE_SHARE)) from++
  while (to > from && dark[to - 1]! > length * (1 - PAGE_SHARE)) to--
  return [from, to]
}
