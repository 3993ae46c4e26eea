/**
 * Z39.50 through YAZ's command-line client where it is installed: it writes the records it fetched to a file as they came
 * (ISO 2709). Commands go in by its standard input, never as arguments.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { CatalogueTarget } from '../../contract/core.contract.ts'
import { readIso2709 } from '../../domain/holdings/iso2709.ts'
import { pqfOf } from '../../domain/holdings/pqf.ts'
import { bibRecordOf } from '../../domain/holdings/record.ts'
import type { Question } from '../../domain/holdings/wanted.ts'
import { CatalogueError } from './catalogue-error.ts'
import { RECORDS_TAKEN, type SruAnswer } from './sru-answer.ts'

/** What the client says is kept this far. */
const SAID = 20_000

/** Where the helper is, or undefined. */
export function yazClient(): string | undefined {
  const name = process.platform === 'win32' ? 'yaz-client.exe' : 'yaz-client'
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** @throws CatalogueError no_helper, timeout, unreachable, broken, diagnostic */
export async function searchZ3950(
  target: CatalogueTarget,
  question: Question,
  signal: AbortSignal,
): Promise<SruAnswer> {
  const program = yazClient()
  if (!program) throw new CatalogueError('no_helper')
  const folder = await mkdtemp(join(tmpdir(), 'desk-z3950-'))
  const file = join(folder, 'records')
  try {
    const commands = [
      'charset utf-8',
      `open ${target.address}`,
      `format ${target.schema || 'usmarc'}`,
      // Up to so many records come with the answer: asking for more than there are is an error.
      `ssub ${RECORDS_TAKEN}`,
      'lslb 2000000000',
      `mspn ${RECORDS_TAKEN}`,
      `find ${pqfOf(question)}`,
      'quit',
    ]
    const said = await run(program, ['-m', file], `${commands.join('\n')}\n`, target.timeoutMs, signal)
    const hits = Number(/Number of hits: (\d+)/.exec(said)?.[1] ?? Number.NaN)
    if (/Connect failed|connection refused|Connecting\.\.\.(error|fail)/i.test(said))
      throw new CatalogueError('unreachable')
    const diagnostic = /\[\d+\] ([^\n]*)/.exec(said)
    // A question that was refused has "0 hits" too, which would say of a book that nobody has it.
    if (diagnostic && !(hits > 0)) throw new CatalogueError('diagnostic', diagnostic[1])
    if (Number.isNaN(hits)) throw new CatalogueError('broken', said.slice(-200))
    const { records, problems } = readIso2709(existsSync(file) ? await readFile(file) : new Uint8Array(), RECORDS_TAKEN)
    return { hits, records: records.map(bibRecordOf), damaged: problems.length }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(program: string, args: string[], input: string, timeoutMs: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], signal, windowsHide: true })
    let said = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new CatalogueError('timeout'))
    }, timeoutMs)
    const hear = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-SAID))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => reject(signal.aborted ? (signal.reason as Error) : new CatalogueError('broken', error.message))) // prettier-ignore
    child.once('close', () => {
      clearTimeout(timer)
      resolve(said)
    })
    // A program that ends before it has read everything.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
