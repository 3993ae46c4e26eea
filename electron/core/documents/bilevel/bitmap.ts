/**
 * A packed bilevel image: rows of `stride` bytes, most significant bit first, 1 = black (ink).
 * Bits beyond `width` in the last byte of a row are 0. Both encoders rely on that.
 */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly stride: number
  readonly bits: Uint8Array
}

/** An all-white bitmap of the given size in pixels. */
export function createBitmap(width: number, height: number): Bitmap {
  const stride = (width + 7) >> 3
  return { width, height, stride, bits: new Uint8Array(stride * height) }
}

/** 1 where the pixel is black. Coordinates must lie inside the bitmap. */
export function pixelAt(bitmap: Bitmap, x: number, y: number): 0 | 1 {
  return ((bitmap.bits[y * bitmap.stride + (x >> 3)]! >> (7 - (x & 7))) & 1) as 0 | 1
}

/** Whitens the half-open rectangle [x0, x1) x [y0, y1); it must lie inside the bitmap. */
export function clearRectangle(bitmap: Bitmap, x0: number, y0: number, x1: number, y1: number): void {
  if (x1 <= x0) return
  const first = x0 >> 3
  const last = (x1 - 1) >> 3
  const headKeep = (0xff00 >> (x0 & 7)) & 0xff
  const tailKeep = 0x7f >> ((x1 - 1) & 7)
  for (let y = y0; y < y1; y++) {
    const row = y * bitmap.stride
    if (first === last) bitmap.bits[row + first]! &= headKeep | tailKeep
    else {
      bitmap.bits[row + first]! &= headKeep
      bitmap.bits.fill(0, row + first + 1, row + last)
      bitmap.bits[row + last]! &= tailKeep
    }
  }
}
