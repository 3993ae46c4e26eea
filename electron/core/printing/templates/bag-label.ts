import type { BagLabel } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { codeText, foot, footHeight, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

/** Designed for a label of 4 x 6 inches. */
const BASE = 101.6

/** 袋签: read at arm's length in a van, so the destination is as large as the label allows. */
export function bagLabel(press: Press, label: BagLabel): PaintedPage[] {
  const sheet = newSheet(press, BASE)
  const english = sheet.locale === 'en'
  const order = shownFields('bagLabel', press.style)
  let y = sheet.line(sheet.left, sheet.top, english ? 'To 送往' : '送往 To', { size: 10 })
  if (label.route !== '' && order.includes('route')) {
    const route = english ? `Route ${label.route}` : `线路 ${label.route}`
    sheet.badge(sheet.right - sheet.widthOf(route, { size: 13 }) - sheet.mm(3.2), sheet.top, route, 13, true)
  }
  y += sheet.mm(3)
  y = sheet.block(sheet.left, y, label.to, { size: 28, weight: BOLD }, 14, sheet.width, 3) + sheet.mm(2.5)
  sheet.rule(y, 0.5)
  y += sheet.mm(4)

  const below = sheet.bottom - footHeight(sheet)
  const codeSide = Math.min(sheet.mm(54), below - y - sheet.mm(18))
  const top = y
  sheet.qr(codeText(label.bag), sheet.right, y, Math.max(codeSide, sheet.mm(15)))
  const width = sheet.width - Math.max(codeSide, sheet.mm(15)) - sheet.mm(5)
  const facts: Record<string, [Bilingual, string]> = {
    seal: [['封签', 'Seal'], label.seal],
    items: [['册数', 'Items'], String(label.items)],
    date: [['日期', 'Date'], label.date],
  }
  for (const id of order) {
    const fact = facts[id]
    if (!fact) continue
    const [name, value] = fact
    y = sheet.label(name, sheet.left, y) + sheet.mm(0.2)
    y = sheet.fitted(sheet.left, y, value === '' ? '—' : value, { size: 15, weight: BOLD }, 7, width) + sheet.mm(1.5)
  }
  y = Math.max(y, top + codeSide + sheet.mm(6)) + sheet.mm(1.5)
  y = sheet.fitted(sheet.left, y, label.bag, { size: 20, weight: BOLD, spacing: 0.5 }, 9, sheet.width) + sheet.mm(1)
  sender(sheet, label, order, y)
  foot(sheet, label)
  return [sheet.page()]
}

function sender(sheet: Sheet, label: BagLabel, order: readonly string[], y: number): void {
  const room = sheet.bottom - footHeight(sheet) - y
  if (room < sheet.lineHeight(9)) return
  const left = sheet.left + sheet.logo(sheet.left, y, sheet.width * 0.25, Math.min(room, sheet.mm(12)))
  const width = sheet.right - left
  if (order.includes('from')) y = sheet.line(left, y, `寄自 From ${label.from}`, { size: 9 }, width)
  if (label.manifest === '' || !order.includes('manifest') || room < 2 * sheet.lineHeight(9)) return
  sheet.line(left, y, `交接单 Manifest ${label.manifest}`, { size: 9 }, width)
}
