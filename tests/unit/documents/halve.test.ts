/** The picture of a page that has just come in is made by halving it: four pixels are one, whatever the page's size. */
import { expect, test } from 'vitest'
import { halve } from '../../../electron/core/documents/raster/halve.ts'

const SIZES = [
  [2, 2],
  [3, 3],
  [8, 4],
  [9, 7],
  [13, 2],
  [63, 31],
] as const

test.each(SIZES)('of %d by %d pixels each is the mean of the four it stands for', (width, height) => {
  const data = Uint8Array.from(
    { length: width * height },
    (_, i) => (Math.imul(i, 2654435761) >>> 24) | (i % 3 ? 0 : 255),
  )
  const small = halve(data, width, height)
  expect([small.width, small.height]).toEqual([width >> 1, height >> 1])
  const means = Array.from({ length: small.width * small.height }, (_, i) => {
    const at = 2 * Math.floor(i / small.width) * width + 2 * (i % small.width)
    return (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]! + 2) >> 2
  })
  expect([...small.data]).toEqual(means)
})

test('a picture of one pixel, one column or one row stays what it shows', () => {
  expect([...halve(Uint8Array.of(7), 1, 1).data]).toEqual([7])
  expect([...halve(Uint8Array.of(10, 20, 30, 40), 1, 4).data]).toEqual([15, 35])
  expect([...halve(Uint8Array.of(10, 20, 30, 40), 4, 1).data]).toEqual([15, 35])
})
