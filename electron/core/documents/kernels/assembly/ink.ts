/** Black and white from grey, sixteen pixels at a time. May read fifteen bytes past the pixels and write one past the bits. */
import { paperAlong, paperBlock, paperColumns } from './paper.ts'

/**
 * The thresholds of rows from `y` on, one for each eight pixels: a share of the paper's level in their middle.
 * @param room for 16 bytes a threshold of a row
 */
export function thresholdsOfRows(y: u32, count: u32, share: f64, stride: u32, room: usize, levels: usize): void {
  const right = room + (stride << 2)
  const weight = right + (stride << 2)
  placesOfBytes(stride, room, right, weight)
  for (let row: u32 = 0; row < count; row++) {
    const along = paperAlong(y + row)
    for (let i: u32 = 0; i < stride; i++) {
      const from = load<f64>(along + (load<u32>(room + (i << 2)) << 3))
      const rise = load<f64>(along + (load<u32>(right + (i << 2)) << 3)) - from
      store<u8>(levels++, u32(Math.ceil(share * (from + rise * load<f64>(weight + (i << 3))))))
    }
  }
}

/** Between which block centres (u32), and how far (f64), the middle of each byte of a bitmap's row lies. */
function placesOfBytes(stride: u32, left: usize, right: usize, weight: usize): void {
  const last = paperColumns() - 1
  for (let i: u32 = 0; i < stride; i++) {
    const place = max(0, min(f64(last), f64((i << 3) + 4) / f64(paperBlock()) - 0.5))
    const from = u32(Math.floor(place))
    store<u32>(left + (i << 2), from)
    store<u32>(right + (i << 2), min(last, from + 1))
    store<f64>(weight + (i << 3), place - f64(from))
  }
}

/**
 * Sets the bits of rows, the first pixel's highest: 1 where a pixel is below the level of its eight.
 * @param levels of a row, a byte for each eight pixels @param step from a row's levels to those of the next; 0: all have the same
 */
export function inkOfRows(pixels: usize, width: u32, count: u32, levels: usize, step: u32, bits: usize): void {
  const stride = (width + 7) >> 3
  for (let row: u32 = 0; row < count; row++) {
    for (let i: u32 = 0; i < stride; i += 2) {
      const sixteen = v128.load(pixels + (i << 3))
      const turned = v128.shuffle<u8>(sixteen, sixteen, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)
      const two = v128.load_splat<u16>(levels + i)
      const level = v128.shuffle<u8>(two, two, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)
      store<u16>(bits + i, v128.bitmask<i8>(v128.lt<u8>(turned, level)))
    }
    const last = bits + stride - 1
    if (width & 7) store<u8>(last, load<u8>(last) & (0xff00 >> (width & 7)))
    pixels += width
    levels += step
    bits += stride
  }
}
