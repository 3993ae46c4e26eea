import type { ListedItem } from './data.ts'
import { shownFields } from './fields.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'
import { maskName } from './typeset.ts'

interface Column {
  label: Bilingual
  /** Share of the width. */
  share: number
  text: (item: ListedItem) => string
  /** Stands whole at the end, however long the text before it is. */
  end?: (item: ListedItem) => string
}

const COLUMNS: Readonly<Record<string, Column>> = {
  request: { label: ['申请单号', 'Request'], share: 0.17, text: (item) => item.requestNo },
  title: {
    label: ['题名 / 卷册', 'Title / volume'],
    share: 0.37,
    text: (item) => item.title,
    end: (item) => item.volume,
  },
  callNumber: { label: ['索书号', 'Call no.'], share: 0.17, text: (item) => item.callNumber },
  barcode: { label: ['条码', 'Barcode'], share: 0.16, text: (item) => item.barcode },
  reader: { label: ['读者', 'Reader'], share: 0.13, text: (item) => maskName(item.reader) },
}

type Placed = Column & { x: number; width: number }

/** Left edge and width of each column; the first is the running number, the last the box to tick. */
function places(sheet: Sheet): { number: number; tick: number; columns: Placed[] } {
  const number = sheet.mm(6)
  const tick = sheet.mm(5)
  const room = sheet.width - number - tick
  const chosen = shownFields('contentsList', sheet.style).map((id) => COLUMNS[id]!)
  const shares = chosen.reduce((sum, { share }) => sum + share, 0)
  let x = sheet.left + number
  const columns = chosen.map((column) => {
    const width = (column.share / shares) * room
    const placed = { ...column, x, width: width - sheet.mm(2) }
    x += width
    return placed
  })
  return { number: sheet.left, tick: sheet.right - tick + sheet.mm(1.2), columns }
}

/** The head of the table; gives the y below. */
export function tableHead(sheet: Sheet, y: number): number {
  const { columns } = places(sheet)
  let below = y
  for (const { x, width, label } of columns) {
    const [zh, en] = label
    const [first, second] = sheet.locale === 'en' ? [en, zh] : [zh, en]
    const middle = sheet.line(x, y, first, { size: 7.5, weight: BOLD }, width)
    below = sheet.line(x, middle - sheet.mm(0.3), second, { size: 6, grey: 0.45 }, width)
  }
  sheet.rule(below + sheet.mm(0.6), 0.3)
  return below + sheet.mm(0.8)
}

export function rowHeight(sheet: Sheet): number {
  return sheet.lineHeight(8.5) + sheet.mm(1.9)
}

/** One item, one line; gives the y below. */
export function tableRow(sheet: Sheet, y: number, n: number, item: ListedItem): number {
  const { number, columns, tick } = places(sheet)
  const top = y + sheet.mm(1)
  sheet.line(number, top, String(n), { size: 8, grey: 0.4 })
  for (const { x, width, text, end } of columns) {
    const tail = end?.(item) ?? ''
    const taken = tail === '' ? 0 : sheet.widthOf(tail, { size: 8.5 }) + sheet.mm(1.5)
    sheet.fitted(x, top, text(item), { size: 8.5 }, 7, Math.max(width / 3, width - taken))
    if (tail !== '') sheet.line(x + width, top, tail, { size: 8.5, align: 'right' }, width * 0.6)
  }
  const side = sheet.mm(2.8)
  sheet.frame(tick, top + (sheet.lineHeight(8.5) - side) / 2, side, side, 0.2)
  const below = y + rowHeight(sheet)
  sheet.rule(below, 0.1, 0.6)
  return below
}
