import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetSteps } from '../../../electron/core/documents/budget.ts'
import { createBitmap, pixelAt } from '../../../electron/core/documents/bilevel/bitmap.ts'
import { despeckle } from '../../../electron/core/documents/bilevel/despeckle.ts'
import { parseBytes } from '../../../electron/core/documents/arguments.ts'
import { readContent } from '../../../electron/core/documents/received/content.ts'
import { placeAppearance } from '../../../electron/core/documents/received/annotations.ts'
import { concatenate, num, text, type Matrix } from '../../../electron/core/documents/pdf/syntax.ts'
import { PdfParser, PdfSyntaxError } from '../../../electron/core/documents/pdf/read/parser.ts'
import { decodeStream } from '../../../electron/core/documents/pdf/read/filters.ts'
import { inflateUntilFault } from '../../../electron/core/documents/pdf/read/tolerant-inflate.ts'
import { rc4 } from '../../../electron/core/documents/pdf/read/crypt.ts'
import { splitByColour } from '../../../electron/core/documents/raster/ink-colour.ts'
import { mergeOverlapping } from '../../../electron/core/documents/raster/pictures.ts'
import { viewMatrix } from '../../../electron/core/documents/stamp/content.ts'
import { generator, printLikeBitmap, setRow } from './support/bitmaps.ts'

describe('despeckling', () => {
  /** Sizes of 8-connected groups by flood fill: slow, but plainly right. */
  function groups(bitmap: ReturnType<typeof createBitmap>): number[] {
    const seen = new Set<number>()
    const sizes: number[] = []
    for (let start = 0; start < bitmap.width * bitmap.height; start++) {
      if (seen.has(start) || !pixelAt(bitmap, start % bitmap.width, Math.floor(start / bitmap.width))) continue
      const queue = [start]
      seen.add(start)
      for (let i = 0; i < queue.length; i++) {
        const [x, y] = [queue[i]! % bitmap.width, Math.floor(queue[i]! / bitmap.width)]
        for (let ny = Math.max(0, y - 1); ny <= Math.min(bitmap.height - 1, y + 1); ny++)
          for (let nx = Math.max(0, x - 1); nx <= Math.min(bitmap.width - 1, x + 1); nx++) {
            const at = ny * bitmap.width + nx
            if (!seen.has(at) && pixelAt(bitmap, nx, ny)) {
              seen.add(at)
              queue.push(at)
            }
          }
      }
      sizes.push(queue.length)
    }
    return sizes
  }

  test('removes exactly the groups that are too small', () => {
    fc.assert(
      fc.property(printLikeBitmap, fc.integer({ min: 2, max: 30 }), (bitmap, minimum) => {
        const before = groups(bitmap)
        const copy = { ...bitmap, bits: bitmap.bits.slice() }
        const removed = despeckle(copy, minimum)
        expect(groups(copy).sort()).toEqual(before.filter((size) => size >= minimum).sort())
        expect(removed).toBe(before.filter((size) => size < minimum).length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('PDF syntax', () => {
  test('any bytes parse to a value or a named error, and the parser always moves on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const parser = new PdfParser(Buffer.from(bytes))
        for (let i = 0; i < 400 && parser.at < bytes.length; i++) {
          const before = parser.at
          try {
            parser.value()
          } catch (error) {
            expect(error).toBeInstanceOf(PdfSyntaxError)
            return
          }
          expect(parser.at).toBeGreaterThan(before)
        }
      }),
    )
  })

  test('bytes that look like PDF parse likewise', () => {
    const piece = fc.constantFrom(
      '<<',
      '>>',
      '[',
      ']',
      '/A',
      '(x',
      ')',
      '<4',
      '>',
      '1 0 R',
      '12',
      '-.5',
      'null',
      '%c\n',
      '\\',
      'endobj',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const parser = new PdfParser(Buffer.from(pieces.join(' ')))
        try {
          while (parser.at < parser.bytes.length) parser.value()
        } catch (error) {
          expect(error).toBeInstanceOf(PdfSyntaxError)
        }
      }),
    )
  })

  test('numbers are written without exponents and texts in what every viewer reads', () => {
    expect([0, -0.00001, 1.5, 12.34567, 1e-7, 100].map(num)).toEqual(['0', '0', '1.5', '12.3457', '0', '100'])
    expect(text('a (b) \\')).toBe('(a \\(b\\) \\\\)')
    expect(text('馆')).toBe('<FEFF9986>')
  })

  test('concatenating matrices is applying them one after the other', () => {
    const number = fc.integer({ min: -9, max: 9 })
    const matrix = fc.tuple(number, number, number, number, number, number) as fc.Arbitrary<Matrix>
    const apply = ([a, b, c, d, e, f]: Matrix, [x, y]: readonly [number, number]) =>
      [a * x + c * y + e, b * x + d * y + f] as const
    fc.assert(
      fc.property(matrix, matrix, fc.tuple(number, number), (one, two, point) => {
        expect(apply(concatenate(one, two), point)).toEqual(apply(two, apply(one, point)).map((value) => value + 0))
      }),
    )
  })

  test.each([0, 90, 180, 270] as const)(
    'the corner a reader sees at the lower left of a page turned by %i is ours',
    (rotate) => {
      const view = { x: 10, y: 20, width: 100, height: 200, rotate, unit: 1 }
      const [, , , , e, f] = viewMatrix(view)
      const corners = { 0: [10, 20], 90: [110, 20], 180: [110, 220], 270: [10, 220] }
      expect([e, f]).toEqual(corners[rotate])
    },
  )
})

describe('filters', () => {
  const step = { predictor: 1, colors: 1, bits: 8, columns: 1, earlyChange: 1, saneParameters: true, crypt: 'Identity' }
  test('decode the examples of the standards', () => {
    const decode = (name: string, data: string): string =>
      Buffer.from(decodeStream(Buffer.from(data, 'latin1'), [{ ...step, name }])).toString('latin1')
    expect(decode('ASCIIHexDecode', '48 65 6C6c 6F7>')).toBe('Hellop')
    expect(decode('ASCIIHexDecode', '48#56C 4#41>'), 'what is no digit stands for one').toBe('H\x05l@A')
    expect(decode('ASCII85Decode', '87cURD]i,"Ebo80~>')).toBe('Hello World!')
    expect(decode('ASCII85Decode', '<~87cURD]i,"Ebo80~>')).toBe('Hello World!')
    expect(decode('RunLengthDecode', '\x02abc\xfed\x80zzz')).toBe('abcddd')
    // ISO 32000-1, 7.4.4.2, example.
    expect(decode('LZWDecode', '\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01')).toBe('-----A---B')
  })

  test.each([
    [16, [0x01, 0xff, 0x00, 0x02], [0x01, 0xff, 0x02, 0x01]],
    [8, [250, 10, 1], [250, 4, 5]],
    [4, [0x1f, 0x30], [0x10, 0x33]],
    [2, [0b01_11_10_00], [0b01_00_10_10]],
    [1, [0b1010_0000], [0b1100_0000]],
  ])('samples of %i bits coded as differences are added up', (bits, coded, samples) => {
    const columns = (coded.length * 8) / bits
    const parameters = { ...step, name: 'FlateDecode', predictor: 2, bits, columns }
    expect([...decodeStream(deflateSync(Uint8Array.from(coded)), [parameters])]).toEqual(samples)
  })

  test('the tolerant inflate agrees with zlib on whole streams and keeps the start of damaged ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 3000 }),
        fc.integer({ min: 0, max: 9 }),
        (values, level) => {
          const data = Buffer.from(values.map((value) => (value < 128 ? value % 5 : value)))
          const packed = deflateSync(data, { level })
          expect(Buffer.compare(inflateUntilFault(packed, 1e6), data)).toBe(0)
          const cut = inflateUntilFault(packed.subarray(0, packed.length >> 1), 1e6)
          expect(Buffer.compare(cut, data.subarray(0, cut.length))).toBe(0)
        },
      ),
    )
    expect(inflateUntilFault(deflateSync(Buffer.alloc(1e6)), 5000)).toHaveLength(5000)
  })

  test('RC4 gives the known answer', () => {
    expect(Buffer.from(rc4(Buffer.from('Key'), Buffer.from('Plaintext'))).toString('hex')).toBe('bbf316e8d940af0ad3')
  })
})

describe('small rules', () => {
  test('a content stream is balanced whatever it leaves open or closes too often', () => {
    const read = (content: string) => readContent(Buffer.from(content, 'latin1'))
    expect(read('q 1 0 0 1 0 0 cm Q')).toEqual({ missing: 0, open: 0, marks: 0, inText: false })
    expect(read('q q (Q Q \\) Q) <51> /Q gs % Q\n BT')).toEqual({ missing: 0, open: 2, marks: 0, inText: true })
    expect(read('Q Q q')).toEqual({ missing: 2, open: 1, marks: 0, inText: false })
    expect(read('EMC /OC /Hidden BDC /P BMC (BMC) Tj /BDC gs EMC')).toMatchObject({ open: 0, marks: 1 })
    expect(read('BI /W 1 ID ((((>>)] EI q')).toMatchObject({ open: 1 })
    expect(read('q BI /W 1 ID Q Q Q without end')).toMatchObject({ missing: 0, open: 1 })
    fc.assert(
      fc.property(fc.array(fc.constantFrom('q', 'Q')), (operators) => {
        const { missing, open } = read(operators.join(' '))
        let depth = missing
        for (const operator of operators) {
          depth += operator === 'q' ? 1 : -1
          expect(depth).toBeGreaterThanOrEqual(0)
        }
        expect(depth).toBe(open)
      }),
    )
  })

  test('an appearance is fitted to its rectangle', () => {
    expect(placeAppearance([0, 0, 10, 10], null, [100, 200, 120, 240])).toEqual([2, 0, 0, 4, 100, 200])
    expect(placeAppearance([0, 0, 10, 20], [0, 1, -1, 0, 0, 0], [0, 0, 20, 10])).toEqual([1, 0, 0, 1, 20, 0])
    // On a turned page it stays upright where it is told to, hanging from its upper left corner.
    expect(placeAppearance([0, 0, 100, 20], null, [10, 10, 110, 30], 90)).toEqual([0, 1, -1, 0, 30, 30])
    expect(placeAppearance([0, 0, 0, 0], null, [0, 0, 1, 1])).toBeNull()
    expect(placeAppearance(null, null, [0, 0, 1, 1])).toBeNull()
  })

  test('merged rectangles never overlap and cover what the parts covered', () => {
    const rectangle = fc
      .tuple(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
      .map(([x0, y0, w, h]) => ({ x0, y0, x1: x0 + w, y1: y0 + h }))
    fc.assert(
      fc.property(fc.array(rectangle, { maxLength: 12 }), (parts) => {
        const merged = mergeOverlapping(parts)
        for (const [i, a] of merged.entries())
          for (const b of merged.slice(i + 1))
            expect(a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1).toBe(false)
        for (const part of parts)
          expect(merged.some((m) => m.x0 <= part.x0 && m.y0 <= part.y0 && m.x1 >= part.x1 && m.y1 >= part.y1)).toBe(
            true,
          )
      }),
    )
  })

  test('a budget is tried from gentle to coarse and ends in the clean profile at 300 dpi or more', () => {
    for (const profile of ['clean', 'paper', 'grey', 'colour', 'original'] as const) {
      const steps = budgetSteps(profile)
      expect(steps[0]!.profile).toBe(profile)
      expect(steps.at(-1)!.profile).toBe('clean')
      for (const { quality } of steps) expect(quality.inkDpi).toBeGreaterThanOrEqual(300)
    }
  })

  test('sizes are read as people write them', () => {
    expect(['10MB', '800 kB', '2000000', '1.5m', '1GiB'].map(parseBytes)).toEqual([1e7, 8e5, 2e6, 1.5e6, 1e9])
    for (const wrong of ['', 'ten', '0', '-5MB']) expect(() => parseBytes(wrong)).toThrow()
  })
})

test('ink is split by the colour of its cells, and nothing of it is lost or doubled', () => {
  const ink = createBitmap(64, 32)
  const random = generator(3)
  for (let y = 0; y < 32; y++)
    setRow(
      ink,
      y,
      Float64Array.from({ length: 64 }, () => (random() < 0.5 ? 1 : 0)),
    )
  const [blue, black] = [
    [20, 40, 180],
    [30, 30, 30],
  ] as const
  const colours = { rgb: Uint8Array.from([...blue, ...black]), columns: 2, rows: 1 }
  const { coloured, plain } = splitByColour(ink, colours)
  for (let y = 0; y < 32; y++)
    for (let x = 0; x < 64; x++) {
      expect(pixelAt(coloured, x, y)).toBe(x < 32 ? pixelAt(ink, x, y) : 0)
      expect(pixelAt(plain, x, y)).toBe(x < 32 ? 0 : pixelAt(ink, x, y))
    }
})
