/** What the engine needs of a central service, and every way in which a call can fail. */
import type { FeedReply, OpsCall, OpsReply } from '../../contract/centre.contract.ts'

export interface CentreLink {
  /** @param cursor '' for the beginning */
  feed(cursor: string, limit: number): Promise<FeedReply>
  /** The same where the answer's bytes are read elsewhere. @param read gives null for what is no page of a feed */
  feedThrough?<Page extends { serverTime: number }>(
    cursor: string,
    limit: number,
    read: (bytes: Uint8Array<ArrayBuffer>) => Promise<Page | null>,
  ): Promise<Page>
  push(call: OpsCall): Promise<OpsReply>
  beginUpload(mime: string, size: number): Promise<{ uploadUrl: string }>
  /** Bytes the centre has of an upload. */
  uploadOffset(url: string): Promise<number>
  /** @returns the offset after these bytes */
  uploadChunk(url: string, offset: number, bytes: Uint8Array, signal?: AbortSignal): Promise<number>
  completeUpload(url: string, sha256: string, size: number): Promise<void>
}

export type LinkFailure =
  /** No answer, or one that cannot be the centre's. */
  | 'offline'
  /** A captive portal or proxy answered instead of the centre. */
  | 'portal'
  /** The device or the person must sign in again. */
  | 'device_sign_in'
  | 'staff_sign_in'
  | 'protocol'
  | 'resync_required'
  /** The centre is there and asks to come later (429, 503, 5xx). */
  | 'busy'
  /** The centre understood the call and will not do it: 4xx. */
  | 'refused'

export class LinkError extends Error {
  readonly failure: LinkFailure
  /** HTTP status, 0 without an answer. */
  readonly status: number
  /** The centre's word: `op_id_reused`, `hash_mismatch` … */
  readonly error: string
  readonly details: Readonly<Record<string, unknown>>
  /** Wait at least this long, ms. */
  readonly retryAfterMs: number | null

  constructor(
    failure: LinkFailure,
    more: {
      status?: number
      error?: string
      details?: Record<string, unknown>
      retryAfterMs?: number | null
      cause?: unknown
    } = {},
  ) {
    super(`${failure} ${more.status ?? ''} ${more.error ?? ''}`.trim(), { cause: more.cause })
    this.name = 'LinkError'
    this.failure = failure
    this.status = more.status ?? 0
    this.error = more.error ?? ''
    this.details = more.details ?? {}
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

/** How far a feed was read. */
export interface Progress {
  cursor: string
  /** Highest number of a row of the page that led there; 0 before the first page. */
  last: number
}

/**
 * A page that promises more moves the cursor and brings rows that come after those before it (rule S2): pages that do
 * not, also ones that go round in a circle, would be asked for without end.
 * @throws LinkError
 */
export function requireProgress(page: { last: number; next: string; more: boolean }, before: Progress): void {
  const { last, next, more } = page
  if (more && (next === before.cursor || last <= before.last)) throw new LinkError('portal', { error: 'no_progress' })
}
