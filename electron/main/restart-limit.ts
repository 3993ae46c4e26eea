/** Stops a program that dies at once from being started for ever. */
export interface RestartLimit {
  /** Counts one more start. @returns false when there were too many lately */
  mayRestart(): boolean
  forget(): void
}

export function createRestartLimit(
  { times, withinMs }: { times: number; withinMs: number },
  now: () => number = Date.now,
): RestartLimit {
  let starts: number[] = []
  return {
    mayRestart() {
      starts = starts.filter((at) => now() - at < withinMs)
      if (starts.length >= times) return false
      starts.push(now())
      return true
    },
    forget: () => void (starts = []),
  }
}
