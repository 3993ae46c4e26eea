/**
 * ISO 2709, the exchange format of MARC records: a leader of 24 bytes, a directory of 12 bytes a field, fields. Records of
 * old systems are in GBK and declare nothing, so the bytes decide. Damage stays in its record: the next one is read.
 */
import type { DataField, MarcProblem, MarcReading, MarcRecord } from './marc.ts'

const RECORD_END = 0x1d
const FIELD_END = 0x1e
const SUBFIELD = '\u001f'
const LEADER = 24
const ENTRY = 12
/** A record's length is five digits. */
const LONGEST = 99_999
/** Of so many bytes one may be spoilt in UTF-8; GBK read as UTF-8 is spoilt in every character. */
const SPOILT_SHARE = 100

/** @param limit records read at most */
export function readIso2709(bytes: Uint8Array, limit = 10_000): MarcReading {
  const reading: MarcReading = { records: [], problems: [] }
  let from = 0
  for (let at = 0; from < bytes.length && at < limit;) {
    // Line ends and blanks that programs put between records.
    if (bytes[from]! <= 0x20) {
      from++
      continue
    }
    const end = bytes.indexOf(RECORD_END, from)
    if (end < 0) {
      reading.problems.push({ at, problem: 'truncated' })
      break
    }
    const { record, problem } = readOne(bytes.subarray(from, end + 1))
    if (record) reading.records.push(record)
    if (problem) reading.problems.push({ at, problem })
    from = end + 1
    at++
  }
  return reading
}

/** What could be read of a record, and what was wrong with it; a record may be usable and damaged. */
function readOne(bytes: Uint8Array): { record?: MarcRecord; problem?: MarcProblem } {
  const leader = ascii(bytes.subarray(0, LEADER))
  if (!/^\d{5}/.test(leader) || bytes.length > LONGEST) return { problem: 'leader' }
  const { decode, clean } = decoderOf(bytes)
  const directoryEnd = bytes.indexOf(FIELD_END, LEADER)
  if (directoryEnd < 0) return { problem: 'directory' }
  const fields = byDirectory(bytes, leader, directoryEnd) ?? bySeparators(bytes, directoryEnd)
  if (fields === null) return { problem: 'directory' }
  const record: MarcRecord = { leader, control: [], data: [] }
  for (const { tag, body } of fields) {
    const text = decode(body)
    if (text.includes(SUBFIELD)) record.data.push(dataField(tag, text))
    else if (tag.startsWith('00')) record.control.push({ tag, value: text })
  }
  if (record.data.length === 0) return { problem: 'empty' }
  return clean ? { record } : { record, problem: 'encoding' }
}

interface RawField {
  tag: string
  body: Uint8Array
}

/** Fields where the directory says. @returns null when it is wrong: lengths counted in characters, a cut record */
function byDirectory(bytes: Uint8Array, leader: string, directoryEnd: number): RawField[] | null {
  const base = Number(leader.slice(12, 17))
  if ((directoryEnd - LEADER) % ENTRY !== 0 || base !== directoryEnd + 1) return null
  const fields: RawField[] = []
  for (let at = LEADER; at < directoryEnd; at += ENTRY) {
    const entry = ascii(bytes.subarray(at, at + ENTRY))
    if (!/^[0-9A-Za-z]{3}\d{9}$/.test(entry)) return null
    const start = base + Number(entry.slice(7, 12))
    const end = start + Number(entry.slice(3, 7)) - 1
    if (bytes[end] !== FIELD_END || bytes.subarray(start, end).includes(FIELD_END)) return null
    fields.push({ tag: entry.slice(0, 3), body: bytes.subarray(start, end) })
  }
  return fields
}

/** A wrong directory still has the right tags in the right order: the separators part the fields. */
function bySeparators(bytes: Uint8Array, directoryEnd: number): RawField[] | null {
  const tags: string[] = []
  for (let at = LEADER; at + ENTRY <= directoryEnd; at += ENTRY) tags.push(ascii(bytes.subarray(at, at + 3)))
  const bodies: Uint8Array[] = []
  for (let from = directoryEnd + 1; ;) {
    const end = bytes.indexOf(FIELD_END, from)
    if (end < 0) break
    bodies.push(bytes.subarray(from, end))
    from = end + 1
  }
  if (tags.length !== bodies.length || tags.some((tag) => !/^[0-9A-Za-z]{3}$/.test(tag))) return null
  return tags.map((tag, i) => ({ tag, body: bodies[i]! }))
}

function dataField(tag: string, text: string): DataField {
  const [indicators = '', ...parts] = text.split(SUBFIELD)
  return {
    tag,
    ind1: indicators[0] ?? ' ',
    ind2: indicators[1] ?? ' ',
    subfields: parts
      .filter((part) => part !== '')
      .map((part) => ({ code: part[0]!, value: part.slice(1).normalize('NFC').trim() })),
  }
}

/**
 * One encoding for the whole record: UTF-8 when its bytes are, else GB18030 (which contains GBK and GB2312). UTF-8 with a
 * few spoilt bytes stays UTF-8: as GB18030 it would become other characters throughout.
 */
function decoderOf(record: Uint8Array): { decode: (bytes: Uint8Array) => string; clean: boolean } {
  const utf8 = new TextDecoder('utf-8')
  const spoilt = utf8.decode(record).split('\ufffd').length - 1
  if (spoilt === 0) return { decode: (bytes) => utf8.decode(bytes), clean: true }
  if (spoilt * SPOILT_SHARE <= record.length) return { decode: (bytes) => utf8.decode(bytes), clean: false }
  const gb = new TextDecoder('gb18030')
  return { decode: (bytes) => gb.decode(bytes), clean: !gb.decode(record).includes('\ufffd') }
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
