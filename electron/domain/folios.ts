/** Pages asked for against the page numbers printed on the pages present. */
import { parsePages } from './page-ranges.ts'

export interface FolioCheck {
  /** Whether enough numbers were read to say which pages these are. */
  byFolio: boolean
  missing: number[]
  double: number[]
  /** Numbers of pages that lie between others than they should. */
  misplaced: number[]
}

/** Share of the pages whose number must be read and be one that was asked for. */
const ENOUGH = 0.6
const MOST = 200

/**
 * @param pages the request's field @param folios printed numbers in reading order, null where none was read
 * Unread pages between read ones are counted on from their neighbours, so that a page without a number (a plate, the
 * first page of an article) is not called missing.
 */
export function checkFolios(pages: string, folios: readonly (number | null)[]): FolioCheck {
  const nothing: FolioCheck = { byFolio: false, missing: [], double: [], misplaced: [] }
  const ranges = parsePages(pages)
  if (!ranges || folios.length === 0) return nothing
  const isAsked = (folio: number): boolean => ranges.some(({ from, to }) => folio >= from && folio <= to)
  const trusted = folios.map((folio) => (folio !== null && isAsked(folio) ? folio : null))
  const read = trusted.filter((folio) => folio !== null)
  if (read.length < folios.length * ENOUGH) return nothing
  const counts = new Map<number, number>()
  for (const folio of countedOn(trusted)) if (folio !== null) counts.set(folio, (counts.get(folio) ?? 0) + 1)
  const missing = new Set<number>()
  for (const { from, to } of ranges)
    for (let folio = from; folio <= to && missing.size < MOST; folio++) if (!counts.has(folio)) missing.add(folio)
  const double = [...counts].filter(([, count]) => count > 1).map(([folio]) => folio)
  const misplaced = outOfOrder(read, (folio) => placeOf(folio, ranges))
  return {
    byFolio: true,
    missing: [...missing],
    double: double.slice(0, MOST).sort((a, b) => a - b),
    misplaced: misplaced.slice(0, MOST),
  }
}

/** Where a page comes in the order asked for, which need not be that of the numbers. */
function placeOf(folio: number, ranges: readonly { from: number; to: number }[]): number {
  let before = 0
  for (const { from, to } of ranges) {
    if (folio >= from && folio <= to) return before + folio - from
    before += to - from + 1
  }
  return before
}

/** The fewest numbers without which all others stand in order: those outside of the longest run that never falls. */
function outOfOrder(folios: readonly number[], placeOf: (folio: number) => number): number[] {
  const places = folios.map(placeOf)
  /** The last index of the best run of each length, and what stands before each index in its run. */
  const ends: number[] = []
  const before = places.map((place, i) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (places[ends[middle]!]! <= place) low = middle + 1
      else high = middle
    }
    ends[low] = i
    return low === 0 ? null : ends[low - 1]!
  })
  const inOrder = new Set<number>()
  for (let i: number | null = ends.at(-1) ?? null; i !== null; i = before[i]!) inOrder.add(i)
  return folios.filter((_, i) => !inOrder.has(i))
}

/** Numbers of unread pages where both, or the only, neighbours agree on them. */
function countedOn(folios: readonly (number | null)[]): (number | null)[] {
  const after = follow(folios)
  const before = follow([...folios].reverse(), -1).reverse()
  return folios.map((folio, i) => {
    if (folio !== null) return folio
    const [a, b] = [after[i] ?? null, before[i] ?? null]
    return a !== null && b !== null ? (a === b ? a : null) : (a ?? b)
  })
}

/** The number each page has if it follows on the last one that was read before it. */
function follow(folios: readonly (number | null)[], step = 1): (number | null)[] {
  let last: number | null = null
  return folios.map((folio) => (last = folio ?? (last === null ? null : last + step)))
}
