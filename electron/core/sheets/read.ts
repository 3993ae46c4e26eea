/**
 * Tables of other people: XLSX, XLS and CSV in UTF-8, UTF-16 or GB18030, as rows of text. Nothing is computed and nothing is
 * executed; numbers come as they are shown, so that a barcode typed as text keeps its zeros.
 */
import { read, utils, type CellObject, type WorkSheet } from '@e965/xlsx'
import { SHEET_BYTES, type Sheet } from './sheet.ts'

export const SHEET_ROWS = 200_000
const SHEET_COLUMNS = 200
/** Of an XLSX, unpacked: a table of 200,000 rows stays below. */
const UNPACKED_BYTES = 96 * 1024 * 1024

/** Why a table was not taken. */
export class SheetError extends Error {
  readonly code: 'sheet_too_large' | 'sheet_unreadable' | 'sheet_empty'
  constructor(code: SheetError['code']) {
    super(code)
    this.code = code
  }
}

/** @throws SheetError */
export function readSheet(bytes: Uint8Array): Sheet {
  if (bytes.length > SHEET_BYTES) throw new SheetError('sheet_too_large')
  const sheet = isWorkbook(bytes) ? readWorkbook(bytes) : { name: '', rows: parseCsv(decode(bytes)) }
  const rows = sheet.rows.map(tidy).filter((row) => row.length > 0)
  if (rows.length === 0) throw new SheetError('sheet_empty')
  if (rows.length > SHEET_ROWS) throw new SheetError('sheet_too_large')
  return { name: sheet.name, rows }
}

/** ZIP (XLSX) or compound file (XLS). */
function isWorkbook(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  return (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0)
}

function readWorkbook(bytes: Uint8Array): Sheet {
  if (unpackedSize(bytes) > UNPACKED_BYTES) throw new SheetError('sheet_too_large')
  try {
    const book = read(bytes, { type: 'array', cellFormula: false, cellHTML: false, sheetRows: SHEET_ROWS + 1 })
    for (const name of book.SheetNames) {
      const rows = filledRows(book.Sheets[name]!)
      if (rows.some((row) => row.some((cell) => cell !== ''))) return { name, rows }
    }
    return { name: '', rows: [] }
  } catch {
    throw new SheetError('sheet_unreadable')
  }
}

/** The cells there are: a sheet may say that it reaches to XFD1048576 and hold two. */
function filledRows(sheet: WorkSheet): string[][] {
  const rows: string[][] = []
  for (const [name, cell] of Object.entries(sheet)) {
    if (name.startsWith('!')) continue
    const { r, c } = utils.decode_cell(name)
    if (c >= SHEET_COLUMNS || r > SHEET_ROWS) continue
    const row = (rows[r] ??= [])
    while (row.length < c) row.push('')
    row[c] = utils.format_cell(cell as CellObject)
  }
  return rows.filter(Boolean)
}

/** What a ZIP says that it unpacks to, bytes (APPNOTE 4.3.12); the reader makes no more room than that. 0 for other files. */
function unpackedSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (bytes[0] !== 0x50 || end < 0) return 0
  let total = 0
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= end && view.getUint32(at, true) === 0x02014b50) {
    total += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}

/**
 * UTF-8 when it is valid UTF-8, UTF-16 by its mark, else GB18030, which contains GBK and GB2312.
 * @throws SheetError sheet_unreadable when it is no text in any of them
 */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) throw new SheetError('sheet_unreadable')
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this encoding.
    }
  }
  throw new SheetError('sheet_unreadable')
}

/** RFC 4180 with what programs really write: a semicolon or a tab between cells, bare line feeds, a missing last quote. */
export function parseCsv(text: string): string[][] {
  const between = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    if (row.length < SHEET_COLUMNS) row.push(cell)
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') cell += text[++at]
      else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === between) endCell()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      endCell()
      rows.push(row)
      row = []
      if (rows.length > SHEET_ROWS) throw new SheetError('sheet_too_large')
    } else cell += char
  }
  if (cell !== '' || row.length > 0) {
    endCell()
    rows.push(row)
  }
  return rows
}

/** The one that stands most often in the first line. */
function separatorOf(text: string): string {
  const line = text.slice(0, 10_000).split(/[\r\n]/, 1)[0]!
  const count = (char: string) => line.split(char).length
  return [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0]!
}

/** Blanks and the marks that keep numbers text in CSV (a leading tab or apostrophe, ="…") are taken off. */
function tidy(row: readonly string[]): string[] {
  const cells = row.map((cell) =>
    String(cell)
      .replace(/^="(.*)"$/, '$1')
      .trim()
      .replace(/^'(?=[\d=+@-])/, ''),
  )
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}
