/**
 * Of each block of a row of blocks the highest grey level that at least a share of its pixels reach; every second one is
 * looked at, both ways.
 * @param histogram room for 1 KB @param levels a byte a block
 */
export function upperLevels(
  pixels: usize,
  width: u32,
  rows: u32,
  block: u32,
  share: f64,
  histogram: usize,
  levels: usize,
): void {
  for (let left: u32 = 0; left < width; left += block) {
    const right = min(width, left + block)
    memory.fill(histogram, 0, 1024)
    let samples: u32 = 0
    for (let y: u32 = 0; y < rows; y += 2) {
      const row = pixels + y * width
      for (let x = left; x < right; x += 2) {
        const entry = histogram + (u32(load<u8>(row + x)) << 2)
        store<u32>(entry, load<u32>(entry) + 1)
        samples++
      }
    }
    let above: u32 = 0
    let level: u32 = 255
    for (; level > 0; level--) {
      above += load<u32>(histogram + (level << 2))
      if (f64(above) >= f64(samples) * share) break
    }
    store<u8>(levels++, level)
  }
}
