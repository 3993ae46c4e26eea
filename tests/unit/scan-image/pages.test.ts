import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demoPages, demoPagesAsPnm } from '../../../electron/core/scanning/demo-pages.ts'
import { makePage } from '../../bench/pages/page.ts'

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('drawn pages', () => {
  test('the same seed draws the same page, another seed another', async () => {
    const draw = (seed: number) => makePage({ kind: 'grey', lang: 'zh', seed, dpi: 72 })
    const [first, again, other] = [await draw(3), await draw(3), await draw(4)]
    expect(sum(again.scan.data)).toBe(sum(first.scan.data))
    expect(again.text).toBe(first.text)
    expect(sum(other.scan.data)).not.toBe(sum(first.scan.data))
  })

  test('a page carries its text and its truth', async () => {
    const page = await makePage({ kind: 'colour', lang: 'en', seed: 1, dpi: 72, wear: { skewDeg: 2 } })
    expect(page.text.split(/\s+/).length).toBeGreaterThan(200)
    expect(page.truth).toMatchObject({ skewDeg: 2, blank: false })
    expect(page.truth.pictures.length).toBeGreaterThan(0)
    expect(page.scan).toMatchObject({ channels: 3, width: page.clean.width, height: page.clean.height })
  })
})

describe('shipped demonstration pages', () => {
  test('there are two articles, in reading order', async () => {
    expect(await demoPages('assets/demo', 'flapping-wing')).toHaveLength(4)
    const english = await demoPages('assets/demo', 'blue-bag')
    expect(english.map((path) => path.slice(-6))).toEqual(['01.jpg', '02.jpg', '03.jpg'])
  })

  test('they can be had as greymaps for SANE', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'balis-pnm-'))
    try {
      const [page] = await demoPagesAsPnm((await demoPages('assets/demo')).slice(0, 1), dir)
      const bytes = await readFile(page ?? '')
      const header = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.toString('latin1', 0, 30))
      expect(header).not.toBeNull()
      expect(bytes.length).toBe((header?.[0].length ?? 0) + Number(header?.[1]) * Number(header?.[2]))
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  })
})
