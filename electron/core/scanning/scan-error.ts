/** Everything that can go wrong with a scanner, as the desk tells it to its user. The list is closed. */
export const SCAN_ERROR_CODES = [
  'jam',
  'cover_open',
  'no_documents',
  'busy',
  'io',
  'offline',
  'cancelled',
  'unsupported',
  'access_denied',
  /** An encrypted device whose certificate nobody has trusted, or that shows another one now. */
  'untrusted',
  'no_memory',
  'disk_full',
  'unknown',
] as const

export type ScanErrorCode = (typeof SCAN_ERROR_CODES)[number]

/** A scanner's failure. `raw` is what the device or its tool said, for the log only, never for the screen. */
export class ScanError extends Error {
  override readonly name = 'ScanError'
  readonly code: ScanErrorCode
  readonly raw: string

  constructor(code: ScanErrorCode, raw = '') {
    super(raw ? `${code}: ${raw}` : code)
    this.code = code
    this.raw = raw
  }
}

const SYSTEM_CODES: Record<string, ScanErrorCode> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  ENOMEM: 'no_memory',
  EACCES: 'access_denied',
  EPERM: 'access_denied',
  EROFS: 'access_denied',
  ECONNREFUSED: 'offline',
  ECONNRESET: 'offline',
  EHOSTUNREACH: 'offline',
  ENETUNREACH: 'offline',
  ENOTFOUND: 'offline',
  ETIMEDOUT: 'offline',
}

/** Turns anything thrown into a `ScanError`; an abort is `cancelled`, a system error goes by its code. */
export function toScanError(error: unknown, signal?: AbortSignal): ScanError {
  if (error instanceof ScanError) return error
  if (signal?.aborted) return new ScanError('cancelled')
  if (!(error instanceof Error)) return new ScanError('unknown', String(error))
  const code = (error as NodeJS.ErrnoException).code
  return new ScanError((code && SYSTEM_CODES[code]) || 'unknown', error.message)
}

/** Throws `cancelled` once the signal is aborted. */
export function refuseIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ScanError('cancelled')
}
