/**
 * The generic region of ITU-T T.88 (section 6.2, template 0, typical prediction) with the MQ arithmetic encoder of its
 * annex E. The state of a context is `index * 2 + most probable symbol`; that of a fresh one is 0.
 */

/** Table E.1, four numbers an index: Qe, next index after MPS, next index after LPS, switch. */
// prettier-ignore
const TABLE = memory.data<u16>([
  0x5601, 1, 1, 1,  0x3401, 2, 6, 0,  0x1801, 3, 9, 0,  0x0ac1, 4, 12, 0,  0x0521, 5, 29, 0,
  0x0221, 38, 33, 0,  0x5601, 7, 6, 1,  0x5401, 8, 14, 0,  0x4801, 9, 14, 0,  0x3801, 10, 14, 0,
  0x3001, 11, 17, 0,  0x2401, 12, 18, 0,  0x1c01, 13, 20, 0,  0x1601, 29, 21, 0,  0x5601, 15, 14, 1,
  0x5401, 16, 14, 0,  0x5101, 17, 15, 0,  0x4801, 18, 16, 0,  0x3801, 19, 17, 0,  0x3401, 20, 18, 0,
  0x3001, 21, 19, 0,  0x2801, 22, 19, 0,  0x2401, 23, 20, 0,  0x2201, 24, 21, 0,  0x1c01, 25, 22, 0,
  0x1801, 26, 23, 0,  0x1601, 27, 24, 0,  0x1401, 28, 25, 0,  0x1201, 29, 26, 0,  0x1101, 30, 27, 0,
  0x0ac1, 31, 28, 0,  0x09c1, 32, 29, 0,  0x08a1, 33, 30, 0,  0x0521, 34, 31, 0,  0x0441, 35, 32, 0,
  0x02a1, 36, 33, 0,  0x0221, 37, 34, 0,  0x0141, 38, 35, 0,  0x0111, 39, 36, 0,  0x0085, 40, 37, 0,
  0x0049, 41, 38, 0,  0x0025, 42, 39, 0,  0x0015, 43, 40, 0,  0x0009, 44, 41, 0,  0x0005, 45, 42, 0,
  0x0001, 45, 43, 0,  0x5601, 46, 46, 0,
])
const INDICES: u32 = 47
/** The same for each state: Qe, next state after MPS << 16, next state after LPS << 24. */
const STATES = memory.data(47 * 2 * 4, 4)

/** Context that codes "this row equals the row above" (figure 8). */
const TYPICAL_ROW_CONTEXT = 0x9b25
/** Bits of the three rows on which the contexts of one byte's eight pixels stand (see `encodeRow`). */
const SEEN_2 = 0x3ffc0
const SEEN_1 = 0x7ffe0
const SEEN_0 = 0xfff

let a: u32
let c: u32
let countdown: i32
/** The byte not yet written, because a carry may still reach it; -1 before the first. */
let held: i32
/** Where the next byte goes, and where the memory ends. */
let to: usize
let end: usize

/**
 * Codes a bitmap (rows of `stride` bytes, 1 = black) and returns the length of its code, which stands at `out`, the last
 * place in use: memory grows as the code does.
 * @param states 65,536 bytes @param rows room for three rows of `stride` + 1 bytes
 */
export function encodeGenericRegion(
  bits: usize,
  width: u32,
  height: u32,
  stride: u32,
  states: usize,
  rows: usize,
  out: usize,
): u32 {
  start(out)
  memory.fill(states, 0, 65536)
  // Two white rows above and a white byte after each row, so that windows need no bounds checks.
  const padded = stride + 1
  memory.fill(rows, 0, padded * 3)
  let row2 = rows
  let row1 = rows + padded
  let row0 = row1 + padded
  let previousWasTypical: u32 = 0
  for (let y: u32 = 0; y < height; y++, bits += stride) {
    memory.copy(row0, bits, stride)
    const typical: u32 = memory.compare(row0, row1, stride) === 0 ? 1 : 0
    encode(states + TYPICAL_ROW_CONTEXT, typical ^ previousWasTypical)
    previousWasTypical = typical
    if (!typical) encodeRow(states, row2, row1, row0, width)
    const free = row2
    row2 = row1
    row1 = row0
    row0 = free
  }
  finish()
  return u32(to - out)
}

/**
 * Eight pixels at a time; contexts are 5 pixels of row y-2, 7 of row y-1 and 4 of row y. `window2`, `window1` and `window0`
 * hold the byte before, the byte and (above) the byte after. Where all that they see is white, which is most of a page,
 * pixels are only counted: they share one context, and the coder takes any number of them at once.
 */
function encodeRow(states: usize, row2: usize, row1: usize, row0: usize, width: u32): void {
  let window2: u32 = load<u8>(row2)
  let window1: u32 = load<u8>(row1)
  let window0: u32 = 0
  let white: u32 = 0
  let myA = a
  let myC = c
  for (let left: i32 = width; left > 0; left -= 8, row0++) {
    window2 = ((window2 << 8) | load<u8>(++row2)) & 0xffffff
    window1 = ((window1 << 8) | load<u8>(++row1)) & 0xffffff
    window0 = ((window0 << 8) | load<u8>(row0)) & 0xffff
    const pixels = min(left, 8)
    if (((window2 & SEEN_2) | (window1 & SEEN_1) | (window0 & SEEN_0)) === 0) {
      white += pixels
      continue
    }
    if (white > 0) {
      a = myA
      c = myC
      encodeRun(states, 0, white)
      myA = a
      myC = c
      white = 0
    }
    for (let shift = 8; shift > 8 - pixels; shift--) {
      const context =
        (((window2 >> (shift + 5)) & 31) << 11) | (((window1 >> (shift + 4)) & 127) << 4) | ((window0 >> shift) & 15)
      const pixel = (window0 >> (shift - 1)) & 1
      const place = states + context
      const state: u32 = load<u8>(place)
      const qe: u32 = load<u16>(STATES + (state << 2))
      myA -= qe
      if ((state & 1) === pixel && (myA & 0x8000) !== 0) myC += qe
      else {
        a = myA
        c = myC
        settle(place, pixel)
        myA = a
        myC = c
      }
    }
  }
  a = myA
  c = myC
  encodeRun(states, 0, white)
}

function start(out: usize): void {
  for (let index: u32 = 0; index < INDICES; index++) {
    const row = TABLE + (index << 3)
    const qe: u32 = load<u16>(row)
    for (let symbol: u32 = 0; symbol < 2; symbol++) {
      const afterMps = (u32(load<u16>(row, 2)) << 1) | symbol
      const afterLps = (u32(load<u16>(row, 4)) << 1) | (symbol ^ load<u16>(row, 6))
      store<u32>(STATES + (((index << 1) | symbol) << 2), qe | (afterMps << 16) | (afterLps << 24))
    }
  }
  a = 0x8000
  c = 0
  countdown = 12
  held = -1
  to = out
  end = usize(memory.size()) << 16
}

/** Codes one decision in full. */
function encode(place: usize, bit: u32): void {
  a -= load<u16>(STATES + (u32(load<u8>(place)) << 2))
  settle(place, bit)
}

/** Codes the same decision `count` times; as long as it is the likely one, no step but the last needs a look. */
function encodeRun(place: usize, bit: u32, count: u32): void {
  for (let left = count; left > 0; left--) {
    const state: u32 = load<u8>(place)
    if ((state & 1) === bit) {
      const qe: u32 = load<u16>(STATES + (state << 2))
      const free = min(left - 1, (a - 0x8000) / qe)
      a -= free * qe
      c += free * qe
      left -= free
    }
    encode(place, bit)
  }
}

/** Finishes a decision after Qe has already been taken from `a`. */
function settle(place: usize, bit: u32): void {
  const state: u32 = load<u8>(place)
  const entry = load<u32>(STATES + (state << 2))
  const qe = entry & 0xffff
  if ((state & 1) === bit) {
    if (a & 0x8000) {
      c += qe
      return
    }
    if (a < qe) a = qe
    else c += qe
    store<u8>(place, entry >> 16)
  } else {
    if (a < qe) c += qe
    else a = qe
    store<u8>(place, entry >> 24)
  }
  // Until the highest of a's sixteen bits is set again.
  for (let left = clz<u32>(a) - 16; left > 0;) {
    const step = min(left, countdown)
    a <<= step
    c <<= step // never more than 28 bits
    left -= step
    countdown -= step
    if (countdown === 0) byteOut()
  }
}

function byteOut(): void {
  if (c >= 0x8000000 && held !== 0xff) {
    held++
    c -= 0x8000000
  }
  // After FF only seven bits follow (bit stuffing), so that a later carry has a place to go.
  const stuffed = held === 0xff
  if (held >= 0) push(held)
  const shift: u32 = stuffed ? 20 : 19
  held = c >> shift
  c &= (1 << shift) - 1
  countdown = stuffed ? 7 : 8
}

/** FLUSH of figure E.11: the last bytes with the closing marker FF AC. */
function finish(): void {
  const top = c + a
  c |= 0xffff
  if (c >= top) c -= 0x8000
  c <<= countdown
  byteOut()
  c <<= countdown
  byteOut()
  push(held)
  if (held !== 0xff) push(0xff)
  push(0xac)
}

function push(byte: u32): void {
  if (to === end) {
    if (memory.grow(16) < 0) unreachable()
    end += 16 << 16
  }
  store<u8>(to++, byte)
}
