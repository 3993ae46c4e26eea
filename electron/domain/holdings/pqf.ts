/** Questions in PQF (prefix query format) with Bib-1 attributes, for Z39.50. */
import { HAN } from '../fold.ts'
import type { Question, SearchField } from './wanted.ts'

const USE: Readonly<Record<SearchField, number>> = { isbn: 7, issn: 8, title: 4, author: 1003, year: 31, any: 1016 }

/** A quoted term; nothing in it can end it, and no line end can begin another command. */
function pqfTerm(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

export function pqfOf({ terms }: Question): string {
  const clauses = terms.map(({ field, text: typed }) => {
    const text = typed.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
    // Structure 6 = word list, 1 = phrase.
    const structure = HAN.test(text) || !text.includes(' ') ? '' : '@attr 4=6 '
    return `@attr 1=${USE[field]} ${structure}${pqfTerm(text)}`
  })
  return clauses.reduceRight((rest, clause) => (rest === '' ? clause : `@and ${clause} ${rest}`), '')
}
