/**
 * How far this machine's clock is from the centre's. Used to show dates and to warn; order never comes from a clock
 * (design: sync, "Clocks").
 */
export const SAMPLES = 9
/** A round trip longer than this (ms) says too little about when the centre read its clock. */
export const LONGEST_ROUND_TRIP_MS = 2000
/** Beyond this (ms) the person is warned. */
export const WARN_SKEW_MS = 120_000

export class ClockOffset {
  private readonly samples: number[] = []

  /** @param sentAt,receivedAt this machine's clock, ms UTC @param serverTime the centre's clock in its reply */
  add(sentAt: number, receivedAt: number, serverTime: number): void {
    const roundTrip = receivedAt - sentAt
    if (roundTrip < 0 || roundTrip > LONGEST_ROUND_TRIP_MS) return
    this.samples.push(serverTime - (sentAt + roundTrip / 2))
    if (this.samples.length > SAMPLES) this.samples.shift()
  }

  /** Median of the last nine samples in whole ms; null before the first. Add it to this machine's clock. */
  get ms(): number | null {
    if (this.samples.length === 0) return null
    const sorted = [...this.samples].sort((a, b) => a - b)
    const middle = sorted.length >> 1
    const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
    return Math.round(median)
  }
}
