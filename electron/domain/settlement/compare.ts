/** Our statement against the courier's own file: what is missing, extra, priced or weighed otherwise. */

export interface OurLine {
  bag: string
  priceFen: number | null
  weightGrams: number | null
}
export interface TheirLine {
  /** Line of the file, from 1. */
  row: number
  bag: string
  priceFen: number | null
  weightGrams: number | null
}
export type Difference =
  /** We handed it over, they do not ask for it. */
  | { kind: 'missing'; bag: string; oursFen: number | null }
  /** They ask for it, we have no such hand-over this month; or they ask for it twice. */
  | { kind: 'extra'; bag: string; row: number; theirsFen: number | null; again: boolean }
  | { kind: 'price'; bag: string; row: number; oursFen: number | null; theirsFen: number }
  | { kind: 'weight'; bag: string; row: number; oursGrams: number | null; theirsGrams: number }

/** @param toleranceGrams scales differ: that much either way is the same weight */
export function compareLines(
  ours: readonly OurLine[],
  theirs: readonly TheirLine[],
  toleranceGrams = 100,
): Difference[] {
  const open = new Map(ours.map((line) => [line.bag, line]))
  const known = new Set(open.keys())
  const differences: Difference[] = []
  for (const line of theirs) {
    const { row, bag } = line
    const own = open.get(bag)
    if (!own) {
      differences.push({ kind: 'extra', bag, row, theirsFen: line.priceFen, again: known.has(bag) })
      continue
    }
    open.delete(bag)
    if (line.priceFen !== null && line.priceFen !== own.priceFen)
      differences.push({ kind: 'price', bag, row, oursFen: own.priceFen, theirsFen: line.priceFen })
    const apart = line.weightGrams === null ? 0 : Math.abs(line.weightGrams - (own.weightGrams ?? 0))
    if (apart > toleranceGrams)
      differences.push({ kind: 'weight', bag, row, oursGrams: own.weightGrams, theirsGrams: line.weightGrams! })
  }
  for (const line of open.values()) differences.push({ kind: 'missing', bag: line.bag, oursFen: line.priceFen })
  return differences
}
