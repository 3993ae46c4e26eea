import type { Bitmap } from './bitmap.ts'
import * as words from './g4-codes.ts'

/** Code words as `bits << 4 | length` (no word is longer than 13 bits). */
const codes = (list: string): Int32Array =>
  Int32Array.from(list.split(' '), (word) => (Number.parseInt(word, 2) << 4) | word.length)

const TERMINATING = [codes(words.WHITE_TERMINATING), codes(words.BLACK_TERMINATING)] as const
const MAKE_UP = [codes(words.WHITE_MAKE_UP), codes(words.BLACK_MAKE_UP)] as const
const EXTENDED = codes(words.EXTENDED_MAKE_UP)
const VERTICAL = codes(words.VERTICAL)
const [PASS, HORIZONTAL, EOL] = codes(`${words.PASS} ${words.HORIZONTAL} ${words.EOL}`) as unknown as [
  number,
  number,
  number,
]

class BitSink {
  #bytes = new Uint8Array(1 << 16)
  #length = 0
  #pending = 0
  #pendingBits = 0

  put(code: number): void {
    const length = code & 15
    this.#pending = (this.#pending << length) | (code >> 4)
    this.#pendingBits += length
    while (this.#pendingBits >= 8) {
      if (this.#length === this.#bytes.length) {
        const larger = new Uint8Array(this.#bytes.length * 2)
        larger.set(this.#bytes)
        this.#bytes = larger
      }
      this.#pendingBits -= 8
      this.#bytes[this.#length++] = this.#pending >> this.#pendingBits
    }
    this.#pending &= (1 << this.#pendingBits) - 1
  }

  run(length: number, colour: number): void {
    while (length >= 2560) {
      this.put(EXTENDED[12]!)
      length -= 2560
    }
    if (length >= 64) {
      const unit = length >> 6
      this.put(unit <= 27 ? MAKE_UP[colour]![unit - 1]! : EXTENDED[unit - 28]!)
      length &= 63
    }
    this.put(TERMINATING[colour]![length]!)
  }

  finish(): Uint8Array {
    if (this.#pendingBits > 0) this.put((0 << 4) | (8 - this.#pendingBits))
    return this.#bytes.slice(0, this.#length)
  }
}

/** Writes the columns where the colour changes (white first) and three sentinels at `width`. */
function changesOfRow(bits: Uint8Array, start: number, stride: number, width: number, changes: Int32Array): void {
  let count = 0
  let colour = 0
  for (let i = 0; i < stride; i++) {
    const byte = bits[start + i]!
    if (byte === (colour === 0 ? 0 : 255)) continue
    let x = i * 8
    for (let mask = 128; mask > 0 && x < width; mask >>= 1, x++) {
      const pixel = byte & mask ? 1 : 0
      if (pixel !== colour) {
        changes[count++] = x
        colour = pixel
      }
    }
  }
  changes[count] = changes[count + 1] = changes[count + 2] = width
}

/**
 * Encodes a bitmap as one CCITT Group 4 stream (ITU-T T.6) ended by EOFB, for
 * `/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns width /Rows height >>`; 0 means black there.
 */
export function encodeG4(bitmap: Bitmap): Uint8Array {
  const { bits, width, height, stride } = bitmap
  const sink = new BitSink()
  let reference = new Int32Array(width + 4).fill(width)
  let coding = new Int32Array(width + 4)
  for (let y = 0; y < height; y++) {
    changesOfRow(bits, y * stride, stride, width, coding)
    encodeRow(sink, coding, reference, width)
    const finished = coding
    coding = reference
    reference = finished
  }
  sink.put(EOL)
  sink.put(EOL)
  return sink.finish()
}

/** T.6 section 2.2: a0 is the place reached, a1 and a2 the next changes of the coding row, b1 and b2 of the reference row. */
function encodeRow(sink: BitSink, coding: Int32Array, reference: Int32Array, width: number): void {
  let a0 = -1
  let colour = 0
  // Changes alternate white->black, black->white, so the parity of an index tells the colour that ends there.
  let a = 0
  let b = 0
  while (a0 < width) {
    while (coding[a]! < width && (coding[a]! <= a0 || (a & 1) !== colour)) a++
    const a1 = coding[a]!
    while (b > 0 && reference[b - 1]! > a0) b--
    while (reference[b]! < width && (reference[b]! <= a0 || (b & 1) !== colour)) b++
    const b1 = reference[b]!
    const b2 = b1 < width ? reference[b + 1]! : width
    if (b2 < a1) {
      sink.put(PASS)
      a0 = b2
      continue
    }
    const distance = a1 - b1
    if (distance >= -3 && distance <= 3) {
      sink.put(VERTICAL[distance + 3]!)
      a0 = a1
      colour ^= 1
      if (a > 0) a--
    } else {
      const a2 = a1 < width ? coding[a + 1]! : width
      sink.put(HORIZONTAL)
      sink.run(a1 - Math.max(a0, 0), colour)
      sink.run(a2 - a1, colour ^ 1)
      a0 = a2
    }
  }
}
