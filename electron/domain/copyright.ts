/**
 * The copyright rule of document delivery (1-product.md): for one reader at most one third of a book and fewer than four
 * articles of one journal issue. Both limits can be set; the desk counts over everything it and the centre know.
 */
import type { CopyrightLimits } from '../contract/core/rules.contract.ts'

export const DEFAULT_LIMITS: CopyrightLimits = { bookShare: 1 / 3, issueArticles: 4 }

/** One copy of the same work for the same reader. */
export interface Taken {
  requestId: string
  pages: number
  /** False while it is only asked for: counts towards the total with this request, not before it. */
  delivered: boolean
}

export type CopyrightVerdict =
  /** Reader or work are not known, nothing can be counted. */
  | { kind: 'unknown' }
  | { kind: 'issue'; articles: number; limit: number; exceeds: boolean }
  /** `of` null: nobody has said how many pages the book has, so a third of it is not known. */
  | { kind: 'book'; pages: number; of: number | null; limit: number | null; exceeds: boolean }

/**
 * @param work as `Fact.work`
 * @param others what this reader had from the same work before, without this request
 * @param pages of this request
 * @param bookPages pages of the book, null when unknown
 */
export function copyrightVerdict(
  work: string,
  others: readonly Taken[],
  pages: number,
  bookPages: number | null,
  limits: CopyrightLimits = DEFAULT_LIMITS,
): CopyrightVerdict {
  const before = others.filter((taken) => taken.delivered)
  if (work.startsWith('issue:')) {
    const articles = before.length + 1
    return { kind: 'issue', articles, limit: limits.issueArticles - 1, exceeds: articles >= limits.issueArticles }
  }
  if (!work.startsWith('isbn:')) return { kind: 'unknown' }
  const total = before.reduce((sum, taken) => sum + taken.pages, pages)
  if (bookPages === null) return { kind: 'book', pages: total, of: null, limit: null, exceeds: false }
  const limit = Math.floor(bookPages * limits.bookShare + 1e-9)
  return { kind: 'book', pages: total, of: bookPages, limit, exceeds: total > limit }
}
