/** Dates, durations, sizes and names as staff read them; every time is shown in Beijing's zone. */
import type { TFunction } from 'i18next'

const ZONE = 'Asia/Shanghai'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const formats = new Map<string, Intl.DateTimeFormat>()
function format(language: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${language}/${key}`
  let found = formats.get(id)
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options })
    formats.set(id, found)
  }
  return found
}

/** A library's name in the window's language, where it has one in it. */
export function libraryName(library: { name: string; nameEn: string }, language: string): string {
  return language === 'en' && library.nameEn ? library.nameEn : library.name
}

/** Days since 1970 in Beijing. */
export function beijingDay(at: number): number {
  return Math.floor((at + 8 * HOUR) / DAY)
}

/** 09:12 */
export function clock(at: number, language: string): string {
  return format(language, 'clock', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}

/** 11月22日 / 22 Nov; with the year when it is another one. */
export function day(at: number, language: string, now: number): string {
  const year = format('en', 'year', { year: 'numeric' })
  const other = year.format(at) !== year.format(now)
  const key = other ? 'dayYear' : 'day'
  const locale = language === 'en' ? 'en-GB' : language
  return format(locale, key, { month: 'short', day: 'numeric', ...(other ? { year: 'numeric' } : {}) }).format(at)
}

/** 2026-11-22, for paper-like places. */
export function isoDay(at: number): string {
  return format('sv-SE', 'iso', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

/** "今天 13:02", "昨天 09:05", "11月20日 14:31". */
export function moment(at: number, language: string, now: number, t: TFunction): string {
  const difference = beijingDay(now) - beijingDay(at)
  const time = clock(at, language)
  if (difference === 0) return t('time.today', { time })
  if (difference === 1) return t('time.yesterday', { time })
  if (difference === -1) return t('time.tomorrow', { time })
  return `${day(at, language, now)} ${time}`
}

/** The two largest units of a span: "1 天 4 时", "3 时 20 分", "5 分". */
export function span(ms: number, t: TFunction): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / MINUTE))
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest = minutes % 60
  if (days >= 3) return t('time.days', { count: days })
  if (days > 0) return hours ? t('time.daysHours', { days, hours }) : t('time.days', { count: days })
  if (hours > 0)
    return rest && hours < 12 ? t('time.hoursMinutes', { hours, minutes: rest }) : t('time.hours', { count: hours })
  return t('time.minutes', { count: Math.max(1, rest) })
}

const numbers = new Map<string, Intl.NumberFormat>()
function numberFormat(language: string, digits?: number): Intl.NumberFormat {
  const id = `${language}/${digits}`
  let found = numbers.get(id)
  if (!found) {
    found = new Intl.NumberFormat(language, digits === undefined ? {} : { maximumFractionDigits: digits })
    numbers.set(id, found)
  }
  return found
}

/** 812 KB, 1.1 MB. */
export function size(bytes: number, language: string): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${numberFormat(language, digits).format(value)} ${units[unit]}`
}

/** 100,000 */
export function count(value: number, language: string): string {
  return numberFormat(language).format(value)
}

/** Sentences one after the other: a full stop of Chinese brings its own distance. */
export function sentences(language: string, all: readonly (string | false | null | undefined)[]): string {
  return all.filter(Boolean).join(language === 'en' ? ' ' : '')
}

/** A long number or code cut in the middle, where its end matters. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text
  const tail = Math.floor((most - 1) / 2)
  return `${text.slice(0, most - 1 - tail)}…${text.slice(-tail)}`
}
