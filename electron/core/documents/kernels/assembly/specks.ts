/**
 * Small groups of black pixels in a bitmap (rows of `stride` bytes, the first pixel's bit highest, bits past the width 0),
 * by runs and a union-find: time depends on the ink, not on the paper.
 */

/** How many runs of black pixels the rows have. */
export function countRuns(bits: usize, stride: u32, height: u32): u32 {
  let count: u32 = 0
  for (let y: u32 = 0; y < height; y++, bits += stride) {
    let before: u32 = 0
    for (let i: u32 = 0; i < stride; i++) {
      const byte: u32 = load<u8>(bits + i)
      // A run begins where a black pixel follows a white one.
      count += popcnt(byte & ~((byte >> 1) | (before << 7)))
      before = byte & 1
    }
  }
  return count
}

/** One run: first column, one past the last, row, pixels of its group, the run that its group is known by. */
const RUN = 20
const END = 4
const ROW = 8
const AREA = 12
const PARENT = 16

/**
 * Whitens every 8-connected group of fewer than `least` black pixels and returns how many they were.
 * @param room 20 bytes for each of the runs
 */
export function whitenSpecks(bits: usize, width: u32, stride: u32, height: u32, least: u32, room: usize): u32 {
  let aboveFrom = room
  let aboveTo = room
  let to = room
  for (let y: u32 = 0; y < height; y++) {
    const from = to
    to = collectRuns(bits + y * stride, width, stride, y, to)
    let above = aboveFrom
    for (let run = from; run < to; run += RUN) {
      const start = load<u32>(run)
      const end = load<u32>(run, END)
      while (above < aboveTo && load<u32>(above, END) < start) above += RUN
      for (let other = above; other < aboveTo && load<u32>(other) <= end; other += RUN) join(run, other)
    }
    aboveFrom = from
    aboveTo = to
  }
  let removed: u32 = 0
  for (let run = room; run < to; run += RUN) {
    const group = rootOf(run)
    if (load<u32>(group, AREA) >= least) continue
    const row = bits + load<u32>(run, ROW) * stride
    const end = load<u32>(run, END)
    for (let x = load<u32>(run); x < end; x++) {
      const at = row + (x >> 3)
      store<u8>(at, u32(load<u8>(at)) & ~(128 >> (x & 7)))
    }
    if (group === run) removed++
  }
  return removed
}

function collectRuns(row: usize, width: u32, stride: u32, y: u32, to: usize): usize {
  let start: i32 = -1
  for (let i: u32 = 0; i < stride; i++) {
    let byte: u32 = load<u8>(row + i)
    if (byte === (start < 0 ? 0 : 255)) continue
    // The byte's columns from `x` on, the next of them highest in the word.
    let x = i << 3
    byte <<= 24
    for (let left: u32 = 8; left > 0;) {
      const same = min(left, start < 0 ? clz(byte) : clz(~byte))
      x += same
      byte <<= same
      left -= same
      if (left === 0) break
      if (start < 0) start = x
      else {
        addRun(to, start, x, y)
        to += RUN
        start = -1
      }
    }
  }
  if (start >= 0) {
    addRun(to, start, width, y)
    to += RUN
  }
  return to
}

function addRun(run: usize, start: u32, end: u32, y: u32): void {
  store<u32>(run, start)
  store<u32>(run, end, END)
  store<u32>(run, y, ROW)
  store<u32>(run, end - start, AREA)
  store<u32>(run, u32(run), PARENT)
}

function rootOf(run: usize): usize {
  let parent: usize = load<u32>(run, PARENT)
  while (parent !== run) {
    const next: usize = load<u32>(parent, PARENT)
    store<u32>(run, u32(next), PARENT)
    run = next
    parent = load<u32>(run, PARENT)
  }
  return run
}

function join(one: usize, two: usize): void {
  const first = rootOf(one)
  const second = rootOf(two)
  if (first === second) return
  store<u32>(first, u32(second), PARENT)
  store<u32>(second, load<u32>(second, AREA) + load<u32>(first, AREA), AREA)
}
