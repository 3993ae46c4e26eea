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

export const USAGE = `usage: desk document INPUT... --out FILE   one PDF of images, PDFs and folders of them, in this order
       desk document --verify FILE         hold a delivered file against its own footers

stamp (every page, where both of the first are given)
  --request-no NO --library NAME           request and library
  --library-en NAME  --staff NAME  --text TEXT  --date yyyy-mm-dd (today in Beijing)
  --template header-footer|footer|watermark (header-footer)
  --qr  --cover  --first-page-only
pages
  --profile clean|paper|grey|colour|original (clean)
                                           ink on white, the paper's look, one JPEG a page, or the file's own pixels
  --bilevel jbig2|g4 (jbig2)               how black and white is coded
  --budget 10MB                            the gentlest means to stay below
  --ocr chi_sim+chi_tra+eng                read scanned pages into an invisible text layer
received PDFs
  --password-file FILE                     first line of FILE opens what is locked
  --keep-signed                            leave a signed file untouched
  --refuse-restricted                      refuse what its owner restricts
output
  --title TEXT                             (the first input's name)
  --pdfa                                   PDF/A-2b where all pages are images
  --json                                   the report, or the error, as JSON on standard output

exit: 0 made (or the footers hold); 2 refused, failed (or they do not hold), with one line on standard error
`
