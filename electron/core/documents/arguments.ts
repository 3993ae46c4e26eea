/** The words after `desk document`. */
import { parse } from 'node:path'
import { parseArgs } from 'node:util'
import { DocumentError } from './errors.ts'
import {
  OCR_LANGUAGES,
  type BilevelCodec,
  type DocumentJob,
  type DocumentProfile,
  type StampTemplate,
} from './types.ts'

const PROFILES: readonly DocumentProfile[] = ['clean', 'paper', 'grey', 'colour', 'original']
const CODECS: readonly BilevelCodec[] = ['jbig2', 'g4']
const TEMPLATES: readonly StampTemplate[] = ['header-footer', 'footer', 'watermark']

/** Options that mean nothing without a stamp. */
const STAMP_ONLY = ['library-en', 'staff', 'text', 'qr', 'cover', 'first-page-only'] as const

export interface Order {
  readonly inputs: readonly string[]
  readonly passwordFile: string | undefined
  readonly job: Omit<DocumentJob, 'pages'>
}

/**
 * What the words after `desk document` ask for. Throws DocumentError bad_arguments, whose `option` names the one that is
 * not right and whose `wants` says what it takes.
 */
export function readArguments(argv: readonly string[]): Order | { readonly verify: string } | 'help' {
  const { values, positionals } = parsed(argv)
  const { out, library, verify } = values
  if (values.help) return 'help'
  if (verify !== undefined) {
    if (positionals.length > 0 || out !== undefined) throw wrong('verify', 'one file and nothing to be made')
    return { verify }
  }
  const requestNo = values['request-no']
  if (positionals.length === 0) throw wrong('INPUT', 'one file or folder at least')
  if (!out) throw wrong('out', 'the file to be written')
  if (!requestNo !== !library) throw wrong(requestNo ? 'library' : 'request-no', 'a value where the other has one')
  const idle = requestNo ? undefined : STAMP_ONLY.find((option) => values[option])
  if (idle) throw wrong(idle, 'effect on a stamp, which needs --request-no and --library')
  const date = values.date ?? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  if (!isDay(date)) throw wrong('date', 'a day as yyyy-mm-dd')
  const stamp = requestNo &&
    library && {
      template: oneOf(TEMPLATES, values.template, 'template'),
      library,
      requestNo,
      date,
      qr: values.qr === true,
      firstPageOnly: values['first-page-only'] === true,
      ...(values['library-en'] ? { libraryEn: values['library-en'] } : {}),
      ...(values.staff ? { staff: values.staff } : {}),
      ...(values.text ? { freeText: values.text } : {}),
      ...(values.cover ? { cover: { lines: values.title ? [values.title] : [] } } : {}),
    }
  return {
    inputs: positionals,
    passwordFile: values['password-file'],
    job: {
      out,
      profile: oneOf(PROFILES, values.profile, 'profile'),
      bilevel: oneOf(CODECS, values.bilevel, 'bilevel'),
      keepSigned: values['keep-signed'] === true,
      refuseRestricted: values['refuse-restricted'] === true,
      pdfa: values.pdfa === true,
      metadata: {
        title: values.title ?? parse(positionals[0]!).name,
        requestNo: requestNo ?? '',
        library: library ?? '',
      },
      ...(values.ocr ? { ocr: values.ocr.split('+').map((name) => oneOf(OCR_LANGUAGES, name, 'ocr')) } : {}),
      ...(values.budget ? { budgetBytes: parseBytes(values.budget) } : {}),
      ...(stamp ? { stamp } : {}),
    },
  }
}

export const wrong = (option: string, wants: string): DocumentError =>
  new DocumentError('bad_arguments', { option, wants })

/** February has no thirtieth: what is read must be written the same way again. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        'request-no': { type: 'string' },
        library: { type: 'string' },
        'library-en': { type: 'string' },
        title: { type: 'string' },
        date: { type: 'string' },
        staff: { type: 'string' },
        text: { type: 'string' },
        template: { type: 'string', default: 'header-footer' },
        profile: { type: 'string', default: 'clean' },
        bilevel: { type: 'string', default: 'jbig2' },
        budget: { type: 'string' },
        ocr: { type: 'string' },
        'password-file': { type: 'string' },
        'keep-signed': { type: 'boolean' },
        'refuse-restricted': { type: 'boolean' },
        pdfa: { type: 'boolean' },
        'first-page-only': { type: 'boolean' },
        qr: { type: 'boolean' },
        cover: { type: 'boolean' },
        json: { type: 'boolean' },
        verify: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // "Unknown option '--frob'. To specify ...": the first sentence says it.
    const [said = ''] = (error as Error).message.split(/\.\s/)
    throw new DocumentError('bad_arguments', { wants: said }, error)
  }
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((name) => name === value)
  if (!found) throw wrong(option, allowed.join(', '))
  return found
}

/** "10MB", "800 kB", "2000000": decimal units, the smaller reading of each. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(text.trim())
  const bytes = match ? Number(match[1]) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[match[2]!.toLowerCase() as 'k']! : 0
  if (bytes < 1) throw wrong('budget', 'a size such as 10MB')
  return Math.floor(bytes)
}
