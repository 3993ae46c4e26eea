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
/** The samples lie within this, degrees; searched in coarse steps, then finely around the best. */
const WIDEST_DEG = 2
const COARSE_DEG = 0.1
const FINE_DEG = 0.01
/** A clean page that fits worse is not of this scan. */
const FITS = 0.3

/** Degrees clockwise by which the scan lies turned against its clean page. Throws where they are not of one page. */
export async function skewAgainst(scan: string, clean: string): Promise<number> {
  const [seen, straight] = await Promise.all([scan, clean].map((path) => loadGrey(path, SAMPLE_DPI, LOOK_DPI)))
  const ink = relief(seen!.grey)
  const fit = (deg: number): number => likeness(ink, relief(turnGrey(straight!.grey, deg)))
  const coarse = bestOf(-WIDEST_DEG, WIDEST_DEG, COARSE_DEG, fit)
  const fine = bestOf(coarse - COARSE_DEG, coarse + COARSE_DEG, FINE_DEG, fit)
  if (fit(fine) < FITS) throw new Error(`${clean} does not show the page of ${scan}`)
  return fine
}

function bestOf(from: number, to: number, step: number, fit: (deg: number) => number): number {
  const angles = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)
  const fits = angles.map(fit)
  return angles[fits.indexOf(Math.max(...fits))]!
}

/** How much darker than around it each point is: print without light, paper and shadows. */
function relief(grey: Grey): Float32Array {
  return boxMean(grey, 6).map((mean, i) => Math.max(0, mean - grey.data[i]!))
}

/** Cosine of the two, 0..1. */
function likeness(a: Float32Array, b: Float32Array): number {
  let [both, one, other] = [0, 0, 0]
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    both += a[i]! * b[i]!
    one += a[i]! ** 2
    other += b[i]! ** 2
  }
  return both / Math.sqrt(one * other || 1)
}
