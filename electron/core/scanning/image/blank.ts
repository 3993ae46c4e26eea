/**
 * Whether a page carries anything. Built to err to one side: a blank page that is kept costs a look, a page that is
 * dropped costs the reader a page. Hence only marks that are sharp count as print or writing (what shows through from
 * the other side, stains and shadows are soft), and one mark of the size of a figure is enough to keep the page.
 */
import { boxMean, MM_PER_INCH, percentile, pixels, type Grey } from './grey.ts'
import { surroundMask } from './surround.ts'

export interface Blankness {
  blank: boolean
  /** Marks that count as print or writing. */
  marks: number
  /** Height or width of the largest of them in mm. */
  largestMm: number
}

/** Radius of the mean a stroke is compared with: wider than a stroke, narrower than what shows through. */
const FINE_RADIUS_MM = 0.42
/** Radius in which what shows through is as dark against its surroundings as it ever gets. */
const WIDE_RADIUS_MM = 1.3
/** A stroke is darker than its close surroundings by at least this share of white ... */
const LEAST_CONTRAST = 0.028
/** ... and by this many times the noise of the paper. */
const NOISE_TIMES = 4.5
/** A mark of which the darkest part stands out by this share needs no further proof. */
const PLAIN_CONTRAST = 0.055
/** A paler mark must be sharp (so much of its darkness lies within the fine radius) and have some area in mm2. */
const SHARP = 0.45
const PALE_AREA_MM2 = 0.7
/** Sharp marks too small and pale to count alone prove each other where so much of them, in mm2, lies this near together ... */
const TOGETHER_AREA_MM2 = 2
const TOGETHER_MM = 20
/** ... and none of them is longer than this, as folds and edges are: the broken strokes of a seal that had little ink. */
const PIECE_MM = 10
/** Marks smaller than this in both directions are dust. */
const LEAST_MM = 0.9
/** Edge of the picture that is not looked at: shadows of paper edges and rollers. */
const EDGE_MM = 3

/** Expects about 150 dpi; the page may lie crooked and with a dark surround. */
export function findBlank(grey: Grey): Blankness {
  const detail = findDetail(grey)
  const all = components(detail, grey.width, grey.height)
  const alone = all.filter((mark) => counts(mark, grey))
  const marks = alone.length > 0 ? alone : together(all, grey)
  const largest = Math.max(0, ...marks.map((mark) => Math.max(mark.x1 - mark.x0, mark.y1 - mark.y0)))
  return { blank: marks.length === 0, marks: marks.length, largestMm: (largest * MM_PER_INCH) / grey.dpi }
}

interface Detail {
  /** 1 where a pixel is darker than its close surroundings, by more than noise. */
  map: Uint8Array
  /** The page: a little smoothed, and its means over the two radii. */
  smooth: Float32Array
  fine: Float32Array
  wide: Float32Array
  white: number
}

function findDetail(grey: Grey): Detail {
  const { width, height } = grey
  const fine = boxMean(grey, Math.max(2, Math.round(pixels(FINE_RADIUS_MM, grey.dpi))))
  const wide = boxMean(grey, Math.round(pixels(WIDE_RADIUS_MM, grey.dpi)))
  const smooth = boxMean(grey, 1)
  const white = percentile(grey, 0.8)
  const limit = Math.max(white * LEAST_CONTRAST, noiseOf(smooth, fine, width, height) * NOISE_TIMES)
  const outside = surroundMask(grey, 1.6)
  const edge = Math.round(pixels(EDGE_MM, grey.dpi))
  const map = new Uint8Array(width * height)
  for (let y = edge; y < height - edge; y++)
    for (let x = edge; x < width - edge; x++) {
      const i = y * width + x
      if (fine[i]! - smooth[i]! > limit && !outside[i]) map[i] = 1
    }
  return { map, smooth, fine, wide, white }
}

/** Standard deviation of the fine detail on the paper, from its median absolute value: print is too rare to count. */
function noiseOf(smooth: Float32Array, mean: Float32Array, width: number, height: number): number {
  const histogram = new Uint32Array(512)
  let count = 0
  for (let y = 8; y < height - 8; y += 3)
    for (let x = 8; x < width - 8; x += 3) {
      const i = y * width + x
      histogram[Math.min(511, Math.abs(mean[i]! - smooth[i]!) * 32) | 0]!++
      count++
    }
  let seen = 0
  let bin = 0
  while (bin < 511 && seen + histogram[bin]! < count / 2) seen += histogram[bin++]!
  return ((bin + 0.5) / 32) * 1.4826
}

interface Mark {
  x0: number
  y0: number
  x1: number
  y1: number
  area: number
  /** Mean and mean square distance of its pixels from the middle of its box. */
  radius: number
  radiusSquare: number
  /** Height or width in pixels of the part that stands out plainly: a speck on a pale mark does not carry it. */
  plain: number
  /** Share of its darkness that lies within the fine radius. */
  sharp: number
}

/** Groups of ones that touch, diagonals and gaps of one pixel included. */
function components({ map, smooth, fine, wide, white }: Detail, width: number, height: number): Mark[] {
  const seen = new Uint8Array(map.length)
  const marks: Mark[] = []
  const stack: number[] = []
  for (let start = 0; start < map.length; start++) {
    if (map[start] === 0 || seen[start] === 1) continue
    seen[start] = 1
    stack.push(start)
    const pixelsOf: number[] = []
    const mark: Mark = { x0: width, y0: height, x1: 0, y1: 0, area: 0, radius: 0, radiusSquare: 0, plain: 0, sharp: 0 }
    const strong = { x0: width, y0: height, x1: 0, y1: 0 }
    let fineSum = 0
    let wideSum = 0
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width
      const y = (at - x) / width
      pixelsOf.push(at)
      const depth = fine[at]! - smooth[at]!
      if (depth > PLAIN_CONTRAST * white) {
        strong.x0 = Math.min(strong.x0, x)
        strong.y0 = Math.min(strong.y0, y)
        strong.x1 = Math.max(strong.x1, x + 1)
        strong.y1 = Math.max(strong.y1, y + 1)
      }
      fineSum += depth
      wideSum += wide[at]! - smooth[at]!
      mark.x0 = Math.min(mark.x0, x)
      mark.y0 = Math.min(mark.y0, y)
      mark.x1 = Math.max(mark.x1, x + 1)
      mark.y1 = Math.max(mark.y1, y + 1)
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) {
          const nx = x + dx
          const ny = y + dy
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
          const near = ny * width + nx
          if (map[near] === 1 && seen[near] === 0) {
            seen[near] = 1
            stack.push(near)
          }
        }
    }
    mark.area = pixelsOf.length
    mark.plain = Math.max(0, strong.x1 - strong.x0, strong.y1 - strong.y0)
    mark.sharp = fineSum / Math.max(1, wideSum)
    const cx = (mark.x0 + mark.x1 - 1) / 2
    const cy = (mark.y0 + mark.y1 - 1) / 2
    for (const at of pixelsOf) {
      const r = Math.hypot((at % width) - cx, Math.floor(at / width) - cy)
      mark.radius += r / mark.area
      mark.radiusSquare += (r * r) / mark.area
    }
    marks.push(mark)
  }
  return marks
}

function counts(mark: Mark, grey: Grey): boolean {
  const mm = MM_PER_INCH / grey.dpi
  const wide = (mark.x1 - mark.x0) * mm
  const high = (mark.y1 - mark.y0) * mm
  if (Math.max(wide, high) < LEAST_MM) return false
  if (mark.plain * mm < LEAST_MM && (mark.sharp < SHARP || mark.area * mm * mm < PALE_AREA_MM2)) return false
  return !isHole(mark, grey) && !isFold(wide, high, grey)
}

/** The pieces around one of them that prove each other; none when no place has enough of them. */
function together(all: readonly Mark[], grey: Grey): Mark[] {
  const mm = MM_PER_INCH / grey.dpi
  const pieces = all.filter((mark) => {
    const long = Math.max(mark.x1 - mark.x0, mark.y1 - mark.y0) * mm
    return mark.sharp >= SHARP && long >= LEAST_MM && long < PIECE_MM
  })
  for (const one of pieces) {
    const near = pieces.filter(
      (other) => Math.max(Math.abs(other.x0 - one.x0), Math.abs(other.y0 - one.y0)) * mm < TOGETHER_MM,
    )
    if (near.reduce((sum, { area }) => sum + area * mm * mm, 0) >= TOGETHER_AREA_MM2) return near
  }
  return []
}

/** A punched hole: a ring or disc of 4 to 9 mm near the edge of the sheet. */
function isHole(mark: Mark, grey: Grey): boolean {
  const mm = MM_PER_INCH / grey.dpi
  const wide = (mark.x1 - mark.x0) * mm
  const high = (mark.y1 - mark.y0) * mm
  if (Math.min(wide, high) < 4 || Math.max(wide, high) > 9 || Math.abs(wide - high) > 1) return false
  const toEdge = Math.min(mark.x0, mark.y0, grey.width - mark.x1, grey.height - mark.y1) * mm
  if (toEdge > 20) return false
  const spread = Math.sqrt(Math.max(0, mark.radiusSquare - mark.radius * mark.radius)) * mm
  return spread < 0.35 && mark.radius * mm > Math.max(wide, high) * 0.4
}

/** A fold or the shadow of a paper edge: a hair line across most of the sheet. */
function isFold(wide: number, high: number, grey: Grey): boolean {
  const mm = MM_PER_INCH / grey.dpi
  const across = wide > grey.width * mm * 0.6 && high < grey.height * mm * 0.06
  const down = high > grey.height * mm * 0.6 && wide < grey.width * mm * 0.06
  return across || down
}
