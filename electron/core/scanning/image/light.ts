/** Whether a page lies in uneven light: the shade of a spine, a lamp from one side. */
import { type Box, type Grey } from './grey.ts'

/** Side of the cells in which the paper is judged, in mm. */
const CELL_MM = 8
/** Paper in the darkest twentieth of the cells is darker than the brightest by this share: one sees it. */
const UNEVEN = 0.14
/** A cell darker than this share of white is a picture, not paper in shade. */
const PAPER = 0.55

/** Expects about 75 dpi; only what lies in the box counts. */
export function lightIsUneven(grey: Grey, box: Box): boolean {
  const side = Math.max(4, Math.round((CELL_MM * grey.dpi) / 25.4))
  const levels: number[] = []
  const histogram = new Uint32Array(256)
  for (let top = box.y0; top + side <= box.y1; top += side)
    for (let left = box.x0; left + side <= box.x1; left += side) {
      histogram.fill(0)
      for (let y = top; y < top + side; y++)
        for (let x = left; x < left + side; x++) histogram[grey.data[y * grey.width + x]!]!++
      levels.push(upper(histogram, side * side * 0.25))
    }
  levels.sort((a, b) => a - b)
  const white = levels[Math.floor(levels.length * 0.95)] ?? 255
  const paper = levels.filter((level) => level > white * PAPER)
  const dark = paper[Math.floor(paper.length * 0.05)] ?? white
  return dark < white * (1 - UNEVEN)
}

/** The highest value that at least `count` entries reach. */
function upper(histogram: Uint32Array, count: number): number {
  let sum = 0
  for (let value = 255; value > 0; value--) {
    sum += histogram[value]!
    if (sum >= count) return value
  }
  return 0
}
