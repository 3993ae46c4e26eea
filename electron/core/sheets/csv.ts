/**
 * CSV that Excel and WPS open with the Chinese right (UTF-8 with byte order mark). Numbers that are names stay text; text that
 * a spreadsheet would run as a formula does not.
 */
import { BEIJING_MS, DAY_MS, slicesOf, type Column, type LongTable, type Writing } from './table.ts'

/** @throws the signal's reason */
export async function* csvOf<Row>(table: LongTable<Row>, { signal, onRows }: Writing = {}): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const { columns, rows } = table
  yield encoder.encode(`\ufeff${columns.map((column) => quote(column.title)).join(',')}\r\n`)
  for await (const slice of slicesOf(rows, signal, onRows))
    yield encoder.encode(slice.map((row) => `${columns.map((column) => csvCell(column, row)).join(',')}\r\n`).join(''))
}

function csvCell<Row>(column: Column<Row>, row: Row): string {
  const value = column.of(row)
  if (value === null || value === '') return ''
  if (column.kind === 'day') return new Date(Number(value) * DAY_MS).toISOString().slice(0, 10)
  if (column.kind === 'moment') return momentText(Number(value))
  if (column.kind === 'number') return String(value)
  return quote(textCell(String(value)))
}

/** `2026-11-22 09:30`, in Beijing. */
const momentText = (at: number) => new Date(at + BEIJING_MS).toISOString().slice(0, 16).replace('T', ' ')

/**
 * A tab in front keeps a number text in Excel and WPS where they would lose digits or zeros, take it for a date or round it;
 * an apostrophe keeps a formula of somebody else from running.
 */
function textCell(text: string): string {
  if (/^\d[\d-]*[\dXx]?$/.test(text) && (text.length > 11 || text.startsWith('0') || text.includes('-')))
    return `\t${text}`
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

const quote = (text: string) => (/[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
