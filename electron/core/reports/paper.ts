/** Tables on A4 paper, set with the same press as the slips: for the annual summary (总结) and the file. */
import { LAYOUTS } from '../printing/templates/data.ts'
import { slipFont } from '../printing/templates/font.ts'
import { A5_WIDTH, foot, footHeight, heading, newSheet } from '../printing/templates/parts.ts'
import { BOLD, type Sheet } from '../printing/templates/sheet.ts'
import { PLAIN } from '../printing/templates/style.ts'
import { toPdf } from '../printing/templates/to-pdf.ts'
import type { Column, Table } from '../sheets/table.ts'
import type { Language } from './labels.ts'

export interface PaperHead {
  title: string
  library: string
  /** Small print under the last table: where the rules come from. */
  note: string
}

/** Widths by kind: text takes the room that numbers leave. */
const NUMBER_MM = 24
const SIZE = 8.5

export async function tablesToPdf(
  head: PaperHead,
  tables: readonly Table<never>[],
  locale: Language,
): Promise<Uint8Array> {
  const press = { font: await slipFont(), layout: LAYOUTS.a4, locale, style: PLAIN }
  const sheets: Sheet[] = []
  let y = 0
  const next = () => {
    const sheet = newSheet(press, A5_WIDTH * 1.3)
    y = heading(sheet, head.library, [head.title, ''], sheet.width) + sheet.mm(4)
    sheets.push(sheet)
    return sheet
  }
  let sheet = next()
  const room = () => sheet.bottom - footHeight(sheet) - y
  const row = () => sheet.lineHeight(SIZE) + sheet.mm(1.2)
  for (const table of tables) {
    // A title never stands alone at the foot of a page.
    if (room() < row() * 4) sheet = next()
    y = sheet.line(sheet.left, y, table.name, { size: 11, weight: BOLD }) + sheet.mm(1.4)
    y = cells(sheet, table.columns, (column) => column.title, y, { size: 7, grey: 0.4 })
    sheet.rule(y - sheet.mm(0.6), 0.3)
    for (const item of table.rows) {
      if (room() < row()) {
        sheet = next()
      }
      y = cells(sheet, table.columns, (column) => textOf(column.of(item)), y, { size: SIZE })
      sheet.rule(y - sheet.mm(0.6), 0.1, 0.7)
    }
    y += sheet.mm(5)
  }
  if (room() < row() * 2) sheet = next()
  sheet.paragraph(sheet.left, y, head.note, { size: 7, grey: 0.4 }, sheet.width)
  sheets.forEach((one, index) =>
    foot(
      one,
      { library: head.library, printedAt: '', staff: '', copyNo: 1 },
      `${head.title} · ${index + 1} / ${sheets.length}`,
    ),
  )
  return toPdf(
    sheets.map((one) => one.page()),
    press.font,
    head.title,
  )
}

const textOf = (value: string | number | null) => (value === null ? '—' : String(value))

function cells(
  sheet: Sheet,
  columns: readonly Column<never>[],
  text: (column: Column<never>) => string,
  y: number,
  style: { size: number; grey?: number },
): number {
  const numbers = columns.filter((column) => column.kind !== 'text').length
  const texts = columns.length - numbers
  const wide = (sheet.width - numbers * NUMBER_MM) / Math.max(1, texts)
  let x = sheet.left
  for (const column of columns) {
    const width = column.kind === 'text' ? wide : NUMBER_MM
    const gap = sheet.mm(2)
    if (column.kind === 'text') sheet.line(x, y, text(column), style, width - gap)
    else sheet.line(x + width - gap, y, text(column), { ...style, align: 'right' }, width - gap)
    x += width
  }
  return y + sheet.lineHeight(style.size) + sheet.mm(1.2)
}
