import { ArithmeticEncoder, QE } from './arithmetic-encoder.ts'
import type { Bitmap } from './bitmap.ts'

/** Context that codes "this row equals the row above" (typical prediction, T.88 figure 8). */
const TYPICAL_ROW_CONTEXT = 0x9b25
/** Nominal adaptive template pixels of template 0 (T.88 table 5): with them each context row is one contiguous window. */
const NOMINAL_AT = [3, -1, -3, -1, 2, -2, -2, -2]
const SEGMENT_PAGE_INFORMATION = 48
const SEGMENT_IMMEDIATE_GENERIC_REGION = 38

/**
 * Encodes a bitmap losslessly as JBIG2 (ITU-T T.88) in the embedded organisation of PDF: page information and one
 * immediate generic region, no file header, no globals; for `/Filter /JBIG2Decode` without parameters.
 *
 * Generic regions only: symbol coding would be smaller but can exchange glyphs, which a library must never do.
 */
export function encodeJbig2(bitmap: Bitmap): Uint8Array {
  const { width, height } = bitmap
  const data = encodeGenericRegion(bitmap)
  const region = new DataView(new ArrayBuffer(26))
  region.setUint32(0, width)
  region.setUint32(4, height)
  region.setUint8(17, 0b1000) // template 0, typical prediction on
  NOMINAL_AT.forEach((value, i) => region.setInt8(18 + i, value))
  const page = new DataView(new ArrayBuffer(19))
  page.setUint32(0, width)
  page.setUint32(4, height)
  return Buffer.concat([
    segmentHeader(0, SEGMENT_PAGE_INFORMATION, 19),
    new Uint8Array(page.buffer),
    segmentHeader(1, SEGMENT_IMMEDIATE_GENERIC_REGION, 26 + data.length),
    new Uint8Array(region.buffer),
    data,
  ])
}

function segmentHeader(number: number, type: number, length: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(11))
  header.setUint32(0, number)
  header.setUint8(4, type)
  header.setUint8(6, 1) // page association
  header.setUint32(7, length)
  return new Uint8Array(header.buffer)
}

/** T.88 section 6.2, template 0: 16 context pixels = 5 of row y-2, 7 of row y-1, 4 of row y. */
function encodeGenericRegion({ bits, width, height, stride }: Bitmap): Uint8Array {
  const coder = new ArithmeticEncoder()
  const states = new Uint8Array(65536)
  // Two white rows above and a white byte after each row, so that windows need no bounds checks.
  const padded = stride + 1
  const rows = new Uint8Array((height + 2) * padded)
  let previousWasTypical = 0
  for (let y = 0; y < height; y++) {
    const start = y * stride
    rows.set(bits.subarray(start, start + stride), (y + 2) * padded)
    const typical = equalsRowAbove(bits, start, stride) ? 1 : 0
    coder.encode(states, TYPICAL_ROW_CONTEXT, typical ^ previousWasTypical)
    previousWasTypical = typical
    if (!typical) encodeRow(coder, states, rows, (y + 2) * padded, padded, width)
  }
  return coder.finish()
}

function equalsRowAbove(bits: Uint8Array, start: number, stride: number): boolean {
  if (start === 0) {
    for (let i = 0; i < stride; i++) if (bits[i] !== 0) return false
    return true
  }
  for (let i = start; i < start + stride; i++) if (bits[i] !== bits[i - stride]) return false
  return true
}

/** Bits of the three rows on which the contexts of one byte's eight pixels stand (see `encodeRow`). */
const SEEN_2 = 0x3ffc0
const SEEN_1 = 0x7ffe0
const SEEN_0 = 0xfff

/**
 * Eight pixels at a time. `row2`, `row1` and `row0` hold the byte before, the byte and (above) the byte after of the
 * rows y-2, y-1 and y. Where all that they see is white, which is most of a page, pixels are only counted: they share
 * one context, and the coder takes any number of them at once.
 */
function encodeRow(
  coder: ArithmeticEncoder,
  states: Uint8Array,
  rows: Uint8Array,
  start: number,
  padded: number,
  width: number,
): void {
  const above = start - padded
  const above2 = above - padded
  let row2 = rows[above2]!
  let row1 = rows[above]!
  let row0 = 0
  let white = 0
  let { a, c } = coder
  for (let i = 0, left = width; left > 0; i++, left -= 8) {
    row2 = ((row2 << 8) | rows[above2 + i + 1]!) & 0xffffff
    row1 = ((row1 << 8) | rows[above + i + 1]!) & 0xffffff
    row0 = ((row0 << 8) | rows[start + i]!) & 0xffff
    const pixels = left < 8 ? left : 8
    if (((row2 & SEEN_2) | (row1 & SEEN_1) | (row0 & SEEN_0)) === 0) {
      white += pixels
      continue
    }
    if (white > 0) {
      coder.a = a
      coder.c = c
      coder.encodeRun(states, 0, 0, white)
      a = coder.a
      c = coder.c
      white = 0
    }
    for (let shift = 8; shift > 8 - pixels; shift--) {
      const context =
        (((row2 >> (shift + 5)) & 31) << 11) | (((row1 >> (shift + 4)) & 127) << 4) | ((row0 >> shift) & 15)
      const pixel = (row0 >> (shift - 1)) & 1
      const state = states[context]!
      const qe = QE[state]!
      a -= qe
      if ((state & 1) === pixel && a & 0x8000) c += qe
      else {
        coder.a = a
        coder.c = c
        coder.settle(states, context, pixel)
        a = coder.a
        c = coder.c
      }
    }
  }
  coder.a = a
  coder.c = c
  coder.encodeRun(states, 0, 0, white)
}
