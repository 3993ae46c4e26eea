/**
 * Is this record what the request asks for? Each thing both sides say adds or takes points, and each is told, so that a
 * person sees why. Points are weights of evidence set by hand: an agreement counts by how rarely it comes by chance, a
 * contradiction by how rarely it is a slip of the pen. A contradiction in volume or edition outweighs the rest.
 */
import type { BibRecord } from './record.ts'
import { isbn13Of, issnOf } from './standard-number.ts'
import { likeAuthors, likeTitles, type Likeness } from './likeness.ts'
import { editionOf, parseTitle, sameVolume, volumeOf, type Title, type Volume } from './title.ts'

/** What a request tells of the work wanted. For a copy it is the journal or book that holds the article. */
export interface Wanted {
  title: string
  author: string
  year: string
  edition: string
  isbn: string
  issn: string
  /** Labels of the volumes asked for; empty for the whole. */
  volumes: readonly string[]
  /** A journal: the year is an issue's, not the record's. */
  serial: boolean
}

export const EVIDENCE = ['isbn', 'issn', 'title', 'author', 'year', 'edition', 'volume'] as const
export interface Evidence {
  of: (typeof EVIDENCE)[number]
  is: Likeness
  points: number
  /** What the catalogue says, as it stands there. */
  theirs: string
}

export interface Match {
  /** 0-100. */
  score: number
  /** `same`: this is it. `possible`: a person must look. `other`: something else. */
  verdict: 'same' | 'possible' | 'other'
  evidence: Evidence[]
}

export const SAME_FROM = 60
export const POSSIBLE_FROM = 35

const POINTS: Record<Evidence['of'], Record<Exclude<Likeness, 'unknown'>, number>> = {
  isbn: { same: 55, close: 0, differs: -12 },
  issn: { same: 60, close: 0, differs: -45 },
  title: { same: 45, close: 32, differs: -45 },
  author: { same: 20, close: 10, differs: -25 },
  year: { same: 16, close: -2, differs: -26 },
  edition: { same: 8, close: 0, differs: -45 },
  volume: { same: 6, close: 0, differs: -75 },
}
/** A journal's name alone names it, and so does a book's with the same subtitle. */
const TELLING_TITLE = 62

export function matchRecord(wanted: Wanted, record: BibRecord): Match {
  const title = parseTitle(wanted.title)
  const theirs = parseTitle([record.title, record.part].filter(Boolean).join(' '))
  const all = [
    codes('isbn', isbn13Of(wanted.isbn), record.isbns),
    codes('issn', issnOf(wanted.issn), record.issns),
    titles(title, theirs, record, wanted.serial),
    tell('author', likeAuthors([wanted.author], record.authors), record.authors.join('; ')),
    wanted.serial ? null : years(wanted.year, record.year),
    editions(wanted.edition ? editionOf(wanted.edition) : title.edition, record, theirs),
    wanted.serial ? null : volumes(wanted, title, record, theirs),
  ]
  const evidence = all.filter((one): one is Evidence => one !== null && one.is !== 'unknown')
  const sum = evidence.reduce((total, { points }) => total + points, 0)
  const score = Math.max(0, Math.min(100, sum))
  return { score, verdict: verdictOf(score, evidence), evidence }
}

function verdictOf(score: number, evidence: readonly Evidence[]): Match['verdict'] {
  const against = (...of: Evidence['of'][]) => evidence.some((one) => of.includes(one.of) && one.is === 'differs')
  if (against('volume')) return 'other'
  // A number alone may be typed wrong or printed twice: without a likely title it is no proof.
  if (score >= SAME_FROM && !against('title', 'edition')) return 'same'
  return score >= POSSIBLE_FROM || (evidence.some(({ of, is }) => (of === 'isbn' || of === 'issn') && is === 'same')) ? 'possible' : 'other' // prettier-ignore
}

function tell(of: Evidence['of'], is: Likeness, theirs: string, points?: number): Evidence {
  return { of, is, points: is === 'unknown' ? 0 : (points ?? POINTS[of][is]), theirs: theirs.slice(0, 300) }
}

function codes(of: 'isbn' | 'issn', ours: string, theirs: readonly string[]): Evidence | null {
  if (ours === '' || theirs.length === 0) return null
  return tell(of, theirs.includes(ours) ? 'same' : 'differs', theirs.join(', '))
}

/** The title with and without its subtitle, and every other title the catalogue knows. */
function titles(ours: Title, theirs: Title, record: BibRecord, serial: boolean): Evidence {
  const shown = [record.title, record.subtitle, record.part].filter(Boolean).join(' : ')
  const said = parseTitle(record.subtitle)
  const full = { ...theirs, subtitle: theirs.subtitle + said.core + said.subtitle }
  const is = best([likeness(ours, full), ...record.otherTitles.map((other) => likeness(ours, parseTitle(other)))])
  const telling = serial || (ours.subtitle !== '' && ours.core + ours.subtitle === full.core + full.subtitle)
  return tell('title', is, shown, telling && is === 'same' ? TELLING_TITLE : undefined)
}

function likeness(ours: Title, theirs: Title): Likeness {
  const whole = likeTitles(ours.core + ours.subtitle, theirs.core + theirs.subtitle)
  if (whole === 'same' || whole === 'close') return whole
  // Where only one side has a subtitle the titles themselves are compared; two that differ are two books.
  if (ours.subtitle === '' || theirs.subtitle === '') return likeTitles(ours.core, theirs.core)
  // Part of what one side says after the title, the other leaves out.
  const [short, long] = [ours.subtitle, theirs.subtitle].toSorted((a, b) => a.length - b.length)
  return long!.includes(short!) ? likeTitles(ours.core, theirs.core) : 'differs'
}

const ORDER: readonly Likeness[] = ['same', 'close', 'differs', 'unknown']
const best = (all: readonly Likeness[]): Likeness => ORDER.find((likeness) => all.includes(likeness)) ?? 'unknown'

/** A year beside it is a reprint or a slip; one digit typed wrong can be a slip. */
function years(ours: string, theirs: string): Evidence | null {
  const year = /(?:1[5-9]|20)\d{2}/.exec(ours.normalize('NFKC'))?.[0]
  if (year === undefined || theirs === '') return null
  const close = Math.abs(Number(year) - Number(theirs)) === 1
  return tell('year', year === theirs ? 'same' : close ? 'close' : 'differs', theirs)
}

/** Where only one side names an edition nothing follows, but a first edition is as good as none. */
function editions(ours: string, record: BibRecord, theirs: Title): Evidence | null {
  const said = record.edition ? editionOf(record.edition) : theirs.edition
  const plain = (edition: string) => (edition === '1' ? '' : edition)
  if (ours === '' && plain(said) === '') return null
  // A request that names none takes any; the year then tells them apart.
  if (ours === '') return null
  if (plain(ours) === plain(said)) return tell('edition', said === '' ? 'unknown' : 'same', record.edition)
  // "修订本" and "第3版" may be one and the same; a number against none or another number is not.
  const vague = ours === 'rev' || said === 'rev'
  return vague ? tell('edition', 'unknown', record.edition) : tell('edition', 'differs', record.edition)
}

/** The volumes asked for against the part that the record describes, or the items of a record for the whole set. */
function volumes(wanted: Wanted, title: Title, record: BibRecord, theirs: Title): Evidence | null {
  const labels = wanted.volumes.map(volumeOf).filter((volume): volume is Volume => volume !== null)
  const asked = labels.length > 0 ? labels : title.volume ? [title.volume] : []
  const told = theirs.volume ?? (record.part ? volumeOf(record.part) : null)
  if (asked.length === 0) return null
  if (told) return tell('volume', asked.some((one) => sameVolume(one, told)) ? 'same' : 'differs', record.part || record.title) // prettier-ignore
  const held = record.items.map((item) => volumeOf(item.volume)).filter((volume): volume is Volume => volume !== null)
  if (held.length === 0) return null
  const has = asked.some((one) => held.some((other) => sameVolume(one, other)))
  return tell(
    'volume',
    has ? 'same' : 'differs',
    record.items
      .map((item) => item.volume)
      .filter(Boolean)
      .join(', '),
  )
}
