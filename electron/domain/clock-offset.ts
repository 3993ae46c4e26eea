/**
 * How far this machine's clock is from the centre's. Used to show dates and to warn; order never comes from a clock
 * (design: sync, "Clocks").
 */
export const SAMPLES = 9
/** A round trip longer than this (ms) says too little about when the centre read its clock. */
export const LONGEST_ROUND_TRIP_MS = 2000
/** A sample this far (ms) from the others is no noise: it is a clock that was set. */
export const JUMP_MS = 60_000
/** Beyond this (ms) the person is warned. */
export const WARN_SKEW_MS = 120_000

export class ClockOffset {
  private readonly samples: number[] = []

  /** @param sentAt,receivedAt this machine's clock, ms UTC @param serverTime the centre's clock in its reply */
  add(sentAt: number, receivedAt: number, serverTime: number): void {
    const roundTrip = receivedAt - sentAt
    if (roundTrip < 0 || roundTrip > LONGEST_ROUND_TRIP_MS) return
    const offset = serverTime - (sentAt + roundTrip / 2)
    const last = this.samples.at(-1)
    const before = this.ms
    this.samples.push(offset)
    const jumped = (sample: number) => before !== null && Math.abs(sample - before) > JUMP_MS
    // Two in a row say that one of the clocks was set: what was learnt before says nothing any more. One may be wrong.
    if (last !== undefined && jumped(offset) && jumped(last) && Math.abs(offset - last) < JUMP_MS)
      this.samples.splice(0, this.samples.length - 2)
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
