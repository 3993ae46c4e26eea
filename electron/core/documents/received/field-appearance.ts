import { num } from '../pdf/syntax.ts'
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
  /** Characters of ZapfDingbats, for the marks of check boxes; they need no font of ours. */
  readonly mark: string
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
  if (mark !== '') return markContent(look)
  const room = Math.max(1, width - 2 * PADDING)
  const size = look.size > 0 ? look.size : fittingSize(look, room, font)
  const lines = look.multiline ? look.lines.flatMap((line) => wrapped(line, (room / size) * 1000, font)) : look.lines
  const leading = size * 1.15
  const top = look.multiline || lines.length > 1 ? height - PADDING - size * 0.9 : (height - size * 0.72) / 2
  let content = `/Tx BMC q 0 0 ${num(width)} ${num(height)} re W n\n`
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

/** One mark in the middle, as large as its box lets it. */
function markContent({ width, height, colour, mark }: FieldLook): string {
  const size = Math.min(width, height) * 0.8
  const place = `${num(width / 2 - size * 0.4)} ${num(height / 2 - size * 0.36)}`
  return `/Tx BMC q BT ${colour} /${MARK_FONT} ${num(size)} Tf 1 0 0 1 ${place} Tm (${mark}) Tj ET Q EMC\n`
}

const show = (text: string, x: number, y: number, font: FontSubset): string =>
  text === '' ? '' : `1 0 0 1 ${num(x)} ${num(y)} Tm ${glyphString(font, text)} Tj\n`

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
