/** One line of `npm run bench`, as it is printed and stored in out/bench.json. */
export interface BenchLine {
  id: string
  area: string
  what: string
  /** In the unit of the goal; null when it could not be measured (then `why` says why). */
  value: number | null
  unit: string
  peer: string | null
  peerValue: number | null
  /** value / peerValue. */
  ratio: number | null
  goal: string
  met: boolean
  /** How many runs, pages or queries the value stands on. */
  n: number
  why?: string
}

/** What a measuring module gives back; goal, unit and verdict are added from the table of goals. */
export interface Measured {
  id: string
  value: number | null
  peer?: string
  peerValue?: number
  n: number
  why?: string
}

export interface BenchContext {
  /** Folder for this run's files; removed afterwards. */
  dir: string
  /** Extra folder laid out like the design's samples (`--samples DIR`). */
  samples: string | null
  /** Is any of these lines asked for? A module whose lines cost minutes leaves out those that nobody wants. */
  wants(...ids: string[]): boolean
  /** Tells lines as soon as they are there, so that a run that is ended early has not been for nothing. */
  found(lines: readonly Measured[]): void
  log(text: string): void
}

export type Measure = (context: BenchContext) => Promise<Measured[]>

/** Median of the values; NaN for none. */
export function median(values: number[]): number {
  return percentile(values, 0.5)
}

/** The value below which the share `p` of the values lies (nearest rank). */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  if (p === 0.5 && sorted.length % 2 === 0) return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)]
}
