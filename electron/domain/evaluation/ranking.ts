/** The centre's lists: who stands where, and how many more bring a better place. */

export interface Entry {
  library: string
  value: number
}

export interface Place {
  /**
   * 1 = most; libraries with the same value share the better place. Null when the list is an extract (the first ten, say)
   * that ends before us: then nobody knows how many stand between.
   */
  rank: number | null
  /** Items more that lead to each better rank: `[{rank, need}]`, nearest first. */
  better: { rank: number; need: number }[]
}

/**
 * @param others the centre's list; a row of our own in it is left out
 * @param value our own count
 */
export function placeAmong(others: readonly Entry[], own: string, value: number): Place {
  const values = others
    .filter((entry) => entry.library !== own)
    .map((entry) => entry.value)
    .toSorted((a, b) => b - a)
  const whole = values.length < others.length
  const ahead = values.filter((other) => other > value)
  const better = ahead
    .map((_, index) => ahead.length - 1 - index)
    // Equal values share a rank, so reaching the value is enough.
    .map((index) => ({ rank: 1 + values.filter((other) => other > ahead[index]!).length, need: ahead[index]! - value }))
  const rank = !whole && ahead.length === values.length && values.length > 0 ? null : ahead.length + 1
  return { rank, better: better.filter((step, index) => step.rank !== better[index - 1]?.rank) }
}

/** What a paper's or the centre's list adds up to, to check an import against. */
export const columnSum = (entries: readonly Entry[]): number => entries.reduce((total, entry) => total + entry.value, 0)
