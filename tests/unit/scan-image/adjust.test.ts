import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UNCHANGED, type PageAdjust } from '../../../electron/contract/core/page-adjust.ts'
import { keptBox } from '../../../electron/contract/core/kept-box.ts'
import { splitPages, turnAdjust } from '../../../electron/domain/page-adjust.ts'
import { applyAdjust, pixelBox } from '../../../electron/core/scanning/image/adjust.ts'
import { analysePage } from '../../../electron/core/scanning/image/analyse.ts'
import { box, lines, paper } from './pictures.ts'

const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const anyAdjust: fc.Arbitrary<PageAdjust> = fc.record({
  rotate: fc.constantFrom<PageAdjust['rotate']>(0, 90, 180, 270),
  angleDeg: fc.double({ min: -7, max: 7, noNaN: true }),
  crop: fc.option(fc.record({ left: fraction, top: fraction, width: fraction, height: fraction }), { nil: null }),
  split: fc.option(fc.record({ at: fraction, side: fc.constantFrom<'left' | 'right'>('left', 'right') }), {
    nil: null,
  }),
  even: fc.boolean(),
})

let dir: string
let file: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'balis-adjust-'))
  file = join(dir, 'page.png')
  const page = box(lines(paper(620, 877, 75), 3), 0, 0, 12, 297, 10)
  await sharp(page.data, { raw: { width: page.width, height: page.height, channels: 1 } })
    .toColourspace('b-w')
    .withDensity(75)
    .png()
    .toFile(file)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('adjustments as parameters', () => {
  test('the kept box never leaves the picture and is never empty in pixels', () => {
    fc.assert(
      fc.property(
        anyAdjust,
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 30_000 }),
        (adjust, w, h) => {
          const kept = pixelBox(adjust, w, h)
          expect(kept.left).toBeGreaterThanOrEqual(0)
          expect(kept.top).toBeGreaterThanOrEqual(0)
          expect(kept.width).toBeGreaterThanOrEqual(1)
          expect(kept.height).toBeGreaterThanOrEqual(1)
          expect(kept.left + kept.width).toBeLessThanOrEqual(w)
          expect(kept.top + kept.height).toBeLessThanOrEqual(h)
        },
      ),
    )
  })

  test('the halves of a spread together are the whole, and right-bound books begin on the right', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.boolean(), (at, rightBound) => {
        const pages = splitPages(UNCHANGED, at, rightBound)
        expect(pages[0].split?.side).toBe(rightBound ? 'right' : 'left')
        expect(keptBox(pages[0]).width + keptBox(pages[1]).width).toBeCloseTo(1, 9)
      }),
    )
  })

  test('a page turned four times by a quarter, or twice by a half, is as it was', () => {
    fc.assert(
      fc.property(fraction, fraction, fc.double({ min: 0, max: 1, noNaN: true }), (left, top, size) => {
        const crop = { left: left * 0.5, top: top * 0.5, width: size * 0.5, height: size * 0.4 }
        const before: PageAdjust = { ...UNCHANGED, angleDeg: 1.5, crop }
        const turned = [90, 180, 90].reduce((adjust, by) => turnAdjust(adjust, by as 90), before)
        expect(turned.rotate).toBe(0)
        for (const side of ['left', 'top', 'width', 'height'] as const)
          expect(turned.crop![side]).toBeCloseTo(crop[side], 9)
        const half = splitPages(before, 0.4, false)[0]
        expect(keptBox(turnAdjust(turnAdjust(half, 180), 180)).width).toBeCloseTo(keptBox(half).width, 9)
        expect(keptBox(turnAdjust(half, 90)).height).toBeCloseTo(keptBox(half).width, 9)
      }),
    )
  })

  test('nothing asked for gives the pixels of the original', async () => {
    const out = await (await applyAdjust(file, UNCHANGED)).raw().toBuffer({ resolveWithObject: true })
    expect(out.info).toMatchObject({ width: 620, height: 877, channels: 1 })
    expect(out.data.equals(await sharp(file).toColourspace('b-w').raw().toBuffer())).toBe(true)
  })

  test('any adjustment gives a grey picture of exactly the kept box, with the resolution kept', async () => {
    await fc.assert(
      fc.asyncProperty(anyAdjust, async (adjust) => {
        const sideways = adjust.rotate % 180 !== 0
        const want = pixelBox(adjust, sideways ? 877 : 620, sideways ? 620 : 877)
        const made = await sharp(await (await applyAdjust(file, adjust)).png().toBuffer()).metadata()
        expect([made.width, made.height, made.channels, made.density]).toEqual([want.width, want.height, 1, 75])
      }),
      { numRuns: 12 },
    )
  })

  test('what is proposed sets the page straight and cuts its black edge; proposing again finds nothing left to do', async () => {
    const found = await analysePage(file)
    expect(found).toMatchObject({ width: 620, height: 877, blank: false })
    expect(found.adjust.angleDeg).toBeCloseTo(-3, 0)
    const again = await analysePage(await (await applyAdjust(file, found.adjust)).png().toBuffer())
    expect(Math.abs(again.skewDeg)).toBeLessThan(0.15)
    expect(again.adjust.angleDeg).toBe(0)
  })

  test('a damaged file is an error, not a page', async () => {
    await expect(analysePage(Buffer.from('not a picture'))).rejects.toThrow()
  })
})
