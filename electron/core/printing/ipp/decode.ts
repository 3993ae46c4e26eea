import { IppFormatError, LONGEST_VALUE } from './encode.ts'
import {
  OUT_OF_BAND_CODES,
  STRING_CODES,
  type IppAttribute,
  type IppGroup,
  type IppMessage,
  type IppOutOfBandTag,
  type IppStringTag,
  type IppValue,
} from './message.ts'
import { GROUP, TAG } from './tags.ts'

/** What a message from outside may at most hold. A printer's full description has about 200 attributes. */
export interface IppLimits {
  attributes: number
  valuesInAll: number
  depth: number
}

export const DEFAULT_LIMITS: IppLimits = { attributes: 4_000, valuesInAll: 40_000, depth: 8 }

const STRING_TAGS = new Map(Object.entries(STRING_CODES).map(([tag, code]) => [code, tag as IppStringTag]))
const EMPTY_TAGS = new Map(Object.entries(OUT_OF_BAND_CODES).map(([tag, code]) => [code, tag as IppOutOfBandTag]))

class Reader {
  readonly bytes: Buffer
  readonly limits: IppLimits
  at = 0
  attributes = 0
  values = 0

  constructor(bytes: Buffer, limits: IppLimits) {
    this.bytes = bytes
    this.limits = limits
  }

  need(count: number): void {
    if (this.at + count > this.bytes.length) throw new IppFormatError('message ends too early', true)
  }

  byte(): number {
    this.need(1)
    return this.bytes[this.at++]!
  }

  sized(): Buffer {
    this.need(2)
    const length = this.bytes.readUInt16BE(this.at)
    if (length > LONGEST_VALUE) throw new IppFormatError('name or value too long')
    this.at += 2
    this.need(length)
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  countAttribute(): void {
    if (++this.attributes > this.limits.attributes) throw new IppFormatError('too many attributes')
  }

  countValue(): void {
    if (++this.values > this.limits.valuesInAll) throw new IppFormatError('too many values')
  }
}

function exactly(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new IppFormatError('value of wrong length')
  return bytes
}

function withLanguage(bytes: Buffer): { language: string; text: string } {
  const inner = new Reader(bytes, DEFAULT_LIMITS)
  const language = inner.sized().toString('utf8')
  const text = inner.sized().toString('utf8')
  if (inner.at !== bytes.length) throw new IppFormatError('value of wrong length')
  return { language, text }
}

function dateTime(bytes: Buffer): IppValue {
  exactly(bytes, 11)
  const sign = bytes[8] === 0x2d ? -1 : 1
  return {
    tag: 'dateTime',
    value: {
      year: bytes.readUInt16BE(0),
      month: bytes[2]!,
      day: bytes[3]!,
      hour: bytes[4]!,
      minute: bytes[5]!,
      second: bytes[6]!,
      deciseconds: bytes[7]!,
      // `+ 0` turns a negative zero into zero.
      offsetMinutes: sign * (bytes[9]! * 60 + bytes[10]!) + 0,
    },
  }
}

function scalar(code: number, bytes: Buffer): IppValue {
  const text = STRING_TAGS.get(code)
  if (text) return { tag: text, value: bytes.toString('utf8') }
  const empty = EMPTY_TAGS.get(code)
  // Some printers put bytes behind an out-of-band tag; RFC 8010 says to ignore them.
  if (empty) return { tag: empty, value: null }
  switch (code) {
    case TAG.integer:
      return { tag: 'integer', value: exactly(bytes, 4).readInt32BE() }
    case TAG.enum:
      return { tag: 'enum', value: exactly(bytes, 4).readInt32BE() }
    case TAG.boolean:
      return { tag: 'boolean', value: exactly(bytes, 1)[0] !== 0 }
    case TAG.octetString:
      return { tag: 'octetString', value: new Uint8Array(bytes) }
    case TAG.dateTime:
      return dateTime(bytes)
    case TAG.resolution:
      exactly(bytes, 9)
      return { tag: 'resolution', value: { x: bytes.readInt32BE(0), y: bytes.readInt32BE(4), units: bytes[8]! } }
    case TAG.rangeOfInteger:
      exactly(bytes, 8)
      return { tag: 'rangeOfInteger', value: { lower: bytes.readInt32BE(0), upper: bytes.readInt32BE(4) } }
    case TAG.textWithLanguage:
      return { tag: 'textWithLanguage', value: withLanguage(bytes) }
    case TAG.nameWithLanguage:
      return { tag: 'nameWithLanguage', value: withLanguage(bytes) }
    default:
      return { tag: 'other', code, value: new Uint8Array(bytes) }
  }
}

function collection(reader: Reader, depth: number): IppAttribute[] {
  if (depth > reader.limits.depth) throw new IppFormatError('collections nested too deeply')
  const members: IppAttribute[] = []
  for (;;) {
    const code = reader.byte()
    if (code < 0x10) throw new IppFormatError('collection without an end')
    if (reader.sized().length > 0) throw new IppFormatError('named value inside a collection')
    const bytes = reader.sized()
    if (code === TAG.endCollection) break
    if (code === TAG.memberName) {
      reader.countAttribute()
      members.push({ name: bytes.toString('utf8'), values: [] })
      continue
    }
    const member = members.at(-1)
    if (!member) throw new IppFormatError('value before the first member name')
    member.values.push(readValue(reader, code, bytes, depth))
  }
  if (members.some((member) => member.values.length === 0)) throw new IppFormatError('member without a value')
  return members
}

function readValue(reader: Reader, code: number, bytes: Buffer, depth: number): IppValue {
  reader.countValue()
  if (code === TAG.begCollection) return { tag: 'collection', value: collection(reader, depth + 1) }
  if (code === TAG.endCollection || code === TAG.memberName) throw new IppFormatError('stray collection tag')
  return scalar(code, bytes)
}

/**
 * Reads an IPP message from outside. `data` is what follows the attributes (a document), not copied.
 * Throws IppFormatError on anything that is cut off, too big, too deep or malformed; it never reads past the input and
 * its memory is bounded by the limits. Source: RFC 8010 section 3.
 */
export function decodeMessage(input: Uint8Array, limits: IppLimits = DEFAULT_LIMITS): IppMessage & { data: Buffer } {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  const reader = new Reader(bytes, limits)
  reader.need(8)
  const version: [number, number] = [bytes[0]!, bytes[1]!]
  const code = bytes.readUInt16BE(2)
  const requestId = bytes.readInt32BE(4)
  reader.at = 8
  const groups: IppGroup[] = []
  for (;;) {
    const tag = reader.byte()
    if (tag === GROUP.end) break
    if (tag < 0x10) {
      groups.push({ tag, attributes: [] })
      continue
    }
    const attributes = groups.at(-1)?.attributes
    if (!attributes) throw new IppFormatError('value before the first group')
    const name = reader.sized().toString('utf8')
    const value = readValue(reader, tag, reader.sized(), 0)
    if (name !== '') {
      reader.countAttribute()
      attributes.push({ name, values: [value] })
      continue
    }
    const last = attributes.at(-1)
    if (!last) throw new IppFormatError('further value without an attribute')
    last.values.push(value)
  }
  return { version, code, requestId, groups, data: bytes.subarray(reader.at) }
}
