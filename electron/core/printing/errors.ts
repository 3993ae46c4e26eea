/** Why a print could not be done. The window shows its own words for each; `detail` is for "more" and the log. */
export const PRINT_ERROR_CODES = [
  'offline',
  'busy',
  'not_accepting',
  'unsupported_media',
  'auth',
  'tls_untrusted',
  'not_found',
  /** It has the document and does not give it back. */
  'cannot_cancel',
  'unknown',
] as const
export type PrintErrorCode = (typeof PRINT_ERROR_CODES)[number]

export interface PrintErrorFacts {
  detail?: string
  /**
   * The document may have reached the printer although no answer came. Such a job must not be sent again unasked:
   * look for it at the printer first, or let a person look at the tray.
   */
  uncertain?: boolean
  /** SHA-256 fingerprint (hex, lower case) of a certificate nobody has trusted yet. */
  fingerprint?: string
  cause?: unknown
}

/** The only error printing code throws, apart from the reason of an aborted signal. */
export class PrintError extends Error {
  override name = 'PrintError'
  readonly code: PrintErrorCode
  readonly detail: string | undefined
  readonly uncertain: boolean
  readonly fingerprint: string | undefined

  constructor(code: PrintErrorCode, facts: PrintErrorFacts = {}) {
    super(facts.detail ? `${code}: ${facts.detail}` : code, { cause: facts.cause })
    this.code = code
    this.detail = facts.detail
    this.uncertain = facts.uncertain ?? false
    this.fingerprint = facts.fingerprint
  }
}
