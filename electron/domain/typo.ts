/** Words that somebody may have meant. Pure. */

/** Below this a slip of the finger is another word. */
export const SHORTEST = 4
const LONG = 8

/** How far a word may be from what was typed: one slip, two in long words. */
export const slipsAllowed = (word: string): number => (word.length >= LONG ? 2 : 1)

/**
 * Changes (one letter more, less, other, or two exchanged) from `a` to `b`: optimal string alignment.
 * @returns more than `most` as soon as that is sure
 */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[b.length]!
}

/** The word nearest to `typed`, of equally near ones the most frequent; undefined when none is near. */
export function nearest(typed: string, words: Iterable<{ word: string; count: number }>): string | undefined {
  const most = slipsAllowed(typed)
  let best: { word: string; count: number; far: number } | undefined
  for (const { word, count } of words) {
    const far = slips(typed, word, most)
    if (far > most || far === 0) continue
    if (!best || far < best.far || (far === best.far && count > best.count)) best = { word, count, far }
  }
  return best?.word
}
