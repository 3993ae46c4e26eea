import type { Manifest, ManifestBag } from './data.ts'
import { rowHeight, tableHead, tableRow } from './item-table.ts'
import type { PaintedPage } from './paint.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

const COPIES: readonly Bilingual[] = [
  ['第一联 交物流', 'Copy 1 for the courier'],
  ['第二联 馆留存', 'Copy 2 for the library'],
]

/**
 * 物流交接单: two copies, each complete with its own page numbers. All bags and items, then who handed over to whom.
 * Readers' names are masked: the sheet leaves the library.
 */
export function manifest(press: Press, run: Manifest): PaintedPage[] {
  return COPIES.flatMap((copy) => {
    const sheets = copyOf(press, run, copy)
    sheets.forEach((sheet, i) => {
      const name = copy[sheet.locale === 'en' ? 1 : 0]
      foot(sheet, run, `${run.number} · ${name} · ${i + 1} / ${sheets.length}`)
    })
    return sheets.map((sheet) => sheet.page())
  })
}

function copyOf(press: Press, run: Manifest, copy: Bilingual): Sheet[] {
  const sheets: Sheet[] = []
  let sheet!: Sheet
  let y = 0
  const next = () => {
    // A4 is set a little smaller than twice A5, so that a usual run is one page.
    sheet = newSheet(press, A5_WIDTH * 1.3)
    y = head(sheet, run, copy, sheets.length === 0)
    sheets.push(sheet)
  }
  const room = () => sheet.bottom - footHeight(sheet) - sheet.mm(2) - y
  next()
  let n = 0
  for (const bag of run.bags) {
    // A bag's line never stands alone at the foot of a page.
    if (room() < bagHeight(sheet) + rowHeight(sheet)) next()
    y = bagLine(sheet, bag, y)
    for (const item of bag.items) {
      if (room() < rowHeight(sheet)) {
        next()
        y = bagLine(sheet, bag, y)
      }
      y = tableRow(sheet, y, ++n, item)
    }
    y += sheet.mm(1.5)
  }
  if (room() < signatureHeight(sheet)) next()
  signatures(sheet, run)
  return sheets
}

function head(sheet: Sheet, run: Manifest, copy: Bilingual, first: boolean): number {
  const codeSide = sheet.mm(first ? 26 : 18)
  const width = sheet.width - codeSide - sheet.mm(6)
  const codeBelow = sheet.qr(codeText(run.number), sheet.right, sheet.top, codeSide)
  const [zh, en] = copy
  let y = heading(sheet, run.from, ['物流交接单', 'Courier manifest'], width) + sheet.mm(0.8)
  y = sheet.line(sheet.left, y, sheet.locale === 'en' ? `${en}  ${zh}` : `${zh}  ${en}`, { size: 8.5 }) + sheet.mm(1.2)
  y = sheet.fitted(sheet.left, y, run.number, { size: 15, weight: BOLD, spacing: 0.4 }, 9, width)
  y = Math.max(y, codeBelow) + sheet.mm(2)
  if (first) y = summary(sheet, run, y) + sheet.mm(3)
  return tableHead(sheet, y)
}

function summary(sheet: Sheet, run: Manifest, y: number): number {
  sheet.rule(y, 0.4)
  const items = run.bags.reduce((sum, bag) => sum + bag.items.length, 0)
  const facts: [Bilingual, string, number][] = [
    [['日期', 'Date'], run.date, 0.2],
    [['线路', 'Route'], run.route, 0.15],
    [['承运', 'Courier'], run.courier, 0.3],
    [['目的馆', 'Destinations'], String(new Set(run.bags.map((bag) => bag.to)).size), 0.14],
    [['袋数', 'Bags'], String(run.bags.length), 0.1],
    [['册数', 'Items'], String(items), 0.11],
  ]
  let x = sheet.left
  const ends = facts.map(([label, value, share]) => {
    const width = share * sheet.width
    const end = sheet.field(label, value, x, y + sheet.mm(1.8), width - sheet.mm(2), { size: 11, weight: BOLD })
    x += width
    return end
  })
  const below = Math.max(...ends) + sheet.mm(1.2)
  sheet.rule(below, 0.4)
  return below
}

function bagHeight(sheet: Sheet): number {
  return sheet.lineHeight(9.5) + sheet.mm(2.6)
}

function bagLine(sheet: Sheet, bag: ManifestBag, y: number): number {
  const top = y + sheet.mm(1.4)
  const style = { size: 9.5, weight: BOLD }
  const side = `${bag.bag} · ${sheet.locale === 'en' ? 'Seal' : '封签'} ${bag.seal === '' ? '—' : bag.seal}`
  const sideWidth = sheet.widthOf(side, { size: 8.5 })
  sheet.line(sheet.left, top, bag.to, style, sheet.width - sideWidth - sheet.mm(26))
  sheet.line(sheet.right - sheet.mm(18), top + sheet.mm(0.2), side, { size: 8.5, align: 'right' })
  const count = sheet.locale === 'en' ? `${bag.items.length} items` : `${bag.items.length} 册`
  sheet.line(sheet.right, top + sheet.mm(0.2), count, { size: 8.5, align: 'right' })
  const below = y + bagHeight(sheet)
  sheet.rule(below, 0.25)
  return below
}

function signatureHeight(sheet: Sheet): number {
  return sheet.mm(38)
}

/** Who gave and who took, at the foot of the last page. */
function signatures(sheet: Sheet, run: Manifest): void {
  const top = sheet.bottom - footHeight(sheet) - signatureHeight(sheet)
  sheet.rule(top, 0.4)
  const statement: Bilingual = [
    '上列各袋封签完好，袋数与本单相符，现予交接。',
    'The bags listed above are sealed, match this manifest and are handed over.',
  ]
  const [first, second] = sheet.locale === 'en' ? [statement[1], statement[0]] : statement
  const below = sheet.line(sheet.left, top + sheet.mm(2), first, { size: 9 }, sheet.width)
  sheet.line(sheet.left, below, second, { size: 7, grey: 0.4 }, sheet.width)
  const y = top + sheet.mm(27)
  const gap = sheet.mm(6)
  const width = (sheet.width - 3 * gap) / 4
  const lines: readonly [Bilingual, string][] = [
    [['交出馆员', 'Handed over by'], run.staff],
    [['司机姓名', "Driver's name"], run.driver],
    [['司机签名', "Driver's signature"], ''],
    [['日期时间', 'Date and time'], ''],
  ]
  lines.forEach(([label, value], i) => {
    const x = sheet.left + i * (width + gap)
    if (value !== '') sheet.fitted(x, y - sheet.lineHeight(11) - sheet.mm(0.5), value, { size: 11 }, 7, width)
    sheet.signature(label, x, y, width)
  })
}
