import { cm, num, type Matrix } from '../pdf/syntax.ts'
import type { StampOptions } from '../types.ts'
import { glyphString } from './embed-font.ts'
import { textWidth, type FontSubset } from './font.ts'
import { layoutContent } from './layout.ts'
import { coverLines, placeMark, stampLines, watermarkText, type PageFacts, type StampLine } from './template.ts'

/** What a viewer shows of a page: its crop box in user space and its rotation in degrees clockwise. */
export interface PageView {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotate: 0 | 90 | 180 | 270
  /** Size of a user space unit in points (/UserUnit). */
  readonly unit: number
}

/** Names under which the stamp's resources stand on every page; unlikely in anybody else's file. */
export const FONT_NAME = 'BalisDeskF'
/** The form that holds a received page's own content. */
export const CONTENT_NAME = 'BalisDeskP'
export const QR_NAME = 'BalisDeskQ'
export const STATE_NAME = 'BalisDeskG'

/** Text size on A4 in points; other page sizes in proportion within limits, so that it stays legible and modest. */
const TEXT_SIZE = 7.5
const A4_WIDTH = 595
const EDGE = 14
const QR_SIDE = 40
/** Below it text can no longer be read, unless the page itself is smaller than a stamp (points). */
const SMALLEST_SCALE = 0.35
const SMALL_SIDE = 120

/** Maps a viewer's upright page, origin at its lower left corner, to user space. */
export function viewMatrix({ x, y, width, height, rotate }: PageView): Matrix {
  switch (rotate) {
    case 90:
      return [0, 1, -1, 0, x + width, y]
    case 180:
      return [-1, 0, 0, -1, x + width, y + height]
    case 270:
      return [0, -1, 1, 0, x, y + height]
    default:
      return [1, 0, 0, 1, x, y]
  }
}

/** Width and height as a reader sees them. */
export const viewedSize = ({ width, height, rotate }: PageView): [number, number] =>
  rotate === 90 || rotate === 270 ? [height, width] : [width, height]

/** The stamp of one page as content to append to it. */
export function stampContent(options: StampOptions, facts: PageFacts, view: PageView, font: FontSubset): string {
  const [width, height] = viewedSize(view)
  const side = Math.min(width, height) * view.unit
  const scale = Math.min(4, Math.max(Math.min(SMALLEST_SCALE, side / SMALL_SIDE), side / A4_WIDTH)) / view.unit
  let content = `${placeMark(facts)}q ${cm(viewMatrix(view))} 0 g\n`
  const mark = watermarkText(options)
  if (mark) content += watermark(mark, width, height, font)
  const reserved = options.qr ? (QR_SIDE + 6) * scale : 0
  content += 'BT\n'
  const lines = stampLines(options, facts).filter((line) => line.text !== '')
  if (options.layout) {
    content += layoutContent(options.layout, options, facts, { width, height, scale, font }, FONT_NAME)
    lines.length = 0
  }
  for (const edge of ['top', 'bottom'] as const) {
    const row = lines.filter((line) => line.corner.startsWith(edge))
    const room = width - 2 * EDGE * scale - (edge === 'bottom' ? reserved : 0)
    content += rowOfText(row, edge, room, { height, scale, font })
  }
  content += 'ET\n'
  if (options.qr) {
    const side = QR_SIDE * scale
    const matrix: Matrix = [side, 0, 0, side, width - side - EDGE * scale, EDGE * scale * 0.7]
    content += `q ${cm(matrix)} /${QR_NAME} Do Q\n`
  }
  return `${content}Q EMC\n`
}

/** Two texts at the ends of one line; made smaller together where they would meet, down to half, then put in two lines. */
function rowOfText(
  row: readonly StampLine[],
  edge: 'top' | 'bottom',
  room: number,
  { height, scale, font }: { height: number; scale: number; font: FontSubset },
): string {
  const widths = row.map((line) => textWidth(font, line.text) / 1000)
  const gap = row.length > 1 ? 2 : 0
  const full = TEXT_SIZE * scale
  const oneLine = Math.min(full, room / (widths.reduce((a, b) => a + b, 0) + gap))
  const stacked = oneLine < full * 0.75 && row.length > 1
  const size = stacked ? Math.min(full, room / Math.max(...widths)) : oneLine
  let content = `/${FONT_NAME} ${num(size)} Tf\n`
  row.forEach((line, i) => {
    const right = line.corner.endsWith('right') && !stacked
    const x = EDGE * scale + (right ? room - widths[i]! * size : 0)
    const below = stacked ? (edge === 'top' ? i : row.length - 1 - i) : 0
    const step = below * size * 1.25
    const y = edge === 'top' ? height - EDGE * scale - size * 0.8 - step : EDGE * scale + step
    content += `1 0 0 1 ${num(x)} ${num(y)} Tm ${glyphString(font, line.text)} Tj\n`
  })
  return content
}

/** Large pale text from corner to corner. */
function watermark(text: string, width: number, height: number, font: FontSubset): string {
  const angle = Math.atan2(height, width)
  const length = Math.hypot(width, height) * 0.7
  const size = Math.min((length / textWidth(font, text)) * 1000, Math.min(width, height) / 6)
  const half = (textWidth(font, text) * size) / 2000
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const matrix: Matrix = [cos, sin, -sin, cos, width / 2 - half * cos, height / 2 - half * sin]
  return `q /${STATE_NAME} gs BT /${FONT_NAME} ${num(size)} Tf ${matrix.map(num).join(' ')} Tm ${glyphString(font, text)} Tj ET Q\n`
}

/** The cover page's content on a page of the given size in points. */
export function coverContent(options: StampOptions, width: number, height: number, font: FontSubset): string {
  const left = 60
  let y = height - 110
  let content = 'BT 0 g\n'
  coverLines(options).forEach((line, i) => {
    const wanted = i === 0 ? 22 : i <= 2 ? 15 : 11
    for (const part of wrap(line, (width - 2 * left) / wanted, font)) {
      if (part) content += `/${FONT_NAME} ${wanted} Tf 1 0 0 1 ${left} ${num(y)} Tm ${glyphString(font, part)} Tj\n`
      y -= wanted * 1.7
    }
  })
  return `${content}ET\n`
}

/** Breaks a line to at most `ems` of width, between words where there are any, else between characters. */
function wrap(line: string, ems: number, font: FontSubset): string[] {
  const out: string[] = []
  let current = ''
  for (const piece of line.match(/[\u0021-\u024f]+ ?|./gu) ?? ['']) {
    if (current && textWidth(font, current + piece.trimEnd()) > ems * 1000) {
      out.push(current.trimEnd())
      current = ''
    }
    current += piece
  }
  return [...out, current.trimEnd()]
}
