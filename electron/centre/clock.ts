/** The centre's time. Rehearsal and tests may set it forward or back; nothing else in the centre reads Date.now(). */
export class CentreClock {
  private offsetMs = 0
  private readonly source: () => number

  constructor(source: () => number = Date.now) {
    this.source = source
  }

  /** Milliseconds since 1970 UTC. */
  now(): number {
    return this.source() + this.offsetMs
  }

  /** Shifts the clock; 0 is the machine's own time. */
  setOffset(ms: number): void {
    this.offsetMs = ms
  }
}
