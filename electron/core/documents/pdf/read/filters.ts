import { constants, inflateSync } from 'node:zlib'
import { DocumentError } from '../../errors.ts'
import { inflateUntilFault } from './tolerant-inflate.ts'

/** Decoding for what must be read: cross-reference and object streams, and content. Images are never decoded here. */
export interface FilterStep {
  readonly name: string
  readonly predictor: number
  readonly colors: number
  readonly bits: number
  readonly columns: number
  readonly earlyChange: number
  /** Of a Crypt filter: the file's own filter that it names. */
  readonly crypt: string
  /** The parameters are within what every decoder takes. */
  readonly saneParameters: boolean
}

/** No stream that we read ourselves may grow beyond this: a compression bomb ends here. */
export const MAXIMUM_DECODED = 256 * 2 ** 20

const NAMES: Readonly<Record<string, string>> = {
  Fl: 'FlateDecode',
  LZW: 'LZWDecode',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  RL: 'RunLengthDecode',
}

/** Filters that are undone here; the others are codecs of images, or unknown. Decryption has happened before. */
export const isDecodable = ({ name }: FilterStep): boolean =>
  /^(Fl(ateDecode)?|LZW(Decode)?|AHx|ASCIIHexDecode|A85|ASCII85Decode|RL|RunLengthDecode|Crypt)$/.test(name)

/** Damaged streams are inflated bit by bit, which is slow; what lies beyond this is given up. */
const MAXIMUM_TOLERANT = 32 * 2 ** 20

export function decodeStream(data: Uint8Array, steps: readonly FilterStep[], limit = MAXIMUM_DECODED): Uint8Array {
  return steps.reduce((bytes, step) => {
    switch (NAMES[step.name] ?? step.name) {
      case 'FlateDecode':
        return unpredict(inflate(bytes, limit), step)
      case 'LZWDecode':
        return unpredict(lzw(bytes, step.earlyChange), step)
      case 'ASCIIHexDecode':
        return hex(bytes)
      case 'ASCII85Decode':
        return ascii85(bytes)
      case 'RunLengthDecode':
        return runLength(bytes)
      case 'Crypt':
        return bytes
      default:
        throw new DocumentError('damaged_pdf', { filter: step.name })
    }
  }, data)
}

/** As much as can be inflated: files are cut off, damaged, and checksums are often wrong. */
function inflate(data: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limit })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new DocumentError('too_large', {}, error)
    return inflateUntilFault(data, Math.min(limit, MAXIMUM_TOLERANT))
  }
}

/** Does zlib read it to its end? A bomb is whole as far as anybody cares to know. */
export function isWholeFlate(data: Uint8Array): boolean {
  try {
    inflateSync(data, { maxOutputLength: MAXIMUM_DECODED })
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
  }
}

function unpredict(data: Uint8Array, { predictor, colors, bits, columns }: FilterStep): Uint8Array {
  if (predictor < 2) return data
  const pixel = Math.max(1, (colors * bits) >> 3)
  const rowLength = (columns * colors * bits + 7) >> 3
  if (predictor === 2) return tiffPredictor(data, { rowLength, colors, bits, columns })
  const rows = Math.ceil(data.length / (rowLength + 1))
  const out = new Uint8Array(rows * rowLength)
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1)
    const to = row * rowLength
    const type = data[from]
    for (let i = 0; i < rowLength; i++) {
      const left = i >= pixel ? out[to + i - pixel]! : 0
      const up = row > 0 ? out[to + i - rowLength]! : 0
      const corner = row > 0 && i >= pixel ? out[to + i - rowLength - pixel]! : 0
      const guess =
        type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : type === 4 ? paeth(left, up, corner) : 0
      out[to + i] = (data[from + 1 + i] ?? 0) + guess
    }
  }
  return out
}

interface SampleRows {
  readonly rowLength: number
  readonly colors: number
  readonly bits: number
  readonly columns: number
}

/** Each sample is the difference to the one of the same colour before it (TIFF 6.0, section 14). */
function tiffPredictor(data: Uint8Array, { rowLength, colors, bits, columns }: SampleRows): Uint8Array {
  const out = data.slice()
  if (bits === 8) {
    for (let i = 0; i < out.length; i++) if (i % rowLength >= colors) out[i]! += out[i - colors]!
    return out
  }
  const [mask, last] = [2 ** bits - 1, colors * columns]
  for (let row = 0; row + rowLength <= out.length; row += rowLength) {
    const before = new Uint16Array(colors)
    for (let sample = 0; sample < last; sample++) {
      const bit = sample * bits
      const at = row + (bit >> 3)
      const wide = bits === 16
      const shift = wide ? 0 : 8 - bits - (bit & 7)
      const coded = wide ? out[at]! * 256 + out[at + 1]! : (out[at]! >> shift) & mask
      const value = (coded + before[sample % colors]!) & mask
      before[sample % colors] = value
      if (wide) {
        out[at] = value >> 8
        out[at + 1] = value & 255
      } else out[at] = (out[at]! & ~(mask << shift)) | (value << shift)
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

class Growing {
  #bytes = new Uint8Array(4096)
  length = 0
  push(byte: number): void {
    if (this.length === this.#bytes.length) {
      if (this.length >= MAXIMUM_DECODED) throw new DocumentError('too_large')
      const larger = new Uint8Array(this.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.length++] = byte
  }
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}

function hex(data: Uint8Array): Uint8Array {
  const text = Buffer.from(data)
    .toString('latin1')
    .split('>')[0]!
    .replace(/[\0\s]/g, '')
    // What is no digit stands in the place of one: the digits after it keep theirs.
    .replace(/[^0-9a-f]/gi, '0')
  return Buffer.from(text.length % 2 ? `${text}0` : text, 'hex')
}

function ascii85(data: Uint8Array): Uint8Array {
  const out = new Growing()
  let group: number[] = []
  const flush = (count: number): void => {
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0) >>> 0
    for (let i = 0; i < count; i++) out.push((value >>> (24 - 8 * i)) & 255)
    group = []
  }
  const marked = data[0] === 0x3c && data[1] === 0x7e // "<~", as outside of PDF
  for (const byte of marked ? data.subarray(2) : data) {
    if (byte === 0x7e) break
    if (byte === 0x7a && group.length === 0) for (let i = 0; i < 4; i++) out.push(0)
    else if (byte >= 33 && byte <= 117) {
      group.push(byte - 33)
      if (group.length === 5) flush(4)
    }
  }
  const rest = group.length
  if (rest > 1) {
    while (group.length < 5) group.push(84)
    flush(rest - 1)
  }
  return out.finish()
}

function runLength(data: Uint8Array): Uint8Array {
  const out = new Growing()
  for (let i = 0; i < data.length;) {
    const length = data[i++]!
    if (length === 128) break
    if (length < 128) for (let k = 0; k <= length && i < data.length; k++) out.push(data[i++]!)
    else {
      const byte = data[i++] ?? 0
      for (let k = 0; k < 257 - length; k++) out.push(byte)
    }
  }
  return out.finish()
}

/** ISO 32000-1, 7.4.4: variable code lengths from 9 to 12 bits, 256 clears the table, 257 ends. */
function lzw(data: Uint8Array, earlyChange: number): Uint8Array {
  const out = new Growing()
  const prefix = new Int16Array(4096)
  const suffix = new Uint8Array(4096)
  const stack = new Uint8Array(4097)
  let next = 258
  let width = 9
  let previous = -1
  let first = 0
  let bits = 0
  let held = 0
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff
    bits += 8
    if (bits < width) continue
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === 257) break
    if (code === 256) {
      next = 258
      width = 9
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0)) break
    let top = 0
    let walk = code
    if (code === next) {
      stack[top++] = first
      walk = previous
    }
    while (walk > 257) {
      stack[top++] = suffix[walk]!
      walk = prefix[walk]!
    }
    first = walk
    out.push(walk)
    while (top > 0) out.push(stack[--top]!)
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous
      suffix[next++] = first
    }
    previous = code
    if (next + earlyChange >= 1 << width && width < 12) width++
  }
  return out.finish()
}
