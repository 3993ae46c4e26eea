/**
 * The codes BALIS Desk prints on paper, and every other code a hand scanner may send us.
 *
 * Source: 1-product.md, "Codes on paper". What is printed is `BD1:<id>:<check>`; the id is a request number, a bag, a
 * manifest or a pick-up code. The check character is ISO/IEC 7064 MOD 37-2 over the id's letters and digits, which
 * finds every single wrong character and every swap of neighbours: a misread slip never opens another request.
 */

/** What a scanned or typed text turned out to be. `text` is always the folded input. */
export type ScannedCode =
  | { kind: 'request'; text: string; id: string; checked: boolean }
  | { kind: 'centreNumber'; text: string; id: string }
  | { kind: 'bag'; text: string; id: string; library: string; desk: string; n: number; checked: boolean }
  | {
      kind: 'manifest'
      text: string
      id: string
      library: string
      desk: string
      year: number
      n: number
      checked: boolean
    }
  | { kind: 'pickup'; text: string; id: string; checked: boolean }
  | { kind: 'isbn'; text: string; isbn13: string }
  | { kind: 'issn'; text: string; issn: string }
  | { kind: 'item'; text: string; barcode: string }
  | { kind: 'damaged'; text: string; reason: 'check' | 'shape' }
  | { kind: 'unknown'; text: string }

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*'
const PREFIX = 'BD1'
/** A scanner sends at most this many characters; longer input is not a code of ours. */
const LONGEST = 120

const REQUEST_NUMBER = /^[A-Z]{2}\d{8}$/
const CENTRE_NUMBER = /^ZX\d{10}$/
const BAG = /^B-([A-Z0-9]+)-([A-Z0-9]+)-(\d{1,9})$/
const MANIFEST = /^M-([A-Z0-9]+)-([A-Z0-9]+)-(\d{4})-(\d{1,9})$/
const PICKUP = /^P-\d{8}$/
const PLAIN_ID = /^[A-Z0-9][A-Z0-9#-]{0,63}$/
const ITEM_BARCODE = /^[A-Z0-9][A-Z0-9.+/$%-]{3,31}$/

/**
 * Folds what keyboards, input methods and scanners do to a code: full-width letters, digits and punctuation become
 * half-width, dashes become `-`, control characters and blanks go. Case is kept.
 */
export function foldScan(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u30fc\uff0d]/g, '-')
    .replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, '')
}

/**
 * The ISO/IEC 7064 MOD 37-2 check character of an id: one of 0-9, A-Z, `*`.
 * Only letters and digits count (case does not); an id without any gets the check of the empty string, `1`.
 */
export function checkCharacter(id: string): string {
  let sum = 0
  for (const character of id.toUpperCase()) {
    const value = ALPHABET.indexOf(character)
    if (value < 0 || value > 35) continue
    sum = ((sum + value) * 2) % 37
  }
  return ALPHABET[(38 - sum) % 37]!
}

/** The text to print as a QR code for a request number, bag, manifest or pick-up code: `BD1:<id>:<check>`. */
export function paperCode(id: string): string {
  const folded = foldScan(id).toUpperCase()
  if (!PLAIN_ID.test(folded)) throw new RangeError('not an id that can be printed as a code')
  return `${PREFIX}:${folded}:${checkCharacter(folded)}`
}

/** The same for any number: those of other systems may hold signs our codes do not have and stand as they are. */
export function codeText(id: string): string {
  try {
    return paperCode(id)
  } catch {
    return id
  }
}

const LIBRARY_PART = /^[A-Z0-9]{1,16}$/

function part(value: string): string {
  const folded = value.toUpperCase()
  if (!LIBRARY_PART.test(folded)) throw new RangeError('a library or desk code has 1 to 16 letters or digits')
  return folded
}

function counter(value: number, most: number): number {
  if (!Number.isInteger(value) || value < 0 || value > most) throw new RangeError('a counter must be a whole number')
  return value
}

/** `B-<library>-<desk>-<n>`; n counts per desk, so two desks offline never make the same bag. */
export function bagCode(library: string, desk: string, n: number): string {
  return `B-${part(library)}-${part(desk)}-${counter(n, 999_999_999)}`
}

/** `M-<library>-<desk>-<year>-<n>`; n counts per desk and year. */
export function manifestCode(library: string, desk: string, year: number, n: number): string {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError('a year has four digits')
  return `M-${part(library)}-${part(desk)}-${year}-${counter(n, 999_999_999)}`
}

/** `P-<8 digits>` from a number below 100,000,000 (drawn at random by the caller). */
export function pickupCode(number: number): string {
  return `P-${String(counter(number, 99_999_999)).padStart(8, '0')}`
}

function eanSum(digits: string): number {
  return [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
}

/** ISBN-13 of a Bookland EAN, or of an ISBN written with hyphens; else undefined. */
function isbn13(text: string): string | undefined {
  const digits = text.replaceAll('-', '')
  if (/^97[89]\d{10}$/.test(digits)) return eanSum(digits) % 10 === 0 ? digits : undefined
  // A bare ten-digit text is far more often an item barcode, and one in eleven of those would pass as ISBN-10.
  if (!text.includes('-') || !/^\d{9}[\dX]$/.test(digits)) return undefined
  const sum = [...digits].reduce((total, digit, i) => total + (digit === 'X' ? 10 : Number(digit)) * (10 - i), 0)
  if (sum % 11 !== 0) return undefined
  const body = `978${digits.slice(0, 9)}`
  return body + String((10 - (eanSum(body) % 10)) % 10)
}

function issn(text: string): string | undefined {
  // Without its hyphen an ISSN looks like any eight-digit item barcode, so only the hyphenated form counts.
  if (!/^\d{4}-\d{3}[\dX]$/.test(text)) return undefined
  const digits = text.replace('-', '')
  const sum = [...digits].reduce((total, digit, i) => total + (digit === 'X' ? 10 : Number(digit)) * (8 - i), 0)
  return sum % 11 === 0 ? text : undefined
}

function idCode(id: string, text: string, checked: boolean): ScannedCode | undefined {
  const bag = BAG.exec(id)
  if (bag) return { kind: 'bag', text, id, library: bag[1]!, desk: bag[2]!, n: Number(bag[3]), checked }
  const run = MANIFEST.exec(id)
  if (run) {
    const [, library, desk, year, n] = run
    return { kind: 'manifest', text, id, library: library!, desk: desk!, year: Number(year), n: Number(n), checked }
  }
  if (PICKUP.test(id)) return { kind: 'pickup', text, id, checked }
  if (REQUEST_NUMBER.test(id)) return { kind: 'request', text, id, checked }
  return undefined
}

/**
 * Says what a scanned or typed text is. Never throws. `checked` tells that our own check character was there and
 * right; a text that claims to be ours (`BD1:`) but does not add up is `damaged`, never a guess.
 * Thirteen digits that are a valid ISBN count as ISBN, ten digits without hyphens as an item's barcode.
 */
export function parseScan(raw: string): ScannedCode {
  if (raw.length > LONGEST * 4) return { kind: 'unknown', text: raw.slice(0, LONGEST) }
  const text = foldScan(raw)
  const upper = text.toUpperCase()
  if (upper === '' || upper.length > LONGEST) return { kind: 'unknown', text }
  if (upper.startsWith(`${PREFIX}:`)) {
    const [, id = '', check = '', ...rest] = upper.split(':')
    if (rest.length > 0 || check.length !== 1 || !PLAIN_ID.test(id)) return { kind: 'damaged', text, reason: 'shape' }
    if (checkCharacter(id) !== check) return { kind: 'damaged', text, reason: 'check' }
    return idCode(id, text, true) ?? { kind: 'request', text, id, checked: true }
  }
  const own = idCode(upper, text, false)
  if (own) return own
  if (CENTRE_NUMBER.test(upper)) return { kind: 'centreNumber', text, id: upper.toLowerCase() }
  const book = isbn13(upper)
  if (book) return { kind: 'isbn', text, isbn13: book }
  const serial = issn(upper)
  if (serial) return { kind: 'issn', text, issn: serial }
  if (ITEM_BARCODE.test(upper)) return { kind: 'item', text, barcode: text }
  return { kind: 'unknown', text }
}
