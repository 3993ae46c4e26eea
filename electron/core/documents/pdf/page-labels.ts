import { text } from './syntax.ts'

/** What a viewer calls a page (ISO 32000-1, 12.4.2). */
export interface PageLabel {
  /** D, R, r, A or a; empty for no number. */
  readonly style: string
  readonly prefix: string
  readonly number: number
}

/** The entries of /Nums. The first `covers` pages are covers; pages without a label are counted from after them. */
export function pageLabels(labels: readonly (PageLabel | undefined)[], covers: number): string {
  const cover: PageLabel = { style: '', prefix: 'cover', number: 1 }
  const all = labels.map(
    (label, i) => label ?? (i < covers ? cover : { style: 'D', prefix: '', number: i - covers + 1 }),
  )
  return all.map((label, i) => (continues(all[i - 1], label) ? '' : `${i}${dictionary(label)}`)).join('')
}

function continues(before: PageLabel | undefined, { style, prefix, number }: PageLabel): boolean {
  if (before?.style !== style || before.prefix !== prefix) return false
  return style === '' || number === before.number + 1
}

function dictionary({ style, prefix, number }: PageLabel): string {
  const counted = style === '' ? '' : `/S/${style}`
  return `<<${counted}${prefix === '' ? '' : `/P${text(prefix)}`}${style === '' || number === 1 ? '' : `/St ${number}`}>>`
}
