import type { SeparatorSheet } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, heading, newSheet, type Press } from './parts.ts'
import { BOLD } from './sheet.ts'

/**
 * 分隔页: begins a request in a feeder stack. The code stands twice, so that a fold, a stamp or a skewed corner leaves
 * one readable, and upside down it is read as well.
 */
export function separatorSheet(press: Press, data: SeparatorSheet): PaintedPage[] {
  const sheet = newSheet(press, A5_WIDTH)
  const code = codeText(data.requestNo)
  const corner = Math.min(sheet.mm(33), sheet.width * 0.38)
  const textWidth = sheet.width - corner - sheet.mm(6)
  const codeBelow = sheet.qr(code, sheet.right, sheet.top, corner)
  let y = heading(sheet, data.library, ['分隔页', 'Separator sheet'], textWidth) + sheet.mm(4)
  y = sheet.fitted(sheet.left, y, data.requestNo, { size: 24, weight: BOLD, spacing: 0.7 }, 10, textWidth)
  y = Math.max(y, codeBelow) + sheet.mm(3)
  sheet.rule(y, 0.4)
  const order = shownFields('separatorSheet', press.style)
  for (const id of order) {
    const at = y + sheet.mm(3)
    if (id === 'title') y = sheet.block(sheet.left, at, data.title, { size: 15, weight: BOLD }, 10, sheet.width, 3)
    if (id === 'partner') y = sheet.field(['申请馆', 'Requested by'], data.partner, sheet.left, at, sheet.width, { size: 11 }) // prettier-ignore
    if (id === 'pages') y = sheet.field(['页码', 'Pages'], data.pages, sheet.left, at, sheet.width, { size: 13, weight: BOLD }) // prettier-ignore
  }
  const large = Math.min(sheet.mm(70), sheet.width * 0.7, sheet.bottom - y - sheet.mm(22))
  const centre = (sheet.left + sheet.right) / 2
  if (large > corner * 0.6 && order.includes('largeCode'))
    y = sheet.qr(code, centre + large / 2, y + sheet.mm(6), large)
  const hint = sheet.locale === 'en' ? 'The pages after this sheet belong to it' : '此页之后的各页属于本申请'
  if (order.includes('hint')) sheet.line(centre, y + sheet.mm(1), hint, { size: 9, align: 'centre' }, sheet.width)
  foot(sheet, data)
  return [sheet.page()]
}
