/**
 * Why a call to the centre did not give an answer, sorted by what the desk does next (design: sync, C4).
 *
 * offline   no answer, or a server's trouble (5xx): try again later, nothing is lost
 * portal    an answer that is not the centre's (HTML, a redirect to a log-in page): the same, but a person should know
 * busy      429 or 503: not before `retryAfterMs`
 * sign_in   401: nothing goes on before somebody signs in (or the device is enrolled anew)
 * protocol  426: this program is too old or too new
 * resync    410: the cursor is too old, load everything
 * refused   another 4xx: the call itself is wrong; repeating it changes nothing
 */
export type CentreTrouble = 'offline' | 'portal' | 'busy' | 'sign_in' | 'protocol' | 'resync' | 'refused'

export interface TroubleFacts {
  status?: number
  /** The centre's own code, such as `hash_mismatch`. */
  error?: string
  retryAfterMs?: number
  /** The operation of the call that the centre could not read. */
  opId?: string
  cause?: unknown
}

export class CentreError extends Error {
  override readonly name = 'CentreError'
  readonly trouble: CentreTrouble
  readonly status: number | undefined
  readonly error: string
  readonly retryAfterMs: number | undefined
  readonly opId: string | undefined

  constructor(trouble: CentreTrouble, facts: TroubleFacts = {}) {
    super(facts.error ? `${trouble}: ${facts.error}` : trouble, { cause: facts.cause })
    this.trouble = trouble
    this.status = facts.status
    this.error = facts.error ?? ''
    this.retryAfterMs = facts.retryAfterMs
    this.opId = facts.opId
  }
}

/** Sorts an answer that is not 2xx and was JSON. */
export function troubleOf(status: number): CentreTrouble {
  if (status === 401) return 'sign_in'
  if (status === 410) return 'resync'
  if (status === 426) return 'protocol'
  if (status === 429 || status === 503) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'offline'
}

/** `Retry-After` in milliseconds: seconds or an HTTP date, at most an hour; undefined where it says nothing usable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 3_600_000) : undefined
}
