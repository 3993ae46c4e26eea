import { num, nums } from '../pdf/syntax.ts'
import { glyphString } from '../stamp/embed-font.ts'
import { textWidth, type FontSubset } from '../stamp/font.ts'

/** What a form field shows, where its file leaves the drawing to the viewer. */
export interface FieldLook {
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
  /** Lines of a list that are marked, from 0. */
  readonly chosen: readonly number[]
  /** Points; 0 where the viewer chooses. */
  readonly size: number
  /** Operators that set the text's colour. */
  readonly colour: string
  readonly align: 'left' | 'centre' | 'right'
  readonly multiline: boolean
  /** Characters in equal cells; 0 for running text. */
  readonly cells: number
  readonly box: FieldBox
  /** Characters of ZapfDingbats, for the marks of check boxes; they need no font of ours. */
  readonly mark: string
}

/** What is drawn around a field and behind it. */
export interface FieldBox {
  /** Operators that set the colour to fill with; empty for none. */
  readonly background: string
  /** Operators that set the colour of the border; empty for none. */
  readonly border: string
  /** Points. */
  readonly borderWidth: number
  readonly round: boolean
}

export const FIELD_FONT = 'F'
export const MARK_FONT = 'Z'
const PADDING = 2
const LARGEST = 12
const SMALLEST = 4

/** The blue in which viewers mark what is chosen in a list. */
const CHOSEN_COLOUR = '0.6 0.757 0.855 rg'

/** The field's text as the content of a form whose box begins at 0, 0 (ISO 32000-1, 12.7.3.3). */
export function fieldContent(look: FieldLook, font: FontSubset): string {
  const { width, height, cells, mark } = look
  const box = boxContent(look)
  if (mark !== '') return box + markContent(look)
  if (look.lines.every((line) => line === '')) return box
  const room = Math.max(1, width - 2 * PADDING)
  const size = look.size > 0 ? look.size : fittingSize(look, room, font)
  const lines = look.multiline ? look.lines.flatMap((line) => wrapped(line, (room / size) * 1000, font)) : look.lines
  const leading = size * 1.15
  const top = look.multiline || lines.length > 1 ? height - PADDING - size * 0.9 : (height - size * 0.72) / 2
  let content = `${box}/Tx BMC q 0 0 ${num(width)} ${num(height)} re W n\n`
  for (const i of look.chosen)
    content += `${CHOSEN_COLOUR} 0 ${num(top - i * leading - size * 0.25)} ${num(width)} ${num(leading)} re f\n`
  content += `BT ${look.colour} /${FIELD_FONT} ${num(size)} Tf\n`
  lines.forEach((line, i) => {
    const y = top - i * leading
    if (cells > 0)
      [...line].slice(0, cells).forEach((character, at) => {
        const own = (textWidth(font, character) / 1000) * size
        content += show(character, (at + 0.5) * (width / cells) - own / 2, y, font)
      })
    else {
      const free = room - (textWidth(font, line) / 1000) * size
      const x = PADDING + (look.align === 'left' ? 0 : look.align === 'right' ? free : free / 2)
      content += show(line, x, y, font)
    }
  })
  return `${content}ET Q EMC\n`
}

function boxContent({ width, height, box }: FieldLook): string {
  const { background, border, borderWidth, round } = box
  const outline = round ? circle : rectangle
  const inset = border ? borderWidth / 2 : 0
  const filled = background && `${background} ${outline(width, height, 0)} f\n`
  const drawn = border && `${border} ${num(borderWidth)} w ${outline(width, height, inset)} s\n`
  return filled || drawn ? `q ${filled}${drawn}Q\n` : ''
}

const rectangle = (width: number, height: number, inset: number): string =>
  `${num(inset)} ${num(inset)} ${num(width - 2 * inset)} ${num(height - 2 * inset)} re`

/** Four curves that are a circle to the eye, as large as there is room. */
function circle(width: number, height: number, inset: number): string {
  const [x, y, r] = [width / 2, height / 2, Math.max(0, Math.min(width, height) / 2 - inset)]
  const k = r * 0.5523
  const curve = (...points: number[]): string => `${nums(points)} c`
  return [
    `${num(x + r)} ${num(y)} m`,
    curve(x + r, y + k, x + k, y + r, x, y + r),
    curve(x - k, y + r, x - r, y + k, x - r, y),
    curve(x - r, y - k, x - k, y - r, x, y - r),
    curve(x + k, y - r, x + r, y - k, x + r, y),
  ].join(' ')
}

/** One mark in the middle, as large as its box lets it. */
function markContent({ width, height, colour, mark }: FieldLook): string {
  const size = Math.min(width, height) * 0.8
  const place = `${num(width / 2 - size * 0.4)} ${num(height / 2 - size * 0.36)}`
  return `/Tx BMC q BT ${colour} /${MARK_FONT} ${num(size)} Tf 1 0 0 1 ${place} Tm (${mark}) Tj ET Q EMC\n`
}

/** Latin text and all other, each as far as it goes; Latin is about what the standard fonts that forms name can write. */
const SCRIPTS = /[\u0000-\u00ff\u2013-\u2026\u20ac\u2122]+|[^\u0000-\u00ff\u2013-\u2026\u20ac\u2122]+/gu
/**
 * Thousandths of the size between Latin and any other script. Readers leave out what a form's own font lacks and read the
 * rest as words of their own; so do they here, and it is how Chinese is set beside Latin.
 */
const BETWEEN_SCRIPTS = 125

function show(text: string, x: number, y: number, font: FontSubset): string {
  if (text === '') return ''
  const parts = (text.match(SCRIPTS) ?? []).map((part) => glyphString(font, part))
  return `1 0 0 1 ${num(x)} ${num(y)} Tm [${parts.join(` -${BETWEEN_SCRIPTS} `)}] TJ\n`
}

function fittingSize({ lines, height, multiline }: FieldLook, room: number, font: FontSubset): number {
  if (multiline) return LARGEST
  const widest = Math.max(1, ...lines.map((line) => textWidth(font, line) / 1000))
  const tall = (height - 2 * PADDING) / (1.15 * Math.max(1, lines.length))
  return Math.max(SMALLEST, Math.min(LARGEST, tall, room / widest))
}

/** Breaks a line where it grows beyond `width` (at size 1000), between words where there are any. */
function wrapped(line: string, width: number, font: FontSubset): string[] {
  const out: string[] = []
  let current = ''
  for (const piece of line.match(/[\u0021-\u024f]+ ?|./gu) ?? ['']) {
    if (current && textWidth(font, current + piece.trimEnd()) > width) {
      out.push(current.trimEnd())
      current = ''
    }
    current += piece
  }
  return [...out, current]
}
