/**
 * Text as the search index keeps it. Chinese has no spaces, so runs of Han characters become overlapping pairs:
 * 文化苦旅 -> 文化 化苦 苦旅 旅. A word of two characters then hits, which SQLite's trigram tokenizer cannot do; the last
 * character alone lets a single character be found as the beginning of a pair. Han and other letters are parted, so that
 * XML in XML应用 is a word. A number is kept by its first digits too: almost every book's ISBN begins with 9787, and to
 * collect them number by number takes five times as long as to look up what they have in common.
 */
import { foldTable, HAN, normalise } from './fold.ts'
import { INITIALS_MARK, mayBeInitials } from './pinyin.ts'

export { normalise }

const RUN = /[\p{Script=Han}\u3005]+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
/** A number with letters before it: found without them and without its leading zeros too (HG00003902 -> 3902). */
const NUMBERED = /^[a-z]*0*(\d{2,})$/
/** Before the first digits of a number; no word of a text begins with it. */
const DIGITS_MARK = 'ˋ'
/** First digits that are kept. */
const FIRST_DIGITS = 4
const ALL_DIGITS = /^[0-9]+$/
const BLANK = 0x20
const ZERO = 0x30
const NINE = 0x39
const FIRST_HAN = 0x3005

function pairs(run: string): string[] {
  const characters = [...run]
  const last = characters.length - 1
  return characters.map((character, i) => (i === last ? character : character + characters[i + 1]!))
}

function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of normalise(text).matchAll(RUN)) {
    if (HAN.test(run)) words.push(...pairs(run))
    else words.push(otherWords(run))
  }
  return words
}

/** The words of a run of letters and digits, with spaces between. */
function otherWords(run: string): string {
  const last = run.charCodeAt(run.length - 1)
  const words = isDigit(run.charCodeAt(0)) ? digitWords(run) : run
  if (!isDigit(last)) return words
  const digits = NUMBERED.exec(run)?.[1] ?? run
  return digits === run ? words : `${words} ${digitWords(digits)}`
}

/** Of a run that begins with digits: these, and the whole where it goes on. */
function digitWords(run: string): string {
  let first = 1
  while (first < FIRST_DIGITS && isDigit(run.charCodeAt(first))) first++
  const mark = DIGITS_MARK + run.slice(0, first)
  return run.length === first ? mark : `${mark} ${run}`
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE

/** The words to store for texts, with spaces between. */
export function indexText(...texts: string[]): string {
  const parts: string[] = []
  for (const text of texts) {
    const words = text === '' ? '' : (quickWords(text) ?? wordsOf(text).join(' '))
    if (words !== '') parts.push(words)
  }
  return parts.join(' ')
}

/** The same by table, unit by unit: a first sync does it a million times. @returns undefined where the table does not suffice */
function quickWords(text: string): string | undefined {
  const table = foldTable()
  let out = ''
  let run = ''
  let wasHan = false
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? BLANK : table[text.charCodeAt(i)]!
    if (code === 0) return undefined
    const han = code >= FIRST_HAN
    if (run !== '' && (code === BLANK || han)) {
      out += ` ${otherWords(run)}`
      run = ''
    }
    if (han)
      out += wasHan ? `${String.fromCharCode(code)} ${String.fromCharCode(code)}` : ` ${String.fromCharCode(code)}`
    else if (code !== BLANK) run += String.fromCharCode(code)
    wasHan = han
  }
  return out.slice(1)
}

/**
 * An FTS5 query for what a person typed: every word must occur; Latin words and numbers match by their beginning (and as
 * pinyin initials), Han
 * runs by all their pairs, a single Han character by any pair that begins with it.
 * @returns null when there is nothing to search for
 */
export function searchQuery(text: string): string | null {
  const terms: string[] = []
  for (const [run] of normalise(text).matchAll(RUN)) {
    if (!HAN.test(run)) terms.push(termOf(run))
    else {
      const all = pairs(run)
      if (all.length === 1) terms.push(`"${all[0]}"*`)
      else terms.push(...all.slice(0, -1).map((pair) => `"${pair}"`))
    }
  }
  return terms.length === 0 ? null : terms.join(' AND ')
}

function termOf(run: string): string {
  if (mayBeInitials(run)) return `("${run}"* OR "${INITIALS_MARK}${run}"*)`
  if (run.length > FIRST_DIGITS || !ALL_DIGITS.test(run)) return `"${run}"*`
  return run.length === FIRST_DIGITS ? `"${DIGITS_MARK}${run}"` : `"${DIGITS_MARK}${run}"*`
}
