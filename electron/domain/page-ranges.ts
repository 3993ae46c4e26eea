/** Pages asked for, as people type them ("123-131, 140", "第５－９页", "pp. 123–31"), against pages present. */

export interface PageRange {
  from: number
  to: number
}

/** More pages than any article or chapter: a range beyond it is a year or a mistake. */
const MOST_PAGES = 5000
const DASH = /[\u2010-\u2015\u2212\u30fc~\u301c至到]/g
const SEPARATOR = /[,、;，；+&和及]|\s+(?=\d)/

/**
 * @returns ranges in the order typed, or null when the text says no pages that can be counted ("全文", "see abstract",
 * roman numerals): then nothing can be checked and nothing is claimed.
 */
export function parsePages(text: string): PageRange[] | null {
  const plain = text
    .normalize('NFKC')
    .replace(DASH, '-')
    .replace(/第|页|頁|\bpages?\b|\bpp?\b\.?/gi, ' ')
    .replace(/\s*-+\s*/g, '-')
    .trim()
  const ranges: PageRange[] = []
  for (const part of plain.split(SEPARATOR)) {
    if (part === undefined || part.trim() === '') continue
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part.trim())
    if (!match) return null
    const from = Number(match[1])
    const to = match[2] === undefined ? from : endOfRange(match[1]!, match[2])
    if (to < from || to - from >= MOST_PAGES) return null
    ranges.push({ from, to })
  }
  return ranges.length > 0 ? ranges : null
}

/** "123-31" means 123-131: a shorter end borrows the leading digits of the start. */
function endOfRange(from: string, to: string): number {
  if (to.length < from.length && Number(to) < Number(from)) return Number(from.slice(0, from.length - to.length) + to)
  return Number(to)
}

/** How many different pages the ranges name: overlaps count once. */
export function countPages(ranges: readonly PageRange[]): number {
  let count = 0
  let covered = -Infinity
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (to <= covered) continue
    count += to - Math.max(from, covered + 1) + 1
    covered = to
  }
  return count
}

export interface PagesCheck {
  asked: number | null
  present: number
  verdict: 'unknown' | 'complete' | 'missing' | 'surplus'
}

/** @param pages the request's field @param present scanned or imported pages */
export function checkPages(pages: string, present: number): PagesCheck {
  const ranges = parsePages(pages)
  if (!ranges) return { asked: null, present, verdict: 'unknown' }
  const asked = countPages(ranges)
  return { asked, present, verdict: present === asked ? 'complete' : present < asked ? 'missing' : 'surplus' }
}
