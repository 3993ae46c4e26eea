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
  // One byte a pixel with white margins, so that windows need no bounds checks.
  const margin = 4
  let above2 = new Uint8Array(width + 2 * margin)
  let above = new Uint8Array(width + 2 * margin)
  let row = new Uint8Array(width + 2 * margin)
  let previousWasTypical = 0
  for (let y = 0; y < height; y++) {
    const start = y * stride
    const typical = equalsRowAbove(bits, start, stride) ? 1 : 0
    coder.encode(states, TYPICAL_ROW_CONTEXT, typical ^ previousWasTypical)
    previousWasTypical = typical
    const oldest = above2
    above2 = above
    above = row
    row = oldest
    if (typical) row.set(above)
    else {
      unpackRow(bits, start, stride, width, row, margin)
      encodeRow(coder, states, row, above, above2, width, margin)
    }
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

function unpackRow(
  bits: Uint8Array,
  start: number,
  stride: number,
  width: number,
  row: Uint8Array,
  margin: number,
): void {
  row.fill(0)
  for (let i = 0; i < stride; i++) {
    const byte = bits[start + i]!
    if (byte === 0) continue
    const end = Math.min(width, i * 8 + 8)
    for (let x = i * 8, shift = 7; x < end; x++, shift--) row[margin + x] = (byte >> shift) & 1
  }
}

function encodeRow(
  coder: ArithmeticEncoder,
  states: Uint8Array,
  row: Uint8Array,
  above: Uint8Array,
  above2: Uint8Array,
  width: number,
  margin: number,
): void {
  let window2 = (above2[margin]! << 1) | above2[margin + 1]!
  let window1 = (above[margin]! << 2) | (above[margin + 1]! << 1) | above[margin + 2]!
  let window0 = 0
  let a = coder.a
  let c = coder.c
  for (let x = margin; x < width + margin; x++) {
    window2 = ((window2 << 1) | above2[x + 2]!) & 31
    window1 = ((window1 << 1) | above[x + 3]!) & 127
    const context = (window2 << 11) | (window1 << 4) | window0
    const pixel = row[x]!
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
    window0 = ((window0 << 1) | pixel) & 15
  }
  coder.a = a
  coder.c = c
}
