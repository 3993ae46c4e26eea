import { isDigit, isWhite, PdfParser, PdfSyntaxError } from './parser.ts'
import { decodeStream } from './filters.ts'
import { filterSteps, readStreamAt } from './stream.ts'
import { isArray, isNumber, nameOf, type PdfDict } from './values.ts'

/** Where an object stands: at a byte offset, or in an object stream. */
export type Entry = { readonly offset: number; readonly generation: number } | { readonly container: number }

export interface CrossReferences {
  readonly entries: Map<number, Entry>
  readonly trailer: PdfDict
}

/** Object numbers beyond this are not believed (Acrobat's own limit is 8,388,607). */
const HIGHEST_OBJECT = 8_388_607
const TRAILER_KEYS = ['Root', 'Encrypt', 'ID', 'Info'] as const

/** Follows startxref and every /Prev. Throws PdfSyntaxError where any of it is not as it should be. */
export function readCrossReferences(bytes: Buffer, headerAt: number): CrossReferences {
  const found = bytes.lastIndexOf('startxref')
  if (found < 0) throw new PdfSyntaxError('no startxref')
  const start = new PdfParser(bytes, found + 9).integer()
  if (start === null) throw new PdfSyntaxError('startxref without a number')
  const references: CrossReferences = { entries: new Map(), trailer: new Map() }
  const seen = new Set<number>()
  const waiting = [start]
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (seen.has(at)) continue
    seen.add(at)
    const free = new Map<number, Entry>()
    const section = readSection(bytes, at + headerAt, headerAt, { entries: references.entries, free })
    // In a hybrid file the table calls free what only the stream beside it knows: it comes first.
    const beside = section.get('XRefStm')
    if (isNumber(beside) && !seen.has(beside)) {
      seen.add(beside)
      readSection(bytes, beside + headerAt, headerAt, { entries: references.entries, free })
    }
    for (const [object, entry] of free) if (!references.entries.has(object)) references.entries.set(object, entry)
    for (const key of TRAILER_KEYS) {
      const value = section.get(key)
      if (value !== undefined && !references.trailer.has(key)) references.trailer.set(key, value)
    }
    const next = section.get('Prev')
    if (isNumber(next)) waiting.push(next)
  }
  if (!references.trailer.has('Root')) throw new PdfSyntaxError('no root')
  return references
}

interface Rows {
  readonly entries: Map<number, Entry>
  /** Numbers that this section says are free. */
  readonly free: Map<number, Entry>
}

/** Reads one table or stream; entries already known are newer and stay. */
function readSection(bytes: Buffer, at: number, headerAt: number, rows: Rows): PdfDict {
  if (at < 0 || at >= bytes.length) throw new PdfSyntaxError('cross-references outside the file')
  const parser = new PdfParser(bytes, at)
  if (parser.keyword('xref')) return readTable(parser, headerAt, rows)
  return readXrefStream(bytes, at, headerAt, rows)
}

function readTable(parser: PdfParser, headerAt: number, { entries, free }: Rows): PdfDict {
  while (!parser.keyword('trailer')) {
    let first = parser.integer()
    const count = parser.integer()
    if (first === null || count === null) throw new PdfSyntaxError('bad subsection')
    for (let i = 0; i < count; i++) {
      const offset = parser.integer()
      const generation = parser.integer()
      if (offset === null || generation === null) throw new PdfSyntaxError('bad entry')
      const used = parser.keyword('n')
      if (!used && !parser.keyword('f')) throw new PdfSyntaxError('bad entry')
      // Some writers number the free head as 1: the first entry of a table is object 0 when it is free with 65535.
      if (i === 0 && first === 1 && !used && generation === 65535) first = 0
      const object = first + i
      if (object > HIGHEST_OBJECT) throw new PdfSyntaxError('object number too high')
      if (entries.has(object)) continue
      if (used && offset > 0) entries.set(object, { offset: offset + headerAt, generation })
      // A free row holds the number of the next one; where it holds the object's own place, it is free by mistake.
      else if (!used) {
        const own = offset > 20 && standsAt(parser.bytes, offset + headerAt, object)
        if (own) entries.set(object, { offset: offset + headerAt, generation })
        else if (!free.has(object)) free.set(object, { offset: -1, generation })
      }
    }
  }
  parser.skipWhite()
  if (parser.bytes[parser.at] !== 0x3c) throw new PdfSyntaxError('no trailer dictionary')
  return parser.dict()
}

function standsAt(bytes: Buffer, at: number, object: number): boolean {
  const parser = new PdfParser(bytes, at)
  return parser.integer() === object && parser.integer() !== null && parser.keyword('obj')
}

function readXrefStream(bytes: Buffer, at: number, headerAt: number, { entries, free }: Rows): PdfDict {
  const found = readStreamAt(bytes, at)
  const { dict, raw } = found
  if (nameOf(dict.get('Type')) !== 'XRef') throw new PdfSyntaxError('no cross-references here')
  const widths = dict.get('W')
  const size = dict.get('Size')
  if (!isArray(widths) || !widths.every(isNumber) || widths.length < 3 || !isNumber(size))
    throw new PdfSyntaxError('bad cross-reference stream')
  const [w0, w1, w2] = widths as [number, number, number]
  if (w0 < 0 || w1 < 0 || w2 < 0 || w0 + w1 + w2 < 1 || w0 + w1 + w2 > 24) throw new PdfSyntaxError('bad widths')
  const index = dict.get('Index')
  const ranges = isArray(index) && index.every(isNumber) ? (index as number[]) : [0, size]
  const data = decodeStream(raw, filterSteps(dict))
  const field = (from: number, width: number, absent: number): number => {
    if (width === 0) return absent
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + data[from + i]!
    return value
  }
  let row = 0
  for (let range = 0; range + 1 < ranges.length; range += 2)
    for (let i = 0; i < ranges[range + 1]! && row + w0 + w1 + w2 <= data.length; i++, row += w0 + w1 + w2) {
      const object = ranges[range]! + i
      if (object > HIGHEST_OBJECT) throw new PdfSyntaxError('object number too high')
      if (entries.has(object)) continue
      const type = field(row, w0, 1)
      const second = field(row + w0, w1, 0)
      const third = field(row + w0 + w1, w2, 0)
      if (type === 1) entries.set(object, { offset: second + headerAt, generation: third })
      else if (type === 2) entries.set(object, { container: second })
      else if (type === 0 && !free.has(object)) free.set(object, { offset: -1, generation: third })
    }
  return dict
}

/** Every "12 0 obj" of the file with its place, in file order; the way into files whose cross-references are lost. */
export function findObjects(bytes: Buffer): { object: number; generation: number; offset: number }[] {
  const found: { object: number; generation: number; offset: number }[] = []
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    const generation = numberBefore(bytes, at)
    const object = generation && numberBefore(bytes, generation.start)
    if (!object || !generation || object.value > HIGHEST_OBJECT) continue
    found.push({ object: object.value, generation: generation.value, offset: object.start })
  }
  return found
}

/** The number that ends, but for white space, before `at`. */
function numberBefore(bytes: Buffer, at: number): { value: number; start: number } | null {
  let end = at
  while (end > 0 && isWhite(bytes[end - 1])) end--
  let start = end
  while (start > 0 && isDigit(bytes[start - 1]) && end - start < 10) start--
  // "-2 0 obj" and "1.2 0 obj" name no object.
  if (start > 0 && '+-.'.includes(String.fromCharCode(bytes[start - 1]!))) return null
  return start < end ? { value: Number(bytes.toString('latin1', start, end)), start } : null
}

/** Files saved again and again have some dozen trailers; files made to harm have millions. */
const MOST_TRAILERS = 1000

/** The entries of the last trailers that can be read, the very last one winning. */
export function findTrailers(bytes: Buffer): PdfDict {
  const trailer: PdfDict = new Map()
  const places: number[] = []
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) places.push(at)
  for (const at of places.slice(-MOST_TRAILERS)) {
    try {
      const parser = new PdfParser(bytes, at + 7)
      parser.skipWhite()
      if (bytes[parser.at] !== 0x3c) continue
      const dict = parser.dict()
      for (const key of TRAILER_KEYS) if (dict.has(key)) trailer.set(key, dict.get(key)!)
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error
    }
  }
  return trailer
}
