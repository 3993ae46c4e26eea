import type { OverdueNotice } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { A5_WIDTH, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Sheet } from './sheet.ts'

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
  if (notice.contact !== '') y = sheet.line(sheet.left, y + sheet.mm(0.5), notice.contact, { size: 10 }, sheet.width)
  y += sheet.mm(4)
  const zh = '贵馆借阅的下列图书已超过应还日期，请尽快归还或办理续借。'
  const en = 'The following items lent to your library are overdue. Please return or renew them soon.'
  const [main, other] = sheet.locale === 'en' ? [en, zh] : [zh, en]
  y = sheet.paragraph(sheet.left, y, main, { size: 11 }, sheet.width)
  y = sheet.paragraph(sheet.left, y + sheet.mm(0.5), other, { size: 8, grey: 0.4 }, sheet.width)
  return tableHead(sheet, y + sheet.mm(5))
}

/** Left edges (share of the width) of number, title, barcode; due date and days stand at the right. */
const PLACES = { title: 0.19, barcode: 0.6, due: 0.88 }

function tableHead(sheet: Sheet, y: number): number {
  const at = (share: number) => sheet.left + share * sheet.width
  sheet.label(['申请单号', 'Request'], sheet.left, y, 7)
  sheet.label(['题名', 'Title'], at(PLACES.title), y, 7)
  sheet.label(['条码', 'Barcode'], at(PLACES.barcode), y, 7)
  sheet.label(['应还', 'Due'], at(PLACES.due), y, 7, 'right')
  const below = sheet.label(['逾期', 'Days'], sheet.right, y, 7, 'right') + sheet.mm(0.6)
  sheet.rule(below, 0.3)
  return below
}

function rowHeight(sheet: Sheet): number {
  return sheet.lineHeight(10) + sheet.mm(2.4)
}

function row(sheet: Sheet, item: OverdueNotice['items'][number], y: number): number {
  const at = (share: number) => sheet.left + share * sheet.width
  const top = y + sheet.mm(1.2)
  sheet.fitted(sheet.left, top, item.requestNo, { size: 9.5 }, 7, (PLACES.title - 0.01) * sheet.width)
  const titleWidth = (PLACES.barcode - PLACES.title - 0.02) * sheet.width
  sheet.fitted(at(PLACES.title), top, item.title, { size: 10 }, 8, titleWidth)
  sheet.fitted(at(PLACES.barcode), top, item.barcode, { size: 9.5 }, 7, 0.14 * sheet.width)
  sheet.line(at(PLACES.due), top, item.dueDate, { size: 9.5, align: 'right' })
  const days = sheet.locale === 'en' ? `${item.daysLate} d` : `${item.daysLate} 天`
  sheet.line(sheet.right, top, days, { size: 10, weight: BOLD, align: 'right' })
  const below = y + rowHeight(sheet)
  sheet.rule(below, 0.1, 0.6)
  return below
}

function closing(sheet: Sheet, notice: OverdueNotice, y: number): void {
  if (notice.reply !== '') y = sheet.field(['联系', 'Contact'], notice.reply, sheet.left, y, sheet.width, { size: 10 })
  sheet.line(sheet.right, y + sheet.mm(4), notice.library, { size: 11, align: 'right' }, sheet.width)
}
