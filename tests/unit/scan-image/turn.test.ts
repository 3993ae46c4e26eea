import { expect, test } from 'vitest'
import { turnPixels, type Pixels } from '../../../electron/core/scanning/image/turn.ts'

/** A soft pattern of which the value anywhere, between pixels too, is known. */
const tone = (x: number, y: number): number => 128 + 90 * Math.sin(x / 5) * Math.cos(y / 7)

function pattern(width: number, height: number, channels: number): Pixels {
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) data[(y * width + x) * channels + c] = Math.round(tone(x + 3 * c, y))
  return { data, width, height, channels }
}

/** Largest difference from the pattern turned without pixels, where the page covers it. */
function worst(
  page: Pixels,
  degrees: number,
  box = { left: 0, top: 0, width: page.width, height: page.height },
): number {
  const turned = turnPixels(page, degrees, box)
  expect([turned.width, turned.height, turned.data.length]).toEqual([
    box.width,
    box.height,
    box.width * box.height * page.channels,
  ])
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  const [mx, my] = [(page.width - 1) / 2, (page.height - 1) / 2]
  let most = 0
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++) {
      const [X, Y] = [x + box.left - mx, y + box.top - my]
      const [sx, sy] = [cos * X + sin * Y + mx, cos * Y - sin * X + my]
      if (sx < 3 || sy < 3 || sx > page.width - 4 || sy > page.height - 4) continue
      for (let c = 0; c < page.channels; c++) {
        const value = turned.data[(y * box.width + x) * page.channels + c]!
        most = Math.max(most, Math.abs(value - tone(sx + 3 * c, sy)))
      }
    }
  return most
}

test.each([0.1, -1.3, 4.9, -7, 30])('turning by %d degrees puts every pixel where it belongs', (degrees) => {
  expect(worst(pattern(301, 640, 1), degrees)).toBeLessThan(4)
  expect(worst(pattern(640, 211, 3), degrees)).toBeLessThan(4)
})

test('a part of the turned page is the same as that part of the whole one', () => {
  const page = pattern(400, 1300, 1)
  const box = { left: 37, top: 520, width: 101, height: 703 }
  expect(worst(page, 2.2, box)).toBeLessThan(4)
  const whole = turnPixels(page, 2.2, { left: 0, top: 0, width: 400, height: 1300 })
  const part = turnPixels(page, 2.2, box)
  let most = 0
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++)
      most = Math.max(most, Math.abs(part.data[y * 101 + x]! - whole.data[(y + 520) * 400 + x + 37]!))
  expect(most).toBeLessThanOrEqual(2)
})

test('even paper stays exactly as bright, and corners that the page leaves free take the background', () => {
  const page = { data: new Uint8Array(200 * 300).fill(231), width: 200, height: 300, channels: 1 }
  const turned = turnPixels(page, 5, { left: 0, top: 0, width: 200, height: 300 }, 255)
  expect(turned.data[150 * 200 + 100]).toBe(231)
  expect(turned.data[0]).toBe(255)
  const inner = turnPixels(page, 5, { left: 40, top: 40, width: 120, height: 220 }, 255)
  expect(inner.data.every((value) => value === 231)).toBe(true)
})

test.each([
  [1, 1],
  [1, 40],
  [40, 1],
  [3, 3],
])('a page of %d x %d pixels is turned as well', (width, height) => {
  const page = { data: new Uint8Array(width * height).fill(90), width, height, channels: 1 }
  const turned = turnPixels(page, 3, { left: 0, top: 0, width, height })
  expect(turned.data[Math.floor(height / 2) * width + Math.floor(width / 2)]).toBe(90)
})
