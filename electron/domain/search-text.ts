/**
 * Text as the search index keeps it. Chinese has no spaces, so runs of Han characters become overlapping pairs:
 * 文化苦旅 -> 文化 化苦 苦旅 旅. A word of two characters then hits, which SQLite's trigram tokenizer cannot do; the last
 * character alone lets a single character be found as the beginning of a pair. Han and other letters are parted, so that
 * XML in XML应用 is a word. A number is kept by its first digits too: almost every book's ISBN begins with 9787, and to
 * collect them number by number takes five times as long as to look up what they have in common.
 */
import { foldTable, HAN, normalise } from './fold.ts'
import { INITIALS_MARK, mayBeInitials } from './pinyin.ts'
import { BLANK, type Utf8Text } from './utf8-text.ts'

export { normalise }

const RUN = /[\p{Script=Han}\u3005]+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
/** Before the first digits of a number; no word of a text begins with it. */
const DIGITS_MARK = 'ˋ'
/** First digits that are kept. */
const FIRST_DIGITS = 4
/** Half of all rows have one, and hyphens are not for the quick way. */
const ISSN = /^\d{4}-\d{3}[\dXx]$/
const ALL_DIGITS = /^[0-9]+$/
const ZERO = 0x30
const NINE = 0x39
const A = 0x61
const Z = 0x7a
const FIRST_HAN = 0x3005

function pairs(run: string): string[] {
  const characters = [...run]
  const last = characters.length - 1
  return characters.map((character, i) => (i === last ? character : character + characters[i + 1]!))
}

/** Writes the words to store for texts, with spaces between. */
export function writeWords(texts: readonly string[], out: Utf8Text): void {
  const begin = out.length
  for (const text of texts) {
    const before = out.length
    if (quickWords(ISSN.test(text) ? text.replace('-', '') : text, out, begin)) continue
    out.length = before
    for (const [run] of normalise(text).matchAll(RUN)) {
      if (HAN.test(run)) for (const pair of pairs(run)) out.text(out.length > begin ? ` ${pair}` : pair)
      else {
        const units = Uint16Array.from({ length: run.length }, (_, i) => run.charCodeAt(i))
        writeRun(units, units.length, out, begin)
      }
    }
  }
}

/** The run of letters and digits that is being read by table. */
let runUnits = new Uint16Array(256)

/** The same by table, unit by unit: a first sync does it a million times. @returns false where the table does not suffice */
function quickWords(text: string, out: Utf8Text, begin: number): boolean {
  const table = foldTable()
  const end = text.length
  if (runUnits.length < end) runUnits = new Uint16Array(end * 2)
  const units = runUnits
  // A Han character stands in two words, with a space before each.
  out.reserve(3 * end)
  let run = 0
  let wasHan = false
  for (let i = 0; i <= end; i++) {
    const code = i === end ? BLANK : table[text.charCodeAt(i)]!
    if (code === 0) return false
    const han = code >= FIRST_HAN
    if (run > 0 && (code === BLANK || han)) {
      writeRun(units, run, out, begin)
      run = 0
    }
    if (han) {
      if (wasHan) out.unit(code)
      if (out.length > begin) out.unit(BLANK)
      out.unit(code)
    } else if (code !== BLANK) units[run++] = code
    wasHan = han
  }
  return true
}

/** The words of a run of letters and digits; a number with letters before it without them and without its leading zeros too. */
function writeRun(units: Uint16Array, end: number, out: Utf8Text, begin: number): void {
  if (isDigit(units[0]!)) writeDigitWords(units, 0, end, out, begin)
  else out.word(units, 0, end, begin)
  let from = 0
  while (from < end && units[from]! >= A && units[from]! <= Z) from++
  for (let i = from; i < end; i++) if (!isDigit(units[i]!)) return
  while (end - from > 2 && units[from] === ZERO) from++
  if (from > 0 && end - from >= 2) writeDigitWords(units, from, end, out, begin)
}

/** Of a run that begins with digits: the first of these, and the whole where it goes on. */
function writeDigitWords(units: Uint16Array, from: number, end: number, out: Utf8Text, begin: number): void {
  let first = from + 1
  while (first < end && first < from + FIRST_DIGITS && isDigit(units[first]!)) first++
  out.word(units, from, first, begin, DIGITS_MARK.charCodeAt(0))
  if (first < end) out.word(units, from, end, begin)
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE

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
