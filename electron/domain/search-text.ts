/**
 * Text as the search index keeps it. Chinese has no spaces, so runs of Han characters become overlapping pairs:
 * 文化苦旅 -> 文化 化苦 苦旅 旅. A word of two characters then hits, which SQLite's trigram tokenizer cannot do; the last
 * character alone lets a single character be found as the beginning of a pair. Width, case, simplified and traditional
 * forms and the hyphens of ISBN and ISSN do not matter.
 */
import { Converter } from 'opencc-js/t2cn'

const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/
const HAN = /\p{Script=Han}/u
const RUN = /[\p{Script=Han}\u3005]+|[\p{L}\p{N}]+/gu
const CODE = /\b(?:97[89][- ]?)?\d{1,7}(?:-\d{1,7}){0,3}-[\dx]\b|\b\d{4}-\d{3}[\dx]\b/gi
const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff

let simplified: Map<string, string> | undefined

/** Character by character, not by phrases: a pair must fold the same way wherever it stands. */
function simplify(text: string): string {
  simplified ??= simplifiedForms()
  let out = ''
  for (const character of text) out += simplified.get(character) ?? character
  return out
}

function simplifiedForms(): Map<string, string> {
  const all: string[] = []
  for (let code = FIRST_HAN; code <= LAST_HAN; code++) all.push(String.fromCharCode(code))
  const converted = Converter({ from: 't', to: 'cn' })(all.join('\n')).split('\n')
  const map = new Map<string, string>()
  all.forEach((character, index) => {
    if (converted[index] !== character) map.set(character, converted[index]!)
  })
  return map
}

/** Folds width, case, accents, traditional forms, and joins codes written with hyphens. */
export function normalise(text: string): string {
  let plain = text.normalize('NFKC').toLowerCase()
  if (ACCENTED.test(plain)) plain = plain.normalize('NFD').replace(/\p{M}/gu, '')
  const joined = plain.includes('-') ? plain.replace(CODE, (code) => code.replace(/[- ]/g, '')) : plain
  return HAN.test(joined) ? simplify(joined) : joined
}

function pairs(run: string): string[] {
  const characters = [...run]
  const last = characters.length - 1
  return characters.map((character, i) => (i === last ? character : character + characters[i + 1]!))
}

/** The words to store for a text, with spaces between; numbers also without their letters and leading zeros (HG00003902 -> 3902). */
export function indexText(...texts: string[]): string {
  const words: string[] = []
  for (const text of texts) {
    if (text === '') continue
    for (const [run] of normalise(text).matchAll(RUN)) {
      if (HAN.test(run)) words.push(...pairs(run))
      else {
        words.push(run)
        const digits = /^[a-z]*0*(\d{2,})$/.exec(run)
        if (digits && digits[1] !== run) words.push(digits[1]!)
      }
    }
  }
  return words.join(' ')
}

/**
 * An FTS5 query for what a person typed: every word must occur; Latin words and numbers match by their beginning, Han
 * runs by all their pairs, a single Han character by any pair that begins with it.
 * @returns null when there is nothing to search for
 */
export function searchQuery(text: string): string | null {
  const terms: string[] = []
  for (const [run] of normalise(text).matchAll(RUN)) {
    if (!HAN.test(run)) terms.push(`"${run}"*`)
    else {
      const all = pairs(run)
      if (all.length === 1) terms.push(`"${all[0]}"*`)
      else terms.push(...all.slice(0, -1).map((pair) => `"${pair}"`))
    }
  }
  return terms.length === 0 ? null : terms.join(' AND ')
}
