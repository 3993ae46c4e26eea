/** Counts every second pixel both ways by what it is. */
import { paperAlong, paperBlock, paperColumns } from './paper.ts'

/**
 * Of each block of a row of blocks: pixels looked at, ink-dark ones, those that are not bare paper.
 * @param y the first row's place on the page @param counts three u32 a block, added to
 */
export function countTones(
  pixels: usize,
  width: u32,
  y: u32,
  count: u32,
  darkShare: f64,
  lightShare: f64,
  counts: usize,
): void {
  for (let row: u32 = 0; row < count; row += 2)
    tonesOfRow(pixels + row * width, width, paperAlong(y + row), darkShare, lightShare, counts)
}

/**
 * What is ink-dark and what is not bare paper, as shares of the paper's level: it is taken as level over half a block, a
 * quarter of the way to the neighbour's centre.
 * @param along the paper's level at the centres of the blocks (f64)
 */
function tonesOfRow(row: usize, width: u32, along: usize, darkShare: f64, lightShare: f64, counts: usize): void {
  const columns = paperColumns()
  const block = paperBlock()
  const last: i32 = columns - 1
  for (let half: u32 = 0; half < 2 * columns; half++) {
    const column = half >> 1
    const neighbour = min(last, max(0, i32(column) + (half & 1 ? 1 : -1)))
    const level = load<f64>(along + (column << 3)) * 0.75 + load<f64>(along + (neighbour << 3)) * 0.25
    const darkLevel = u32(Math.ceil(level * darkShare))
    const lightLevel = u32(Math.ceil(level * lightShare))
    const from = (((half * block) >> 1) + 1) & ~1
    const end = min(width, ((half + 1) * block) >> 1)
    let dark: u32 = 0
    let notPaper: u32 = 0
    let x = from
    for (; x + 16 <= end; x += 16) {
      const pixels = v128.load(row + x)
      dark += popcnt(v128.bitmask<i8>(v128.lt<u8>(pixels, v128.splat<u8>(u8(darkLevel)))) & 0x5555)
      notPaper += popcnt(v128.bitmask<i8>(v128.lt<u8>(pixels, v128.splat<u8>(u8(lightLevel)))) & 0x5555)
    }
    for (; x < end; x += 2) {
      const pixel: u32 = load<u8>(row + x)
      dark += u32(pixel < darkLevel)
      notPaper += u32(pixel < lightLevel)
    }
    const to = counts + column * 12
    store<u32>(to, load<u32>(to) + (end > from ? (end - from + 1) >> 1 : 0))
    store<u32>(to, load<u32>(to, 4) + dark, 4)
    store<u32>(to, load<u32>(to, 8) + notPaper, 8)
  }
}

/** Pixels (R, G, B) whose largest component is more than `least` above the smallest. @param counts one u32 a block, added to */
export function countColoured(pixels: usize, width: u32, count: u32, least: u32, counts: usize): void {
  for (let y: u32 = 0; y < count; y += 2) colouredOfRow(pixels + y * width * 3, width, paperBlock(), least, counts)
}

function colouredOfRow(row: usize, width: u32, block: u32, least: u32, counts: usize): void {
  for (let left: u32 = 0; left < width; left += block, counts += 4) {
    const end = row + min(width, left + block) * 3
    let count: u32 = 0
    for (let at = row + left * 3; at < end; at += 6) {
      const red: u32 = load<u8>(at)
      const green: u32 = load<u8>(at, 1)
      const blue: u32 = load<u8>(at, 2)
      count += u32(max(max(red, green), blue) - min(min(red, green), blue) > least)
    }
    store<u32>(counts, load<u32>(counts) + count)
  }
}
