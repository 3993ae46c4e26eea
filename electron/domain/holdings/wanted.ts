/** What to look for, for a request; and how to ask a catalogue for it, the surest question first. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { HAN } from '../fold.ts'
import type { Wanted } from './match.ts'
import { isbn13Of, issnOf } from './standard-number.ts'
import { namesIn } from './likeness.ts'
import { lettersOf, parseTitle } from './title.ts'

/** An article is looked for by what it stands in. */
export function wantedOf(request: Pick<RequestRow, 'service' | 'fields' | 'volumes'>): Wanted {
  const { fields, service, volumes } = request
  const serial = service === 'copy' && (fields.journal !== '' || issnOf(fields.issn) !== '')
  return {
    title: serial ? fields.journal || fields.title : fields.title,
    // The author of an article is not the author of the book it stands in.
    author: service === 'copy' && fields.articleTitle !== '' ? '' : fields.author,
    year: fields.year,
    edition: fields.edition,
    isbn: fields.isbn,
    issn: fields.issn,
    volumes: service === 'loan' ? volumes.map(({ label }) => label).filter((label) => label !== '') : [],
    serial,
  }
}

export const SEARCH_FIELDS = ['isbn', 'issn', 'title', 'author', 'year', 'any'] as const
export type SearchField = (typeof SEARCH_FIELDS)[number]
/** Terms that must all hold. A title is searched by its words, all of which must occur. */
export interface Question {
  terms: { field: SearchField; text: string }[]
}

const one = (field: SearchField, text: string): Question => ({ terms: [{ field, text }] })

/** What a name is filed under: all of a Chinese one, the family name of another. */
function filedUnder(name: string): string {
  if (HAN.test(name)) return lettersOf(name)
  const [before, after] = name.split(',')
  const words = (after === undefined ? name : before!).split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length > 1)
  return words.at(-1) ?? ''
}

/** The parts of a title around a typing error: of which at least one is without it. */
function halves(text: string): string[] {
  const units = HAN.test(text) ? [...text.replace(/\s+/g, '')] : text.split(' ')
  const enough = HAN.test(text) ? 6 : 4
  if (units.length < enough) return []
  const middle = Math.ceil(units.length / 2)
  const between = HAN.test(text) ? '' : ' '
  return [units.slice(0, middle).join(between), units.slice(middle).join(between)]
}

/**
 * Questions in the order to be asked; later ones only while nothing sure was found. Six at most: a catalogue is a guest's.
 */
export function questionsFor(wanted: Wanted): Question[] {
  const questions: Question[] = []
  const isbn = isbn13Of(wanted.isbn)
  const issn = issnOf(wanted.issn)
  if (isbn) questions.push(one('isbn', isbn))
  if (issn) questions.push(one('issn', issn))
  const title = parseTitle(wanted.title).words
  if (title !== '') questions.push(one('title', title))
  const author = filedUnder(namesIn(wanted.author)[0] ?? '')
  const year = wanted.serial ? '' : (/\d{4}/.exec(wanted.year.normalize('NFKC'))?.[0] ?? '')
  const by = author ? one('author', author).terms : year ? one('year', year).terms : []
  for (const half of halves(title)) questions.push({ terms: [...one('title', half).terms, ...by] })
  if (author && year) questions.push({ terms: [...one('author', author).terms, ...one('year', year).terms] })
  return questions
}
