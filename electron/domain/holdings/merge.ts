/** The same work in several catalogues is one result with several holders. */
import { likeAuthors } from './likeness.ts'
import type { BibRecord } from './record.ts'
import { editionOf, parseTitle, sameVolume } from './title.ts'

/** True when two records describe the same publication: by number and volume, else by title, edition, year and author. */
export function sameWork(a: BibRecord, b: BibRecord): boolean {
  const [left, right] = [a, b].map((one) => parseTitle([one.title, one.part].filter(Boolean).join(' '))) as [
    Parsed,
    Parsed,
  ]
  if (left.volume && right.volume ? !sameVolume(left.volume, right.volume) : left.volume !== right.volume) return false
  const [sub, other] = [a, b].map(({ subtitle }) => parseTitle(subtitle).core) as [string, string]
  const alike = left.core === right.core && (sub === '' || other === '' || sub === other)
  if (!alike) return false
  if (a.isbns.some((isbn) => b.isbns.includes(isbn)) || a.issns.some((issn) => b.issns.includes(issn))) return true
  return (
    a.year === b.year &&
    editionOf(a.edition) === editionOf(b.edition) &&
    likeAuthors(a.authors, b.authors) !== 'differs'
  )
}
type Parsed = ReturnType<typeof parseTitle>
