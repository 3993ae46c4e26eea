import type { Receipt } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual } from './sheet.ts'
import { maskName } from './typeset.ts'

const TITLES: Readonly<Record<Receipt['what'], Bilingual>> = {
  pickup: ['取书凭条', 'Pick-up receipt'],
  return: ['还书凭条', 'Return receipt'],
  handover: ['交接凭条', 'Hand-over receipt'],
}

/** 凭条: short, for a receipt printer; what was given to whom, and until when. */
export function receipt(press: Press, data: Receipt): PaintedPage[] {
  const sheet = newSheet(press, A5_WIDTH)
  const shown = new Set(shownFields('receipt', press.style))
  const codeSide = data.code === '' ? 0 : Math.min(sheet.mm(30), sheet.width * 0.36)
  const textWidth = sheet.width - (codeSide === 0 ? 0 : codeSide + sheet.mm(6))
  const codeBelow = codeSide === 0 ? 0 : sheet.qr(codeText(data.code), sheet.right, sheet.top, codeSide)
  let y = heading(sheet, data.library, TITLES[data.what], textWidth) + sheet.mm(2)
  if (data.code !== '') y = sheet.fitted(sheet.left, y, data.code, { size: 14, weight: BOLD }, 8, textWidth)
  const person = data.what === 'handover' ? data.person : maskName(data.person)
  const label: Bilingual = data.what === 'handover' ? ['司机', 'Driver'] : ['读者', 'Reader']
  if (person !== '' && shown.has('person'))
    y = sheet.field(label, person, sheet.left, y + sheet.mm(1), textWidth, { size: 11 })
  y = Math.max(y, codeBelow) + sheet.mm(2)
  sheet.rule(y, 0.4)
  y += sheet.mm(1.5)
  const last = sheet.bottom - footHeight(sheet) - sheet.lineHeight(11)
  for (const [n, item] of data.items.entries()) {
    if (y + 2 * sheet.lineHeight(10.5) > last) {
      y = sheet.line(sheet.left, y, `… +${data.items.length - n}`, { size: 10 })
      break
    }
    y = sheet.paragraph(sheet.left, y, item.title, { size: 10.5, weight: BOLD }, sheet.width, 2)
    const due = sheet.locale === 'en' ? `due ${item.dueDate} 应还` : `应还 due ${item.dueDate}`
    if (shown.has('request')) sheet.line(sheet.left, y, item.requestNo, { size: 9 }, sheet.width * 0.45)
    if (item.dueDate !== '' && shown.has('due'))
      sheet.line(sheet.right, y, due, { size: 9.5, weight: BOLD, align: 'right' })
    if (shown.has('request') || shown.has('due')) y += sheet.lineHeight(9.5) + sheet.mm(1.2)
    sheet.rule(y, 0.1, 0.6)
    y += sheet.mm(1.2)
  }
  const unit = data.what === 'handover' ? ['袋', 'bags'] : ['册', 'items']
  const total = sheet.locale === 'en' ? `${data.items.length} ${unit[1]}` : `共 ${data.items.length} ${unit.join(' ')}`
  if (shown.has('total'))
    y = sheet.line(sheet.right, y, total, { size: 10, weight: BOLD, align: 'right' }) + sheet.mm(1)
  if (data.note !== '' && shown.has('note')) sheet.paragraph(sheet.left, y, data.note, { size: 9 }, sheet.width, 3)
  foot(sheet, data)
  return [sheet.page()]
}
