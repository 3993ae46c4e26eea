import type { BlankManifest } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

const COPIES: readonly Bilingual[] = [
  ['第一联 交物流', 'Copy 1 for the courier'],
  ['第二联 馆留存', 'Copy 2 for the library'],
]

/** Lines to write items on, in the block of one bag. */
const LINES_A_BAG = 5

/** Columns of what is written by hand, as shares of the width. */
const COLUMNS: readonly [Bilingual, number][] = [
  [['申请单号', 'Request'], 0.26],
  [['题名 / 卷册', 'Title / volume'], 0.44],
  [['条码', 'Barcode'], 0.3],
]

/**
 * 空白交接单: filled in by hand while the desk is down. Its number and its bags' codes are printed already, so that the
 * sheet is typed in afterwards by scanning them. Two copies, as of every manifest.
 */
export function blankManifest(press: Press, form: BlankManifest): PaintedPage[] {
  return COPIES.flatMap((copy) => {
    const sheets = copyOf(press, form, copy)
    sheets.forEach((sheet, i) => {
      const name = copy[sheet.locale === 'en' ? 1 : 0]
      foot(sheet, form, `${form.number} · ${name} · ${i + 1} / ${sheets.length}`)
    })
    return sheets.map((sheet) => sheet.page())
  })
}

function copyOf(press: Press, form: BlankManifest, copy: Bilingual): Sheet[] {
  const sheets: Sheet[] = []
  let sheet!: Sheet
  let y = 0
  const next = () => {
    sheet = newSheet(press, A5_WIDTH * 1.3)
    y = head(sheet, form, copy, sheets.length === 0)
    sheets.push(sheet)
  }
  const room = () => sheet.bottom - footHeight(sheet) - sheet.mm(2) - y
  next()
  // Without reserved codes the blocks have a line for the code; as many as one sheet takes beside the signatures.
  const free = Math.max(1, Math.floor((room() - signatureHeight(sheet)) / blockHeight(sheet)))
  const bags = form.bags.length > 0 ? form.bags : Array.from({ length: free }, () => '')
  for (const bag of bags) {
    if (room() < blockHeight(sheet)) next()
    y = block(sheet, bag, y)
  }
  if (room() < signatureHeight(sheet)) next()
  signatures(sheet)
  return sheets
}

function head(sheet: Sheet, form: BlankManifest, copy: Bilingual, first: boolean): number {
  const codeSide = sheet.mm(first ? 26 : 18)
  const width = sheet.width - codeSide - sheet.mm(6)
  const codeBelow = sheet.qr(codeText(form.number), sheet.right, sheet.top, codeSide)
  const [zh, en] = copy
  let y = heading(sheet, form.from, ['物流交接单（手填）', 'Courier manifest, by hand'], width) + sheet.mm(0.8)
  y = sheet.line(sheet.left, y, sheet.locale === 'en' ? `${en}  ${zh}` : `${zh}  ${en}`, { size: 8.5 }) + sheet.mm(1.2)
  y = sheet.fitted(sheet.left, y, form.number, { size: 15, weight: BOLD, spacing: 0.4 }, 9, width)
  y = Math.max(y, codeBelow) + sheet.mm(2)
  if (!first) return y
  sheet.rule(y, 0.4)
  const blanks: readonly [Bilingual, number][] = [
    [['日期', 'Date'], 0.28],
    [['线路', 'Route'], 0.18],
    [['承运', 'Courier'], 0.34],
    [['袋数', 'Bags'], 0.2],
  ]
  writeOn(sheet, blanks, y + sheet.mm(9))
  return y + sheet.mm(15)
}

/** Lines to write on side by side, each with its label beneath. */
function writeOn(sheet: Sheet, blanks: readonly [Bilingual, number][], y: number, left = sheet.left): void {
  const width = sheet.right - left
  let x = left
  for (const [label, share] of blanks) {
    sheet.signature(label, x, y, share * width - sheet.mm(4))
    x += share * width
  }
}

function blockHeight(sheet: Sheet): number {
  return sheet.mm(19 + LINES_A_BAG * 6.6)
}

/** One bag: its code, seal and destination, then lines for its items. */
function block(sheet: Sheet, bag: string, y: number): number {
  const top = y + sheet.mm(1.5)
  sheet.rule(top, 0.3)
  const codeSide = sheet.mm(17)
  const left = sheet.left + codeSide + sheet.mm(5)
  if (bag !== '') sheet.qr(codeText(bag), sheet.left + codeSide, top + sheet.mm(2.5), codeSide, bag)
  const blanks: [Bilingual, number][] = [
    [['封签', 'Seal'], 0.3],
    [['送往', 'To'], 0.5],
    [['册数', 'Items'], 0.2],
  ]
  if (bag === '') blanks.unshift([['袋号', 'Bag'], 0.34])
  const shares = blanks.reduce((sum, [, share]) => sum + share, 0)
  writeOn(
    sheet,
    blanks.map(([label, share]) => [label, share / shares]),
    top + sheet.mm(7.5),
    left,
  )
  let at = top + sheet.mm(14.5)
  let x = left
  const width = sheet.right - left
  for (const [label, share] of COLUMNS) {
    sheet.label(label, x, at, 6)
    x += share * width
  }
  at += sheet.mm(2)
  for (let line = 0; line < LINES_A_BAG; line++) {
    at += sheet.mm(6.6)
    // Each column has its own line, as on forms people know.
    let from = left
    for (const [, share] of COLUMNS) {
      sheet.rule(at, 0.12, 0.5, from, from + share * width - sheet.mm(3))
      from += share * width
    }
  }
  return y + blockHeight(sheet)
}

function signatureHeight(sheet: Sheet): number {
  return sheet.mm(30)
}

function signatures(sheet: Sheet): void {
  const top = sheet.bottom - footHeight(sheet) - signatureHeight(sheet)
  sheet.rule(top, 0.4)
  const hint: Bilingual = [
    '停电、断网或电脑故障时手填；恢复后在“物流交接”里扫描本单和袋号补录。',
    'For use while the desk is down; afterwards scan this number and the bags in Courier and type it in.',
  ]
  const [first, second] = sheet.locale === 'en' ? [hint[1], hint[0]] : hint
  if (shownFields('blankManifest', sheet.style).includes('hint')) {
    const below = sheet.line(sheet.left, top + sheet.mm(1.6), first, { size: 8.5 }, sheet.width)
    sheet.line(sheet.left, below, second, { size: 7, grey: 0.4 }, sheet.width)
  }
  const y = top + sheet.mm(22)
  const gap = sheet.mm(6)
  const width = (sheet.width - 3 * gap) / 4
  const labels: readonly Bilingual[] = [
    ['交出馆员', 'Handed over by'],
    ['司机姓名', "Driver's name"],
    ['司机签名', "Driver's signature"],
    ['日期时间', 'Date and time'],
  ]
  labels.forEach((label, i) => sheet.signature(label, sheet.left + i * (width + gap), y, width))
}
