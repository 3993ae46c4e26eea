import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPage } from '../../../electron/core/scanning/image/crop.ts'
import { boxMean, percentile, shrink, turnGrey, type Grey } from '../../../electron/core/scanning/image/grey.ts'
import { findGutter } from '../../../electron/core/scanning/image/gutter.ts'
import { findSkew, SURE } from '../../../electron/core/scanning/image/skew.ts'
import { grow, surroundMask } from '../../../electron/core/scanning/image/surround.ts'
import { box, lines, paper } from './pictures.ts'

const small = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }): fc.Arbitrary<Grey> =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data) => ({ data, width, height, dpi: 75 })),
  )

describe('grey pictures', () => {
  test('the running mean is the mean of the pixels around', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 6 }), (grey, radius) => {
        const means = boxMean(grey, radius)
        for (let y = 0; y < grey.height; y++)
          for (let x = 0; x < grey.width; x++) {
            let sum = 0
            let count = 0
            for (let sy = Math.max(0, y - radius); sy <= Math.min(grey.height - 1, y + radius); sy++)
              for (let sx = Math.max(0, x - radius); sx <= Math.min(grey.width - 1, x + radius); sx++) {
                sum += grey.data[sy * grey.width + sx]!
                count++
              }
            expect(means[y * grey.width + x]).toBeCloseTo(sum / count, 2)
          }
      }),
      { numRuns: 60 },
    )
  })

  test('shrinking and turning keep values within those of the picture, whatever its size', () => {
    fc.assert(
      fc.property(
        small,
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: -7, max: 7, noNaN: true }),
        (grey, k, deg) => {
          const least = Math.min(...grey.data)
          const most = Math.max(...grey.data)
          for (const made of [shrink(grey, k), turnGrey(grey, deg)]) {
            expect(made.data.length).toBe(made.width * made.height)
            expect(Math.min(...made.data)).toBeGreaterThanOrEqual(least)
            expect(Math.max(...made.data)).toBeLessThanOrEqual(most)
          }
        },
      ),
    )
  })

  test('a turn and the turn back give the middle of the picture again', () => {
    const page = lines(paper(400, 560, 75), 0)
    const back = turnGrey(turnGrey(page, 3), -3)
    let difference = 0
    for (let y = 200; y < 360; y++)
      for (let x = 120; x < 280; x++) difference += Math.abs(back.data[y * 400 + x]! - page.data[y * 400 + x]!)
    expect(difference / (160 * 160)).toBeLessThan(25)
  })

  test('growing a mask reaches exactly the squares around its ones', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 4 }), ({ data, width, height }, r) => {
        const mask = data.map((v) => (v > 230 ? 1 : 0))
        const grown = grow(mask, width, height, r)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let near = 0
            for (let sy = Math.max(0, y - r); sy <= Math.min(height - 1, y + r); sy++)
              for (let sx = Math.max(0, x - r); sx <= Math.min(width - 1, x + r); sx++) near |= mask[sy * width + sx]!
            expect(grown[y * width + x]).toBe(near)
          }
      }),
      { numRuns: 60 },
    )
  })

  test('percentiles are those of the sorted values', () => {
    fc.assert(
      fc.property(small, fc.double({ min: 0, max: 1, noNaN: true }), (grey, p) => {
        const sorted = [...grey.data].sort((a, b) => a - b)
        expect(percentile(grey, p)).toBe(sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)])
      }),
    )
  })
})

describe('skew', () => {
  test.each([-4.7, -2.3, -0.6, -0.12, 0, 0.12, 0.9, 3.1, 4.9])(
    'lines that lie turned by %f degrees are found so',
    (deg) => {
      const found = findSkew(lines(paper(620, 877, 75), deg))
      expect(found.confidence).toBeGreaterThan(SURE)
      expect(Math.abs(found.angleDeg - deg)).toBeLessThan(0.12)
    },
  )

  test('a dark surround that lies straight does not hide the angle of the text', () => {
    const page = lines(paper(620, 877, 75), 2)
    const framed = box(box(page, 0, 0, 12, 297, 10), 0, 0, 210, 9, 10)
    expect(findSkew(framed).angleDeg).toBeCloseTo(2, 0)
    expect(Math.abs(findSkew(framed).angleDeg - 2)).toBeLessThan(0.15)
  })

  test('an empty page claims no angle', () => {
    expect(findSkew(paper(620, 877, 75))).toMatchObject({ angleDeg: 0, confidence: 0 })
  })
})

describe('page in the picture', () => {
  test('black edges are cut and paper is kept', () => {
    const page = box(box(paper(620, 877, 75), 0, 0, 15, 297, 12), 190, 0, 20, 297, 30)
    const found = findPage(page)
    const mm = 75 / 25.4
    expect(found.x0).toBeGreaterThanOrEqual(Math.floor(15 * mm))
    expect(found.x0).toBeLessThan(17 * mm)
    expect(found.x1).toBeLessThanOrEqual(Math.ceil(190 * mm))
    expect(found.x1).toBeGreaterThan(188 * mm)
    expect([found.y0, found.y1]).toEqual([0, 877])
  })

  test('a page without black edges stays whole, also with a black photograph in its middle', () => {
    expect(findPage(box(paper(620, 877, 75), 40, 60, 120, 100, 5))).toEqual({ x0: 0, y0: 0, x1: 620, y1: 877 })
  })

  test('a picture that is dark all over is not cut to nothing', () => {
    expect(findPage(paper(300, 300, 75, 1, 20))).toEqual({ x0: 0, y0: 0, x1: 300, y1: 300 })
  })

  test('the surround is only what hangs together with the edge', () => {
    const mask = surroundMask(box(box(paper(300, 300, 75), 0, 0, 5, 101.6, 8), 40, 40, 20, 20, 8), 0)
    expect(mask[150 * 300 + 4]).toBe(1)
    expect(mask[150 * 300 + 148]).toBe(0)
  })
})

describe('gutter', () => {
  /** Two pages with a shadow that falls off from the seam. */
  function spread(seam: number, textOn: 'left' | 'right' | 'both'): Grey {
    const page = paper(1000, 700, 75)
    const data = new Uint8Array(page.data)
    for (let y = 0; y < 700; y++)
      for (let x = 0; x < 1000; x++) {
        const d = Math.abs(x + 0.5 - seam)
        const text = y % 14 < 7 && (x * 7919 + (y / 14) * 31) % 5 < 3 && d > 25 && d < 380
        const here = textOn === 'both' || (x < seam ? 'left' : 'right') === textOn
        data[y * 1000 + x] = (text && here ? 60 : data[y * 1000 + x]!) * (1 - 0.35 * Math.exp(-d / 18))
      }
    return { ...page, data }
  }

  test.each(['left', 'right', 'both'] as const)('text on the %s side does not pull the seam', (textOn) => {
    for (const seam of [440, 500, 545]) {
      const page = spread(seam, textOn)
      const found = findGutter(page, { x0: 0, y0: 0, x1: 1000, y1: 700 })
      expect(Math.abs((found?.x ?? 0) - seam) / (75 / 25.4)).toBeLessThan(1)
    }
  })

  test('an upright page has none, nor has a wide one without a seam', () => {
    expect(findGutter(paper(620, 877, 75), { x0: 0, y0: 0, x1: 620, y1: 877 })).toBeNull()
    expect(findGutter(paper(1000, 700, 75), { x0: 0, y0: 0, x1: 1000, y1: 700 })).toBeNull()
  })
})
