/** What a catalogue says of a work: the parts of a MARC record that a request is held against, and its items. */
import { itemsOf, type Item } from './items.ts'
import { fieldsOf, formatOf, valueOf, valuesOf, type MarcRecord } from './marc.ts'
import { isbn13Of, issnOf } from './standard-number.ts'

export interface BibRecord {
  format: 'marc21' | 'cnmarc'
  /** The record's number in its catalogue, '' where it has none. */
  controlNo: string
  title: string
  subtitle: string
  /** Number and name of the part of a work in several volumes, as the catalogue writes them. */
  part: string
  /** Further titles by which it may be asked for: variants, parallel titles, the series of a volume. */
  otherTitles: string[]
  authors: string[]
  edition: string
  publisher: string
  /** Four digits, the last one for a reprint; '' when unknown. */
  year: string
  /** Thirteen digits each. */
  isbns: string[]
  /** Eight characters each. */
  issns: string[]
  /** "3册", "2 v.": what the record describes as a whole. */
  extent: string
  items: Item[]
}

/** Marks that cataloguing rules put between and after elements. */
const tidy = (text: string) => text.replace(/\s+/g, ' ').replace(/[\s/:;,=]+$/, '').trim() // prettier-ignore
const YEAR = /(?:1[5-9]|20)\d{2}/g

/** The latest plain year in the texts: a reprint's own, not that of the first print. */
function yearIn(...texts: string[]): string {
  const years = texts.flatMap((text) => text.normalize('NFKC').match(YEAR) ?? [])
  return years.length === 0 ? '' : years.reduce((a, b) => (a > b ? a : b))
}

const unique = (texts: string[]) => [...new Set(texts.map(tidy).filter((text) => text !== ''))]

/** Reads either format. Never throws: what is not there is empty. */
export function bibRecordOf(marc: MarcRecord): BibRecord {
  const format = formatOf(marc)
  const controlNo = marc.control.find(({ tag }) => tag === '001')?.value.trim() ?? ''
  const bib = format === 'cnmarc' ? fromCnmarc(marc) : fromMarc21(marc)
  return { format, controlNo, ...bib, items: itemsOf(marc, format) }
}

type Described = Omit<BibRecord, 'format' | 'controlNo' | 'items'>

function fromMarc21(marc: MarcRecord): Described {
  const [title] = fieldsOf(marc, '245')
  // 880 repeats a field in the original script; $6 names which.
  const original = fieldsOf(marc, '880')
  const linked = (tag: string) => original.filter((field) => valueOf(field, '6').startsWith(tag))
  const vernacular = linked('245')[0]
  const main = vernacular ?? title
  const fixed = marc.control.find(({ tag }) => tag === '008')?.value.slice(7, 11) ?? ''
  const published = fieldsOf(marc, '260', '264')
  const others = [
    ...(vernacular && title ? [valuesOf(title, 'ab').join(' ')] : []),
    ...fieldsOf(marc, '130', '240', '246', '730', '740').map((field) => valuesOf(field, 'a').join(' ')),
    ...fieldsOf(marc, '490', '440', '830').map((field) => valueOf(field, 'a')),
  ]
  const people = ['100', '110', '111', '700', '710', '711']
  return {
    title: tidy(valueOf(main, 'a')),
    subtitle: tidy(main ? valuesOf(main, 'b').join(' ') : ''),
    part: tidy(main ? valuesOf(main, 'np').join(' ') : ''),
    otherTitles: unique(others),
    authors: unique([
      ...[...fieldsOf(marc, ...people), ...people.flatMap(linked)].map((field) => valueOf(field, 'a')),
      valueOf(main, 'c'),
    ]),
    edition: tidy(valueOf(fieldsOf(marc, '250')[0], 'a')),
    publisher: tidy(published.map((field) => valueOf(field, 'b')).find((name) => name !== '') ?? ''),
    year: yearIn(...published.flatMap((field) => valuesOf(field, 'c'))) || yearIn(fixed),
    isbns: unique(fieldsOf(marc, '020').flatMap((field) => valuesOf(field, 'az').map(isbn13Of))),
    issns: unique(fieldsOf(marc, '022').flatMap((field) => valuesOf(field, 'al').map(issnOf))),
    extent: tidy(valueOf(fieldsOf(marc, '300')[0], 'a')),
  }
}

function fromCnmarc(marc: MarcRecord): Described {
  const [title] = fieldsOf(marc, '200')
  const published = fieldsOf(marc, '210')
  const coded = valueOf(fieldsOf(marc, '100')[0], 'a')
  const people = ['700', '701', '702', '710', '711', '712', '720', '721']
  // 200 $a repeated: several works in one volume; $i the part's name, $h its number.
  const others = [
    ...(title ? valuesOf(title, 'd') : []),
    ...fieldsOf(marc, '500', '510', '512', '514', '515', '516', '517', '518', '540').map((f) => valueOf(f, 'a')),
    ...fieldsOf(marc, '225', '461', '462').map((field) => valueOf(field, 'a') || valueOf(field, 't')),
  ]
  return {
    title: tidy(valueOf(title, 'a')),
    subtitle: tidy(title ? valuesOf(title, 'e').join(' ') : ''),
    part: tidy(title ? valuesOf(title, 'hi').join(' ') : ''),
    otherTitles: unique(others),
    authors: unique([
      ...fieldsOf(marc, ...people).map((field) => valueOf(field, 'a') + valueOf(field, 'b')),
      ...(title ? valuesOf(title, 'fg') : []),
    ]),
    edition: tidy(valueOf(fieldsOf(marc, '205')[0], 'a')),
    publisher: tidy(valueOf(published[0], 'c')),
    year: yearIn(...published.flatMap((field) => valuesOf(field, 'd'))) || yearIn(coded.slice(9, 13)),
    isbns: unique(fieldsOf(marc, '010').flatMap((field) => valuesOf(field, 'a').map(isbn13Of))),
    issns: unique(fieldsOf(marc, '011').flatMap((field) => valuesOf(field, 'a').map(issnOf))),
    extent: tidy(valueOf(fieldsOf(marc, '215')[0], 'a')),
  }
}
