/** Folding of text for search: width, case, accents, traditional forms, and the hyphens of ISBN and ISSN do not matter. */
import CHARACTERS from 'opencc-js/dict/TSCharacters'

const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/
export const HAN = /\p{Script=Han}/u
const CODE = /\b(?:97[89][- ]?)?\d{1,7}(?:-\d{1,7}){0,3}-[\dx]\b|\b\d{4}-\d{3}[\dx]\b/gi
const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff
const SPACE = 0x20
const WORD = /[\p{L}\p{N}]/u
/** Beside Han: ASCII, Latin-1 signs, general and Chinese punctuation, full-width forms. */
const SIMPLE_RANGES = [
  [0x00, 0xbf],
  [0x2010, 0x2027],
  [0x3000, 0x3020],
  [0xff01, 0xff5e],
] as const

let simplified: Map<string, string> | undefined

/** Character by character, not by phrases: a pair must fold the same way wherever it stands. */
function simplify(text: string): string {
  simplified ??= simplifiedForms()
  let out = ''
  for (const character of text) out += simplified.get(character) ?? character
  return out
}

/** OpenCC's list says `繁 简|…`, with the usual form first where there are several. */
function simplifiedForms(): Map<string, string> {
  const map = new Map<string, string>()
  for (const entry of CHARACTERS.split('|')) {
    const [from, to] = entry.split(' ') as [string, string]
    const code = from.charCodeAt(0)
    if (from.length === 1 && code >= FIRST_HAN && code <= LAST_HAN && from !== to) map.set(from, to)
  }
  return map
}

/** Folds width, case, accents, traditional forms, and joins codes written with hyphens. */
export function normalise(text: string): string {
  let plain = text.normalize('NFKC').toLowerCase()
  if (ACCENTED.test(plain)) plain = plain.normalize('NFD').replace(/\p{M}/gu, '')
  const joined = plain.includes('-') ? plain.replace(CODE, (code) => code.replace(/[- ]/g, '')) : plain
  return HAN.test(joined) ? simplify(joined) : joined
}

let table: Uint16Array | undefined

/**
 * What each UTF-16 unit becomes when it folds the same way wherever it stands: itself or another unit, a blank for
 * whatever only parts words; 0 where `normalise` must look at the whole text (hyphens, accents, rare scripts).
 */
export function foldTable(): Uint16Array {
  if (table) return table
  table = new Uint16Array(0x10000)
  for (const [from, to] of SIMPLE_RANGES)
    for (let code = from; code <= to; code++) {
      const folded = normalise(String.fromCharCode(code))
      if (folded.includes('-') || folded.length === 0) continue
      if (![...folded].some((character) => WORD.test(character))) table[code] = SPACE
      else if (folded.length === 1 && (folded < '\u3000' || HAN.test(folded) || folded === '々'))
        table[code] = folded.charCodeAt(0)
    }
  for (let code = FIRST_HAN; code <= LAST_HAN; code++) table[code] = code
  for (const [from, to] of (simplified ??= simplifiedForms()))
    table[from.charCodeAt(0)] = to.length === 1 ? to.charCodeAt(0) : 0
  return table
}
