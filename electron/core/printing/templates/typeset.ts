import type { SlipFont } from './font.ts'

/** Points per millimetre. */
export const PT_PER_MM = 72 / 25.4

/** Signs that must not begin a line, and those that must not end one (GB/T 15834 and JIS X 4051, the usual ones). */
const NOT_FIRST = new Set('，。、；：？！）】》」』〉”’…—·％,.;:?!)]}%')
const NOT_LAST = new Set('（【《「『〈“‘([{')
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f]/

/** Control characters draw as boxes and blanks of all kinds as gaps: both become one blank. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim()
}

/** Width in mm of a line at `size` points with `spacing` points after each character. */
export function widthOf(font: SlipFont, text: string, size: number, spacing = 0): number {
  let thousandths = 0
  let count = 0
  for (const character of text) {
    thousandths += font.advance(character)
    count++
  }
  return ((thousandths / 1000) * size + spacing * count) / PT_PER_MM
}

/** Splits into what may not be broken: a word of letters, or one Chinese character with the signs that cling to it. */
function pieces(text: string): string[] {
  const found: string[] = []
  let clings = false
  for (const character of text) {
    const last = found.at(-1)
    const word = last !== undefined && !WIDE.test(character) && !WIDE.test(last.at(-1)!) && character !== ' '
    const joins = last !== undefined && (clings || NOT_FIRST.has(character) || (word && last !== ' '))
    if (joins) found[found.length - 1] = last + character
    else found.push(character)
    clings = NOT_LAST.has(character)
  }
  return found
}

/** Breaks a piece that is wider than a line (a long call number, a web address). */
function broken(font: SlipFont, piece: string, size: number, widthMm: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of piece) {
    if (part !== '' && widthOf(font, part + character, size) > widthMm) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return part === '' ? parts : [...parts, part]
}

/**
 * Lines of at most `widthMm` at `size` points; Chinese breaks between characters, other text between words.
 * What does not fit in `most` lines is cut with an ellipsis.
 */
export function wrap(font: SlipFont, text: string, size: number, widthMm: number, most = Infinity): string[] {
  const lines: string[] = []
  let line = ''
  const fits = (candidate: string) => widthOf(font, candidate.trimEnd(), size) <= widthMm
  for (const piece of pieces(plainText(text))) {
    if (fits(line + piece)) {
      line += piece
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    line = ''
    if (piece === ' ') continue
    const parts = fits(piece) ? [piece] : broken(font, piece, size, widthMm)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1)!
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  const [last, next] = [kept[most - 1]!, lines[most]!]
  const between = WIDE.test(last.at(-1)!) || WIDE.test(next[0]!) ? '' : ' '
  kept[most - 1] = cutEnd(font, last + between + next, size, widthMm)
  return kept
}

/** Cuts a line's end so that it fits with an ellipsis. */
export function cutEnd(font: SlipFont, text: string, size: number, widthMm: number): string {
  if (widthOf(font, text, size) <= widthMm) return text
  const characters = [...text]
  while (characters.length > 1 && widthOf(font, `${characters.join('')}…`, size) > widthMm) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** The largest size between `least` and `size` (in half points) at which the text fits on one line of `widthMm`. */
export function fitSize(font: SlipFont, text: string, size: number, least: number, widthMm: number): number {
  let tried = size
  while (tried > least && widthOf(font, text, tried) > widthMm) tried -= 0.5
  return Math.max(least, tried)
}

/**
 * A reader's name as it may stand on paper that leaves the library: the first character of each word stays,
 * the rest becomes `*` (张三丰 -> 张**, Anna Berg -> A*** B***).
 */
export function maskName(name: string): string {
  return plainText(name)
    .split(' ')
    .map((word) => {
      const [first = '', ...rest] = [...word]
      return first + '*'.repeat(rest.length)
    })
    .join(' ')
}
