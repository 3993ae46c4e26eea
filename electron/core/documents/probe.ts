import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { DocumentError, toDocumentError } from './errors.ts'
import { openImage } from './raster/load.ts'
import { inspectPdf } from './received/inspect.ts'
import type { FileProbe } from './types.ts'

/** Enough for every signature, and for `%PDF-`, which readers accept within the first kilobyte. */
const HEAD_BYTES = 4096

interface Kind {
  readonly kind: FileProbe['kind']
  readonly mime: string
}

const image = (mime: string): Kind => ({ kind: 'image', mime })
/** Formats that only their own programs read well: the user prints them into the desk. */
const printed = (mime: string): Kind => ({ kind: 'print_into_desk', mime })

const PRINTED_EXTENSIONS: Readonly<Record<string, Kind>> = {
  '.caj': printed('application/x-caj'),
  '.kdh': printed('application/x-kdh'),
  '.nh': printed('application/x-nh'),
  '.teb': printed('application/x-teb'),
  '.pdg': printed('application/x-pdg'),
  '.ofd': printed('application/ofd'),
  '.wps': printed('application/vnd.ms-works'),
  '.doc': printed('application/msword'),
  '.docx': printed('application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
}

/** The short name of a format that is printed into the desk: `caj`, `docx`. */
export function printedFormat(mime: string): string {
  const found = Object.entries(PRINTED_EXTENSIONS).find(([, kind]) => kind.mime === mime)
  return found ? found[0].slice(1) : 'other'
}

/** Tells a file by its first bytes, and only where these say nothing by its name. */
export function recogniseFile(head: Uint8Array, path: string): Kind {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('\xff\xd8\xff')) return image('image/jpeg')
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return image('image/png')
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return image('image/tiff')
  if (/^RIFF[^]{4}WEBP/.test(text)) return image('image/webp')
  if (text.slice(0, 1024).includes('%PDF-')) return { kind: 'pdf', mime: 'application/pdf' }
  if (text.startsWith('CAJ\0') || text.startsWith('HN') || text.startsWith('\xc8\0\0\0'))
    return printed('application/x-caj')
  if (text.startsWith('TEB')) return printed('application/x-teb')
  if (text.startsWith('KDH ')) return printed('application/x-kdh')
  if (text.startsWith('HH') && extname(path).toLowerCase() === '.pdg') return printed('application/x-pdg')
  if (text.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'))
    return PRINTED_EXTENSIONS[extname(path).toLowerCase()] ?? printed('application/msword')
  const named = PRINTED_EXTENSIONS[extname(path).toLowerCase()]
  if (text.startsWith('PK\x03\x04') && text.includes('OFD.xml')) return printed('application/ofd')
  if (text.startsWith('PK\x03\x04') && (named || text.includes('word/'))) return named ?? PRINTED_EXTENSIONS['.docx']!
  if (/^\s*(<\?xml[^>]*>\s*)?<(!doctype html|html)/i.test(text)) return { kind: 'unsupported', mime: 'text/html' }
  return named ?? { kind: 'unsupported', mime: 'application/octet-stream' }
}

/** What an imported file is and whether it can be taken. Problems are told in the result; only a missing file throws. */
export async function probeFile(path: string): Promise<FileProbe> {
  const { head, bytes } = await readHead(path)
  const unknown = { pages: 0, width: 0, height: 0, dpi: null, bytes }
  if (bytes === 0) return { kind: 'unsupported', mime: 'application/octet-stream', ...unknown, problem: 'empty_file' }
  const { kind, mime } = recogniseFile(head, path)
  if (kind === 'print_into_desk') return { kind, mime, ...unknown, problem: 'print_into_desk' }
  const claimed = extname(path).toLowerCase()
  if (kind === 'unsupported' && claimed !== '.pdf') {
    const problem = /^\.(jpe?g|png|tiff?|webp)$/.test(claimed) ? 'not_an_image' : 'unsupported_format'
    return { kind, mime, ...unknown, problem }
  }
  try {
    if (kind === 'image') return { kind, mime, bytes, ...(await inspectImage(path)) }
    // A PDF that lost its first bytes is one by its name and what else is in it.
    return { kind: 'pdf', mime: 'application/pdf', bytes, ...(await inspectPdf(path)) }
  } catch (error) {
    const problem = toDocumentError(error, kind === 'image' ? 'damaged_image' : 'damaged_pdf').code
    return { kind, mime, ...unknown, problem }
  }
}

async function inspectImage(path: string): Promise<Pick<FileProbe, 'pages' | 'width' | 'height' | 'dpi'>> {
  const { meta, width, height, dpi } = await openImage({ kind: 'image', path })
  return { pages: meta.pages ?? 1, width, height, dpi }
}

async function readHead(path: string): Promise<{ head: Uint8Array; bytes: number }> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return { head: buffer.subarray(0, bytesRead), bytes: (await file.stat()).size }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw toDocumentError(error, 'file_missing', { file: path }) satisfies DocumentError
  }
}
