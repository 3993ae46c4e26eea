/** The closed list of errors that may cross from core or main to a window. Texts are in renderer/i18n under `error.<code>`. */
import * as z from 'zod'

export const ERROR_CODES = [
  // calls
  'bad_call',
  'unknown_method',
  'protocol_mismatch',
  'too_many_calls',
  'internal',
  'interrupted',
  'not_found',
  'not_allowed',
  // requests and codes
  'action_refused',
  'code_unknown',
  'code_damaged',
  'wrong_item',
  'item_elsewhere',
  'bag_closed',
  'wrong_destination',
  'already_packed',
  'manifest_closed',
  'pickup_expired',
  'pickup_used',
  'paper_used',
  'tariff_overlap',
  'sheet_too_large',
  'sheet_unreadable',
  'sheet_empty',
  'nothing_to_send',
  'copyright_exceeded',
  'no_longer_withdrawable',
  'link_expired',
  // centre
  'offline',
  'portal',
  'sign_in_needed',
  'wrong_password',
  'not_enrolled',
  'enrol_code_wrong',
  'other_library',
  'centre_refused',
  'protocol_unsupported',
  'insecure_centre',
  // scanners
  'scanner_jam',
  'scanner_cover_open',
  'scanner_empty',
  'scanner_busy',
  'scanner_offline',
  'scanner_io',
  'scanner_unsupported',
  'scanner_access_denied',
  'scanner_untrusted',
  'scanner_no_memory',
  'scanner_unknown',
  'no_scanner',
  'cancelled',
  // documents
  'not_an_image',
  'damaged_file',
  'damaged_pdf',
  'encrypted_pdf',
  'pdf_password_wrong',
  'restricted_pdf',
  'unsupported_format',
  'print_into_desk',
  'folder_watched',
  'too_large',
  'timeout',
  'out_of_memory',
  'worker_died',
  'no_pages',
  // printers
  'no_printer',
  'printer_offline',
  'printer_busy',
  'printer_not_accepting',
  'printer_media',
  'printer_auth',
  'printer_untrusted',
  'printer_attention',
  'printer_aborted',
  'printer_cannot_cancel',
  'printer_unknown',
  // tables
  'sheet_too_large',
  'sheet_unreadable',
  'sheet_empty',
  'sheet_columns',
  // machine
  'disk_full',
  'read_only',
  'database_newer',
  'database_damaged',
  'database_missing',
  'data_folder_in_use',
  'network_share',
  'roaming_profile',
  'data_folder_wrong',
  'setting_locked',
  'key_missing',
  'recovery_key_wrong',
  'backup_unusable',
  'no_backup_place',
  // new versions
  'update_none',
  'update_unsigned',
  'update_damaged',
  'update_busy',
  'update_failed',
  // people at the desk
  'pin_wrong',
  'pin_locked',
  'pin_weak',
  'offline_too_long',
  'desk_locked',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]
export const ErrorCode = z.enum(ERROR_CODES)

/** Values a text may name: numbers, names, codes. Never a path and never a stack. */
export const ErrorParams = z.record(z.string().max(40), z.union([z.string().max(500), z.number(), z.boolean()]))
export type ErrorParams = z.infer<typeof ErrorParams>

/** An expected failure with a code the interface can explain. Anything else that is thrown becomes `internal`. */
export class DeskError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'DeskError'
    this.code = code
    this.params = params
  }
}
