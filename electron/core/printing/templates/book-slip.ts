import type { BookSlip } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, joined, newSheet, type Press } from './parts.ts'
import { BOLD, type Sheet } from './sheet.ts'
import { maskName } from './typeset.ts'

/** 书条: travels in the book. What the borrower needs stands large: when it is due and where it goes back to. */
export function bookSlip(press: Press, slip: BookSlip): PaintedPage[] {
  const sheet = newSheet(press, A5_WIDTH)
  const codeSide = Math.min(sheet.mm(33), sheet.width * 0.38)
  const textWidth = sheet.width - codeSide - sheet.mm(6)
  const codeBelow = sheet.qr(codeText(slip.requestNo), sheet.right, sheet.top, codeSide)

  const order = shownFields('bookSlip', press.style)
  let y = heading(sheet, slip.library, ['馆际互借书条', 'Loan slip'], textWidth) + sheet.mm(3)
  y = sheet.fitted(sheet.left, y, slip.requestNo, { size: 14, weight: BOLD, spacing: 0.5 }, 9, textWidth) + sheet.mm(1)
  if (order.includes('partner')) {
    y = sheet.label(['借入馆', 'Borrowing library'], sheet.left, y) + sheet.mm(0.3)
    y = sheet.block(sheet.left, y, slip.partner, { size: 11.5, weight: BOLD }, 8, textWidth, 2)
  }

  y = Math.max(y, codeBelow) + sheet.mm(2.5)
  for (const id of order) y = PARTS[id]?.(sheet, slip, y) ?? y
  foot(sheet, slip, sheet.locale === 'en' ? 'Keep this slip in the book 请勿取出' : '请将书条留在书中 Keep in the book')
  return [sheet.page()]
}

/** What has its place in the order; each gives the y below. */
const PARTS: Readonly<Record<string, (sheet: Sheet, slip: BookSlip, y: number) => number>> = {
  due: (sheet, slip, y) => due(sheet, slip, y) + sheet.mm(3),
  work(sheet, slip, y) {
    y = sheet.block(sheet.left, y, slip.title, { size: 15, weight: BOLD }, 10, sheet.width, 3)
    const edition = joined([slip.author, slip.volume, slip.year], ' · ')
    if (edition !== '') y = sheet.paragraph(sheet.left, y + sheet.mm(0.6), edition, { size: 10 }, sheet.width, 2)
    return y + sheet.mm(3)
  },
  item: (sheet, slip, y) => item(sheet, slip, y) + sheet.mm(3),
  reader(sheet, slip, y) {
    if (slip.reader === '') return y
    return sheet.field(['读者', 'Reader'], maskName(slip.reader), sheet.left, y, sheet.width) + sheet.mm(1.5)
  },
  returnTo(sheet, slip, y) {
    sheet.rule(y, 0.12, 0.5)
    return sheet.field(['还书至', 'Return to'], slip.returnTo, sheet.left, y + sheet.mm(2.2), sheet.width, { size: 11 }) + sheet.mm(1.5) // prettier-ignore
  },
  delivery(sheet, slip, y) {
    if (slip.deliveryMethod === '') return y
    return sheet.field(['传递方式', 'Delivery'], slip.deliveryMethod, sheet.left, y, sheet.width) + sheet.mm(1.5)
  },
  conditions,
}

function due(sheet: Sheet, slip: BookSlip, y: number): number {
  const height = sheet.mm(19)
  sheet.frame(sheet.left, y, sheet.width, height, 0.4)
  const x = sheet.left + sheet.mm(4)
  const [zh, en] = ['应还日期', 'Due date']
  const [first, second] = sheet.locale === 'en' ? [en, zh] : [zh, en]
  const below = sheet.line(x, y + sheet.mm(4.2), first, { size: 12, weight: BOLD })
  sheet.line(x, below, second, { size: 8, grey: 0.35 })
  const right = sheet.right - sheet.mm(4)
  const size = sheet.narrow ? 20 : 28
  const top = y + (height - sheet.lineHeight(size)) / 2
  sheet.line(right, top, slip.dueDate, { size, weight: BOLD, spacing: 0.5, align: 'right' })
  return y + height
}

function item(sheet: Sheet, slip: BookSlip, y: number): number {
  const half = sheet.width * 0.5
  const codeBelow = sheet.barcode(slip.barcode, sheet.left, y + sheet.mm(1), half, sheet.mm(12))
  const x = sheet.left + half + sheet.mm(6)
  const width = sheet.right - x
  const below = sheet.field(['索书号', 'Call number'], slip.callNumber, x, y, width, { size: 11, weight: BOLD })
  return Math.max(codeBelow, below)
}

function conditions(sheet: Sheet, slip: BookSlip, y: number): number {
  const room = sheet.bottom - footHeight(sheet) - y - sheet.lineHeight(6.5) - sheet.mm(0.3)
  const lines = Math.floor(room / sheet.lineHeight(9))
  if (slip.conditions === '' || lines < 1) return y
  const below = sheet.label(['使用条件', 'Conditions'], sheet.left, y) + sheet.mm(0.3)
  return (
    sheet.paragraph(sheet.left, below, slip.conditions, { size: 9 }, sheet.width, Math.min(5, lines)) + sheet.mm(1.5)
  )
}
