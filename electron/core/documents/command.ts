/** `desk document INPUT... --out FILE`: the document engine from the command line, without a window. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createWorkerForker } from '../host/workers.ts'
import { readArguments, wrong, type Order } from './arguments.ts'
import { ERROR_TEXTS, USAGE } from './command-texts.ts'
import { createDocumentEngine, DocumentError, type DocumentEngine } from './index.ts'
import type { DocumentReport, DocumentVerdict, PageSource } from './types.ts'

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
    if (order === 'help') {
      print.out(USAGE)
      return 0
    }
    if ('verify' in order) {
      engine = createDocumentEngine({ fork: createWorkerForker(null) })
      const verdict = await engine.verify(order.verify, { signal: abort.signal })
      print.out(json ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(order.verify, verdict))
      return verdict.holds ? 0 : 2
    }
    engine = createDocumentEngine({ fork: createWorkerForker(null) })
    const pages = await expandInputs(engine, order)
    const report = await engine.build({ ...order.job, pages }, { signal: abort.signal, ...progressTo(json) })
    print.out(json ? `${JSON.stringify(report, null, 2)}\n` : summary(report))
    return 0
  } catch (error) {
    const known = error instanceof DocumentError ? error : new DocumentError('worker_failed', {}, error)
    print.err(`desk document: ${errorText(known)} (${known.code})\n`)
    if (json) print.out(`${JSON.stringify({ error: { code: known.code, params: known.params } })}\n`)
    return 2
  } finally {
    process.off('SIGINT', onInterrupt)
    await engine?.close()
  }
}

/** One line on what went wrong, with the file or option that it is about. */
function errorText({ code, params }: DocumentError): string {
  const { file, option, wants } = params
  if (code !== 'bad_arguments') return `${file === undefined ? '' : `${file}: `}${ERROR_TEXTS[code]}`
  const name = option === undefined || option === 'INPUT' ? (option ?? '') : `--${option}`
  return `${name && `${name} takes `}${wants}; --help shows all`
}

/** Every page of every input, named where one cannot be taken. */
async function expandInputs(engine: DocumentEngine, { inputs, passwordFile, job }: Order): Promise<PageSource[]> {
  const password = passwordFile === undefined ? undefined : (await readPassword(passwordFile)).replace(/\r?\n$/, '')
  const paths = (await Promise.all(inputs.map(filesOf))).flat()
  // The original is never written over, whatever becomes of the result.
  if (paths.some((path) => resolve(path) === resolve(job.out))) throw wrong('out', 'a file that is none of the inputs')
  const pages: PageSource[] = []
  for (const path of paths) {
    const probe = await engine.probe(path)
    const locked = probe.problem === 'encrypted_pdf' && password !== undefined
    if (probe.problem && !locked) throw new DocumentError(probe.problem, { file: path })
    if (probe.kind === 'pdf') pages.push({ kind: 'pdf', path, ...(password === undefined ? {} : { password }) })
    else for (let page = 0; page < probe.pages; page++) pages.push({ kind: 'image', path, page })
  }
  return pages
}

/** A folder stands for the files in it as people number them: 2 before 10. */
async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name)
  if (names.length === 0) throw new DocumentError('no_pages', { file: path })
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => join(path, name))
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
