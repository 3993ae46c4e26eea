/** Waiting between tries: full jitter, 1 s doubling to 5 min, so that a hundred desks do not come back in one moment. */
const FIRST_MS = 1000
const LONGEST_MS = 300_000

/**
 * @param failures tries that failed in a row, from 1
 * @param random 0 (inclusive) to 1 (exclusive)
 * @returns milliseconds to wait, never under a tenth of a second
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(30, Math.max(0, failures - 1)))
  return Math.max(100, Math.floor(random * ceiling))
}
