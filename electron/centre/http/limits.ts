/** Counts guesses of codes and passwords per caller, so that a short code cannot be tried out. */
import { HttpRefusal } from '../refusal.ts'

const WINDOW_MS = 60_000
const GUESSES = 10

export class Guesses {
  private readonly wrong = new Map<string, { since: number; count: number }>()

  /** @throws HttpRefusal 429 with Retry-After when this caller has guessed wrong too often in the last minute */
  check(caller: string, now: number): void {
    const seen = this.wrong.get(caller)
    if (!seen || now - seen.since > WINDOW_MS || seen.count < GUESSES) return
    const seconds = Math.max(1, Math.ceil((seen.since + WINDOW_MS - now) / 1000))
    throw new HttpRefusal(429, 'too_many_guesses', {}, { 'Retry-After': String(seconds) })
  }

  failed(caller: string, now: number): void {
    const seen = this.wrong.get(caller)
    if (!seen || now - seen.since > WINDOW_MS) this.wrong.set(caller, { since: now, count: 1 })
    else seen.count++
    if (this.wrong.size > 10_000) this.wrong.clear()
  }
}
