import { createBitmap, pixelAt, type Bitmap } from '../../../../electron/core/documents/bilevel/bitmap.ts'

/**
 * A deliberately slow decoder written from the text of T.88 (software conventions of annex G are not used), so that it
 * can disagree with the encoder: it has its own copy of nothing but the probability table's published values.
 */
const TABLE =
  '5601 1 1 1,3401 2 6 0,1801 3 9 0,0AC1 4 12 0,0521 5 29 0,0221 38 33 0,5601 7 6 1,5401 8 14 0,4801 9 14 0,3801 10 14 0,3001 11 17 0,2401 12 18 0,1C01 13 20 0,1601 29 21 0,5601 15 14 1,5401 16 14 0,5101 17 15 0,4801 18 16 0,3801 19 17 0,3401 20 18 0,3001 21 19 0,2801 22 19 0,2401 23 20 0,2201 24 21 0,1C01 25 22 0,1801 26 23 0,1601 27 24 0,1401 28 25 0,1201 29 26 0,1101 30 27 0,0AC1 31 28 0,09C1 32 29 0,08A1 33 30 0,0521 34 31 0,0441 35 32 0,02A1 36 33 0,0221 37 34 0,0141 38 35 0,0111 39 36 0,0085 40 37 0,0049 41 38 0,0025 42 39 0,0015 43 40 0,0009 44 41 0,0005 45 42 0,0001 45 43 0,5601 46 46 0'
    .split(',')
    .map((row) => row.split(' '))
    .map(([qe, mps, lps, swap]) => ({ qe: Number.parseInt(qe!, 16), mps: +mps!, lps: +lps!, swap: swap === '1' }))

class Decoder {
  #bytes: Uint8Array
  #at = 0
  #c: number
  #a = 0x8000
  #count = 0
  #index = new Uint8Array(65536)
  #symbol = new Uint8Array(65536)
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#c = (bytes[0] ?? 0xff) * 65536
    this.#byteIn()
    this.#c *= 128
    this.#count -= 7
  }
  #byteIn(): void {
    const here = this.#bytes[this.#at] ?? 0xff
    const next = this.#bytes[this.#at + 1] ?? 0xff
    if (here === 0xff) {
      if (next > 0x8f) {
        this.#c += 0xff00
        this.#count = 8
      } else {
        this.#at++
        this.#c += next * 512
        this.#count = 7
      }
    } else {
      this.#at++
      this.#c += next * 256
      this.#count = 8
    }
  }
  bit(context: number): number {
    const row = TABLE[this.#index[context]!]!
    const likely = this.#symbol[context]!
    let decided: number
    this.#a -= row.qe
    const high = Math.floor(this.#c / 65536)
    const lpsExchange = this.#a < row.qe
    if (high < row.qe) {
      decided = lpsExchange ? likely : 1 - likely
      this.#step(context, lpsExchange)
      this.#a = row.qe
    } else {
      this.#c -= row.qe * 65536
      if (this.#a >= 0x8000) return likely
      decided = lpsExchange ? 1 - likely : likely
      this.#step(context, !lpsExchange)
    }
    while (this.#a < 0x8000) {
      if (this.#count === 0) this.#byteIn()
      this.#a *= 2
      this.#c *= 2
      this.#count--
    }
    return decided
  }
  #step(context: number, likelyPath: boolean): void {
    const row = TABLE[this.#index[context]!]!
    if (!likelyPath && row.swap) this.#symbol[context] = 1 - this.#symbol[context]!
    this.#index[context] = likelyPath ? row.mps : row.lps
  }
}

/** Decodes one embedded stream: page information and one immediate generic region with template 0. */
export function decodeJbig2(stream: Uint8Array): Bitmap {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const width = view.getUint32(11)
  const height = view.getUint32(15)
  const region = 11 + 19 + 11
  const decoder = new Decoder(stream.subarray(region + 26))
  const bitmap = createBitmap(width, height)
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width ? 0 : pixelAt(bitmap, x, y))
  let typical = 0
  for (let y = 0; y < height; y++) {
    typical ^= decoder.bit(0x9b25)
    for (let x = 0; x < width; x++) {
      let pixel: number
      if (typical) pixel = at(x, y - 1)
      else {
        let context = 0
        for (let dx = -2; dx <= 2; dx++) context = context * 2 + at(x + dx, y - 2)
        for (let dx = -3; dx <= 3; dx++) context = context * 2 + at(x + dx, y - 1)
        for (let dx = -4; dx <= -1; dx++) context = context * 2 + at(x + dx, y)
        pixel = decoder.bit(context)
      }
      if (pixel) bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 128 >> (x & 7)
    }
  }
  return bitmap
}
