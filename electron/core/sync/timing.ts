/** When the next cycle runs: after local commits, on hints, every minute, when a hold ends; later and later while it fails. */
import { Backoff } from './backoff.ts'

/** After a local commit or a hint, so that a burst makes one cycle. */
export const DEBOUNCE_MS = 200
export const POLL_MS = 60_000

export class Timing {
  private readonly run: () => void
  private readonly random: () => number
  private readonly backoff: Backoff
  private timer: NodeJS.Timeout | undefined
  private timerAt = Infinity
  /** The centre asked not to be called before, ms of the monotonic clock. */
  private notBefore = 0
  private running = false

  /** @param run begins a cycle; called by the timer only */
  constructor(run: () => void, random: () => number = Math.random) {
    this.run = run
    this.random = random
    this.backoff = new Backoff(random)
  }

  start(): void {
    this.running = true
    this.in(0)
  }

  stop(): void {
    this.running = false
    clearTimeout(this.timer)
  }

  /** Something was committed or the centre called: a cycle soon. */
  nudge(): void {
    this.in(DEBOUNCE_MS)
  }

  /** The network or the machine came back, or a person asked: no waiting. */
  goodMoment(): void {
    this.backoff.succeeded()
    this.notBefore = 0
    this.in(0)
  }

  /** The next cycle is at the poll (a minute, give or take a fifth, so that desks do not call in step), or sooner. */
  succeeded(soonerMs = Infinity): void {
    this.backoff.succeeded()
    this.in(Math.min(POLL_MS * (0.8 + 0.4 * this.random()), soonerMs))
  }

  failed(retryAfterMs: number | null = null): void {
    this.notBefore = performance.now() + (retryAfterMs ?? 0)
    this.in(this.backoff.failed(retryAfterMs))
  }

  /** A cycle in so many ms, unless one comes sooner. */
  in(ms: number): void {
    if (!this.running) return
    // Longer than the platform's timers count would fire at once.
    const now = performance.now()
    const wait = Math.max(0, this.notBefore - now, Math.min(ms, POLL_MS * 60))
    const at = now + wait
    if (at >= this.timerAt) return
    clearTimeout(this.timer)
    this.timerAt = at
    this.timer = setTimeout(() => {
      this.timerAt = Infinity
      this.run()
    }, wait)
  }
}
