/** Of a grey picture, its half in each direction: every pixel the mean of four. Odd last rows and columns are left out. */
export function halve(
  data: Uint8Array,
  width: number,
  height: number,
): { data: Uint8Array<ArrayBuffer>; width: number; height: number } {
  const [wide, tall] = [Math.max(1, width >> 1), Math.max(1, height >> 1)]
  const words = (width + 3) >> 2
  // Four pixels are summed at a time, two in each half of a word; rows of any width begin at a word's start here.
  const [upper, lower] = [new Uint8Array(words * 4), new Uint8Array(words * 4)]
  const [up, low] = [new Int32Array(upper.buffer), new Int32Array(lower.buffer)]
  const row = new Uint8Array(words * 2)
  const out = new Uint8Array(wide * tall)
  for (let y = 0; y < tall; y++) {
    const from = 2 * y * width
    upper.set(data.subarray(from, from + width))
    lower.set(height > 1 ? data.subarray(from + width, from + 2 * width) : upper.subarray(0, width))
    if (width === 1) upper[1] = upper[0]!
    if (width === 1) lower[1] = lower[0]!
    for (let i = 0, x = 0; i < words; i++, x += 2) {
      const a = up[i]!
      const b = low[i]!
      const sums =
        (a & 0x00ff00ff) + ((a >>> 8) & 0x00ff00ff) + (b & 0x00ff00ff) + ((b >>> 8) & 0x00ff00ff) + 0x00020002
      row[x] = sums >>> 2
      row[x + 1] = sums >>> 18
    }
    out.set(wide === row.length ? row : row.subarray(0, wide), y * wide)
  }
  return { data: out, width: wide, height: tall }
}
