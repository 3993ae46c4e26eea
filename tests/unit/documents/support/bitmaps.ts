import fc from 'fast-check'
import { createBitmap, type Bitmap } from '../../../../electron/core/documents/bilevel/bitmap.ts'

/** Bitmaps that look like print: runs repeated over rows with small shifts, some noise, blank and full rows. */
export const printLikeBitmap: fc.Arbitrary<Bitmap> = fc
  .record({
    width: fc.integer({ min: 1, max: 200 }),
    height: fc.integer({ min: 1, max: 40 }),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    repeat: fc.double({ min: 0, max: 1, noNaN: true }),
    change: fc.double({ min: 0.005, max: 0.6, noNaN: true }),
  })
  .map(({ width, height, seed, repeat, change }) => {
    const random = generator(seed)
    const bitmap = createBitmap(width, height)
    let row = new Uint8Array(width)
    for (let y = 0; y < height; y++) {
      if (random() >= repeat) {
        row = new Uint8Array(width)
        let ink = random() < 0.2 ? 1 : 0
        for (let x = 0; x < width; x++) {
          if (random() < change) ink ^= 1
          row[x] = ink
        }
      } else if (random() < 0.5) row = row.map((_, x) => row[Math.max(0, x - 1)]!)
      setRow(bitmap, y, row)
    }
    return bitmap
  })

export function setRow(bitmap: Bitmap, y: number, row: ArrayLike<number>): void {
  for (let x = 0; x < bitmap.width; x++) if (row[x]) bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 128 >> (x & 7)
}

/** A small seeded generator of numbers in [0, 1) (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
