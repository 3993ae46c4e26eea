/** Everything that can go wrong with a document, as a closed list; texts belong to the interface and the command line. */
export const DOCUMENT_ERROR_CODES = [
  'file_missing',
  'empty_file',
  'not_an_image',
  'damaged_image',
  'damaged_pdf',
  'encrypted_pdf',
  'wrong_password',
  'restricted_pdf',
  'unsupported_format',
  'print_into_desk',
  'no_pages',
  'page_out_of_range',
  'too_large',
  'disk_full',
  'not_writable',
  'cancelled',
  'timeout',
  'out_of_memory',
  'worker_failed',
  'bad_arguments',
  'font_missing',
] as const
export type DocumentErrorCode = (typeof DOCUMENT_ERROR_CODES)[number]

/** Values that a text about the error may show, such as the file's name or a limit. */
export type ErrorParams = Readonly<Record<string, string | number>>

export class DocumentError extends Error {
  readonly code: DocumentErrorCode
  readonly params: ErrorParams
  constructor(code: DocumentErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'DocumentError'
    this.code = code
    this.params = params
  }
}

/** The form in which an error crosses from a worker process. */
export interface ErrorMessage {
  readonly code: DocumentErrorCode
  readonly params: ErrorParams
  readonly detail: string
}

const isCode = (value: unknown): value is DocumentErrorCode =>
  typeof value === 'string' && (DOCUMENT_ERROR_CODES as readonly string[]).includes(value)

/** Names any thrown value; what is not ours becomes `fallback`, with Node's disk errors told apart. */
export function toDocumentError(thrown: unknown, fallback: DocumentErrorCode, params: ErrorParams = {}): DocumentError {
  if (thrown instanceof DocumentError) return thrown
  const code = (thrown as { code?: unknown } | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DocumentError('disk_full', params, thrown)
  if (code === 'ENOENT') return new DocumentError('file_missing', params, thrown)
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENAMETOOLONG')
    return new DocumentError('not_writable', params, thrown)
  if (thrown instanceof RangeError && /allocation|Invalid (typed )?array (buffer )?length/i.test(thrown.message))
    return new DocumentError('out_of_memory', params, thrown)
  return new DocumentError(fallback, params, thrown)
}

export function packError(error: DocumentError): ErrorMessage {
  const cause = error.cause
  return {
    code: error.code,
    params: error.params,
    detail: cause instanceof Error ? cause.message : String(cause ?? ''),
  }
}

export function unpackError(message: ErrorMessage): DocumentError {
  const code = isCode(message.code) ? message.code : 'worker_failed'
  return new DocumentError(code, message.params, message.detail ? new Error(message.detail) : undefined)
}
