/**
 * Pinyin initials of titles, so that 文化苦旅 is found by `whkl`. The reading of a character is read off ICU's pinyin
 * collation (CLDR): sorted by it, all characters of one initial stand together, between the first characters below.
 */
import { pinyinPlace } from './sort-keys.ts'

const LETTERS = 'abcdefghjklmnopqrstwxyz'
/** The first character of each letter in CLDR's order. */
const FIRSTS = '吖丷嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀'
const FIRST = 0x4e00
const LAST = 0x9fff
/** Another usual reading, beside the one a dictionary sorts them under. */
const ALSO: Readonly<Record<string, string>> = {
  重: 'c',
  行: 'h',
  长: 'c',
  厦: 'x',
  传: 'z',
  调: 't',
  乐: 'y',
  会: 'k',
  曾: 'z',
  藏: 'z',
  单: 's',
  校: 'j',
  弹: 't',
  系: 'j',
  降: 'x',
  参: 's',
  朝: 'z',
  查: 'z',
  解: 'x',
  盛: 's',
  贾: 'j',
  召: 's',
  省: 'x',
  率: 'l',
  什: 's',
  便: 'p',
}
/** Words that part a title; what stands after them is looked for by itself. */
const BETWEEN = /[的与和及其之在对]/u
const RUN = /[\u4e00-\u9fff]{2,}/g
/** Nobody types more initials than this. */
const LONGEST = 14
const MOST_READINGS = 4

/** Before the initials in the index: no word of a text begins with it, so initials are never taken for a word. */
export const INITIALS_MARK = 'ˊ'

let letters: Uint8Array | undefined

/** Initials by character; all 0 where the engine's collation is not pinyin. */
function table(): Uint8Array {
  if (letters) return letters
  letters = new Uint8Array(LAST - FIRST + 1)
  const starts = [...FIRSTS].map((character) => pinyinPlace(character.charCodeAt(0)))
  if (starts.some((place, i) => i > 0 && place <= starts[i - 1]!)) return letters
  for (let code = FIRST; code <= LAST; code++) {
    const place = pinyinPlace(code)
    let at = starts.findLastIndex((start) => start <= place)
    if (at < 0) at = 0
    letters[code - FIRST] = LETTERS.charCodeAt(at)
  }
  return letters
}

/** The initials of a run of simplified Han characters in each usual reading: 重庆 -> zq, cq. */
export function initials(run: string): string[] {
  const of = table()
  let readings = ['']
  for (const character of run.slice(0, LONGEST)) {
    const letter = of[character.charCodeAt(0) - FIRST] ?? 0
    if (letter === 0) return []
    const also = ALSO[character]
    const here = String.fromCharCode(letter)
    const usual = readings.map((reading) => reading + here)
    const other = also && also !== here && readings.length < MOST_READINGS ? readings.map((one) => one + also) : []
    readings = [...usual, ...other]
  }
  return readings
}

/** The words to store for texts whose characters are simplified: each run, and each part of it after 的, 与, 和 … */
export function initialWords(texts: readonly string[]): string {
  let out = ''
  for (const text of texts)
    for (const [run] of text.matchAll(RUN)) {
      const parts = run.split(BETWEEN).filter((part) => part.length > 1)
      for (const part of new Set([run, ...parts])) for (const word of initials(part)) out += ` ${INITIALS_MARK}${word}`
    }
  return out
}

/** True for what may be initials: no initial is i, u or v. */
export const mayBeInitials = (word: string): boolean => /^[a-hj-tw-z]{2,14}$/.test(word)
