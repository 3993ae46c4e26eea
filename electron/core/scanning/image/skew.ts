/** Skew of a page by its lines of text: the angle at which the ink falls most sharply into rows. */
import { boxMean, pixels, type Grey } from './grey.ts'
import { surroundMask } from './surround.ts'

export interface Skew {
  /** Degrees clockwise by which the content lies turned; turn the page by the negative. */
  angleDeg: number
  /** Sharpness of the best angle over the mean of all: about 1 where nothing has a direction. */
  confidence: number
  /** Edges of clearly dark ink (pixels at the given resolution): thousands on a page of print. */
  darkEdges: number
}

export const MAX_SKEW_DEG = 7
/** Below this confidence the page keeps the angle it has. */
export const SURE = 1.25

const COARSE = 0.25
const FINE = 0.03
/** Ink is darker than its surroundings (2 r + 1 = 8.5 mm) by this share. */
const CONTRAST = 0.86
/** Nothing that shows through from the other side is as dark as this. */
const DARK = 0.7
const MEAN_RADIUS_MM = 4.1
const FEWEST_POINTS = 120
const MANY_POINTS = 9000

/** Expects 75 to 100 dpi. Never throws; a page without lines gets confidence 0. */
export function findSkew(grey: Grey, maxDeg = MAX_SKEW_DEG): Skew {
  const points = inkPoints(grey)
  if (points.x.length < FEWEST_POINTS) return { angleDeg: 0, confidence: 0, darkEdges: points.dark }
  const rows = new Float32Array(Math.ceil(grey.height + grey.width * Math.sin((maxDeg * Math.PI) / 180)) * 2 + 8)
  const score = (deg: number, step = 1): number => sharpness(points, deg, rows, grey.height, step)
  // a third of the points tells the angle roughly; all of them tell it finely
  const some = points.x.length > MANY_POINTS ? 3 : 1
  let best = 0
  let bestScore = -1
  let sum = 0
  let count = 0
  for (let deg = -maxDeg; deg <= maxDeg + 1e-9; deg += COARSE) {
    const value = score(deg, some)
    sum += value
    count++
    if (value > bestScore) [best, bestScore] = [deg, value]
  }
  const mean = sum / count
  const centre = best
  const near: { deg: number; value: number }[] = []
  for (let k = -9; k <= 9; k++) {
    const deg = centre + k * FINE
    near.push({ deg, value: score(deg) })
  }
  return { angleDeg: peak(near), confidence: bestScore / mean, darkEdges: points.dark }
}

interface Points {
  x: Float32Array
  y: Float32Array
  dark: number
}

/**
 * Pixels of ink below which paper begins: baselines and the lower edges of strokes. They are set off the pixel grid by
 * up to half a pixel, else rows at exactly 0 degrees fall into bins more sharply than any true line and win.
 */
function inkPoints(grey: Grey): Points {
  const { data, width, height } = grey
  const mean = boxMean(grey, Math.round(pixels(MEAN_RADIUS_MM, grey.dpi)))
  const outside = surroundMask(grey, 2)
  const margin = Math.round(pixels(2.5, grey.dpi))
  const xs: number[] = []
  const ys: number[] = []
  let dark = 0
  let state = 1
  const jitter = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296 - 0.5
  }
  for (let y = margin; y < height - margin; y++)
    for (let x = margin; x < width - margin; x++) {
      const i = y * width + x
      if (data[i]! >= mean[i]! * CONTRAST || outside[i]) continue
      const below = i + width
      if (data[below]! < mean[below]! * CONTRAST) continue
      if (data[i]! < mean[i]! * DARK) dark++
      xs.push(x - width / 2 + jitter())
      ys.push(y + jitter())
    }
  return { x: Float32Array.from(xs), y: Float32Array.from(ys), dark }
}

/** Sum of squared differences between neighbouring rows (half pixels) after shearing by -deg. */
function sharpness(points: Points, deg: number, rows: Float32Array, height: number, step: number): number {
  rows.fill(0)
  const t = Math.tan((deg * Math.PI) / 180)
  const offset = (rows.length - height * 2) / 2
  const { x, y } = points
  for (let i = 0; i < x.length; i += step) {
    const at = (y[i]! - x[i]! * t) * 2 + offset
    const row = at | 0
    if (row < 0 || row + 1 >= rows.length) continue
    const part = at - row
    rows[row]! += 1 - part
    rows[row + 1]! += part
  }
  let sum = 0
  for (let i = 2; i < rows.length; i++) {
    const step = rows[i]! - rows[i - 2]!
    sum += step * step
  }
  return sum
}

/** Centre of the parabola through the top of the finely sampled scores, by least squares over its neighbours. */
function peak(near: readonly { deg: number; value: number }[]): number {
  let top = 0
  near.forEach(({ value }, i) => {
    if (value > near[top]!.value) top = i
  })
  const from = Math.max(0, top - 3)
  const some = near.slice(from, Math.min(near.length, top + 4))
  const centre = near[top]!.deg
  const scale = near[top]!.value
  let [s0, s1, s2, s3, s4, t0, t1, t2] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (const { deg, value } of some) {
    const u = (deg - centre) / FINE
    const v = value / scale
    s0 += 1
    s1 += u
    s2 += u * u
    s3 += u * u * u
    s4 += u * u * u * u
    t0 += v
    t1 += v * u
    t2 += v * u * u
  }
  const det = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2)
  if (Math.abs(det) < 1e-9) return centre
  const b = (s0 * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)) / det
  const c = (s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)) / det
  if (c >= 0) return centre
  return centre + Math.max(-3, Math.min(3, -b / (2 * c))) * FINE
}
