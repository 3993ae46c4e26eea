import { describe, expect, test } from 'vitest'
import { pageLabels } from '../../../electron/core/documents/pdf/page-labels.ts'
import { listPages } from '../../../electron/core/documents/pdf/read/pages.ts'
import { PdfFile } from '../../../electron/core/documents/pdf/read/pdf-file.ts'
import { likeness } from '../../../electron/core/documents/raster/likeness.ts'
import { DrawnSizes } from '../../../electron/core/documents/received/drawn-size.ts'
import { operators } from '../../../electron/core/documents/received/operators.ts'
import { firstExtra, flate, simplePdf, stream } from './support/raw-pdf.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('content, operator by operator', () => {
  test('gives numbers and the last name, and nothing that stands in strings, comments and inline images', () => {
    const content = '1 0 0 -.5 7. 8 cm % 9 9 Do\n(1 2 Do \\) q) Tj /Im1 Do BI /W 4 ID \x00Q q\xff EI Q'
    const read = [...operators(bytes(content))]
    expect(read.map(({ operator }) => operator)).toEqual(['cm', 'Tj', 'Do', 'BI', 'ID', 'Q'])
    expect(read[0]!.numbers).toEqual([1, 0, 0, -0.5, 7, 8])
    expect(read[2]!.name).toBe('Im1')
  })

  test('that is no content at all is read to its end', () => {
    const junk = Uint8Array.from({ length: 5000 }, (_, i) => (i * 73) % 256)
    expect([...operators(junk)].length).toBeGreaterThan(0)
  })
})

describe('the size at which an image is drawn', () => {
  const N = firstExtra(1)
  const image = stream('/Type/XObject/Subtype/Image/Width 4/Height 4', 'x')
  const form = (content: string, matrix: string): Buffer =>
    flate(
      `/Type/XObject/Subtype/Form/BBox[0 0 9 9]${matrix}/Resources<</XObject<</Im ${N} 0 R/Fm ${N + 1} 0 R>>>>`,
      content,
    )
  const sizeOf = (content: string, inForm: string, matrix = '', unit = 1) => {
    const pdf = simplePdf({
      pages: 1,
      page: `/Resources<</XObject<</Im ${N} 0 R/Fm ${N + 1} 0 R>>>>`,
      extra: [
        { number: N, body: image },
        { number: N + 1, body: form(inForm, matrix) },
      ],
    })
    return PdfFile.use(pdf, {}, (file) => {
      const sizes = new DrawnSizes(file)
      sizes.addPage(bytes(content), listPages(file)[0]!.inherited.get('Resources'), unit)
      return sizes.of(N)
    })
  }

  test('follows states, turns, forms and the unit of the page; the largest counts', async () => {
    expect(await sizeOf('q 300 0 0 200 10 10 cm /Im Do Q', '')).toEqual({ width: 300, height: 200 })
    expect(await sizeOf('q 0 300 -200 0 0 0 cm /Im Do Q', '')).toEqual({ width: 300, height: 200 })
    expect(await sizeOf('2 0 0 2 0 0 cm /Fm Do', '50 0 0 40 0 0 cm /Im Do', '/Matrix[3 0 0 3 0 0]')).toEqual({
      width: 300,
      height: 240,
    })
    expect(await sizeOf('q 9 0 0 9 0 0 cm /Im Do Q q 30 0 0 20 0 0 cm /Im Do Q', '', '', 10)).toEqual({
      width: 300,
      height: 200,
    })
  })

  test('of one that no page draws is not known, and a form that draws itself ends', async () => {
    expect(await sizeOf('/Other Do', '')).toBeNull()
    expect(await sizeOf('/Fm Do', '2 0 0 2 0 0 cm /Fm Do /Im Do')).not.toBeNull()
  })
})

test('labels that go on from one another are one range; covers have their own', () => {
  const roman = (number: number) => ({ style: 'r', prefix: '', number })
  expect(pageLabels([undefined, undefined, undefined], 1)).toBe('0<</P(cover)>>1<</S/D>>')
  expect(pageLabels([roman(4), roman(5), undefined, undefined], 0)).toBe('0<</S/r/St 4>>2<</S/D/St 3>>')
})

test('likeness of two even greys is what its formula says of their means alone', () => {
  const even = (value: number) => ({ data: new Uint8Array(32 * 32).fill(value), width: 32, height: 32 })
  const c1 = (0.01 * 255) ** 2
  expect(likeness(even(100), even(150))).toBeCloseTo((2 * 100 * 150 + c1) / (100 ** 2 + 150 ** 2 + c1), 12)
})

test('likeness is one for the same picture and falls with every loss', () => {
  const picture = (change: (value: number, i: number) => number) => ({
    data: Uint8Array.from({ length: 64 * 64 }, (_, i) => change(128 + 100 * Math.sin(i / 5), i)),
    width: 64,
    height: 64,
  })
  const original = picture((value) => value)
  expect(likeness(original, original)).toBe(1)
  const noisy = likeness(
    original,
    picture((value, i) => value + (i % 7)),
  )
  expect(noisy).toBeLessThan(1)
  expect(
    likeness(
      original,
      picture(() => 128),
    ),
  ).toBeLessThan(noisy)
})
