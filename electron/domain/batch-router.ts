/**
 * Which request each sheet of a stack belongs to. A slip names the request of the sheets after it and of no other: after a
 * slip that could not be read, or that names no request of ours, nothing is guessed, and the sheets have no request.
 */
export interface Segment {
  n: number
  slip: 'request' | 'refused' | 'unsure' | 'none'
  /** What the slip said; '' without one that could be read. */
  slipId: string
}

/** What a sheet shows: a request's slip, a slip that could not be read, no slip. */
export type SlipReading = { id: string } | 'unsure' | null

/**
 * @param segments all so far, the last begun last @param current the one the sheet before this belongs to
 * @param takes whether a request takes pages now
 * @returns where this sheet belongs, and whether it is a slip that has done its work
 */
export function routeSheet(
  segments: readonly Segment[],
  current: Segment | null,
  reading: SlipReading,
  takes: (id: string) => boolean,
): { segment: Segment; isSlip: boolean } {
  const n = segments.length + 1
  if (reading === null) return { segment: current ?? { n, slip: 'none', slipId: '' }, isSlip: false }
  // The sheet itself is kept: it may be a page with a damaged slip copied on it.
  if (reading === 'unsure') return { segment: { n, slip: 'unsure', slipId: '' }, isSlip: false }
  const slip = takes(reading.id) ? 'request' : 'refused'
  // The same slip again (printed twice, or a second heap of the same request) goes on where it was.
  const known = segments.find((segment) => segment.slipId === reading.id && segment.slip === slip)
  return { segment: known ?? { n, slip, slipId: reading.id }, isSlip: true }
}

export type BatchVerdict = 'unknown' | 'complete' | 'missing' | 'surplus' | 'many'

/** So many more pages than asked for, at least, are those of another request whose slip was missed. */
const MANY_PAGES = 2
const MANY_SHARE = 0.25

/** @param asked null where the request does not say which pages */
export function judgeCount(asked: number | null, pages: number): BatchVerdict {
  if (asked === null) return 'unknown'
  if (pages === asked) return 'complete'
  if (pages < asked) return 'missing'
  return pages - asked >= Math.max(MANY_PAGES, Math.ceil(asked * MANY_SHARE)) ? 'many' : 'surplus'
}
