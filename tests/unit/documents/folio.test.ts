/** Printed page numbers, read off pages of which the truth is known: running heads, dashes, dots, Chinese ones, and pages without. */
import { expect, test } from 'vitest'
import { readFolio } from '../../../electron/core/documents/ocr/folio.ts'
import { FOLIO_FORMS, folioPage } from '../../bench/scan/folios.ts'
import { toJpeg } from '../../bench/pages/page.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DPI = 200
/** One page of each of these forms. */
const PAGES = (
  ['plain', 'dashes', 'di-ye', 'headLeft', 'headEnglish', 'roman', 'address', 'issue', 'none'] as const
).map((form) => FOLIO_FORMS.indexOf(form))

test('numbers are read where they are printed, and nothing else is taken for one', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'balis-folio-'))
  const wrong: string[] = []
  let read = 0
  let printed = 0
  try {
    for (const i of PAGES) {
      const { scan, form, folio, skewDeg } = await folioPage(i, DPI)
      const path = join(folder, 'page.jpg')
      await writeFile(path, await toJpeg(scan))
      const found = await readFolio(path, { page: 0, dpi: DPI, rotate: 0, angleDeg: -skewDeg, crop: null })
      if (found !== null && found !== folio) wrong.push(`${form}: ${found} for ${folio}`)
      if (folio !== null) printed++
      if (folio !== null && found === folio) read++
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  expect(wrong).toEqual([])
  expect(printed).toBe(5)
  expect(read).toBeGreaterThanOrEqual(4)
})
