/** Pages as they were laid on the glass, looked at in a worker: print is set upright by reading it, pictures are left alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDocumentEngine, type DocumentEngine } from '../../electron/core/documents/index.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import type { PageFacts } from '../../electron/domain/page-facts.ts'
import { makePage } from '../bench/pages/page.ts'
import { photograph } from '../bench/pages/photo.ts'
import { toSharp, type Raster } from '../bench/pages/sheet.ts'

const DPI = 150
/** Reading wants a processor for seconds, and a busy machine gives it a share. */
vi.setConfig({ testTimeout: 180_000 })
let folder: string
let engine: DocumentEngine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-reading-'))
  engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size: 1 }, scratch: folder })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

async function look(page: Raster, laid: 0 | 90 | 180 | 270): Promise<PageFacts> {
  const path = join(folder, 'page.jpg')
  await writeFile(path, await toSharp(page).rotate(laid).jpeg({ quality: 90 }).toBuffer())
  const wish = { spread: false, separators: true, reading: true, folio: false }
  return engine.look({ path, page: 0, dpi: DPI, ...wish })
}

test.each([
  ['zh', 180, 180],
  ['en', 90, 270],
  ['zh', 0, 0],
] as const)('a page of print (%s) laid at %i degrees is turned by %i', async (lang, laid, turn) => {
  const { scan, truth } = await makePage({ kind: 'grey', lang, seed: 12, dpi: DPI, wear: { skewDeg: 1.5 } })
  const facts = await look(scan, laid)
  expect(facts.rotate).toBe(turn)
  expect(facts.angleDeg + truth.skewDeg).toBeCloseTo(0, 0)
})

test('a photograph stays as it lies', async () => {
  const picture = { ...photograph(5, 900, 1200, 3), dpi: DPI }
  for (const laid of [0, 180] as const) expect((await look(picture, laid)).rotate).toBe(0)
})
