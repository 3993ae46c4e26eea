import type { PullSlip } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { A5_WIDTH, codeText, foot, footHeight, heading, joined, newSheet, type Press } from './parts.ts'
import { BOLD, type Bilingual, type Sheet } from './sheet.ts'

const OUTCOMES: readonly Bilingual[] = [
  ['已取到', 'Found'],
  ['不在架', 'Not on shelf'],
  ['已借出', 'On loan'],
  ['破损', 'Poor condition'],
]

/**
 * 取书单: what to fetch, from where. The call number is the largest thing after the code, as it is what one walks with;
 * the code makes the slip the separator of a scan stack.
 */
export function pullSlip(press: Press, slip: PullSlip): PaintedPage[] {
  const sheet = newSheet(press, A5_WIDTH)
  const order = shownFields('pullSlip', press.style)
  const shown = new Set(order)
  const codeSide = Math.min(sheet.mm(33), sheet.width * 0.38)
  const textWidth = sheet.width - codeSide - sheet.mm(6)
  const codeBelow = sheet.qr(codeText(slip.requestNo), sheet.right, sheet.top, codeSide)

  let y = heading(sheet, slip.library, ['取书单', 'Pull slip'], textWidth) + sheet.mm(1.5)
  if (shown.has('badges')) y = badges(sheet, slip, y, textWidth) + sheet.mm(2.2)
  y = sheet.fitted(sheet.left, y, slip.requestNo, { size: 21, weight: BOLD, spacing: 0.7 }, 10, textWidth)
  if (slip.centreNo !== '' && shown.has('centreNo')) {
    y = sheet.line(sheet.left, y, slip.centreNo, { size: 8, grey: 0.4 }, textWidth)
  }

  y = Math.max(y, codeBelow) + sheet.mm(2.5)
  const hung = shown.has('outcome') ? outcomeTop(sheet) : sheet.bottom - footHeight(sheet)
  for (const part of parts(order)) y = drawn(sheet, slip, part, y, hung)
  if (shown.has('outcome')) outcome(sheet)
  foot(sheet, slip, `${slip.sheet.n} / ${slip.sheet.of}`)
  return [sheet.page()]
}

/** Neighbouring small facts share a grid; everything else has the whole width. */
type Part = 'callNumber' | 'location' | 'work' | 'note' | string[]
const FACTS = new Set(['partner', 'supplyBy', 'part', 'appliedAt', 'standardNo', 'delivery'])
const WIDE = new Set(['callNumber', 'location', 'work', 'note'])

function parts(order: readonly string[]): Part[] {
  const found: Part[] = []
  for (const id of order) {
    const last = found.at(-1)
    if (WIDE.has(id)) found.push(id as Part)
    else if (!FACTS.has(id)) continue
    else if (Array.isArray(last)) last.push(id)
    else found.push([id])
  }
  return found
}

/** Draws one part under a rule; gives the y below. */
function drawn(sheet: Sheet, slip: PullSlip, part: Part, y: number, hung: number): number {
  if (part === 'callNumber') {
    sheet.rule(y, 0.4)
    return callNumber(sheet, slip, y + sheet.mm(2.5)) + sheet.mm(0.8)
  }
  if (part === 'location') {
    if (slip.location === '') return y + sheet.mm(1.4)
    return sheet.paragraph(sheet.left, y, slip.location, { size: 13 }, sheet.width, 2) + sheet.mm(2.2)
  }
  if (part === 'work') {
    sheet.rule(y, 0.4)
    return work(sheet, slip, y + sheet.mm(2.8)) + sheet.mm(2.5)
  }
  if (part === 'note') {
    note(sheet, slip, y, hung)
    return slip.note === '' ? y : y + sheet.lineHeight(6.5) + 2 * sheet.lineHeight(9.5)
  }
  sheet.rule(y, 0.12, 0.5)
  return facts(sheet, slip, part, y + sheet.mm(2)) + sheet.mm(1)
}

function badges(sheet: Sheet, slip: PullSlip, y: number, widthMm: number): number {
  const english = sheet.locale === 'en'
  const loan = english ? 'LOAN 借书' : '借书 Loan'
  const copy = english ? 'COPY 复制' : '复制 Copy'
  const x = sheet.badge(sheet.left, y, slip.service === 'loan' ? loan : copy, 9, false)
  const below = y + sheet.lineHeight(9) + sheet.mm(0.6)
  if (!slip.urgent) return below
  const urgent = english ? 'URGENT 加急' : '加急 Urgent'
  // Beside the other where it keeps clear of the code, else below.
  const right = x + sheet.widthOf(urgent, { size: 9 }) + sheet.mm(5.2)
  if (right <= sheet.left + widthMm) {
    sheet.badge(x + sheet.mm(2), y, urgent, 9, true)
    return below
  }
  sheet.badge(sheet.left, below + sheet.mm(1), urgent, 9, true)
  return below + sheet.mm(1.6) + sheet.lineHeight(9)
}

function callNumber(sheet: Sheet, slip: PullSlip, y: number): number {
  y = sheet.label(['索书号', 'Call number'], sheet.left, y) + sheet.mm(0.3)
  const text = slip.callNumber === '' ? '—' : slip.callNumber
  return sheet.fitted(sheet.left, y, text, { size: 29, weight: BOLD, spacing: 0.4 }, 13, sheet.width)
}

function work(sheet: Sheet, slip: PullSlip, y: number): number {
  const main = slip.part === '' ? slip.title : slip.part
  y = sheet.block(sheet.left, y, main, { size: 14, weight: BOLD }, 10, sheet.width, 3)
  if (slip.author !== '') y = sheet.paragraph(sheet.left, y + sheet.mm(0.5), slip.author, { size: 10 }, sheet.width, 2)
  if (slip.part === '') return y
  const issue = slip.issue === '' ? slip.volume : `${slip.volume}(${slip.issue})`
  const place = joined([slip.year, issue], ', ')
  const source = joined([slip.title, joined([place, slip.pages], ': ')], ' · ')
  return sheet.paragraph(sheet.left, y + sheet.mm(0.5), source, { size: 10 }, sheet.width, 2)
}

function facts(sheet: Sheet, slip: PullSlip, ids: readonly string[], y: number): number {
  const loan = slip.service === 'loan'
  const all: Record<string, [Bilingual, string]> = {
    partner: [['申请馆', 'Requested by'], slip.partner],
    supplyBy: [['应于此前提供', 'Supply by'], slip.promiseAt],
    part: loan
      ? [['卷册 / 出版年', 'Volume / year'], joined([slip.volume, slip.year], ' / ')]
      : [['页码', 'Pages'], slip.pages],
    appliedAt: [['申请日期', 'Applied'], slip.appliedAt],
    standardNo: [['ISBN / ISSN', ''], slip.standardNo],
    delivery: [['传递方式', 'Delivery'], slip.deliveryMethod],
  }
  const fields = ids.map((id) => all[id]!)
  const gap = sheet.mm(6)
  const columns = [sheet.width * 0.58, sheet.width * 0.42 - gap]
  for (let i = 0; i < fields.length; i += 2) {
    const ends = fields.slice(i, i + 2).map(([label, value], column) => {
      const x = sheet.left + (column === 0 ? 0 : columns[0]! + gap)
      const strong = label[1] === 'Supply by' || label[1] === 'Pages'
      return sheet.field(label, value, x, y, columns[column]!, { size: 10, weight: strong ? BOLD : 0 })
    })
    y = Math.max(...ends) + sheet.mm(1.4)
  }
  return y
}

function note(sheet: Sheet, slip: PullSlip, y: number, hung: number): void {
  if (slip.note === '') return
  const room = hung - sheet.mm(1.5) - y - sheet.lineHeight(6.5) - sheet.mm(0.3)
  const lines = Math.floor(room / sheet.lineHeight(9.5))
  if (lines < 1) return
  const below = sheet.label(['备注', 'Note'], sheet.left, y) + sheet.mm(0.3)
  sheet.paragraph(sheet.left, below, slip.note, { size: 9.5 }, sheet.width, Math.min(4, lines))
}

function outcomeTop(sheet: Sheet): number {
  return sheet.bottom - footHeight(sheet) - sheet.mm(sheet.narrow ? 14.5 : 9)
}

/** What to tick at the shelf. */
function outcome(sheet: Sheet): void {
  const y = outcomeTop(sheet)
  sheet.hangs(sheet.bottom - y)
  sheet.rule(y, 0.4)
  // Narrow rolls have room for two in a row.
  const rows = sheet.narrow ? [OUTCOMES.slice(0, 2), OUTCOMES.slice(2)] : [OUTCOMES]
  rows.forEach((row, i) => {
    let x = sheet.left
    const top = y + sheet.mm(3 + i * 5.5)
    for (const meaning of row) x = sheet.tick(meaning, x, top, 7.5) + sheet.mm(4)
  })
}
