/** The peers and how we run ourselves: the same input, in the same run. */
import { execFile, execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createDocumentEngine } from '../../../electron/core/documents/index.ts'
import type { DocumentJob, DocumentReport } from '../../../electron/core/documents/types.ts'
import { createWorkerForker } from '../../../electron/core/host/workers.ts'
import type { BenchSet } from './sets.ts'
import { watch, type Cost } from './watch.ts'

const run = promisify(execFile)

export function installed(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A peer that takes longer is caught in something; the part that called it fails, the others go on. */
export const PEER_LIMIT_MS = 300_000

export async function tool(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: PEER_LIMIT_MS,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...env },
  })
  return stdout
}

export const bytesOf = (path: string): number => statSync(path).size

/** Wall time of one call in milliseconds. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await action()
  return performance.now() - began
}

export const job = (pages: DocumentJob['pages'], out: string, more: Partial<DocumentJob> = {}): DocumentJob => ({
  pages,
  out,
  profile: 'clean',
  bilevel: 'jbig2',
  metadata: { title: 'bench', requestNo: 'HG00003902', library: '中国人民大学图书馆' },
  ...more,
})

/** One build with an engine of its own, so that starting the workers counts. */
export async function buildOnce(wanted: DocumentJob, size = 2): Promise<DocumentReport> {
  const engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size } })
  try {
    return await engine.build(wanted)
  } finally {
    await engine.close()
  }
}

export const scansOf = (set: BenchSet): string[] => set.pages.map(({ scan }) => scan)

export const imagesOf = (scans: readonly string[]): DocumentJob['pages'] =>
  scans.map((path) => ({ kind: 'image', path }))

/** The scans as they are in one PDF: what the peers are given. */
export async function wrapScans(scans: readonly string[], out: string): Promise<string> {
  await tool('img2pdf', [...scans, '-o', out])
  return out
}

export const runOcrmypdf = (input: string, out: string): Promise<Cost> =>
  watch('ocrmypdf', ['-q', '-O3', '--output-type', 'pdfa', '--tesseract-timeout', '0', '--jobs', '2', input, out])

export const runGhostscript = (input: string, out: string): Promise<Cost> =>
  watch('gs', [
    '-q',
    '-dBATCH',
    '-dNOPAUSE',
    '-dSAFER',
    '-sDEVICE=pdfwrite',
    '-dPDFSETTINGS=/ebook',
    `-sOutputFile=${out}`,
    input,
  ])

const buildMany = fileURLToPath(new URL('./build-many.ts', import.meta.url))

/** Our build as a program of its own, Node's start included; the scans are taken round and round. */
export const watchBuild = (
  out: string,
  profile: 'clean' | 'paper',
  scans: readonly string[],
  pages = scans.length,
): Promise<Cost> => watch(process.execPath, [buildMany, out, profile, String(pages), ...scans])
