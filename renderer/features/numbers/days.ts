/** Days since 1970-01-01 in Beijing, as core counts them, and as the date boxes write them. */
const DAY_MS = 86_400_000

export const today = (): number => Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS)
/** "2026-11-22" */
export const isoOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
/** @returns undefined for what is no date */
export function dayOfIso(text: string): number | undefined {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) ? undefined : Math.round(ms / DAY_MS)
}
/** The first millisecond (UTC) of a day in Beijing. */
export const startOf = (day: number): number => day * DAY_MS - 8 * 3_600_000
export const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear()

const first = (year: number, month: number) => Date.UTC(year, month, 1) / DAY_MS

export const SPANS = ['month', 'lastMonth', 'quarter', 'year', 'lastYear', 'all'] as const
export type Span = (typeof SPANS)[number]

/** First and last day of a usual span, seen from `now` (a day). */
export function spanOf(span: Span, now: number): { from: number; to: number } {
  const date = new Date(now * DAY_MS)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  switch (span) {
    case 'month':
      return { from: first(year, month), to: now }
    case 'lastMonth':
      return { from: first(year, month - 1), to: first(year, month) - 1 }
    case 'quarter':
      return { from: first(year, month - (month % 3)), to: now }
    case 'year':
      return { from: first(year, 0), to: now }
    case 'lastYear':
      return { from: first(year - 1, 0), to: first(year, 0) - 1 }
    case 'all':
      return { from: 0, to: now }
  }
}
