/**
 * The design's sample scans as a labelled set (`--samples DIR`): their skew is measured against the clean page of the same
 * name, the seams of the spreads are written down with them, and each of them is a page of text, neither blank nor a slip.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { boxMean, loadGrey, turnGrey, type Grey } from '../../../electron/core/scanning/image/grey.ts'

export const SAMPLE_DPI = 300

/** Seams at mid-height, pixels of the scan, as the samples' own note gives them. */
const SEAMS: Readonly<Record<string, number>> = {
  'spread-01.jpg': 1984,
  'spread-02.jpg': 1893,
  'spread-03.jpg': 1981,
  'spread-04.jpg': 1974,
}

export interface Sample {
  readonly name: string
  readonly path: string
  /** Of a spread. */
  readonly seamX: number | null
  /** The same page straight and without noise; null for a spread, which has none. */
  readonly clean: string | null
}

/** All scans of the folder, in the order of their names; none without a folder. */
export async function samplesIn(folder: string | null): Promise<Sample[]> {
  if (folder === null) return []
  const names = (await readdir(join(folder, 'scans'))).filter((name) => name.endsWith('.jpg')).sort()
  return names.map((name) => {
    const seamX = SEAMS[name] ?? null
    const clean = seamX === null ? join(folder, 'clean', name.replace('.jpg', '.png')) : null
    return { name, path: join(folder, 'scans', name), seamX, clean }
  })
}

const LOOK_DPI = 75
/** The samples lie within this, degrees and pixels at that resolution. */
const WIDEST_DEG = 2
const FARTHEST_PX = 12
/** Each step searches around the best of the one before: how far and how finely. */
const STEPS = [
  { deg: WIDEST_DEG, everyDeg: 0.25, px: FARTHEST_PX, everyPx: 2 },
  { deg: 0.25, everyDeg: 0.05, px: 2, everyPx: 1 },
  { deg: 0.05, everyDeg: 0.01, px: 1, everyPx: 1 },
] as const
/** A clean page that fits worse is not of this scan. */
const FITS = 0.3

interface Lie {
  readonly deg: number
  readonly dx: number
  readonly dy: number
  readonly fit: number
}

/** Degrees clockwise by which the scan lies turned against its clean page. Throws where they are not of one page. */
export async function skewAgainst(scan: string, clean: string): Promise<number> {
  const [seen, straight] = await Promise.all([scan, clean].map((path) => loadGrey(path, SAMPLE_DPI, LOOK_DPI)))
  const ink = relief(seen!.grey)
  let best: Lie = { deg: 0, dx: 0, dy: 0, fit: 0 }
  for (const { deg, everyDeg, px, everyPx } of STEPS) {
    const around = best
    for (const by of range(deg, everyDeg)) {
      const turned = relief(turnGrey(straight!.grey, around.deg + by))
      for (const x of range(px, everyPx))
        for (const y of range(px, everyPx)) {
          const lie = { deg: around.deg + by, dx: around.dx + x, dy: around.dy + y }
          const fit = likeness(ink, turned, lie.dx, lie.dy)
          if (fit > best.fit) best = { ...lie, fit }
        }
    }
  }
  if (best.fit < FITS) throw new Error(`${clean} does not show the page of ${scan} (${best.fit.toFixed(2)})`)
  return best.deg
}

const range = (far: number, every: number): number[] =>
  Array.from({ length: 2 * Math.round(far / every) + 1 }, (_, i) => i * every - far)

/** How much darker than around it each point is: print without light, paper and shadows. */
function relief(grey: Grey): Grey {
  const mean = boxMean(grey, 6)
  return { ...grey, data: grey.data.map((value, i) => Math.max(0, mean[i]! - value)) }
}

/** Every so manieth point is compared. */
const SPARSE = 3

/** Cosine of the two where the second lies moved by so many pixels, 0..1. */
function likeness(a: Grey, b: Grey, dx: number, dy: number): number {
  let both = 0
  let one = 0
  let other = 0
  const margin = FARTHEST_PX + 4
  for (let y = margin; y < Math.min(a.height, b.height) - margin; y += SPARSE)
    for (let x = margin; x < Math.min(a.width, b.width) - margin; x += SPARSE) {
      const p = a.data[y * a.width + x]!
      const q = b.data[(y - dy) * b.width + x - dx]!
      both += p * q
      one += p * p
      other += q * q
    }
  return both / Math.sqrt(one * other || 1)
}
