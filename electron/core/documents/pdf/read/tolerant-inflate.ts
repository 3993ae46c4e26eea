/**
 * Inflate (RFC 1951) that gives back what it decoded before a fault. The system's zlib keeps nothing of a damaged
 * stream, but the objects at its start are usually whole. Slow and simple; used only where zlib has failed.
 */
export function inflateUntilFault(data: Uint8Array, limit: number): Uint8Array {
  const state: State = {
    data,
    at: hasZlibHeader(data) ? 16 : 0,
    out: new Uint8Array(Math.min(limit, 1 << 16)),
    length: 0,
    limit,
  }
  try {
    for (let last = false; !last;) {
      last = bits(state, 1) === 1
      const type = bits(state, 2)
      if (type === 0) stored(state)
      else if (type === 1) compressed(state, FIXED_LITERALS, FIXED_DISTANCES)
      else if (type === 2) compressed(state, ...dynamicCodes(state))
      else throw new Fault()
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  return state.out.subarray(0, state.length)
}

class Fault extends Error {}

interface State {
  readonly data: Uint8Array
  /** Next bit to be read. */
  at: number
  out: Uint8Array
  length: number
  readonly limit: number
}

interface Code {
  /** Codes of each length. */
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const distanceExtra = (symbol: number): number => Math.max(0, (symbol >> 1) - 1)
const distanceBase = (symbol: number): number =>
  symbol < 4 ? symbol + 1 : (2 + (symbol & 1)) * 2 ** distanceExtra(symbol) + 1

const hasZlibHeader = (data: Uint8Array): boolean => (data[0]! & 15) === 8 && ((data[0]! << 8) | data[1]!) % 31 === 0

function bits(state: State, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++, state.at++) {
    const byte = state.data[state.at >> 3]
    if (byte === undefined) throw new Fault()
    value |= ((byte >> (state.at & 7)) & 1) << i
  }
  return value
}

function put(state: State, byte: number): void {
  if (state.length === state.out.length) {
    if (state.length >= state.limit) throw new Fault()
    const larger = new Uint8Array(Math.min(state.limit, state.length * 2))
    larger.set(state.out)
    state.out = larger
  }
  state.out[state.length++] = byte
}

function stored(state: State): void {
  state.at = (state.at + 7) & ~7
  const length = bits(state, 16)
  bits(state, 16)
  for (let i = 0; i < length; i++) put(state, bits(state, 8))
}

function codeOf(lengths: ArrayLike<number>): Code {
  const counts = new Uint16Array(16)
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1]! + counts[i - 1]!
  const symbols = new Uint16Array(lengths.length)
  for (let i = 0; i < lengths.length; i++) if (lengths[i]) symbols[offsets[lengths[i]!]!++] = i
  return { counts, symbols }
}

function decode(state: State, { counts, symbols }: Code): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length < 16; length++) {
    code |= bits(state, 1)
    const count = counts[length]!
    if (code - count < first) return symbols[index + code - first]!
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new Fault()
}

const FIXED_LITERALS = codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)))
const FIXED_DISTANCES = codeOf(new Uint8Array(30).fill(5))

function dynamicCodes(state: State): [Code, Code] {
  const literals = bits(state, 5) + 257
  const distances = bits(state, 5) + 1
  const count = bits(state, 4) + 4
  const ownLengths = new Uint8Array(19)
  for (let i = 0; i < count; i++) ownLengths[CODE_LENGTH_ORDER[i]!] = bits(state, 3)
  const own = codeOf(ownLengths)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = decode(state, own)
    if (symbol < 16) lengths.push(symbol)
    else {
      const repeated = symbol === 16 ? lengths.at(-1) : 0
      if (repeated === undefined) throw new Fault()
      const times = symbol === 16 ? 3 + bits(state, 2) : symbol === 17 ? 3 + bits(state, 3) : 11 + bits(state, 7)
      for (let i = 0; i < times; i++) lengths.push(repeated)
    }
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals, literals + distances))]
}

function compressed(state: State, literals: Code, distances: Code): void {
  for (;;) {
    const symbol = decode(state, literals)
    if (symbol === 256) return
    if (symbol < 256) put(state, symbol)
    else {
      const base = LENGTH_BASE[symbol - 257]
      if (base === undefined) throw new Fault()
      const length = base + bits(state, LENGTH_EXTRA[symbol - 257]!)
      const code = decode(state, distances)
      const distance = distanceBase(code) + bits(state, distanceExtra(code))
      if (code > 29 || distance > state.length) throw new Fault()
      for (let i = 0; i < length; i++) put(state, state.out[state.length - distance]!)
    }
  }
}
