/** The footer's check can be worked out again from the delivered file alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentEngine, type DocumentEngine, type DocumentJob } from '../../electron/core/documents/index.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import { flate, rawPdf } from '../unit/documents/support/raw-pdf.ts'
import { writeScan } from '../unit/documents/support/scans.ts'

let engine: DocumentEngine
let dir: string

const job = (pages: DocumentJob['pages'], out: string): DocumentJob => ({
  pages,
  out,
  profile: 'clean',
  bilevel: 'jbig2',
  metadata: { title: 'verify', requestNo: 'HG00003902', library: '中国人民大学图书馆' },
  stamp: {
    template: 'header-footer',
    library: '中国人民大学图书馆',
    requestNo: 'HG00003902',
    date: '2026-11-22',
    qr: true,
    cover: { lines: ['A title'] },
  },
})

/** A page with black ink, blue ink and a photograph, so that every kind of layer is there. */
const scan = (name: string, seed: number): Promise<string> =>
  writeScan(dir, name, { seed, width: 620, height: 877, colour: true, picture: true, blueHeading: true })

/** A received scan: every page has the same drawing and an image of its own. */
function received(): string {
  const path = join(dir, 'received.pdf')
  const image = '/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8'
  writeFileSync(
    path,
    rawPdf([
      { number: 1, body: '<</Type/Catalog/Pages 2 0 R>>' },
      { number: 2, body: '<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 400 600]>>' },
      { number: 3, body: '<</Type/Page/Parent 2 0 R/Resources<</XObject<</Im 6 0 R>>>>/Contents 5 0 R>>' },
      { number: 4, body: '<</Type/Page/Parent 2 0 R/Resources<</XObject<</Im 7 0 R>>>>/Contents 5 0 R>>' },
      { number: 5, body: flate('', 'q 300 0 0 400 50 100 cm /Im Do Q\n') },
      { number: 6, body: flate(image, String.fromCharCode(...Array.from({ length: 64 }, (_, i) => i * 2))) },
      { number: 7, body: flate(image, String.fromCharCode(...Array.from({ length: 64 }, (_, i) => 127 - i))) },
    ]),
  )
  return path
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'balis-verify-'))
  engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size: 2 } })
})
afterAll(async () => {
  await engine.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('a delivered file and its footers', () => {
  it('agree on scanned and received pages, and the report names the same hashes', async () => {
    const out = join(dir, 'whole.pdf')
    const report = await engine.build(
      job(
        [
          { kind: 'image', path: await scan('one', 1) },
          { kind: 'image', path: await scan('two', 2) },
          { kind: 'pdf', path: received() },
        ],
        out,
      ),
    )
    const verdict = await engine.verify(out)
    expect(verdict.holds).toBe(true)
    expect(verdict.pages.map(({ printed }) => printed && [printed.page, printed.pages])).toEqual([
      null, // the cover
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ])
    expect(verdict.pages.slice(1).map(({ hash }) => hash)).toEqual(report.pageHashes)
    expect(new Set(report.pageHashes).size).toBe(4)
  })

  it('agree where the words are a library’s own, and a check that nobody can read is none', async () => {
    const field = (text: string, y: number) => ({ text, x: 0.5, y, size: 8, align: 'centre', on: 'all' }) as const
    const layout = [field('共 {pages} 页之 {page}', 0.02), field('防伪码：{check}', 0.97)]
    const out = join(dir, 'own-layout.pdf')
    const wanted = job([{ kind: 'pdf', path: received() }], out)
    await engine.build({ ...wanted, stamp: { ...wanted.stamp!, layout } })
    const verdict = await engine.verify(out)
    expect(verdict.holds).toBe(true)
    expect(verdict.pages.at(-1)!.printed).toMatchObject({ page: 2, pages: 2 })
    await engine.build({ ...wanted, stamp: { ...wanted.stamp!, layout: layout.slice(0, 1) } })
    expect(await engine.verify(out)).toMatchObject({ holds: false, pages: [{}, { printed: null }, { printed: null }] })
  })

  it('disagree on the one page whose image was exchanged after the stamp', async () => {
    const out = join(dir, 'changed.pdf')
    await engine.build(
      job(
        [
          { kind: 'image', path: await scan('three', 3) },
          { kind: 'pdf', path: received() },
        ],
        out,
      ),
    )
    const bytes = readFileSync(out)
    // The last image data of the file belongs to the last page; one bit of it is turned.
    const image = bytes.lastIndexOf('/Width 8/Height 8')
    expect(image).toBeGreaterThan(0)
    const data = bytes.indexOf('stream\n', image) + 7
    bytes[data + 5]! ^= 1
    writeFileSync(out, bytes)
    const { pages, holds } = await engine.verify(out)
    expect(holds).toBe(false)
    expect(pages.filter((page) => page.printed && !page.holds)).toHaveLength(1)
  })

  it('disagree when a page is missing, and a file without footers does not hold', async () => {
    const out = join(dir, 'all.pdf')
    await engine.build(job([{ kind: 'pdf', path: received() }], out))
    const part = join(dir, 'part.pdf')
    const { stamp: _, ...plain } = job([{ kind: 'pdf', path: out, pages: [1] }], part)
    await engine.build(plain)
    expect((await engine.verify(part)).holds).toBe(false)
    expect((await engine.verify(received())).holds).toBe(false)
  })
})
