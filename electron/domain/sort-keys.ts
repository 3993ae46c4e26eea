/** Texts as they sort when compared code unit by code unit, so that a list is ordered once and never asks a collator again. */

const FIRST = 0x4e00
const LAST = 0x9fff
let rank: Uint16Array | undefined

/** Each Han character at its place in pinyin order (ICU's zh collation), as another character of the same block. */
function pinyinRanks(): Uint16Array {
  const characters: string[] = []
  for (let code = FIRST; code <= LAST; code++) characters.push(String.fromCharCode(code))
  const order = characters.sort(new Intl.Collator('zh-Hans-CN-u-co-pinyin').compare)
  const ranks = new Uint16Array(LAST - FIRST + 1)
  order.forEach((character, place) => (ranks[character.charCodeAt(0) - FIRST] = FIRST + place))
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
