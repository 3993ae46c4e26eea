/**
 * Of each block of a row of blocks the highest grey level that at least a share of its pixels reach; every second one is
 * looked at, both ways.
 * @param histogram room for 2 KB @param levels a byte a block
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
    memory.fill(histogram, 0, 2048)
    let samples: u32 = 0
    for (let y: u32 = 0; y < rows; y += 2) {
      const row = pixels + y * width
      // In turns: paper is so even that one count would wait for the one before it.
      for (let x = left; x < right; x += 4) {
        count(histogram + (u32(load<u8>(row + x)) << 2))
        if (x + 2 < right) count(histogram + 1024 + (u32(load<u8>(row + x + 2)) << 2))
      }
      samples += (right - left + 1) >> 1
    }
    let above: u32 = 0
    let level: u32 = 255
    for (; level > 0; level--) {
      above += load<u32>(histogram + (level << 2)) + load<u32>(histogram + (level << 2), 1024)
      if (f64(above) >= f64(samples) * share) break
    }
    store<u8>(levels++, level)
  }
}

function count(entry: usize): void {
  store<u32>(entry, load<u32>(entry) + 1)
}

let levels: usize
let columns: u32
let rows: u32
let block: u32
let along: usize

/** The paper that the following calls are about. @param at its level per block (f32) @param room for 8 bytes a column */
export function usePaper(at: usize, across: u32, down: u32, side: u32, room: usize): void {
  levels = at
  columns = across
  rows = down
  block = side
  along = room
}

export function paperColumns(): u32 {
  return columns
}

export function paperBlock(): u32 {
  return block
}

/** The paper's level along row y at the centres of its blocks, linear between rows of blocks: as `paperOfRow` (raster/paper.ts). */
export function paperAlong(y: u32): usize {
  const place = max(0, min(f64(rows - 1), (f64(y) + 0.5) / f64(block) - 0.5))
  const upper = u32(Math.floor(place))
  const weight = place - f64(upper)
  const above = levels + ((upper * columns) << 2)
  const below = levels + ((min(rows - 1, upper + 1) * columns) << 2)
  for (let c: u32 = 0; c < columns; c++)
    store<f64>(
      along + (c << 3),
      f64(load<f32>(above + (c << 2))) * (1 - weight) + f64(load<f32>(below + (c << 2))) * weight,
    )
  return along
}
