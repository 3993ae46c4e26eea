/**
 * Which way up a page of print lies, from the shapes of its lines alone. Neighbours in a line of print stand on one line:
 * Latin letters reach up more often than down, and the commas and stops of Chinese lie at the foot of their squares. So on
 * an upright page neighbours share their lower edges far more often than their upper ones.
 */
import { boxMean, cutGrey, pixels, type Box, type Grey } from './grey.ts'

export interface Standing {
  /** Shared lower edges less shared upper ones, as a share of both: above 0 where the page stands upright. */
  lean: number
  /** How many pairs of neighbours said so. */
  pairs: number
}

/** Fewer pairs say nothing, nor does a lesser lean; and the lean must be this many times what chance makes. */
const FEWEST_PAIRS = 60
const LEAST_LEAN = 0.05
const SIGMAS = 2.5
/** Ink is darker than the mean around it (2 r + 1 = 4 mm) by this share. */
const CONTRAST = 0.8
const MEAN_RADIUS_MM = 2
/** Heights of what may be a letter. */
const LEAST_MM = 0.35
const MOST_MM = 9
/** Neighbours stand this near, as a share of the higher one's height. */
const NEAR = 0.7
/** Edges this near (share of the higher one's height) are one line; edges this far are not. */
const SAME = 0.12
const OTHER = 0.22
/** No neighbour is further away than this at 150 dpi. */
const FARTHEST_PX = 40

/** The box of connected ink, in pixels. */
export interface Mark {
  x0: number
  y0: number
  /** Half open. */
  x1: number
  y1: number
}

/**
 * Expects about 150 dpi with its lines level; only what lies in the box counts. A page turned round gives the same with the
 * other sign. Never throws.
 */
export function findStanding(grey: Grey, box: Box): Standing {
  const height = box.y1 - box.y0
  // half a page says it nearly always, and costs half
  const half = count(
    letters(grey, { ...box, y0: box.y0 + Math.round(height / 4), y1: box.y1 - Math.round(height / 4) }),
  )
  return isSure(half) ? half : count(letters(grey, box))
}

/** How many times its lean is what chance would make of so many pairs. */
export const evidence = ({ lean, pairs }: Standing): number => Math.abs(lean) * Math.sqrt(pairs)

/** Whether chance could not have made it lean so. */
export const isSure = (standing: Standing): boolean =>
  standing.pairs >= FEWEST_PAIRS && Math.abs(standing.lean) >= LEAST_LEAN && evidence(standing) >= SIGMAS

function count(marks: readonly Mark[]): Standing {
  const tally = { lower: 0, upper: 0 }
  // each mark with its neighbour to the right, and each with that to its left: what is turned round counts the same
  tallyNeighbours(marks, tally)
  tallyNeighbours(
    marks.map(({ x0, x1, y0, y1 }) => ({ x0: -x1, x1: -x0, y0, y1 })),
    tally,
  )
  const pairs = tally.lower + tally.upper
  return { lean: pairs === 0 ? 0 : (tally.lower - tally.upper) / pairs, pairs }
}

function tallyNeighbours(marks: readonly Mark[], tally: { lower: number; upper: number }): void {
  const sorted = marks.toSorted((a, b) => a.x0 - b.x0)
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i]!
    const b = neighbourOf(a, sorted, i + 1)
    if (!b) continue
    const height = Math.max(a.y1 - a.y0, b.y1 - b.y0)
    const top = Math.abs(a.y0 - b.y0) / height
    const foot = Math.abs(a.y1 - b.y1) / height
    if (foot <= SAME && top >= OTHER) tally.lower++
    else if (top <= SAME && foot >= OTHER) tally.upper++
  }
}

/** The near mark to the right that stands most in the same line; of two that do so alike, whichever is not above. */
function neighbourOf(a: Mark, sorted: readonly Mark[], from: number): Mark | null {
  let best: Mark | null = null
  let most = 0
  for (let k = from; k < sorted.length; k++) {
    const b = sorted[k]!
    if (b.x0 - a.x1 > FARTHEST_PX) break
    const height = Math.max(a.y1 - a.y0, b.y1 - b.y0)
    if (b.x0 - a.x1 > height * NEAR || b.x0 < a.x1 - 1) continue
    const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0)
    if (shared > most) [best, most] = [b, shared]
  }
  return best
}

/** The boxes of connected ink of a letter's size, from the box's corner. Expects about 150 dpi. */
export function letters(page: Grey, box: Box): Mark[] {
  const grey = cutGrey(page, box)
  const { data, width, height } = grey
  const mean = boxMean(grey, Math.round(pixels(MEAN_RADIUS_MM, grey.dpi)))
  // with a margin of one, so that nothing need be asked at the edges
  const wide = width + 2
  const ink = new Uint8Array(wide * (height + 2))
  for (let y = 0; y < height; y++)
    for (let x = 0, i = y * width, to = (y + 1) * wide + 1; x < width; x++, i++, to++)
      if (data[i]! < mean[i]! * CONTRAST) ink[to] = 1
  const around = [-wide - 1, -wide, -wide + 1, -1, 1, wide - 1, wide, wide + 1]
  const [least, most] = [pixels(LEAST_MM, grey.dpi), pixels(MOST_MM, grey.dpi)]
  const found: Mark[] = []
  const stack: number[] = []
  for (let start = ink.indexOf(1); start >= 0; start = ink.indexOf(1, start + 1)) {
    ink[start] = 0
    stack.push(start)
    const mark = { x0: width, y0: height, x1: 0, y1: 0 }
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = (at % wide) - 1
      const y = (at - x - 1) / wide - 1
      if (x < mark.x0) mark.x0 = x
      if (x >= mark.x1) mark.x1 = x + 1
      if (y < mark.y0) mark.y0 = y
      if (y >= mark.y1) mark.y1 = y + 1
      for (let k = 0; k < around.length; k++) {
        const next = at + around[k]!
        if (ink[next] === 0) continue
        ink[next] = 0
        stack.push(next)
      }
    }
    const tall = mark.y1 - mark.y0
    const broad = mark.x1 - mark.x0
    if (tall >= least && tall <= most && broad >= least && broad <= most * 1.5) found.push(mark)
  }
  return found
}
