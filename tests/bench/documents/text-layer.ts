/** Our text layer against native tesseract: what it reads and how long it takes, page by page on one core. */
import { join } from 'node:path'
import { median, type BenchContext, type Measured } from '../line.ts'
import { readText, score } from './legibility.ts'
import type { BenchSet } from './sets.ts'
import { buildOnce, job, timed, tool } from './tools.ts'

const PAGES_A_LANGUAGE = 2

export async function measureTextLayer({ dir, log }: BenchContext, set: BenchSet): Promise<Measured[]> {
  log('text layer against native tesseract')
  const differences: number[] = []
  const own: number[] = []
  const native: number[] = []
  for (const language of ['en', 'zh'] as const)
    for (const page of set.pages.filter((candidate) => candidate.language === language).slice(0, PAGES_A_LANGUAGE)) {
      const out = join(dir, `layer-${page.name}.pdf`)
      const ocr = [language === 'en' ? 'eng' : 'chi_sim'] as const
      own.push(await timed(() => buildOnce(job([{ kind: 'image', path: page.scan }], out, { ocr }), 1)))
      let read = ''
      native.push(await timed(async () => (read = await readText(page.scan, language))))
      const ours = score(await tool('pdftotext', [out, '-']), page.text, language)
      differences.push(ours - score(read, page.text, language))
    }
  const value = differences.reduce((a, b) => a + b, 0) / differences.length
  return [
    { id: 'doc.ocrlayer.f1', value, n: differences.length },
    { id: 'doc.ocrlayer.time', value: median(own), peer: 'tesseract', peerValue: median(native), n: own.length },
  ]
}
