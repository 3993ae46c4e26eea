/**
 * XLSX, written row by row (ECMA-376, strings in their cells): a million rows need the memory of some hundred, and core goes
 * on with its work between slices. Text is text whatever it begins with: a string cell is shown, never computed.
 */
import { BEIJING_MS, DAY_MS, slicesOf, type Column, type LongTable, type Writing } from './table.ts'
import { zipOf, type ZipEntry } from './zip.ts'

export const XLSX_MIME = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Days from the spreadsheets' day zero (1899-12-30) to 1970-01-01. */
const EPOCH = 25_569
/** Excel's own limits: rows of a sheet, the head among them; characters of a cell. */
export const SHEET_ROWS = 1_048_576
const CELL = 32_767
/** Rows that the widths of columns are taken from. */
const MEASURED = 200
const STYLE = { head: 1, text: 2, day: 3, moment: 4 } as const

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/**
 * One workbook with a sheet a table; what is longer than a sheet can be goes on in a next one.
 * @param most rows of a sheet with its head; for tests
 * @throws the signal's reason
 */
export function xlsxOf(
  tables: readonly LongTable<never>[],
  writing: Writing = {},
  most = SHEET_ROWS,
): AsyncGenerator<Uint8Array> {
  return zipOf(entriesOf(tables, writing, most))
}

async function* entriesOf(
  tables: readonly LongTable<never>[],
  { signal, onRows }: Writing,
  most: number,
): AsyncGenerator<ZipEntry> {
  const names: string[] = []
  for (const table of tables) {
    const slices = slicesOf(table.rows, signal, onRows)
    let rest: never[] = []
    do {
      const sheet = new Sheet(table.columns, slices, rest, most)
      names.push(nameFor(table.name, names))
      yield { name: `xl/worksheets/sheet${names.length}.xml`, bytes: sheet.xml() }
      rest = sheet.left
    } while (rest.length > 0)
  }
  yield* frame(names)
}

class Sheet {
  /** Rows that found no room. */
  left: never[] = []
  private readonly columns: readonly Column<never>[]
  private readonly slices: AsyncGenerator<never[]>
  private readonly first: never[]
  private readonly most: number

  constructor(columns: readonly Column<never>[], slices: AsyncGenerator<never[]>, first: never[], most: number) {
    this.columns = columns
    this.slices = slices
    this.first = first
    this.most = most
  }

  async *xml(): AsyncGenerator<string> {
    const { columns } = this
    let slice: never[] | undefined = this.first.length > 0 ? this.first : (await this.slices.next()).value
    yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    yield `<cols>${columns.map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOfColumn(column, slice ?? [])}" customWidth="1"/>`).join('')}</cols>`
    const letters = columns.map((_, at) => lettersOf(at))
    yield `<sheetData><row r="1">${columns.map((column, at) => textCell(`${letters[at]}1`, column.title, STYLE.head)).join('')}</row>`
    for (let row = 2; slice !== undefined;) {
      const room = this.most + 1 - row
      const fitting: never[] = slice.length > room ? slice.slice(0, room) : slice
      yield fitting
        .map((one) => {
          const xml = `<row r="${row}">${columns.map((column, at) => cell(`${letters[at]}${row}`, column, one)).join('')}</row>`
          row++
          return xml
        })
        .join('')
      this.left = slice.slice(fitting.length)
      if (this.left.length > 0) break
      slice = (await this.slices.next()).value as never[] | undefined
      if (slice !== undefined && row > this.most) {
        this.left = slice
        break
      }
    }
    yield '</sheetData></worksheet>'
  }
}

function cell(place: string, column: Column<never>, row: never): string {
  const value = column.of(row)
  if (value === null || value === '') return ''
  if (column.kind === 'text') return textCell(place, String(value), STYLE.text)
  const number = Number(value)
  if (!Number.isFinite(number)) return ''
  if (column.kind === 'day') return `<c r="${place}" s="${STYLE.day}"><v>${number + EPOCH}</v></c>`
  if (column.kind === 'moment')
    return `<c r="${place}" s="${STYLE.moment}"><v>${(number + BEIJING_MS) / DAY_MS + EPOCH}</v></c>`
  return `<c r="${place}"><v>${number}</v></c>`
}

const textCell = (place: string, text: string, style: number) =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, CELL))}</t></is></c>`

/** A, B, … Z, AA, … */
function lettersOf(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : lettersOf(Math.floor(at / 26) - 1) + lettersOf(at % 26)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const PLAIN = /^[^&<>"_\u0000-\u001f\ud800-\udfff\ufffe\uffff]*$/
const escaped = (text: string) => (PLAIN.test(text) ? text : escapedOdd(text))
const escapedOdd = (text: string) =>
  text
    .toWellFormed()
    // What would be read as an escape of Excel's own is kept as it was typed.
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    // XML has no such characters.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (char) => ENTITIES[char]!)

/** Chinese characters are twice as wide. */
const widthOf = (text: string) => [...text].reduce((width, char) => width + (char.codePointAt(0)! > 0x2e7f ? 2 : 1), 0)

function widthOfColumn(column: Column<never>, rows: readonly never[]): number {
  const fixed = column.kind === 'day' ? 10 : column.kind === 'moment' ? 16 : 0
  const widths = fixed > 0 ? [fixed] : rows.slice(0, MEASURED).map((row) => widthOf(String(column.of(row) ?? '')))
  return Math.min(60, Math.max(widthOf(column.title), ...widths) + 2)
}

/** Names of sheets: at most 31 characters, none of these, each but once whatever its case. */
function nameFor(wanted: string, taken: readonly string[]): string {
  const name =
    wanted
      .replace(/[\\/?*[\]:\u0000-\u001f]/g, ' ')
      .replace(/^'|'$/g, ' ')
      .slice(0, 31) || 'Sheet1'
  const known = new Set(taken.map((one) => one.toLowerCase()))
  let free = name
  for (let n = 2; known.has(free.toLowerCase()); n++) free = `${name.slice(0, 26)} ${n}`
  return free
}

/** The parts around the sheets. */
function* frame(names: readonly string[]): Generator<ZipEntry> {
  const part = (name: string, xml: string): ZipEntry => ({ name, bytes: [HEAD + xml] })
  const each = (xml: (n: number, name: string) => string) => names.map((name, at) => xml(at + 1, name)).join('')
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>${each((n, name) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
  )
  yield part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${LINKS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId0" Type="${LINKS}/styles" Target="styles.xml"/></Relationships>`,
  )
  yield part('xl/styles.xml', STYLES)
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
  )
}

/** Cells: as they are, head, text, day, moment (STYLE). */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`
