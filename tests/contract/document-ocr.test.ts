import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawText, newSheet, renderSheet } from '../bench/pages/sheet.ts'
import { toJpeg } from '../bench/pages/page.ts'
import { check, has, job, temporaryFolder, testEngine, textOfPages, tool } from '../unit/documents/support/tools.ts'
import { writeFile } from 'node:fs/promises'
import { textLayerContent } from '../../electron/core/documents/ocr/text-layer.ts'

const folder = await temporaryFolder()
const engine = testEngine()
const scan = join(folder, 'scan.jpg')

beforeAll(async () => {
  const sheet = newSheet(260, 120)
  drawText(sheet, 20, 40, 'Interlibrary loan of journals', { font: 'serif', size: 12 })
  drawText(sheet, 20, 70, '馆际互借与文献传递服务', { font: 'serif', size: 12 })
  await writeFile(scan, await toJpeg(await renderSheet(sheet, 300, 1)))
})

describe.skipIf(!has('pdftotext') || !has('qpdf') || !has('pdftoppm'))('the text layer', () => {
  test('makes a scan searchable in Chinese and English, where the words stand, and draws nothing', async () => {
    const pages = [{ kind: 'image', path: scan, dpi: 300 }] as const
    const read = join(folder, 'read.pdf')
    const report = await engine.build(job(pages, read, { ocr: ['chi_sim', 'eng'] }))
    await check(read)
    const [text] = await textOfPages(read)
    expect(text).toContain('Interlibrary loan of journals')
    expect(text).toContain('馆际互借与文献传递服务')
    expect(text).toContain('HG00003902') // the stamp beside it, not stretched out of the page
    const boxes = await tool('pdftotext', '-bbox', read, '-')
    const [x, y] = /xMin="([\d.]+)" yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">Interlibrary</
      .exec(boxes)!
      .slice(1)
      .map(Number)
    expect(x).toBeCloseTo(20, -0.5)
    expect(Math.abs(y! - 42)).toBeLessThan(5)
    const plain = join(folder, 'plain.pdf')
    const without = await engine.build(job(pages, plain))
    expect(report.pageHashes).toEqual(without.pageHashes)
    const images = await Promise.all([read, plain].map(async (path) => tool('pdftoppm', '-r', '60', '-gray', path)))
    expect(images[0]).toBe(images[1])
  }, 240_000)
})

test('Chinese pieces touch one another and English words keep their space', () => {
  const line = (...words: [string, number, number][]) => [
    { baseline: 50, height: 20, words: words.map(([text, x0, x1]) => ({ text, x0, x1 })) },
  ]
  const shown = (content: string): string[] =>
    [...content.matchAll(/<([0-9a-f]+)> Tj/g)].map((match) =>
      Buffer.from(match[1]!, 'hex').swap16().toString('utf16le'),
    )
  expect(shown(textLayerContent(line(['馆际', 0, 40], ['互借', 50, 90]), 1, 100))).toEqual(['馆际', '互借'])
  expect(shown(textLayerContent(line(['two', 0, 40], ['words', 50, 90]), 1, 100))).toEqual(['two ', 'words'])
  // 40 + the gap of 10 pixels for two characters of half an em of 20: two and a half times as wide.
  expect(textLayerContent(line(['馆际', 0, 40], ['互借', 50, 90]), 1, 100)).toContain('250 Tz')
})
