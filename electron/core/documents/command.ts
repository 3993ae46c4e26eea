/** `desk document INPUT... --out FILE`: the document engine from the command line, without a window. */
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createWorkerForker } from '../host/workers.ts'
import { ERROR_TEXTS, USAGE } from './command-texts.ts'
import { createDocumentEngine, DocumentError, type DocumentEngine } from './index.ts'
import {
  OCR_LANGUAGES,
  type BilevelCodec,
  type DocumentJob,
  type DocumentProfile,
  type DocumentReport,
  type DocumentVerdict,
  type PageSource,
  type StampTemplate,
} from './types.ts'

const PROFILES: readonly DocumentProfile[] = ['clean', 'paper', 'grey', 'colour', 'original']
const CODECS: readonly BilevelCodec[] = ['jbig2', 'g4']
const TEMPLATES: readonly StampTemplate[] = ['header-footer', 'footer', 'watermark']

export interface Printing {
  out(text: string): unknown
  err(text: string): unknown
}
const toProcess: Printing = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}

/** Runs the command and returns its exit code: 0 done, 2 refused or failed with one line on standard error. */
export async function documentCommand(argv: readonly string[], print: Printing = toProcess): Promise<number> {
  const json = argv.includes('--json')
  const abort = new AbortController()
  const onInterrupt = (): void => abort.abort()
  process.once('SIGINT', onInterrupt)
  let engine: DocumentEngine | null = null
  try {
    const order = readArguments(argv)
    if ('verify' in order) {
      engine = createDocumentEngine({ fork: createWorkerForker(null) })
      const verdict = await engine.verify(order.verify, { signal: abort.signal })
      print.out(json ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(order.verify, verdict))
      return verdict.holds ? 0 : 2
    }
    engine = createDocumentEngine({ fork: createWorkerForker(null) })
    const pages = await expandInputs(engine, order.inputs, order.passwordFile)
    const report = await engine.build({ ...order.job, pages }, { signal: abort.signal, ...progressTo(json) })
    print.out(json ? `${JSON.stringify(report, null, 2)}\n` : summary(report))
    return 0
  } catch (error) {
    const known = error instanceof DocumentError ? error : new DocumentError('worker_failed', {}, error)
    const file = known.params['file']
    const text = ERROR_TEXTS[known.code]
    print.err(`desk document: ${file === undefined ? '' : `${file}: `}${text} (${known.code})\n`)
    if (known.code === 'bad_arguments') print.err(USAGE)
    if (json) print.out(`${JSON.stringify({ error: { code: known.code, params: known.params } })}\n`)
    return 2
  } finally {
    process.off('SIGINT', onInterrupt)
    await engine?.close()
  }
}

interface Order {
  readonly inputs: readonly string[]
  readonly passwordFile: string | undefined
  readonly job: Omit<DocumentJob, 'pages'>
}

function readArguments(argv: readonly string[]): Order | { readonly verify: string } {
  const { values, positionals } = parsed(argv)
  const { out, library, verify } = values
  if (verify !== undefined) {
    if (positionals.length > 0 || out !== undefined) throw new DocumentError('bad_arguments', { option: 'verify' })
    return { verify }
  }
  const requestNo = values['request-no']
  if (positionals.length === 0 || !out) throw new DocumentError('bad_arguments')
  // The original is never written over, whatever becomes of the result.
  if (positionals.some((path) => resolve(path) === resolve(out)))
    throw new DocumentError('bad_arguments', { option: 'out' })
  if ((requestNo === undefined) !== (library === undefined)) throw new DocumentError('bad_arguments')
  const date = values.date ?? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  if (!isDay(date)) throw new DocumentError('bad_arguments', { option: 'date' })
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
      metadata: { title: values.title ?? basename(out), requestNo: requestNo ?? '', library: library ?? '' },
      ...(values.ocr ? { ocr: values.ocr.split('+').map((name) => oneOf(OCR_LANGUAGES, name, 'ocr')) } : {}),
      ...(values.budget ? { budgetBytes: parseBytes(values.budget) } : {}),
      ...(stamp ? { stamp } : {}),
    },
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

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
      },
    })
  } catch (error) {
    throw new DocumentError('bad_arguments', {}, error)
  }
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((name) => name === value)
  if (!found) throw new DocumentError('bad_arguments', { option, allowed: allowed.join(', ') })
  return found
}

/** "10MB", "800 kB", "2000000": decimal units, the smaller reading of each. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(text.trim())
  const bytes = match ? Number(match[1]) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[match[2]!.toLowerCase() as 'k']! : 0
  if (bytes < 1) throw new DocumentError('bad_arguments', { option: 'budget' })
  return Math.floor(bytes)
}

/** Every page of every input, named where one cannot be taken. */
async function expandInputs(
  engine: DocumentEngine,
  inputs: readonly string[],
  passwordFile: string | undefined,
): Promise<PageSource[]> {
  const password = passwordFile === undefined ? undefined : (await readPassword(passwordFile)).replace(/\r?\n$/, '')
  const pages: PageSource[] = []
  for (const path of inputs) {
    const probe = await engine.probe(path)
    const locked = probe.problem === 'encrypted_pdf' && password !== undefined
    if (probe.problem && !locked) throw new DocumentError(probe.problem, { file: path })
    if (probe.kind === 'pdf') pages.push({ kind: 'pdf', path, ...(password === undefined ? {} : { password }) })
    else for (let page = 0; page < probe.pages; page++) pages.push({ kind: 'image', path, page })
  }
  return pages
}

async function readPassword(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new DocumentError('file_missing', { file: path }, error)
  }
}

function progressTo(json: boolean) {
  if (json || !process.stderr.isTTY) return {}
  return {
    onProgress: ({ page, pages, etaMs }: { page: number; pages: number; etaMs: number | null }) =>
      void process.stderr.write(`\r${page}/${pages}${etaMs === null ? '' : `  ${Math.ceil(etaMs / 1000)} s `}   `),
  }
}

/** One line on the whole and one on every page that is not as its footer says. */
function verdictText(path: string, { pages, holds }: DocumentVerdict): string {
  const stamped = pages.filter(({ printed }) => printed !== null)
  const wrong = stamped.filter((page) => !page.holds)
  const lines = wrong.map(
    ({ page, printed, hash }) => `  page ${page}: printed ${printed!.hash}, found ${hash.slice(0, 10)}\n`,
  )
  const found =
    stamped.length === 0 ? 'no footers to hold it against' : `${stamped.length} of ${pages.length} pages stamped`
  const said = holds ? 'holds' : 'does not hold'
  const missing = !holds && wrong.length === 0 && stamped.length > 0 ? '  pages are missing or not in order\n' : ''
  return `${path}: ${said}, ${found}\n${lines.join('')}${missing}`
}

function summary({ out, pages, bytesIn, bytesOut, warnings }: DocumentReport): string {
  const size = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`
  const lines = warnings.map(({ code, page, params }) => {
    const details = Object.entries({ ...(page ? { page } : {}), ...params }).map(([key, value]) => `${key} ${value}`)
    return `  ${code}${details.length > 0 ? ` (${details.join(', ')})` : ''}\n`
  })
  return `${out}: ${pages} pages, ${size(bytesIn)} -> ${size(bytesOut)}\n${lines.join('')}`
}
