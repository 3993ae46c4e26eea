import { StampLayout, type StampField } from '../../../electron/contract/core.contract.ts'

export const FIELD_NAMES = ['library', 'libraryEn', 'requestNo', 'date', 'text', 'page', 'pages', 'check'] as const

/** What stands in for the names while a layout is made. */
const SAMPLE: Readonly<Record<string, string>> = {
  library: '中国人民大学图书馆',
  libraryEn: 'Renmin University of China Library',
  requestNo: 'HG00003902',
  date: '2026-11-22',
  text: '',
  page: '1',
  pages: '12',
  check: '3fa94c01be',
}

export const sampleText = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(SAMPLE, name) ? SAMPLE[name]! : all))

export const newField = (y: number): StampField => ({
  text: '{library}  {requestNo}  {date}',
  x: 0.03,
  y,
  size: 8,
  align: 'left',
  on: 'all',
})

export const newLayout = (name: string): StampLayout => ({
  id: `own:${crypto.randomUUID().slice(0, 8)}`,
  name,
  fields: [newField(0.025), { ...newField(0.985), text: '{page}/{pages}  {check}', x: 0.97, align: 'right' }],
})

/** Within the page, to a thousandth of it. */
export const place = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000

/** Layouts out of a text that another desk exported; null where it is none. */
export function parseLayouts(text: string): StampLayout[] | null {
  try {
    const parsed = StampLayout.array().max(30).safeParse(JSON.parse(text))
    return parsed.success && parsed.data.length > 0 ? parsed.data : null
  } catch {
    return null
  }
}

/** Those that are there, with the others added; a layout of the same id takes the place of the old one. */
export function mergeLayouts(own: readonly StampLayout[], others: readonly StampLayout[]): StampLayout[] {
  const ids = new Set(others.map(({ id }) => id))
  return [...own.filter(({ id }) => !ids.has(id)), ...others].slice(-30)
}
