import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clearRectangle, createBitmap, pixelAt } from '../../../electron/core/documents/bilevel/bitmap.ts'
import { encodeG4 } from '../../../electron/core/documents/bilevel/g4.ts'
import { encodeJbig2 } from '../../../electron/core/documents/bilevel/jbig2.ts'
import { generator, printLikeBitmap, setRow } from './support/bitmaps.ts'
import { decodeG4 } from './support/decode-g4.ts'
import { decodeJbig2 } from './support/decode-jbig2.ts'

describe('bilevel encoders lose nothing', () => {
  test('JBIG2 of any bitmap decodes to the same pixels', () => {
    fc.assert(
      fc.property(printLikeBitmap, (bitmap) => {
        const decoded = decodeJbig2(encodeJbig2(bitmap))
        expect(decoded.width).toBe(bitmap.width)
        expect(Buffer.compare(decoded.bits, bitmap.bits)).toBe(0)
      }),
      { numRuns: 150 },
    )
  })

  test('G4 of any bitmap decodes to the same pixels and ends with an end-of-block code', () => {
    fc.assert(
      fc.property(printLikeBitmap, (bitmap) => {
        const decoded = decodeG4(encodeG4(bitmap), bitmap.width, bitmap.height)
        expect(Buffer.compare(decoded.bits, bitmap.bits)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  test('runs longer than every make-up code survive', () => {
    for (const width of [2559, 2560, 2561, 5200, 12_000]) {
      const bitmap = createBitmap(width, 3)
      setRow(bitmap, 1, new Uint8Array(width).fill(1))
      setRow(bitmap, 2, new Uint8Array(width).fill(1, 3, width - 1))
      expect(Buffer.compare(decodeG4(encodeG4(bitmap), width, 3).bits, bitmap.bits)).toBe(0)
      expect(Buffer.compare(decodeJbig2(encodeJbig2(bitmap)).bits, bitmap.bits)).toBe(0)
    }
  })

  test('noise, whose code grows beyond the first buffer, survives', () => {
    const random = generator(7)
    const bitmap = createBitmap(1200, 700)
    for (let y = 0; y < 700; y++)
      setRow(
        bitmap,
        y,
        Float64Array.from({ length: 1200 }, () => (random() < 0.5 ? 1 : 0)),
      )
    const jbig2 = encodeJbig2(bitmap)
    expect(jbig2.length).toBeGreaterThan(65_536)
    expect(Buffer.compare(decodeJbig2(jbig2).bits, bitmap.bits)).toBe(0)
    expect(Buffer.compare(decodeG4(encodeG4(bitmap), 1200, 700).bits, bitmap.bits)).toBe(0)
  })
})

test('clearing a rectangle whitens exactly its pixels', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 37 }), { minLength: 4, maxLength: 4 }), (edges) => {
      const [x0, x1] = edges.slice(0, 2).sort((a, b) => a - b) as [number, number]
      const [y0, y1] = edges.slice(2).sort((a, b) => a - b) as [number, number]
      const bitmap = createBitmap(37, 37)
      for (let y = 0; y < 37; y++) setRow(bitmap, y, new Uint8Array(37).fill(1))
      clearRectangle(bitmap, x0, y0, x1, y1)
      for (let y = 0; y < 37; y++)
        for (let x = 0; x < 37; x++) expect(pixelAt(bitmap, x, y)).toBe(x >= x0 && x < x1 && y >= y0 && y < y1 ? 0 : 1)
    }),
  )
})
