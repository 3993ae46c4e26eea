/**
 * Titles as they are compared: edition and volume taken out ("概率论 第2版 下册"), subtitle apart, the rest folded to
 * letters and digits alone (width, case, traditional forms, brackets and punctuation do not matter).
 */
import { HAN, normalise } from '../fold.ts'

export interface Title {
  /** Without subtitle, edition, volume; letters and digits alone. */
  core: string
  /** The same with blanks between its words, as one searches for it. */
  words: string
  /** '' where there is none. */
  subtitle: string
  /** "2", "rev", '' = not said. */
  edition: string
  volume: Volume | null
}

/** A volume by number, or by 上中下 (first, middle, last). */
export type Volume = { kind: 'number'; value: number } | { kind: 'word'; value: '上' | '中' | '下' }

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 } // prettier-ignore
const NUMBER = '[\\d零〇一二两三四五六七八九十百]+'
const ORDINALS_EN: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10 } // prettier-ignore
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6, vii: 7, viii: 8, ix: 9, x: 10 } // prettier-ignore

/** 12, 十二, 二十, 一百零三 -> a number; NaN when it is none. */
export function numberIn(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  for (const character of text) {
    const unit = character === '十' ? 10 : character === '百' ? 100 : 0
    if (unit > 0) {
      total += (digit || 1) * unit
      digit = 0
    } else if (character in DIGITS) digit = DIGITS[character]!
    else return Number.NaN
  }
  return total + digit
}

const EDITIONS: readonly [RegExp, (found: string[]) => string][] = [
  [new RegExp(`第?(${NUMBER})\\s*版(?!社|本)`), (found) => String(numberIn(found[1]!))],
  [/\b(\d+)\s*(?:st|nd|rd|th)?\s*ed(?:ition|n)?\b\.?/, (found) => found[1]!],
  [new RegExp(`\\b(${Object.keys(ORDINALS_EN).join('|')})\\s+ed(?:ition|n)?\\b\\.?`), (found) => String(ORDINALS_EN[found[1]!])],
  [/(?:修订|增订|增补|重订|校订|新修订)(?:第?(\d+)次)?[版本]/, () => 'rev'],
  [/\b(?:rev(?:ised)?|enl(?:arged)?)\.?\s*ed(?:ition|n)?\b\.?/, () => 'rev'],
] // prettier-ignore

const WORDY = new Map<string, '上' | '中' | '下'>([['上', '上'], ['中', '中'], ['下', '下'], ['前', '上'], ['后', '下']]) // prettier-ignore
const VOLUMES: readonly [RegExp, (found: string[]) => Volume][] = [
  // 上册, 下卷, 中集; also alone at the end, after a blank or in brackets: "大学英语语法与练习 上", "红楼梦(下)".
  [/([上中下])\s*[册卷集编部辑](?!书)/, (found) => ({ kind: 'word', value: WORDY.get(found[1]!)! })],
  [/(?:[\s.,:]+|[([])\s*([上中下])\s*(?:[)\]]|$)/, (found) => ({ kind: 'word', value: WORDY.get(found[1]!)! })],
  [new RegExp(`第\\s*(${NUMBER})\\s*[册卷集编部辑分]+`), (found) => ({ kind: 'number', value: numberIn(found[1]!) })],
  [new RegExp(`(?:[卷册])\\s*(${NUMBER})(?=\\s|$|[)\\].,:])`), (found) => ({ kind: 'number', value: numberIn(found[1]!) })],
  [/\b(?:vol(?:ume)?|v|part|pt|book|bk)\b\.?\s*(\d{1,3})\b/, (found) => ({ kind: 'number', value: Number(found[1]) })],
  [/\b(?:vol(?:ume)?|part|pt|book|bk)\b\.?\s*([ivx]{1,4})\b/, (found) => ({ kind: 'number', value: ROMAN[found[1]!] ?? Number.NaN })],
  [new RegExp(`[([]\\s*([一二三四五六七八九十]{1,2}|\\d{1,2})\\s*[)\\]]\\s*$`), (found) => ({ kind: 'number', value: numberIn(found[1]!) })],
  [/\s([一二三四五六七八九十]{1,2}|\d{1,2})\s*$/, (found) => ({ kind: 'number', value: numberIn(found[1]!) })],
] // prettier-ignore

const EXTENT = new RegExp(`^\\s*(?:共|全)?\\s*(?:${NUMBER}|in\\s+\\d+)\\s*(?:册|卷|volumes?|vols?)`)

/** Takes the first pattern that fits out of a text. */
function take<T>(
  text: string,
  patterns: readonly [RegExp, (found: string[]) => T][],
): { rest: string; value: T | null } {
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(text)
    if (!found) continue
    // A title that is nothing but the mark ("第一册") keeps it.
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
    if (lettersOf(rest) !== '') return { rest, value: read(found as unknown as string[]) }
  }
  return { rest: text, value: null }
}

/** Letters and digits alone. */
export function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

const SUBTITLE = /\s*(?:[:：]|——?|--|\s[–-]\s|;)\s*/
/** A blank between Chinese words parts them as a colon would. */
const GAP = /(?<=\p{Script=Han}[》）)\]]?)\s+(?=[《（([]?\p{Script=Han})/u
const ARTICLE = /^(?:the|an?)\s+/

export function parseTitle(raw: string): Title {
  const folded = normalise(raw).replace(/[《》〈〉「」『』“”"'’]/g, ' ').replace(/[【〔]/g, '(').replace(/[】〕]/g, ')').replace(/\s+/g, ' ').trim() // prettier-ignore
  const edition = take(folded, EDITIONS)
  const volume = take(edition.rest.trim(), VOLUMES)
  const [first = '', ...more] = volume.rest.split(SUBTITLE).map((part) => part.trim()).filter((part) => lettersOf(part) !== '') // prettier-ignore
  const [core = '', ...gapped] = HAN.test(first) ? first.split(GAP) : [first.replace(ARTICLE, '')]
  const rest = [...gapped, ...more].filter((part) => !EXTENT.test(part.replace(/^[([]/, '')))
  return {
    core: lettersOf(core),
    words: core.replace(/[^\p{L}\p{N}]+/gu, ' ').trim(),
    subtitle: lettersOf(rest.join(' ')),
    edition: edition.value ?? '',
    volume: volume.value,
  }
}

/** What an edition statement says: "第2版" -> "2", "修订本" -> "rev"; '' when nothing known. The first is as good as none. */
export function editionOf(statement: string): string {
  const text = normalise(statement)
  const known = take(`x ${text}`, EDITIONS).value
  return known ?? (/^\s*(\d+)\s*$/.exec(text)?.[1] || (/^修订|^增订|^rev/.test(text) ? 'rev' : ''))
}

/** What a volume label says: "上册", "v.2", "2". */
export function volumeOf(label: string): Volume | null {
  const text = normalise(label).trim()
  if (text === '') return null
  const word = WORDY.get(text)
  if (word) return { kind: 'word', value: word }
  const bare = numberIn(text)
  return Number.isNaN(bare) ? take(`x ${text}`, VOLUMES).value : { kind: 'number', value: bare }
}

/** True when both may name the same volume: 上 is 1, 中 is 2, 下 is 2 of two or 3 of three. */
export function sameVolume(a: Volume, b: Volume): boolean {
  if (a.kind === b.kind) return a.value === b.value
  const [word, number] = a.kind === 'word' ? [a, b] : [b, a]
  if (word.value === '上') return number.value === 1
  return word.value === '中' ? number.value === 2 : number.value === 2 || number.value === 3
}
