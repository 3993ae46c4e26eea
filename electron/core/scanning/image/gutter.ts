/** The seam between the two pages of an open book. */
import { pixels, type Box, type Grey } from './grey.ts'

export interface Gutter {
  /** Pixels from the left edge of the picture, between pixels allowed. */
  x: number
  /** 0 to 1: how much darker the seam is than the paper around it, and how free of text. */
  confidence: number
}

/** A page box at least this much wider than high can be a spread. */
const SPREAD_ASPECT = 1.12
/** The seam is looked for in the middle part of the box. */
const MIDDLE = [0.34, 0.66] as const
/** Columns are taken together over this width, about the width of the seam itself. */
const SEAM_MM = 0.7
/** Beside the seam the paper is compared at these distances. */
const NEAR_MM = 2.2
const FAR_MM = 13

/**
 * The seam is where the paper itself (not the print on it) is darkest, in a sharp notch within a broad valley. Print
 * is left out by taking each column's bright pixels, so text on one side no longer pulls the seam to the other.
 * Expects a picture set straight at 75 to 100 dpi. Null where the box is no spread or shows no seam.
 */
export function findGutter(grey: Grey, box: Box): Gutter | null {
  const width = box.x1 - box.x0
  const height = box.y1 - box.y0
  if (width < height * SPREAD_ASPECT) return null
  const paper = paperProfile(grey, box)
  const seam = smooth(paper, Math.max(1, Math.round(pixels(SEAM_MM, grey.dpi) / 2)))
  const near = pixels(NEAR_MM, grey.dpi)
  const far = pixels(FAR_MM, grey.dpi)
  const at = (x: number): number => seam[Math.max(0, Math.min(width - 1, Math.round(x)))]!
  let best = -1
  let bestScore = -Infinity
  for (let x = Math.floor(width * MIDDLE[0]); x < width * MIDDLE[1]; x++) {
    const notch = (at(x - near) + at(x + near)) / 2 - at(x)
    const valley = (at(x - far) + at(x + far)) / 2 - at(x)
    const aside = Math.abs(x / width - 0.5)
    const score = notch * 1.4 + valley - aside * 60
    if (score > bestScore) [best, bestScore] = [x, score]
  }
  const depth = bestScore / Math.max(1, (at(best - far) + at(best + far)) / 2)
  if (depth < 0.02) return null
  return {
    x: box.x0 + refine(paper, best, Math.round(pixels(1.6, grey.dpi))) + 0.5,
    confidence: Math.min(1, depth * 4),
  }
}

/** Brightness of the paper per column: the 70th percentile over the inner rows, in grey steps. */
function paperProfile(grey: Grey, box: Box): Float32Array {
  const width = box.x1 - box.x0
  const from = Math.round(box.y0 + (box.y1 - box.y0) * 0.06)
  const to = Math.round(box.y1 - (box.y1 - box.y0) * 0.06)
  const profile = new Float32Array(width)
  const histogram = new Uint32Array(256)
  const wanted = (to - from) * 0.3
  for (let x = 0; x < width; x++) {
    histogram.fill(0)
    for (let y = from; y < to; y++) histogram[grey.data[y * grey.width + box.x0 + x]!]!++
    let seen = 0
    let value = 255
    while (value > 0 && seen + histogram[value]! < wanted) seen += histogram[value--]!
    // between two grey steps: how much of this step is needed
    profile[x] = value + (histogram[value] ? 1 - (wanted - seen) / histogram[value]! : 0)
  }
  return profile
}

function smooth(values: Float32Array, radius: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    let sum = 0
    let count = 0
    for (let d = -radius; d <= radius; d++)
      if (i + d >= 0 && i + d < values.length) {
        sum += values[i + d]!
        count++
      }
    out[i] = sum / count
  }
  return out
}

/** Centre of gravity of the darkness in the notch around `x`. */
function refine(paper: Float32Array, x: number, radius: number): number {
  const from = Math.max(0, x - radius)
  const to = Math.min(paper.length - 1, x + radius)
  let darkest = x
  let brightest = 0
  for (let i = from; i <= to; i++) {
    if (paper[i]! < paper[darkest]!) darkest = i
    brightest = Math.max(brightest, paper[i]!)
  }
  let sum = 0
  let weight = 0
  for (let i = Math.max(from, darkest - 2); i <= Math.min(to, darkest + 2); i++) {
    const w = Math.max(0, brightest - paper[i]!) ** 2
    sum += w * i
    weight += w
  }
  return weight > 0 ? sum / weight : darkest
}
