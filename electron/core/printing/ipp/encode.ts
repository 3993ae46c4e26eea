import { OUT_OF_BAND_CODES, STRING_CODES, type IppAttribute, type IppMessage, type IppValue } from './message.ts'
import { GROUP, TAG } from './tags.ts'

/** A message that cannot be written or read as IPP. */
export class IppFormatError extends Error {
  override name = 'IppFormatError'
  /** The message may be whole once more bytes come. */
  readonly cut: boolean

  constructor(message: string, cut = false) {
    super(message)
    this.cut = cut
  }
}

/** Longest name and value: the length field is a signed short (RFC 8010 section 3.1.4). */
export const LONGEST_VALUE = 0x7fff

function int32(value: number): Buffer {
  if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff) throw new IppFormatError('not an int32')
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function sized(bytes: Uint8Array): Buffer {
  if (bytes.length > LONGEST_VALUE) throw new IppFormatError('name or value too long')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8')
}

function dateTime(value: Extract<IppValue, { tag: 'dateTime' }>['value']): Buffer {
  const bytes = Buffer.alloc(11)
  bytes.writeUInt16BE(value.year)
  const rest = [value.month, value.day, value.hour, value.minute, value.second, value.deciseconds]
  rest.forEach((field, i) => bytes.writeUInt8(field, 2 + i))
  const offset = Math.abs(value.offsetMinutes)
  bytes.writeUInt8(value.offsetMinutes < 0 ? 0x2d : 0x2b, 8)
  bytes.writeUInt8(Math.floor(offset / 60), 9)
  bytes.writeUInt8(offset % 60, 10)
  return bytes
}

/** The type tag and the value's bytes. A collection's own value is empty; its members follow it. */
function scalar(value: IppValue): { code: number; bytes: Uint8Array } {
  switch (value.tag) {
    case 'integer':
      return { code: TAG.integer, bytes: int32(value.value) }
    case 'enum':
      return { code: TAG.enum, bytes: int32(value.value) }
    case 'boolean':
      return { code: TAG.boolean, bytes: Buffer.from([value.value ? 1 : 0]) }
    case 'octetString':
      return { code: TAG.octetString, bytes: value.value }
    case 'dateTime':
      return { code: TAG.dateTime, bytes: dateTime(value.value) }
    case 'resolution':
      return {
        code: TAG.resolution,
        bytes: Buffer.concat([int32(value.value.x), int32(value.value.y), Buffer.from([value.value.units])]),
      }
    case 'rangeOfInteger':
      return { code: TAG.rangeOfInteger, bytes: Buffer.concat([int32(value.value.lower), int32(value.value.upper)]) }
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return {
        code: TAG[value.tag],
        bytes: Buffer.concat([sized(utf8(value.value.language)), sized(utf8(value.value.text))]),
      }
    case 'collection':
      return { code: TAG.begCollection, bytes: Buffer.alloc(0) }
    case 'other':
      return { code: value.code, bytes: value.value }
    case 'unsupported':
    case 'unknown':
    case 'noValue':
    case 'notSettable':
    case 'deleteAttribute':
    case 'adminDefine':
      return { code: OUT_OF_BAND_CODES[value.tag], bytes: Buffer.alloc(0) }
    default:
      return { code: STRING_CODES[value.tag], bytes: utf8(value.value) }
  }
}

function write(out: Uint8Array[], name: string, value: IppValue): void {
  const { code, bytes } = scalar(value)
  out.push(Buffer.from([code]), sized(utf8(name)), sized(bytes))
  if (value.tag !== 'collection') return
  for (const member of value.value) {
    out.push(Buffer.from([TAG.memberName]), sized(utf8('')), sized(utf8(member.name)))
    for (const inner of filled(member)) write(out, '', inner)
  }
  out.push(Buffer.from([TAG.endCollection]), sized(utf8('')), sized(utf8('')))
}

function filled(attribute: IppAttribute): IppValue[] {
  if (attribute.name === '') throw new IppFormatError('an attribute needs a name')
  if (attribute.values.length === 0) throw new IppFormatError(`attribute ${attribute.name} has no value`)
  return attribute.values
}

/**
 * The bytes of an IPP message up to and including the end-of-attributes tag; a document is simply sent after them.
 * Throws IppFormatError for a value that IPP cannot carry. Source: RFC 8010 section 3.
 */
export function encodeMessage(message: IppMessage): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt8(message.version[0], 0)
  head.writeUInt8(message.version[1], 1)
  head.writeUInt16BE(message.code, 2)
  head.writeInt32BE(message.requestId, 4)
  const out: Uint8Array[] = [head]
  for (const group of message.groups) {
    out.push(Buffer.from([group.tag]))
    for (const attribute of group.attributes) {
      filled(attribute).forEach((value, i) => write(out, i === 0 ? attribute.name : '', value))
    }
  }
  out.push(Buffer.from([GROUP.end]))
  return Buffer.concat(out)
}
