/** Texts as they sort when compared code unit by code unit, so that a list is ordered once and never asks a collator again. */
import { PINYIN_PLACES } from './pinyin-order.ts'

const FIRST = 0x4e00
const LAST = 0x9fff
let rank: Uint16Array | undefined

/** Each Han character at its place in pinyin order, as another character of the same block. */
function pinyinRanks(): Uint16Array {
  const bytes = atob(PINYIN_PLACES)
  const ranks = new Uint16Array(LAST - FIRST + 1)
  for (let i = 0; i < ranks.length; i++) ranks[i] = FIRST + bytes.charCodeAt(2 * i) + (bytes.charCodeAt(2 * i + 1) << 8)
  return ranks
}

/** A Han character's place in pinyin order, as a code in the same block. @param code from 4E00 to 9FFF */
export function pinyinPlace(code: number): number {
  return (rank ??= pinyinRanks())[code - FIRST]!
}

/** A title or a library's name: pinyin order for Han characters, without case, width or leading punctuation. */
export function titleKey(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\p{P}\p{S}\s]+/u, '')
  let key = ''
  for (let i = 0; i < folded.length && i < 60; i++) {
    const code = folded.charCodeAt(i)
    if (code < FIRST || code > LAST) key += folded[i]
    else key += String.fromCharCode(pinyinPlace(code))
  }
  return key
}

const nameKeys = new Map<string, string>()

/** The same for names that stand in thousands of rows (libraries): each is folded once. */
export function nameKey(name: string): string {
  let key = nameKeys.get(name)
  if (key === undefined) nameKeys.set(name, (key = titleKey(name)))
  return key
}
