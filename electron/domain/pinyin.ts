/**
 * Pinyin initials of titles, so that 文化苦旅 is found by `whkl`. The reading of a character is read off ICU's pinyin
 * collation (CLDR): sorted by it, all characters of one initial stand together, between the first characters below.
 */
import { pinyinPlace } from './sort-keys.ts'
import { BLANK, type Utf8Text } from './utf8-text.ts'

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
const BETWEEN = '的与和及其之在对'
const PARTING = new RegExp(`[${BETWEEN}]`, 'u')
const PARTING_CODES = Array.from(BETWEEN, (character) => character.charCodeAt(0))
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

/** The other readings' initials by character, 0 for most. */
let others: Uint8Array | undefined

function otherTable(): Uint8Array {
  if (others) return others
  others = new Uint8Array(LAST - FIRST + 1)
  for (const [character, letter] of Object.entries(ALSO)) others[character.charCodeAt(0) - FIRST] = letter.charCodeAt(0)
  return others
}

/** The initials of a run of simplified Han characters in each usual reading: 重庆 -> zq, cq. */
export function initials(run: string): string[] {
  const of = table()
  const also = otherTable()
  let readings = ['']
  const end = Math.min(run.length, LONGEST)
  for (let i = 0; i < end; i++) {
    const place = run.charCodeAt(i) - FIRST
    const letter = of[place] ?? 0
    if (letter === 0) return []
    const count = readings.length
    const other = also[place]!
    if (other !== 0 && other !== letter && count < MOST_READINGS)
      for (let k = 0; k < count; k++) readings.push(readings[k]! + String.fromCharCode(other))
    const here = String.fromCharCode(letter)
    for (let k = 0; k < count; k++) readings[k] += here
  }
  return readings
}

const isHan = (code: number): boolean => code >= FIRST && code <= LAST

/** Writes the words to store for texts whose characters are simplified: each run, and each part of it after 的, 与, 和 … */
export function writeInitials(texts: readonly string[], out: Utf8Text): void {
  for (const text of texts) {
    let from = 0
    let parted = false
    for (let i = 0; i <= text.length; i++) {
      // Past the end there is no code: NaN is no Han character.
      const code = text.charCodeAt(i)
      if (isHan(code)) {
        parted ||= PARTING_CODES.includes(code)
        continue
      }
      if (i - from > 1) writeRun(text, from, i, parted, out)
      from = i + 1
      parted = false
    }
  }
}

function writeRun(text: string, from: number, end: number, parted: boolean, out: Utf8Text): void {
  spell(text, from, end, out)
  if (!parted) return
  const run = text.slice(from, end)
  for (const part of new Set(run.split(PARTING))) if (part.length > 1 && part !== run) spell(part, 0, part.length, out)
}

/** Most runs are read in one way only, and written without being made into a string. */
function spell(text: string, from: number, end: number, out: Utf8Text): void {
  const of = table()
  const also = otherTable()
  const before = out.length
  out.reserve(LONGEST + 2)
  out.unit(BLANK)
  out.unit(INITIALS_MARK.charCodeAt(0))
  for (let i = from; i < end && i < from + LONGEST; i++) {
    const place = text.charCodeAt(i) - FIRST
    const letter = of[place]!
    if (letter === 0 || also[place] !== 0) {
      out.length = before
      for (const word of initials(text.slice(from, end))) out.text(` ${INITIALS_MARK}${word}`)
      return
    }
    out.unit(letter)
  }
}

/** True for what may be initials: no initial is i, u or v. */
export const mayBeInitials = (word: string): boolean => /^[a-hj-tw-z]{2,14}$/.test(word)
