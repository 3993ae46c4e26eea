/** Bands of the tables: by rank, by count, by per cent. Where two bands of a table share an edge, a reading decides. */
import type { Criterion, NextStep } from './criterion.ts'

/** Which band counts when a table names the same value in two ("11~20 名", "20~30 名"). */
export type EdgeReading = 'higher' | 'lower'

/** From `from` to `to`, both as the table writes them; `to` null = no end. Best band first. */
export interface Band {
  from: number
  to: number | null
  points: number
}

export interface Placed {
  points: number
  disputed: boolean
  index: number
}

/** @returns undefined when no band of the table holds the value */
export function place(bands: readonly Band[], value: number, reading: EdgeReading): Placed | undefined {
  const holding = bands.flatMap((band, index) =>
    value >= band.from && (band.to === null || value <= band.to) ? [index] : [],
  )
  if (holding.length === 0) return undefined
  const index = reading === 'higher' ? holding[0]! : holding.at(-1)!
  return { points: bands[index]!.points, disputed: holding.length > 1, index }
}

/** Best rank first: how many places to the band above. */
export function rankStep(bands: readonly Band[], rank: number, placed: Placed, reading: EdgeReading): NextStep | null {
  for (let at = rank - 1; at >= 1; at--) {
    const better = place(bands, at, reading)
    if (better && better.points > placed.points)
      return { unit: 'rank', need: rank - at, gain: round(better.points - placed.points) }
  }
  return null
}

/** More is better: how many more to the band above. */
export function countStep(bands: readonly Band[], count: number, points: number): NextStep | null {
  const above = bands.filter((band) => band.points > points && band.from > count).at(-1)
  return above ? { unit: 'count', need: above.from - count, gain: round(above.points - points) } : null
}

/** A criterion by rank; a rank of null means not known yet, `count` 0 is the table's “0”数据. */
export function byRank<Id extends string>(
  id: Id,
  bands: readonly Band[],
  standing: Standing,
  reading: EdgeReading,
): Criterion<Id> {
  const max = bands[0]!.points
  if (standing.count === 0)
    return { id, points: 0, max, next: { unit: 'count', need: 1, gain: lowest(bands) }, known: true, disputed: false }
  if (standing.rank === null) return { id, points: 0, max, next: null, known: false, disputed: false }
  const placed = place(bands, standing.rank, reading)
  if (!placed) throw new RangeError(`no band for rank ${standing.rank}`)
  const { points, disputed } = placed
  return { id, points, max, next: rankStep(bands, standing.rank, placed, reading), known: true, disputed }
}

/** How a library stands in one of the centre's lists: its own count, and its rank where the list is known. */
export interface Standing {
  count: number
  /** 1 = first; null = the other libraries' figures are not known. */
  rank: number | null
}

export const ranks = (...bands: [from: number, to: number | null, points: number][]): Band[] =>
  bands.map(([from, to, points]) => ({ from, to, points }))

const lowest = (bands: readonly Band[]) => bands.at(-1)!.points
const round = (value: number) => Math.round(value * 10) / 10
