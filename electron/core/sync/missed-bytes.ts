/**
 * Bytes that the centre misses although it took them. Once is a centre that lost them, and they go up again; one that
 * always says so would have the same document sent round the clock.
 */
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 60 * 60_000

export class MissedBytes {
  private epoch: string | undefined
  private readonly waits = new Map<string, { until: number; next: number }>()

  /**
   * @param steady ms @param epoch of the centre; put back from a backup, it is another one that may miss everything
   * @returns true when they may be sent once more now
   */
  again(sha256: string, steady: number, epoch: string | undefined): boolean {
    if (epoch !== this.epoch) this.waits.clear()
    this.epoch = epoch
    const { until, next } = this.waits.get(sha256) ?? { until: -Infinity, next: FIRST_WAIT_MS }
    if (steady < until) return false
    this.waits.set(sha256, { until: steady + next, next: Math.min(2 * next, LONGEST_WAIT_MS) })
    return true
  }
}
