/**
 * What something between the desk and the centre does not let through: a filter that dislikes a word in a note, a proxy
 * with a limit of its own. It is not the centre's word, so nothing is refused or parked by it; the one operation is left
 * aside for a while and all others go on (invariant I9). Where nothing goes through at all, that is no network.
 */
import { LinkError } from './link.ts'

/** Left aside so long, ms. */
export const ASIDE_MS = 10 * 60_000
/** Single operations that may be stopped in a row before the whole way counts as shut. */
const MOST_IN_A_ROW = 3
/** About who calls or how often, not about what is said. */
const NOT_ABOUT_THE_BODY = new Set([401, 404, 407, 408, 421, 425, 429, 451])

/** A 4xx that is not the centre's own, to a call with a body. */
export const stoppedOnTheWay = (error: unknown): error is LinkError =>
  error instanceof LinkError &&
  error.failure === 'portal' &&
  error.status >= 400 &&
  error.status < 500 &&
  !NOT_ABOUT_THE_BODY.has(error.status)

export class OnTheWay {
  private readonly until = new Map<string, number>()
  /** Stopped alone since something last went through. */
  private row: string[] = []

  /** @param steady ms */
  leavesAside(opId: string, steady: number): boolean {
    return (this.until.get(opId) ?? 0) > steady
  }

  /** A call with this one operation was stopped. @returns false when that says nothing about the operation any more */
  stopped(opId: string, steady: number): boolean {
    this.row.push(opId)
    this.until.set(opId, steady + ASIDE_MS)
    if (this.row.length <= MOST_IN_A_ROW) return true
    for (const one of this.row) this.until.delete(one)
    this.row = []
    return false
  }

  wentThrough(opIds: readonly string[]): void {
    this.row = []
    for (const opId of opIds) this.until.delete(opId)
  }

  /** A person asks, or the network is another one: everything is tried. */
  forget(): void {
    this.until.clear()
    this.row = []
  }
}
