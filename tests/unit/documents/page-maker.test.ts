import { mkdtempSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DocumentError } from '../../../electron/core/documents/errors.ts'
import { PageMaker } from '../../../electron/core/documents/page-maker.ts'
import type { DocumentPool } from '../../../electron/core/documents/pool.ts'
import type { PageLayers } from '../../../electron/core/documents/raster/layers.ts'
import { STANDARD_QUALITY } from '../../../electron/core/documents/raster/page.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'balis-maker-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const OPTIONS = { timeoutMs: 1000 }
const request = (path: string) => ({
  source: { kind: 'image', path } as const,
  options: { profile: 'clean', bilevel: 'jbig2', quality: STANDARD_QUALITY } as const,
})

/** A pool that makes a page of a kilobyte, and counts; `fail` is told the number of the call. */
function pool(fail: (call: number) => boolean = () => false) {
  const made: string[] = []
  const run = async (_task: string, { source }: ReturnType<typeof request>): Promise<PageLayers> => {
    made.push(source.path)
    const call = made.length
    await Promise.resolve()
    if (fail(call)) throw new DocumentError('cancelled')
    const data = new Uint8Array(1000).fill(source.path.length)
    const box = { x0: 0, y0: 0, x1: 1, y1: 1 }
    const layers = [{ kind: 'stencil', codec: 'g4', data, width: 1, height: 1, box, ink: 0 }] as const
    return { width: 1, height: 1, dpi: 300, layers, choice: 'bilevel', blank: false, bytesIn: 1 }
  }
  return { made, pool: { run } as unknown as DocumentPool }
}

test('a page that was made is not made again, and is the same', async () => {
  const { made, pool: workers } = pool()
  const maker = new PageMaker(workers, folder)
  const first = await maker.make(request('/a'), OPTIONS)
  expect(await maker.make(request('/a'), OPTIONS)).toEqual(first)
  await maker.make({ ...request('/a'), source: { kind: 'image', path: '/a', rotate: 90 } }, OPTIONS)
  expect(made).toEqual(['/a', '/a'])
})

test('who wants a page that is just being made waits for it; its failure is not theirs', async () => {
  const { made, pool: workers } = pool((call) => call === 1)
  const maker = new PageMaker(workers, folder)
  const outcomes = await Promise.allSettled([maker.make(request('/a'), OPTIONS), maker.make(request('/a'), OPTIONS)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(made).toHaveLength(2)
  await Promise.all([maker.make(request('/b'), OPTIONS), maker.make(request('/b'), OPTIONS)])
  expect(made).toHaveLength(3)
})

test('the oldest pages go when there is no more room, and one that was damaged is made anew', async () => {
  const { made, pool: workers } = pool()
  const maker = new PageMaker(workers, folder, 3500)
  for (const path of ['/a', '/b', '/c', '/d']) await maker.make(request(path), OPTIONS)
  expect(readdirSync(folder).length).toBeLessThan(4)
  await maker.make(request('/d'), OPTIONS)
  expect(made).toHaveLength(4)
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'torn')
  await maker.make(request('/d'), OPTIONS)
  expect(made).toHaveLength(5)
})

test('without a folder nothing is kept', async () => {
  const { made, pool: workers } = pool()
  const maker = new PageMaker(workers, null)
  for (let i = 0; i < 2; i++) await maker.make(request('/a'), OPTIONS)
  expect(made).toHaveLength(2)
})
