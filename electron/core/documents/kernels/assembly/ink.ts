/** Black and white from grey, sixteen pixels at a time. May read fifteen bytes past a row and write one past its bits. */

/**
 * The threshold of each eight pixels of a row: a share of the paper's level in their middle.
 * @param along the paper's level at the centres of its blocks (f64)
 * @param left @param right between which of them each byte of the row lies (i32) @param weight and how far from the left (f64)
 */
export function thresholdsOfRow(
  along: usize,
  left: usize,
  right: usize,
  weight: usize,
  share: f64,
  stride: u32,
  levels: usize,
): void {
  for (let i: u32 = 0; i < stride; i++) {
    const from = load<f64>(along + (load<u32>(left + (i << 2)) << 3))
    const rise = load<f64>(along + (load<u32>(right + (i << 2)) << 3)) - from
    store<u8>(levels + i, u32(Math.ceil(share * (from + rise * load<f64>(weight + (i << 3))))))
  }
}

/** Sets the bits of a row, the first pixel's highest: 1 where a pixel is below the level of its eight. */
export function inkOfRow(pixels: usize, levels: usize, width: u32, bits: usize): void {
  const stride = (width + 7) >> 3
  for (let i: u32 = 0; i < stride; i += 2) {
    const sixteen = v128.load(pixels + (i << 3))
    const turned = v128.shuffle<u8>(sixteen, sixteen, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)
    const two = v128.load_splat<u16>(levels + i)
    const level = v128.shuffle<u8>(two, two, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)
    store<u16>(bits + i, v128.bitmask<i8>(v128.lt<u8>(turned, level)))
  }
  const last = bits + stride - 1
  if (width & 7) store<u8>(last, load<u8>(last) & (0xff00 >> (width & 7)))
}
