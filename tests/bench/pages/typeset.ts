/** Breaks paragraphs into justified lines, Latin words and Chinese characters mixed. */
import { widthOf, type FontName } from './fonts.ts'
import { drawText, type Sheet } from './sheet.ts'

interface Token {
  text: string
  width: number
  /** A space stood before it. */
  spaced: boolean
  cjk: boolean
}

export interface Line {
  tokens: Token[]
  width: number
  /** Indent of the first line, in points. */
  indent: number
  last: boolean
}

export interface Style {
  font: FontName
  size: number
  leading: number
  colour?: string
}

const CJK = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u201c\u201d\u2014\u2026]/
/** Marks that never begin a line, and marks that never end one (GB/T 15834 practice). */
const NEVER_FIRST = '，。、；：？！）》”’…%．'
const NEVER_LAST = '（《“‘'

function tokens(text: string, style: Style, chinese: boolean): Token[] {
  const parts = chinese
    ? (text.match(/\s*(?:[A-Za-z0-9][A-Za-z0-9.,:;%()/\-–−×·°µ]*[A-Za-z0-9%)°]|[^\s])/g) ?? [])
    : (text.match(/\s*[^\s]+/g) ?? [])
  const out: Token[] = []
  let carry = ''
  for (const part of parts) {
    const bare = part.trim()
    const previous = out.at(-1)
    if (chinese && NEVER_LAST.includes(bare)) {
      carry += bare
      continue
    }
    if (chinese && NEVER_FIRST.includes(bare) && previous && !carry) {
      previous.text += bare
      previous.width = widthOf(style.font, previous.text, style.size)
      continue
    }
    const whole = carry + bare
    carry = ''
    out.push({
      text: whole,
      width: widthOf(style.font, whole, style.size),
      spaced: part !== bare,
      cjk: chinese && CJK.test(whole),
    })
  }
  return out
}

export function breakLines(text: string, style: Style, width: number, chinese: boolean, indent: number): Line[] {
  const space = style.size * 0.25
  const lines: Line[] = []
  let current: Line = { tokens: [], width: 0, indent, last: false }
  for (const token of tokens(text, style, chinese)) {
    const gap = current.tokens.length > 0 && token.spaced ? space : 0
    if (current.tokens.length > 0 && current.indent + current.width + gap + token.width > width) {
      lines.push(current)
      current = { tokens: [], width: 0, indent: 0, last: false }
      current.tokens.push(token)
      current.width = token.width
    } else {
      current.tokens.push(token)
      current.width += gap + token.width
    }
  }
  current.last = true
  if (current.tokens.length > 0) lines.push(current)
  return lines
}

/** Draws a line with its baseline at y and justifies it unless it is the last of its paragraph. */
export function drawJustified(sheet: Sheet, line: Line, x: number, y: number, width: number, style: Style): void {
  const space = style.size * 0.25
  const places = line.tokens.filter(
    (token, i) => i > 0 && (token.spaced || token.cjk || line.tokens[i - 1]?.cjk),
  ).length
  const missing = width - line.indent - line.width
  const stretch = line.last || places === 0 || missing > width * 0.35 ? 0 : missing / places
  let at = x + line.indent
  let text = ''
  line.tokens.forEach((token, i) => {
    if (i > 0) {
      if (token.spaced) at += space
      if (token.spaced || token.cjk || line.tokens[i - 1]?.cjk) at += stretch
      if (token.spaced) text += ' '
    }
    drawText(sheet, at, y, token.text, style.colour === undefined ? style : { ...style, colour: style.colour })
    at += token.width
    text += token.text
  })
  sheet.text.push(text)
}
