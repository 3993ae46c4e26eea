/**
 * Tables we give away: XLSX, and CSV that Excel and WPS open with the Chinese right (UTF-8 with byte order mark). Numbers that
 * are names (barcodes, ISBN, request numbers) stay text; text that a spreadsheet would run as a formula does not.
 */
import { utils, write } from '@e965/xlsx'

export interface Column<Row> {
  title: string
  /** `text` also for numbers that are names; `day` is days since 1970-01-01, written as a date. */
  kind: 'text' | 'number' | 'day'
  of(row: Row): string | number | null
}

const DAY_MS = 86_400_000
/** Days from the spreadsheets' day zero (1899-12-30) to 1970-01-01. */
const EPOCH = 25_569
/** Titles of sheets: at most 31 characters, none of these. */
const sheetName = (name: string) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1'

export interface Table<Row = unknown> {
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
}

/** One workbook with a sheet a table. */
export function toXlsx(tables: readonly Table<never>[]): Uint8Array {
  const book = utils.book_new()
  const names = new Set<string>()
  for (const table of tables) {
    let name = sheetName(table.name)
    for (let n = 2; names.has(name); n++) name = `${sheetName(table.name).slice(0, 28)} ${n}`
    names.add(name)
    utils.book_append_sheet(book, sheetOf(table), name)
  }
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer)
}

function sheetOf({ columns, rows }: Table<never>) {
  const cells = rows.map((row) => columns.map((column) => cellOf(column, row)))
  const sheet = utils.aoa_to_sheet([columns.map((column) => ({ t: 's', v: column.title })), ...cells])
  sheet['!cols'] = columns.map((column, index) => ({
    wch: Math.min(
      60,
      Math.max(widthOf(column.title), ...cells.slice(0, 200).map((row) => widthOf(String(row[index]?.v ?? '')))) + 2,
    ),
  }))
  return sheet
}

/** A string cell is shown, never computed, whatever it begins with. */
function cellOf(column: Column<never>, row: never) {
  const value = column.of(row)
  if (value === null || value === '') return null
  if (column.kind === 'text') return { t: 's', v: String(value), z: '@' }
  if (column.kind === 'day') return { t: 'n', v: Number(value) + EPOCH, z: 'yyyy-mm-dd' }
  return { t: 'n', v: Number(value) }
}

/** Chinese characters are twice as wide. */
const widthOf = (text: string) => [...text].reduce((width, char) => width + (char.codePointAt(0)! > 0x2e7f ? 2 : 1), 0)

export function toCsv<Row>({ columns, rows }: Table<Row>): Uint8Array {
  const lines = [columns.map((column) => quote(column.title))]
  for (const row of rows) lines.push(columns.map((column) => csvCell(column, row)))
  return new TextEncoder().encode(`\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`)
}

function csvCell<Row>(column: Column<Row>, row: Row): string {
  const value = column.of(row)
  if (value === null || value === '') return ''
  if (column.kind === 'day') return new Date(Number(value) * DAY_MS).toISOString().slice(0, 10)
  if (column.kind === 'number') return String(value)
  const text = String(value)
  // A tab in front keeps a number text in Excel and WPS; an apostrophe keeps a formula of somebody else from running.
  if (/^\d[\d-]*[\dXx]?$/.test(text) && (text.length > 11 || text.startsWith('0'))) return quote(`\t${text}`)
  return quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
}

const quote = (text: string) => (/[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
