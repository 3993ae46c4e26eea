import type { OverdueNotice } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

/** 催还通知: a letter to the borrowing library, one line a volume, as many pages as it takes. */
export function overdueNotice(press: Press, notice: OverdueNotice): PaintedPage[] {
  const sheets: Sheet[] = []
  let at = 0
  do {
    const sheet = newSheet(press, A5_WIDTH * 1.2)
    let y = head(sheet, notice, sheets.length === 0)
    const last = sheet.bottom - footHeight(sheet) - sheet.mm(26)
    // The first row of a page is always drawn, so a sheet too small for it cannot loop for ever.
    for (let first = true; at < notice.items.length && (first || y + rowHeight(sheet) <= last); first = false) {
      y = row(sheet, notice.items[at]!, y)
      at++
    }
    if (at === notice.items.length) closing(sheet, notice, y + sheet.mm(5))
    sheets.push(sheet)
  } while (at < notice.items.length)
  sheets.forEach((sheet, i) => foot(sheet, notice, `${i + 1} / ${sheets.length}`))
  return sheets.map((sheet) => sheet.page())
}

function head(sheet: Sheet, notice: OverdueNotice, first: boolean): number {
  let y = heading(sheet, notice.library, ['催还通知', 'Overdue notice'], sheet.width * 0.7)
  sheet.line(sheet.right, sheet.top, notice.date, { size: 10, align: 'right' })
  if (notice.reminder > 1) {
    const text = sheet.locale === 'en' ? `Reminder ${notice.reminder}` : `第 ${notice.reminder} 次`
    sheet.line(sheet.right, sheet.top + sheet.lineHeight(11), text, { size: 11, weight: BOLD, align: 'right' })
  }
  y += sheet.mm(5)
  if (!first) return tableHead(sheet, y)
  y = sheet.block(sheet.left, y, notice.to, { size: 14, weight: BOLD }, 9, sheet.width, 2)
  if (notice.contact !== '' && shownFields('overdueNotice', sheet.style).includes('contact'))
    y = sheet.line(sheet.left, y + sheet.mm(0.5), notice.contact, { size: 10 }, sheet.width)
  y += sheet.mm(4)
  const zh = '贵馆借阅的下列图书已超过应还日期，请尽快归还或办理续借。'
  const en = 'The following items lent to your library are overdue. Please return or renew them soon.'
  const [main, other] = sheet.locale === 'en' ? [en, zh] : [zh, en]
  y = sheet.paragraph(sheet.left, y, main, { size: 11 }, sheet.width)
  y = sheet.paragraph(sheet.left, y + sheet.mm(0.5), other, { size: 8, grey: 0.4 }, sheet.width)
  return tableHead(sheet, y + sheet.mm(5))
}

type Item = OverdueNotice['items'][number]

/** Columns with their share of the width; the title takes what is left. */
const COLUMNS: Readonly<
  Record<string, { label: Bilingual; share: number; text: (item: Item, english: boolean) => string; strong?: true }>
> = {
  request: { label: ['申请单号', 'Request'], share: 0.19, text: (item) => item.requestNo },
  title: { label: ['题名', 'Title'], share: 0.39, text: (item) => item.title },
  barcode: { label: ['条码', 'Barcode'], share: 0.16, text: (item) => item.barcode },
  due: { label: ['应还', 'Due'], share: 0.15, text: (item) => item.dueDate },
  days: {
    label: ['逾期', 'Days'],
    share: 0.11,
    text: ({ daysLate }, english) => (english ? `${daysLate} d` : `${daysLate} 天`),
    strong: true,
  },
}

function columns(sheet: Sheet) {
  const chosen = shownFields('overdueNotice', sheet.style).flatMap((id) => COLUMNS[id] ?? [])
  const shares = chosen.reduce((sum, { share }) => sum + share, 0)
  let x = sheet.left
  return chosen.map((column) => {
    const width = (column.share / shares) * sheet.width
    const placed = { ...column, x, width: width - sheet.mm(2) }
    x += width
    return placed
  })
}

function tableHead(sheet: Sheet, y: number): number {
  let below = y
  for (const { label, x, width } of columns(sheet)) below = Math.max(below, sheet.label(label, x, y, 7, 'left', width))
  sheet.rule(below + sheet.mm(0.6), 0.3)
  return below + sheet.mm(0.6)
}

function rowHeight(sheet: Sheet): number {
  return sheet.lineHeight(10) + sheet.mm(2.4)
}

function row(sheet: Sheet, item: Item, y: number): number {
  const top = y + sheet.mm(1.2)
  for (const { x, width, text, strong } of columns(sheet)) {
    const style = strong ? { size: 10, weight: BOLD } : { size: 9.5 }
    sheet.fitted(x, top, text(item, sheet.locale === 'en'), style, 7, width)
  }
  const below = y + rowHeight(sheet)
  sheet.rule(below, 0.1, 0.6)
  return below
}

function closing(sheet: Sheet, notice: OverdueNotice, y: number): void {
  if (notice.reply !== '' && shownFields('overdueNotice', sheet.style).includes('reply'))
    y = sheet.field(['联系', 'Contact'], notice.reply, sheet.left, y, sheet.width, { size: 10 })
  sheet.line(sheet.right, y + sheet.mm(4), notice.library, { size: 11, align: 'right' }, sheet.width)
}
