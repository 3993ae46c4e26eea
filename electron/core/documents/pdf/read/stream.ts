import type { FilterStep } from './filters.ts'
import { isWhite, PdfParser, PdfSyntaxError } from './parser.ts'
import {
  isArray,
  isDict,
  isNumber,
  nameOf,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfDict,
  type PdfValue,
} from './values.ts'

type Resolve = (value: PdfValue | undefined) => PdfValue
const direct: Resolve = (value) => value ?? null

export interface IndirectObject {
  readonly ref: PdfRef
  readonly value: PdfValue
}

/** Reads "12 0 obj ... endobj" at a byte offset; where `lenient`, as much as there is of it. Throws PdfSyntaxError. */
export function readObjectAt(bytes: Buffer, at: number, resolve: Resolve = direct, lenient = false): IndirectObject {
  const parser = new PdfParser(bytes, at, bytes.length, lenient)
  const object = parser.integer()
  const generation = parser.integer()
  if (object === null || generation === null || !parser.keyword('obj')) throw new PdfSyntaxError('no object here')
  const ref = new PdfRef(object, generation)
  if (parser.keyword('endobj')) return { ref, value: null }
  const value = parser.value()
  if (!isDict(value)) return { ref, value }
  const data = parser.keyword('stream') ? parser.at : afterStrayMarks(bytes, parser.at)
  return { ref, value: data === null ? value : new PdfStream(value, streamBytes(bytes, data, value, resolve), ref) }
}

/** After the keyword "stream" where nothing but a few stray marks, as of a bracket gone wrong, stand before it. */
function afterStrayMarks(bytes: Buffer, at: number): number | null {
  const found = /^[^\w/<([]{1,12}stream(?!\w)/.exec(bytes.toString('latin1', at, at + 20))
  return found && at + found[0].length
}

export function readStreamAt(bytes: Buffer, at: number): PdfStream {
  const { value } = readObjectAt(bytes, at)
  if (!(value instanceof PdfStream)) throw new PdfSyntaxError('no stream here')
  return value
}

/** The bytes after the keyword "stream": as many as /Length says, where "endstream" follows; else up to that word. */
function streamBytes(bytes: Buffer, afterKeyword: number, dict: PdfDict, resolve: Resolve): Uint8Array {
  let start = afterKeyword
  if (bytes[start] === 13) start++
  if (bytes[start] === 10) start++
  const length = resolve(dict.get('Length'))
  if (isNumber(length) && length >= 0 && start + length <= bytes.length) {
    let end = start + length
    while (isWhite(bytes[end])) end++
    if (bytes.toString('latin1', end, end + 9) === 'endstream') return bytes.subarray(start, start + length)
  }
  let end = bytes.indexOf('endstream', start)
  if (end < 0) end = bytes.indexOf('endobj', start)
  if (end < 0) end = bytes.length
  // The end-of-line before the keyword is not data.
  if (end > start && bytes[end - 1] === 10) end--
  if (end > start && bytes[end - 1] === 13) end--
  return bytes.subarray(start, end)
}

/** The filters of a stream in the order of decoding. */
export function filterSteps(dict: PdfDict, resolve: Resolve = direct): FilterStep[] {
  const list = (long: string, short: string): PdfValue[] => {
    const value = resolve(dict.get(long) ?? dict.get(short))
    // In a stream of its own /F may also name another file.
    if (value instanceof PdfString) return []
    return isArray(value) ? value.map(resolve) : value === null ? [] : [value]
  }
  const parameters = list('DecodeParms', 'DP')
  return list('Filter', 'F').map((filter, i) => {
    const own = parameters[i]
    const number = (key: string, fallback: number): number => {
      const value = isDict(own) ? resolve(own.get(key)) : null
      return isNumber(value) ? value : fallback
    }
    const columns = number('Columns', 1)
    const colors = number('Colors', 1)
    const bits = number('BitsPerComponent', 8)
    return {
      name: nameOf(filter) ?? '',
      saneParameters:
        Number.isInteger(columns) &&
        columns > 0 &&
        columns <= 1e6 &&
        colors >= 1 &&
        colors <= 32 &&
        [1, 2, 4, 8, 16].includes(bits),
      predictor: number('Predictor', 1),
      colors: Math.min(32, Math.max(1, Math.trunc(colors))),
      bits: Math.min(16, Math.max(1, Math.trunc(bits))),
      columns: Math.min(1e6, Math.max(1, Math.trunc(columns))),
      earlyChange: number('EarlyChange', 1),
      crypt: (isDict(own) && nameOf(resolve(own.get('Name')))) || 'Identity',
    }
  })
}
