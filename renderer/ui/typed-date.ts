/** Dates and months as people type them; the boxes keep them as `2026-11-22` and `2026-11`, whatever the system's locale. */

const DAY_MS = 86_400_000
const two = (value: number | string) => String(value).padStart(2, '0')
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
/** Digits and separators as they are meant: full width, 年月日, dots, slashes, blanks. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[年月./\s]+/g, '-')
    .replace(/[日号]/g, '')
    .replace(/^-+|-+$/g, '')

/**
 * `2026-11-22`, `2026/11/22`, `20261122`, `2026年11月22日`, and `11-22` of this year.
 * @param thisYear the year of a date typed without one
 * @returns undefined for what is no day
 */
export function typedDay(text: string, thisYear: number): string | undefined {
  const found = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(plain(text)) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain(text))
  if (!found) return undefined
  const [, year = String(thisYear), month, day] = found
  const iso = `${year}-${two(month!)}-${two(day!)}`
  const ms = Date.parse(`${iso}T00:00:00Z`)
  // 30 February is no day, whatever the parser makes of it.
  return Number.isNaN(ms) || isoOf(ms) !== iso ? undefined : iso
}

/** `2026-11`, `2026/11`, `202611`, `2026年11月`, and `11` of this year. */
export function typedMonth(text: string, thisYear: number): string | undefined {
  const found = /^(?:(\d{4})-)?(\d{1,2})$/.exec(plain(text)) ?? /^(\d{4})(\d{2})$/.exec(plain(text))
  if (!found) return undefined
  const [, year = String(thisYear), month] = found
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${two(month!)}` : undefined
}

/** So many months later; a day that the month does not have becomes its last. */
export function monthsLater(iso: string, months: number): string {
  const [year = 0, month = 1, day] = iso.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const head = first.toISOString().slice(0, 7)
  if (day === undefined) return head
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${head}-${two(Math.min(day, last))}`
}

export const daysLater = (iso: string, days: number): string => isoOf(Date.parse(`${iso}T00:00:00Z`) + days * DAY_MS)
