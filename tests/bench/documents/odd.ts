/** Difficult files: those made by hand must end as they should, damaged ones as well as qpdf or mutool open them. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDocumentEngine, DocumentError } from '../../../electron/core/documents/index.ts'
import { createWorkerForker } from '../../../electron/core/host/workers.ts'
import { damaged, ODD_FILES } from '../../unit/documents/support/odd-files.ts'
import { modernPdf, simpleObjects, simplePdf } from '../../unit/documents/support/raw-pdf.ts'
import type { BenchContext, Measured } from '../line.ts'
import { job } from './tools.ts'

const DAMAGED = 140
const STAMP = {
  template: 'footer',
  library: '中国人民大学图书馆',
  requestNo: 'HG00003902',
  date: '2026-11-22',
} as const
const LONGEST_MS = 60_000

const output = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 2 ** 28 }).stdout ?? ''

/** Pages as the peers count them; 0 where neither opens the file. */
function pagesOfPeers(path: string): number[] {
  const qpdf = Number(/^\d+$/m.exec(output('qpdf', '--show-npages', path))?.[0] ?? 0)
  const mutool = Number(/^Pages: (\d+)/m.exec(output('mutool', 'info', path))?.[1] ?? 0)
  return [qpdf, mutool].filter((pages) => pages > 0)
}

const words = (path: string): string[] => output('pdftotext', path, '-').match(/\w+/g) ?? []

/** Share of the words of one file that stand in the other. */
function kept(before: string, after: string): number {
  const all = words(before)
  const left = new Map<string, number>()
  for (const word of words(after)) left.set(word, (left.get(word) ?? 0) + 1)
  const found = all.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count > 0
  })
  return all.length === 0 ? 1 : found.length / all.length
}

export async function measureOdd({ dir, log }: BenchContext): Promise<Measured[]> {
  log(`${ODD_FILES.length} odd files, ${DAMAGED} damaged ones`)
  const engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size: 2 } })
  const input = join(dir, 'odd-in.pdf')
  const out = join(dir, 'odd-out.pdf')
  /** Pages of a sound result, or the code of the refusal; anything else is a fault. */
  const end = async (bytes: Buffer): Promise<number | string> => {
    await writeFile(input, bytes)
    try {
      const { pages } = await engine.build(job([{ kind: 'pdf', path: input }], out, { stamp: STAMP }))
      const checked = spawnSync('qpdf', ['--check', out], { encoding: 'utf8' })
      if (checked.status !== 0) return checked.stderr.split('\n')[0] ?? 'qpdf finds faults in the result'
      const texts = output('pdftotext', out, '-').split('\f').slice(0, -1)
      return texts.every((page) => page.includes(STAMP.requestNo)) ? pages : 'a page without its stamp'
    } catch (error) {
      return error instanceof DocumentError ? error.code : `thrown: ${String(error)}`
    }
  }
  let right = 0
  try {
    for (const { name, bytes, ends } of ODD_FILES) {
      const got = await end(bytes)
      if (got === ('pages' in ends ? ends.pages : ends.code)) right++
      else log(`${name}: ${got} instead of ${JSON.stringify(ends)}`)
    }
    const originals = [simplePdf({ pages: 5 }), modernPdf(simpleObjects({ pages: 5 }))]
    for (let seed = 0; seed < DAMAGED; seed++) {
      const bytes = damaged(originals[Math.floor(seed / 7) % originals.length]!, seed)
      const got = await end(bytes)
      const peers = pagesOfPeers(input)
      const named = typeof got === 'string' && ['damaged_pdf', 'encrypted_pdf', 'too_large'].includes(got)
      const same = typeof got === 'number' && peers.includes(got) && existsSync(out) && kept(input, out) >= 0.99
      if (peers.length === 0 ? named || typeof got === 'number' : same) right++
      else log(`damaged ${seed}: ${got}, peers ${peers.join('/')}, words ${kept(input, out).toFixed(3)}`)
    }
  } finally {
    await engine.close()
  }
  const n = ODD_FILES.length + DAMAGED
  return [{ id: 'doc.odd', value: right / n, n }]
}
