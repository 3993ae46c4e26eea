import type { DocumentErrorCode } from './errors.ts'

/** Words of the command line; the window has its own in its languages. */
export const ERROR_TEXTS: Readonly<Record<DocumentErrorCode, string>> = {
  file_missing: 'no such file or folder',
  empty_file: 'the file is empty',
  not_an_image: 'this is not an image',
  damaged_image: 'the image is damaged',
  damaged_pdf: 'this is not a PDF or it is damaged beyond repair',
  encrypted_pdf: 'the PDF needs a password (--password-file)',
  wrong_password: 'the password does not fit',
  restricted_pdf: 'the PDF restricts changes and is not to be opened (--refuse-restricted)',
  unsupported_format: 'this format is not supported',
  print_into_desk: 'open this file in its own program and print it into the desk',
  no_pages: 'there are no pages',
  page_out_of_range: 'the PDF has no such page',
  too_large: 'too large to be processed safely',
  disk_full: 'the disk is full',
  not_writable: 'cannot be written',
  cancelled: 'cancelled',
  timeout: 'took too long and was stopped',
  out_of_memory: 'needed too much memory and was stopped',
  worker_failed: 'failed for an unknown reason',
  bad_arguments: 'the arguments are not right',
  font_missing: "the stamp's font is missing",
}

export const USAGE = `usage: desk document INPUT... --out FILE
  --request-no NO --library NAME   stamp every page (both or neither)
  --library-en NAME --staff NAME --text TEXT --date yyyy-mm-dd --qr --cover --first-page-only
  --template header-footer|footer|watermark
  --profile clean|paper|grey|colour|original   --bilevel jbig2|g4   --budget 10MB   --ocr chi_sim+eng
  --title TEXT --password-file FILE --keep-signed --refuse-restricted --pdfa --json
       desk document --verify FILE [--json]   holds a delivered file against its own footers; exit 2 where it does not hold
`
