/** What is found out about a page, and what may be done with it unasked. Both stand as JSON beside the page. */
import type { CropBox, Quarter } from '../contract/core/page-adjust.ts'

/** All of it is of the page turned by `rotate`. */
export interface PageFacts {
  /** Degrees clockwise that would set the page straight; 0 where it is straight or nothing tells. */
  angleDeg: number
  /** The paper without black edges, of the straightened page; null where there are none. */
  crop: CropBox | null
  /** Uneven light or the shade of the spine. */
  even: boolean
  /** Seam of a double page as a fraction of the width; null where the page is single. */
  seam: number | null
  /** Quarter turn that makes it readable; 0 where it is upright or nothing tells. */
  rotate: Quarter
  blank: boolean
  /** The pull slip's request, 'unsure' for a code that could not be read, null where there is none. */
  slip: { id: string } | 'unsure' | null
  /** Printed page number, where it was looked for and found. */
  folio: number | null
  /** Where the ink stands, coarsely: two pages with the same are the same sheet scanned twice. '' for blank pages. */
  signature: string
}

/** What the profile a page was scanned with allows to be done to it at once. */
export interface PageWish {
  /** Set straight, cut black edges, even the light. */
  tidy?: boolean
  /** The page is a double page of an open book. */
  spread?: boolean
  /** Of a right-bound book: its right half comes first. */
  rightBound?: boolean
  /** Blank pages go (they can be brought back). */
  dropBlank?: boolean
  /** Read the printed page number. */
  folio?: boolean
  /** The page came from a scanner: a pull slip among the pages of its own request goes. */
  scanned?: boolean
}

export const SIGNATURE_WIDTH = 24
export const SIGNATURE_HEIGHT = 34
/** Likeness of two scans of one sheet is above, that of different pages below (measured on the bench's pages). */
const SAME_SHEET = 0.9
/** Sheets are laid a little differently each time: so many cells of the signature. */
const SHIFT = 1

/**
 * Likeness of two signatures, -1 to 1: the correlation of their ink, at the best of small shifts.
 * A signature is base64 of one byte a cell; pages without one are like nothing.
 */
export function likeness(a: string, b: string): number {
  const [one, other] = [cells(a), cells(b)]
  if (!one || !other) return 0
  let best = -1
  for (let dy = -SHIFT; dy <= SHIFT; dy++)
    for (let dx = -SHIFT; dx <= SHIFT; dx++) best = Math.max(best, correlation(one, other, dx, dy))
  return best
}

export const sameSheet = (a: string, b: string): boolean => a !== '' && b !== '' && likeness(a, b) > SAME_SHEET

function cells(signature: string): Uint8Array | null {
  if (signature === '') return null
  const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0))
  return bytes.length === SIGNATURE_WIDTH * SIGNATURE_HEIGHT ? bytes : null
}

function correlation(a: Uint8Array, b: Uint8Array, dx: number, dy: number): number {
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0]
  for (let y = Math.max(0, -dy); y < Math.min(SIGNATURE_HEIGHT, SIGNATURE_HEIGHT - dy); y++)
    for (let x = Math.max(0, -dx); x < Math.min(SIGNATURE_WIDTH, SIGNATURE_WIDTH - dx); x++) {
      const p = a[y * SIGNATURE_WIDTH + x]!
      const q = b[(y + dy) * SIGNATURE_WIDTH + x + dx]!
      n++
      sumA += p
      sumB += q
      sumAA += p * p
      sumBB += q * q
      sumAB += p * q
    }
  const spread = Math.sqrt((n * sumAA - sumA * sumA) * (n * sumBB - sumB * sumB))
  return spread > 0 ? (n * sumAB - sumA * sumB) / spread : 0
}
