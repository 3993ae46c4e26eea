/** Failures of scanners, documents and printers under the codes that the window explains. */
import { DeskError, type ErrorCode, type ErrorParams } from '../contract/errors.ts'
import { DocumentError, type DocumentErrorCode } from './documents/errors.ts'
import { PrintError, type PrintErrorCode } from './printing/errors.ts'
import { ScanError, type ScanErrorCode } from './scanning/scan-error.ts'

const SCAN: Record<ScanErrorCode, ErrorCode> = {
  jam: 'scanner_jam',
  cover_open: 'scanner_cover_open',
  no_documents: 'scanner_empty',
  busy: 'scanner_busy',
  io: 'scanner_io',
  offline: 'scanner_offline',
  cancelled: 'cancelled',
  unsupported: 'scanner_unsupported',
  access_denied: 'scanner_access_denied',
  untrusted: 'scanner_untrusted',
  no_memory: 'scanner_no_memory',
  disk_full: 'disk_full',
  unknown: 'scanner_unknown',
}

const DOCUMENT: Record<DocumentErrorCode, ErrorCode> = {
  file_missing: 'not_found',
  empty_file: 'damaged_file',
  not_an_image: 'not_an_image',
  damaged_image: 'damaged_file',
  damaged_pdf: 'damaged_pdf',
  encrypted_pdf: 'encrypted_pdf',
  wrong_password: 'pdf_password_wrong',
  restricted_pdf: 'restricted_pdf',
  unsupported_format: 'unsupported_format',
  print_into_desk: 'print_into_desk',
  no_pages: 'no_pages',
  page_out_of_range: 'bad_call',
  too_large: 'too_large',
  disk_full: 'disk_full',
  not_writable: 'read_only',
  cancelled: 'cancelled',
  timeout: 'timeout',
  out_of_memory: 'out_of_memory',
  worker_failed: 'worker_died',
  bad_arguments: 'bad_call',
  font_missing: 'internal',
}

const PRINT: Record<PrintErrorCode, ErrorCode> = {
  offline: 'printer_offline',
  busy: 'printer_busy',
  not_accepting: 'printer_not_accepting',
  unsupported_media: 'printer_media',
  auth: 'printer_auth',
  tls_untrusted: 'printer_untrusted',
  not_found: 'no_printer',
  cannot_cancel: 'printer_cannot_cancel',
  unknown: 'printer_unknown',
}

/** @param params what the text may name, such as the file or the printer */
export function toDeskError(error: unknown, params: ErrorParams = {}): unknown {
  if (error instanceof ScanError) return new DeskError(SCAN[error.code], params, { cause: error })
  if (error instanceof DocumentError)
    return new DeskError(DOCUMENT[error.code], { ...error.params, ...params }, { cause: error })
  if (error instanceof PrintError) return new DeskError(PRINT[error.code], params, { cause: error })
  return error
}
