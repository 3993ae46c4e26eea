/**
 * Plausible requests by a seeded generator: the same seed and number give the same rows. One in ten is open work, the rest
 * is what earlier years left behind (finished, unfilled, cancelled, a few still on loan).
 */
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { ReasonUnfilled } from '../../contract/words.ts'
import { DAY_MS } from '../calendar.ts'
import { requestRow } from '../request-row.ts'
import { MEMBERS } from './directory.ts'
import * as W from './words.ts'

/** Random numbers of a seed (mulberry32): fast, repeatable, good enough for titles. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** 0 <= x < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Integer from 0 below n. */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  chance(p: number): boolean {
    return this.next() < p
  }
}

/** ISBN-13 of 12 digits with its check digit. */
export function isbn13(twelve: string): string {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(twelve[i]) * (i % 2 ? 3 : 1)
  return twelve + String((10 - (sum % 10)) % 10)
}

/** ISSN of 7 digits with its check character, with the hyphen. */
export function issn(seven: string): string {
  let sum = 0
  for (let i = 0; i < 7; i++) sum += Number(seven[i]) * (8 - i)
  const check = (11 - (sum % 11)) % 11
  return `${seven.slice(0, 4)}-${seven.slice(4)}${check === 10 ? 'X' : check}`
}

const digits = (dice: Dice, count: number) => String(dice.below(10 ** count)).padStart(count, '0')
const UNFILLED: ReasonUnfilled[] = ['NotHeld', 'NotOnShelf', 'NonCirculating', 'NotAvailableForILL', 'PoorCondition']
/** Requests a year of the largest library; spreads the rows over the years behind. */
const PER_YEAR = 12_000

interface Book {
  title: string
  articleTitle: string
  journal: string
  author: string
  publisher: string
  clc: string
  isbn: string
  issn: string
}

function chinese(dice: Dice, loan: boolean): Book {
  const [subject, clc] = dice.of(W.SUBJECTS_ZH)
  const author = dice.of(W.SURNAMES_ZH) + dice.of(W.GIVEN_ZH) + (dice.chance(0.6) ? dice.of(W.GIVEN_ZH) : '')
  if (loan) {
    const title = `${dice.chance(0.3) ? dice.of(W.PLACES_ZH) : ''}${subject}${dice.of(W.BOOKS_ZH)}`
    const isbn = isbn13(`9787${digits(dice, 8)}`)
    return { title, articleTitle: '', journal: '', author, publisher: dice.of(W.PUBLISHERS_ZH), clc, isbn, issn: '' }
  }
  const journal = dice.of(W.PLACES_ZH) + subject.slice(0, 4) + dice.of(W.JOURNALS_ZH)
  const articleTitle = `${dice.chance(0.25) ? `基于${dice.of(W.SUBJECTS_ZH)[0]}的` : ''}${subject}${dice.of(W.ASPECTS_ZH)}${dice.of(W.FORMS_ZH)}`
  return {
    title: journal,
    articleTitle,
    journal,
    author,
    publisher: '',
    clc,
    isbn: '',
    issn: issn(`1${digits(dice, 6)}`),
  }
}

function english(dice: Dice, loan: boolean): Book {
  const [subject, clc] = dice.of(W.SUBJECTS_EN)
  const author = `${dice.of(W.NAMES_EN)}, ${String.fromCharCode(65 + dice.below(26))}.`
  if (loan) {
    const isbn = isbn13(`9780${digits(dice, 8)}`)
    const title = `${dice.of(W.BOOKS_EN)} ${subject}`
    return { title, articleTitle: '', journal: '', author, publisher: dice.of(W.PUBLISHERS_EN), clc, isbn, issn: '' }
  }
  const journal = `${dice.of(W.JOURNALS_EN)} ${subject}`
  const articleTitle = `${dice.of(W.ASPECTS_EN)} ${subject}${dice.chance(0.4) ? ` and ${dice.of(W.SUBJECTS_EN)[0]}` : ''}`
  return {
    title: journal,
    articleTitle,
    journal,
    author,
    publisher: '',
    clc,
    isbn: '',
    issn: issn(`0${digits(dice, 6)}`),
  }
}

/** How an old request ended; loans of the last weeks may still be out. */
function ending(dice: Dice, loan: boolean, appliedAt: number, now: number): Partial<RequestRow> {
  const finishedAt = Math.min(appliedAt + (4 + dice.below(90)) * 3_600_000, now)
  const p = dice.next()
  if (p < 0.12) return { status: 'Unfilled', reason: dice.of(UNFILLED), finishedAt }
  if (p < 0.15) return { status: 'Cancelled', finishedAt }
  if (!loan) return { status: 'CopyCompleted', stage: 'sent', finishedAt }
  const dueAt = finishedAt + 32 * DAY_MS
  if (dueAt > now) return { status: 'Loaned', stage: 'at_borrower', dueAt }
  if (p < 0.152) return { status: 'Overdue', stage: 'at_borrower', dueAt }
  if (p < 0.155) return { status: 'CompletedWithoutReturn', stage: 'at_borrower', dueAt, finishedAt: dueAt }
  return { status: 'LoanCompleted', stage: 'checked_in', dueAt, finishedAt: dueAt - dice.below(20) * DAY_MS }
}

/** First request number and centre number of generated rows, past all that the papers print. */
export const FIRST_NUMBER = 10_001
export const FIRST_CENTRE_NUMBER = 1_000_001

/** How a library's requests lie in time; left out: those of the largest library, a tenth of them open, over a week. */
export interface Pace {
  perYear?: number
  open?: number
  /** Days over which the open ones came in. */
  openDays?: number
}

/** `count` requests to `library`, oldest first. */
export function* requests(
  library: string,
  count: number,
  seed: number,
  now: number,
  pace: Pace = {},
): Generator<RequestRow> {
  const dice = new Dice(seed)
  const partners = MEMBERS.filter((m) => m.id !== library)
  const numbers = new Map(partners.map((m) => [m.id, FIRST_NUMBER]))
  const step = (365 * DAY_MS) / (pace.perYear ?? PER_YEAR)
  const open = pace.open ?? Math.max(Math.ceil(count / 10), Math.min(count, 50))
  const openDays = pace.openDays ?? 7
  for (let i = 0; i < count; i++) {
    const partner = dice.of(partners)
    const number = numbers.get(partner.id)!
    numbers.set(partner.id, number + 1)
    const loan = dice.chance(0.4)
    const book = dice.chance(0.7) ? chinese(dice, loan) : english(dice, loan)
    const isOpen = i >= count - open
    // Open work came in over the last days; what is older lies a year's pace behind it.
    const appliedAt = isOpen
      ? now - Math.floor(((count - i) / open) * openDays * DAY_MS) - 60_000
      : now - 8 * DAY_MS - Math.floor((count - open - i) * step)
    const urgent = isOpen && dice.chance(0.03)
    const first = 1 + dice.below(300)
    const fate = isOpen
      ? dice.chance(0.15)
        ? ({ status: 'WillSupply', stage: 'pulled' } as const)
        : {}
      : ending(dice, loan, appliedAt, now)
    const row = requestRow({
      id: partner.code + String(number).padStart(8, '0'),
      service: loan ? 'loan' : 'copy',
      appliedAt,
      urgent,
      ...fate,
      labels: loan && dice.chance(0.06) ? ['上', '下'] : [''],
      fields: {
        centreNo: `zx${String(FIRST_CENTRE_NUMBER + i).padStart(10, '0')}`,
        partner: partner.id,
        title: book.title,
        articleTitle: book.articleTitle,
        journal: book.journal,
        author: book.author,
        publisher: book.publisher,
        isbn: book.isbn,
        issn: book.issn,
        year: String(1980 + dice.below(46)),
        volumeNo: loan ? '' : String(1 + dice.below(60)),
        issueNo: loan ? '' : String(1 + dice.below(12)),
        pages: loan ? '' : `${first}-${first + 4 + dice.below(20)}`,
        callNumber: `${book.clc}/${1 + dice.below(2000)}`,
        location: dice.of(W.LOCATIONS),
        deliveryMethod: loan ? (dice.chance(0.1) ? 'self' : 'courier') : 'electronic',
        readerCategory: dice.of(W.CATEGORIES),
        readerKey: `${partner.id.toLowerCase()}-r${dice.below(900) + 100}`,
      },
    })
    if (row.status !== 'RequestReceived' && row.status !== 'WillSupply' && loan)
      row.volumes = row.volumes.map((v) => ({
        ...v,
        barcode: row.status === 'Unfilled' || row.status === 'Cancelled' ? null : `${library}${digits(dice, 9)}`,
        place: row.stage === 'at_borrower' ? (row.status === 'CompletedWithoutReturn' ? 'lost' : 'borrower') : 'shelf',
      }))
    yield row
  }
}
