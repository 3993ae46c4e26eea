/**
 * Some hundred PDFs that are odd in one way each. What peers make of them is measured by `npm run bench -- --only doc.odd`;
 * here one in nine must end, by a result or a refusal that says why, and what comes of them must be sound.
 */
import { expect, test } from 'vitest'
import type { PageSource } from '../../electron/core/documents/types.ts'
import { craftedFiles } from '../unit/documents/support/crafted-files.ts'
import { receivedDesk } from '../unit/documents/support/received.ts'
import { has, tool } from '../unit/documents/support/tools.ts'

const { save, deliver, engine } = await receivedDesk()

/** Whether qpdf finds pages in it. */
const qpdfOpens = (path: string): Promise<boolean> =>
  tool('qpdf', '--warning-exit-0', '--show-npages', path).then(
    (said) => Number(said) > 0,
    () => false,
  )

test.skipIf(!has('qpdf') || !has('pdftotext'))(
  'every odd PDF that qpdf opens is taken over, and together they make one sound delivery with a stamp on each page',
  async () => {
    const files = craftedFiles().filter((_, i) => i % 9 === 0)
    const pages: PageSource[] = []
    const refusedAlone: string[] = []
    let expected = 0
    const probed = await Promise.all(
      files.map(async ({ name, bytes }) => {
        const path = await save(bytes)
        return { name, path, probe: await engine.probe(path) }
      }),
    )
    for (const { name, path, probe } of probed) {
      if (!probe.problem) pages.push({ kind: 'pdf', path })
      else if (await qpdfOpens(path)) refusedAlone.push(`${name}: ${probe.problem}`)
      expected += probe.pages
    }
    expect(refusedAlone).toEqual([])
    const { report, texts } = await deliver(pages)
    expect(report.pages).toBe(expected)
    expect(texts).toHaveLength(expected)
    expect(texts.filter((text) => !text.replace(/\s/g, '').includes('HG00003902'))).toEqual([])
  },
  120_000,
)
