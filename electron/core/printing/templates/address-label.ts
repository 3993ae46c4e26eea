import type { AddressLabel, PostalAddress } from './data.ts'
import type { PaintedPage } from './paint.ts'
import { shownFields } from './fields.ts'
import { codeText, joined, newSheet, type Press } from './parts.ts'
import { BOLD, type Sheet } from './sheet.ts'

/** Designed for a label of 100 mm width. */
const BASE = 100
/** Height that everything takes at that width, mm. */
const LEAST_HEIGHT = 52

/** Address label: the addressee is large, the sender small, the code tells what is inside. */
export function addressLabel(press: Press, label: AddressLabel): PaintedPage[] {
  // A tall label has room for larger type (lines wrap earlier instead), a flat one needs smaller type.
  const { widthMm, heightMm } = press.layout
  const flat = Math.max(1, ((widthMm / heightMm) * LEAST_HEIGHT) / BASE)
  const sheet = newSheet(press, heightMm > widthMm ? BASE / 1.3 : BASE * flat)
  const shown = new Set(shownFields('addressLabel', press.style))
  const coded = shown.has('code')
  const codeSide = coded ? sheet.mm(19) : 0
  const textWidth = sheet.width - (coded ? codeSide + sheet.mm(4) : 0)
  const codeBelow = coded ? sheet.qr(codeText(label.code), sheet.right, sheet.top, codeSide, label.code) : 0

  let y = sheet.label(['收件', 'To'], sheet.left, sheet.top, 7) + sheet.mm(0.5)
  y = sheet.block(sheet.left, y, label.to.library, { size: 16, weight: BOLD }, 9, textWidth, 2)
  y = lines(sheet, label.to, y + sheet.mm(0.8), textWidth, 10, shown.has('person'))
  y = Math.max(y, codeBelow) + sheet.mm(1.5)
  // On a tall label the sender stands at the foot, as on an envelope's back.
  const senderHeight = sheet.mm(12.5)
  y = Math.max(y, sheet.bottom - senderHeight)
  if (!shown.has('from') && !shown.has('route')) return [sheet.page()]
  sheet.rule(y, 0.3)
  y += sheet.mm(1.3)
  const route = shown.has('route') ? label.route : ''
  const routeWidth = route === '' ? 0 : sheet.widthOf(label.route, { size: 13, weight: BOLD }) + sheet.mm(4)
  if (route !== '') {
    sheet.label(['线路', 'Route'], sheet.right, y, 6, 'right')
    const at = y + sheet.lineHeight(6) + sheet.mm(0.2)
    sheet.line(sheet.right, at, label.route, { size: 13, weight: BOLD, align: 'right' })
  }
  if (!shown.has('from')) return [sheet.page()]
  const mark = sheet.logo(sheet.left, y, sheet.width * 0.2, senderHeight - sheet.mm(2))
  const left = sheet.left + mark
  const width = sheet.width - routeWidth - mark
  y = sheet.line(left, y, `寄件 From ${label.from.library}`, { size: 7.5, weight: BOLD }, width)
  lines(sheet, label.from, y, width, 7, true, left)
  return [sheet.page()]
}

function lines(
  sheet: Sheet,
  address: PostalAddress,
  y: number,
  widthMm: number,
  size: number,
  named: boolean,
  left = sheet.left,
): number {
  const street = joined([address.address, address.postcode], '  ')
  const person = joined([address.department, address.contact, address.phone], '  ')
  if (street !== '') y = sheet.block(left, y, street, { size }, 6, widthMm, 2)
  if (named && person !== '') y = sheet.block(left, y, person, { size }, 6, widthMm, 1)
  return y
}
