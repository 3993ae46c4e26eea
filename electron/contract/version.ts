/** Version numbers of the program: three numbers, `0.10.1`. */

/** What counts as one; nothing after it, so that it may stand in the name of a folder. */
export const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/

/** Negative, zero or positive, as for a sort: 0.9.0 comes before 0.10.0. Texts that are no version come first. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < 3; i++) if (left[i] !== right[i]) return left[i]! - right[i]!
  return 0
}

const parts = (version: string): number[] => (VERSION.test(version) ? version.split('.').map(Number) : [-1, -1, -1])
