export { codeText } from '../../../domain/codes.ts'
import type { PrintNote, SlipLayout, SlipLocale } from './data.ts'
import type { SlipFont } from './font.ts'
import { BOLD, Sheet, type Bilingual } from './sheet.ts'
import type { SlipStyle } from './style.ts'

/** What a template draws with. */
export interface Press {
  font: SlipFont
  layout: SlipLayout
  locale: SlipLocale
  style: SlipStyle
}

/** A new page for something designed for `baseMm` of width; type never gets unreadably small or clumsy. */
export function newSheet({ font, layout, locale, style }: Press, baseMm: number): Sheet {
  const scale = Math.min(1.32, Math.max(0.72, layout.widthMm / baseMm)) * style.size
  return new Sheet(font, layout, locale, scale, style)
}

/** A5, the home of slips. */
export const A5_WIDTH = 148

/** Library and kind of paper at the top left; gives the y below. */
export function heading(sheet: Sheet, library: string, [zh, en]: Bilingual, widthMm: number): number {
  const [first, second] = sheet.locale === 'en' ? [en, zh] : [zh, en]
  const mark = sheet.logo(sheet.left, sheet.top, widthMm * 0.36, sheet.mm(13))
  const left = sheet.left + mark
  const room = widthMm - mark
  const y = sheet.fitted(left, sheet.top, library, { size: 9 }, 6, room) + sheet.mm(0.6)
  const style = { size: 19, weight: BOLD }
  const beside = { size: 9.5, grey: 0.35 }
  const x = left + sheet.widthOf(first, style) + sheet.mm(2.5)
  // The mark may be taller than the words beside it.
  const least = mark === 0 ? 0 : sheet.top + sheet.mm(13.5)
  if (x + sheet.widthOf(second, beside) <= left + room) {
    sheet.line(x, y + sheet.mm(3), second, beside)
    return Math.max(least, sheet.line(left, y, first, style))
  }
  const below = sheet.fitted(left, y, first, style, 10, room)
  return Math.max(least, sheet.line(left, below, second, { ...beside, size: 8 }, room))
}

/** The small print at the foot: when, by whom, which print. */
export function foot(sheet: Sheet, note: PrintNote, middle = ''): void {
  sheet.hangs(footHeight(sheet))
  const y = sheet.bottom - sheet.lineHeight(6.5)
  sheet.rule(sheet.bottom - footHeight(sheet) + sheet.mm(1.8), 0.12, 0.5)
  const small = { size: 6.5, grey: 0.4 }
  const { footer } = sheet.style
  if (footer !== '') {
    const top = sheet.bottom - footHeight(sheet) + sheet.mm(2.2)
    sheet.line((sheet.left + sheet.right) / 2, top, footer, { size: 7.5, align: 'centre' }, sheet.width)
  }
  const who = joined([note.printedAt, note.staff], ' · ')
  sheet.line(sheet.left, y, who, small, sheet.width * 0.58)
  if (middle !== '' && sheet.narrow) sheet.line(sheet.left, y - sheet.lineHeight(6.5), middle, small, sheet.width)
  else if (middle !== '') sheet.line((sheet.left + sheet.right) / 2, y, middle, { ...small, align: 'centre' })
  const again =
    sheet.locale === 'en' ? `Reprint, copy ${note.copyNo} 补印` : `补印 第 ${note.copyNo} 份 Copy ${note.copyNo}`
  const style = { size: 7.5, weight: BOLD, align: 'right' } as const
  if (note.copyNo > 1) sheet.line(sheet.right, y - sheet.mm(0.2), again, style)
}

/** Height that the foot takes, mm. */
export function footHeight(sheet: Sheet): number {
  const own = sheet.style.footer === '' ? 0 : sheet.lineHeight(7.5) + sheet.mm(0.8)
  return (sheet.narrow ? 2 : 1) * sheet.lineHeight(6.5) + sheet.mm(3) + own
}

/** Joins what is there. */
export function joined(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== '').join(separator)
}
