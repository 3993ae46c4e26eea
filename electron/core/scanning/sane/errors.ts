import { ScanError, type ScanErrorCode } from '../scan-error.ts'

/** SANE_Status values, which scanimage gives as its exit code (sane.h of sane-backends). */
const BY_STATUS: Record<number, ScanErrorCode> = {
  1: 'unsupported',
  2: 'cancelled',
  3: 'busy',
  4: 'unsupported',
  6: 'jam',
  7: 'no_documents',
  8: 'cover_open',
  9: 'io',
  10: 'no_memory',
  11: 'access_denied',
}

/** The texts of sane_strstatus in the C locale, and scanimage's own; read before the exit code, which is ambiguous. */
const BY_TEXT: readonly (readonly [RegExp, ScanErrorCode])[] = [
  [/no space left on device|disk quota exceeded/i, 'disk_full'],
  [/document feeder jammed/i, 'jam'],
  [/scanner cover is open/i, 'cover_open'],
  [/document feeder out of documents/i, 'no_documents'],
  [/access to resource has been denied/i, 'access_denied'],
  [/device busy/i, 'busy'],
  [/out of memory/i, 'no_memory'],
  [/no SANE devices found|open of device .* failed: (invalid argument|error during device I\/O)/i, 'offline'],
  [/could not open output file|error during device I\/O|No IDATs written/i, 'io'],
  [
    /unrecognized option|setting of option|bad option value|unknown option|argument .* out of range|ambiguous|operation not supported|invalid argument/i,
    'unsupported',
  ],
  [/operation was cancel/i, 'cancelled'],
]

/** The error behind a scanimage run that ended badly. `exit` is its exit code, null when a signal ended it. */
export function saneError(exit: number | null, stderr: string): ScanError {
  const said = stderr
    .split(/[\r\n]+/)
    .filter((line) => line !== '' && !/^(Progress:|Output format is not set|scanimage: rounded value)/.test(line))
    .join('\n')
  const byText = BY_TEXT.find(([pattern]) => pattern.test(said))?.[1]
  return new ScanError(byText ?? (exit === null ? 'io' : (BY_STATUS[exit] ?? 'unknown')), said.slice(-2000))
}
