import { createBitmap, type Bitmap } from '../../../../electron/core/documents/bilevel/bitmap.ts'
import * as words from '../../../../electron/core/documents/bilevel/g4-codes.ts'

const runs = (terminating: string, makeUp: string): Map<string, number> =>
  new Map([
    ...terminating.split(' ').map((word, i) => [word, i] as const),
    ...makeUp.split(' ').map((word, i) => [word, (i + 1) * 64] as const),
    ...words.EXTENDED_MAKE_UP.split(' ').map((word, i) => [word, 1792 + i * 64] as const),
  ])
const RUNS = [runs(words.WHITE_TERMINATING, words.WHITE_MAKE_UP), runs(words.BLACK_TERMINATING, words.BLACK_MAKE_UP)]
const MODES = new Map<string, number | 'pass' | 'horizontal' | 'eol'>([
  ...words.VERTICAL.split(' ').map((word, i) => [word, i - 3] as const),
  [words.PASS, 'pass'],
  [words.HORIZONTAL, 'horizontal'],
  [words.EOL, 'eol'],
])

/** A slow decoder over strings of '0' and '1': pixel by pixel, without the encoder's lists of changes. */
export function decodeG4(stream: Uint8Array, width: number, height: number): Bitmap {
  const text = Array.from(stream, (byte) => byte.toString(2).padStart(8, '0')).join('')
  let at = 0
  const next = <T>(table: Map<string, T>): T => {
    for (let length = 1; length <= 13; length++) {
      const found = table.get(text.slice(at, at + length))
      if (found !== undefined) {
        at += length
        return found
      }
    }
    throw new Error(`no code word at bit ${at}`)
  }
  const run = (colour: number): number => {
    for (let total = 0; ;) {
      const length = next(RUNS[colour]!)
      total += length
      if (length < 64) return total
    }
  }
  const bitmap = createBitmap(width, height)
  let above = new Uint8Array(width)
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(width)
    let a0 = -1
    let colour = 0
    const changing = (from: number): number => {
      for (let x = from; x < width; x++) if (above[x] !== (x === 0 ? 0 : above[x - 1])) return x
      return width
    }
    while (a0 < width) {
      let b1 = changing(a0 + 1)
      while (b1 < width && above[b1] === colour) b1 = changing(b1 + 1)
      const b2 = b1 < width ? changing(b1 + 1) : width
      const mode = next(MODES)
      const paint = (end: number, ink: number): void => {
        row.fill(ink, Math.max(a0, 0), end)
        a0 = end
      }
      if (mode === 'pass') paint(b2, colour)
      else if (mode === 'horizontal') {
        paint(Math.max(a0, 0) + run(colour), colour)
        paint(a0 + run(colour ^ 1), colour ^ 1)
      } else if (mode === 'eol') throw new Error('stream ended early')
      else {
        paint(b1 + mode, colour)
        colour ^= 1
      }
    }
    row.forEach((ink, x) => {
      if (ink) bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 128 >> (x & 7)
    })
    above = row
  }
  if (next(MODES) !== 'eol' || next(MODES) !== 'eol') throw new Error('no end of block')
  return bitmap
}
