/** A decoded page: 8-bit grey for every decision, and the colours where the page really has some. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  /** Interleaved R, G, B; null where the page is grey. */
  readonly rgb: Uint8Array | null
  /** Pixels per inch. */
  readonly dpi: number
}

/** A half-open rectangle in pixels. */
export interface Rectangle {
  x0: number
  y0: number
  x1: number
  y1: number
}

/** Side in pixels of the square blocks in which paper and pictures are judged: 32 at 300 dpi (2.7 mm on paper). */
export const blockSize = (dpi: number): number => Math.max(8, Math.round((dpi * 32) / 300))

/** Largest minus smallest of the three components: 0 for grey. */
export function chroma(rgb: Uint8Array, offset: number): number {
  const r = rgb[offset]!
  const g = rgb[offset + 1]!
  const b = rgb[offset + 2]!
  const most = r > g ? (r > b ? r : b) : g > b ? g : b
  const least = r < g ? (r < b ? r : b) : g < b ? g : b
  return most - least
}
