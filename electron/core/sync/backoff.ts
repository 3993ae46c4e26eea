/** Waiting between failures: full jitter, so that a hundred desks do not come back in the same second. */

export const FIRST_MS = 1000
export const LONGEST_MS = 5 * 60_000

export class Backoff {
  private failures = 0
  private readonly random: () => number

  constructor(random: () => number = Math.random) {
    this.random = random
  }

  succeeded(): void {
    this.failures = 0
  }

  /** @returns ms to wait after one more failure, at least what the centre asked for */
  failed(retryAfterMs: number | null = null): number {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.failures++, 20))
    return Math.max(retryAfterMs ?? 0, Math.round(this.random() * ceiling))
  }
}
