import { COPYRIGHT_NOTICE } from '../../documents/stamp/template.ts'
import type { CoverPage } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, joined, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

/** 封面: lies before a copy that goes out on paper; the copyright notice stands at its foot, in a frame. */
export function coverPage(press: Press, data: CoverPage): PaintedPage[] {
  const sheet = newSheet(press, A5_WIDTH * 1.1)
  const codeSide = Math.min(sheet.mm(30), sheet.width * 0.36)
  const textWidth = sheet.width - codeSide - sheet.mm(6)
  const codeBelow = sheet.qr(codeText(data.requestNo), sheet.right, sheet.top, codeSide)
  let y = heading(sheet, data.library, ['原文传递', 'Document delivery'], textWidth) + sheet.mm(3)
  y = sheet.fitted(sheet.left, y, data.requestNo, { size: 16, weight: BOLD, spacing: 0.5 }, 9, textWidth)
  y = Math.max(y, codeBelow) + sheet.mm(4)
  sheet.rule(y, 0.4)
  y = sheet.block(sheet.left, y + sheet.mm(5), data.title, { size: 18, weight: BOLD }, 11, sheet.width, 4)
  const order = shownFields('coverPage', press.style)
  const source = joined([data.source, data.pages], ' : ')
  for (const id of order) {
    if (id === 'author' && data.author !== '') {
      y = sheet.paragraph(sheet.left, y + sheet.mm(1.5), data.author, { size: 11 }, sheet.width, 2) + sheet.mm(1)
      continue
    }
    const fact = FACTS[id]
    const text = id === 'source' ? source : id === 'partner' ? data.partner : id === 'date' ? data.date : ''
    if (fact && text !== '') y = sheet.field(fact, text, sheet.left, y + sheet.mm(3), sheet.width, { size: 11 })
  }
  if (order.includes('notice')) notice(sheet, y)
  foot(sheet, data)
  return [sheet.page()]
}

const FACTS: Readonly<Record<string, Bilingual>> = {
  source: ['出处', 'Source'],
  partner: ['申请馆', 'Requested by'],
  date: ['提供日期', 'Supplied on'],
}

/** The copyright notice in its frame, at the foot where there is one. */
function notice(sheet: Sheet, y: number): void {
  const pad = sheet.mm(4)
  const style = { size: 8.5 }
  const lines = COPYRIGHT_NOTICE.length * 2 + 1
  const height = lines * sheet.lineHeight(style.size) + 2 * pad
  const top = sheet.layout.roll ? y + sheet.mm(4) : sheet.bottom - footHeight(sheet) - height - sheet.mm(2)
  let below = Math.max(y + sheet.mm(4), top) + pad
  const frameTop = below - pad
  for (const line of COPYRIGHT_NOTICE) {
    below = sheet.paragraph(sheet.left + pad, below, line, style, sheet.width - 2 * pad, 4) + sheet.mm(0.6)
  }
  sheet.frame(sheet.left, frameTop, sheet.width, below - frameTop + pad - sheet.mm(0.6), 0.25)
}
