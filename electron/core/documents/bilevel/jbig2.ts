import { withKernels } from '../kernels/kernels.ts'
import type { Bitmap } from './bitmap.ts'

/** Nominal adaptive template pixels of template 0 (T.88 table 5): with them each context row is one contiguous window. */
const NOMINAL_AT = [3, -1, -3, -1, 2, -2, -2, -2]
/** Sixteen pixels already coded tell what is likely. */
const CONTEXTS = 65_536
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

/** T.88 section 6.2, template 0, with typical prediction. */
function encodeGenericRegion({ bits, width, height, stride }: Bitmap): Uint8Array {
  return withKernels(({ run, take, bytes }) => {
    const from = take(bits.length)
    const states = take(CONTEXTS)
    const rows = take(3 * (stride + 1))
    const out = take(0)
    bytes(from, bits.length).set(bits)
    const length = run.encodeGenericRegion(from, width, height, stride, states, rows, out)
    return bytes(out, length).slice()
  })
}
