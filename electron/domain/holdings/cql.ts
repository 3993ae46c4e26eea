/** Questions in CQL 1.1. What a person typed is always a quoted term: it can neither name an index nor end the query. */
import { HAN } from '../fold.ts'
import type { Question, SearchField } from './wanted.ts'

/** A quoted term: quotes and backslashes escaped, and the signs that CQL would read as masks; controls are dropped. */
export function cqlTerm(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return `"${plain.replace(/[\\"*?^]/g, '\\$&')}"`
}

/**
 * @returns null when the catalogue has no index for one of the terms
 */
export function cqlOf({ terms }: Question, indexes: Readonly<Record<SearchField, string>>): string | null {
  const clauses = terms.map(({ field, text }) => {
    const index = indexes[field]
    if (index === '' || text.trim() === '') return null
    // Words of a European title may stand in any order; Chinese is one run that the server parts as it likes.
    const relation = (field === 'title' || field === 'any') && !HAN.test(text) && text.includes(' ') ? 'all' : '='
    return `${index} ${relation} ${cqlTerm(text)}`
  })
  if (clauses.length === 0 || clauses.includes(null)) return null
  return clauses.map((clause) => (clauses.length > 1 ? `(${clause})` : clause)).join(' and ')
}
