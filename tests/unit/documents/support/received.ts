import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { DocumentJob, DocumentReport, PageSource, PdfSource } from '../../../../electron/core/documents/types.ts'
import { check, job, temporaryFolder, testEngine, textOfPages, tool } from './tools.ts'

export interface Built {
  readonly out: string
  readonly report: DocumentReport
  readonly texts: string[]
}

export const codes = ({ report }: Built): string[] => report.warnings.map((warning) => warning.code)

/** Every page carries the stamp, with its place among them. */
export function expectStamped(texts: readonly string[], pages: number): void {
  expect(texts).toHaveLength(pages)
  texts.forEach((text, i) => {
    expect(text).toContain('中国人民大学图书馆')
    expect(text).toContain('HG00003902')
    expect(text).toContain(`Page ${i + 1} of ${pages}`)
  })
}

/** A folder and an engine that build stamped deliveries of received PDFs; every result is sound as qpdf sees it. */
export async function receivedDesk() {
  const folder = await temporaryFolder()
  const engine = testEngine()
  let files = 0

  async function save(bytes: Buffer): Promise<string> {
    const path = join(folder, `in-${files++}.pdf`)
    await writeFile(path, bytes)
    return path
  }

  async function deliver(pages: readonly PageSource[], more: Partial<DocumentJob> = {}): Promise<Built> {
    const out = join(folder, `out-${files++}.pdf`)
    const report = await engine.build(job(pages, out, more))
    await check(out)
    return { out, report, texts: await textOfPages(out) }
  }

  const build = async (
    bytes: Buffer,
    source: Partial<PdfSource> = {},
    more: Partial<DocumentJob> = {},
  ): Promise<Built> => deliver([{ kind: 'pdf', path: await save(bytes), ...source }], more)

  /** The file with all streams expanded, to look into. */
  async function plainOf({ out }: Built): Promise<string> {
    const expanded = out.replace('out-', 'plain-')
    await tool('qpdf', '--qdf', '--object-streams=disable', out, expanded)
    return readFile(expanded, 'latin1')
  }

  /** Several files as one delivery, which costs little more than one of them. */
  const merge = async (all: readonly Buffer[], source: Partial<PdfSource> = {}): Promise<Built> =>
    deliver((await Promise.all(all.map(save))).map((path) => ({ kind: 'pdf', path, ...source })))

  return { folder, engine, save, deliver, build, merge, plainOf }
}
