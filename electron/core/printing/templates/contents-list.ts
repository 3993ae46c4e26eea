import type { ContentsList } from './data.ts'
import { rowHeight, tableHead, tableRow } from './item-table.ts'
import type { PaintedPage } from './paint.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Sheet } from './sheet.ts'

/** 袋内清单: lies in the bag; ticked off on arrival, missing and surplus become anomalies. */
export function contentsList(press: Press, list: ContentsList): PaintedPage[] {
  const sheets: Sheet[] = []
  let at = 0
  do {
    const sheet = newSheet(press, A5_WIDTH)
    let y = tableHead(sheet, head(sheet, list))
    const last = sheet.bottom - footHeight(sheet) - sheet.mm(2)
    // The first row of a page is always drawn, so a sheet too small for it cannot loop for ever.
    for (let first = true; at < list.items.length && (first || y + rowHeight(sheet) <= last); first = false) {
      y = tableRow(sheet, y, at + 1, list.items[at]!)
      at++
    }
    if (at === list.items.length && y + sheet.lineHeight(9) + sheet.mm(2) <= last) {
      const total = sheet.locale === 'en' ? `${list.items.length} items 共计` : `共 ${list.items.length} 册  items`
      sheet.line(sheet.right, y + sheet.mm(1.6), total, { size: 9, weight: BOLD, align: 'right' })
    }
    sheets.push(sheet)
  } while (at < list.items.length)
  sheets.forEach((sheet, i) => foot(sheet, list, `${list.bag} · ${i + 1} / ${sheets.length}`))
  return sheets.map((sheet) => sheet.page())
}

function head(sheet: Sheet, list: ContentsList): number {
  const codeSide = sheet.mm(24)
  const width = sheet.width - codeSide - sheet.mm(5)
  const codeBelow = sheet.qr(codeText(list.bag), sheet.right, sheet.top, codeSide)
  let y = heading(sheet, list.from, ['袋内清单', 'Contents of bag'], width) + sheet.mm(1.5)
  y = sheet.fitted(sheet.left, y, list.bag, { size: 14, weight: BOLD, spacing: 0.4 }, 8, width) + sheet.mm(1)
  const half = width / 2
  const ends = [
    sheet.field(['送往', 'To'], list.to, sheet.left, y, half - sheet.mm(3), { size: 10, weight: BOLD }),
    sheet.field(['封签', 'Seal'], list.seal, sheet.left + half, y, half * 0.6),
    sheet.field(['线路', 'Route'], list.route, sheet.left + half * 1.6, y, half * 0.4),
  ]
  return Math.max(codeBelow, ...ends) + sheet.mm(3)
}
