import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import {
  createDocumentEngine,
  type DocumentEngine,
  type EngineOptions,
} from '../../../../electron/core/documents/index.ts'
import type { DocumentJob } from '../../../../electron/core/documents/types.ts'
import { createWorkerForker } from '../../../../electron/core/host/workers.ts'

const run = promisify(execFile)

/** Is a program of the system there? Tests that need one that is not are skipped by name. */
export function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export async function tool(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { encoding: 'latin1', maxBuffer: 2 ** 28 })
  return Buffer.from(stdout, 'latin1').toString('utf8')
}

/** What a program prints, byte for byte. */
export async function toolBytes(program: string, ...args: string[]): Promise<Buffer> {
  return (await run(program, args, { encoding: 'buffer', maxBuffer: 2 ** 28 })).stdout
}

/** A folder that goes when the file's tests end. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-test-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An engine with real worker processes that ends with the file's tests. */
export function testEngine(options: Partial<EngineOptions> = {}): DocumentEngine {
  const engine = createDocumentEngine({ fork: createWorkerForker(null), ...options })
  afterAll(() => engine.close())
  return engine
}

export const STAMP = {
  template: 'header-footer',
  library: '中国人民大学图书馆',
  libraryEn: 'Renmin University of China Library',
  requestNo: 'HG00003902',
  date: '2026-11-22',
} as const

export const job = (pages: DocumentJob['pages'], out: string, more: Partial<DocumentJob> = {}): DocumentJob => ({
  pages,
  out,
  profile: 'clean',
  bilevel: 'jbig2',
  metadata: { title: '论文 <Title> & 题名', requestNo: 'HG00003902', library: '中国人民大学图书馆' },
  stamp: STAMP,
  ...more,
})

/** The text of each page as poppler reads it. */
export async function textOfPages(path: string): Promise<string[]> {
  return (await tool('pdftotext', '-layout', path, '-')).split('\f').slice(0, -1)
}

/** Throws with qpdf's words where the file's structure has any fault. */
export const check = (path: string): Promise<string> => tool('qpdf', '--check', path)
