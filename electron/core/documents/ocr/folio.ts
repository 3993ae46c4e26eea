/**
 * The number printed on a page. It stands in the outermost line of print at the foot or the head: alone, or at an end of the
 * line and apart from what else stands there. Only such a piece is read, which takes a tenth of the time of reading the strip,
 * and numbers in the text above are never taken for the page's.
 */
import {
  cutGrey,
  loadGrey,
  percentile,
  pixels,
  quarterTurn,
  shrink,
  wholeBox,
  type Grey,
} from '../../scanning/image/grey.ts'
import { letters, type Mark } from '../../scanning/image/reading.ts'
import { turnPixels } from '../../scanning/image/turn.ts'
import type { PageFacts } from '../../../domain/page-facts.ts'
import { folioIn } from '../../../domain/folio-text.ts'
import { readShortLine } from './recognise.ts'

/** The outer strips of a page, as a share of its height. */
const STRIP = 0.11
const READ_DPI = 300
/** Heights of print; smaller is dust, larger a picture. */
const LEAST_MM = 1.1
const MOST_MM = 6
/** Marks flatter than this share of the line are dots and dashes around the number. */
const FLAT = 0.45
/** A gap wider than this share of the line's height sets a number apart. */
const APART = 0.8
/** A piece longer than so many heights is no number. */
const LONGEST = 7
/** Of what is around a piece so much is read with it, then comes so much even paper. */
const NEAR_MM = 0.35
const ROOM_MM = 2.5
/** From one Chinese figure to the next, as a share of their height. */
const CHINESE_PITCH = 1.12
/** What a number beside other print must not look like. */
const YEAR = /^(18|19|20)\d\d$/

/**
 * The printed number of a single page; null where none is read.
 * @param rotate the quarters that set the page upright @param angleDeg the fine turn after it @param crop what is paper then,
 * null for all
 */
export async function readFolio(
  path: string,
  {
    page,
    dpi,
    rotate,
    angleDeg,
    crop,
  }: Pick<PageFacts, 'rotate' | 'angleDeg' | 'crop'> & { page: number; dpi: number },
): Promise<number | null> {
  const { grey } = await loadGrey(path, dpi, READ_DPI, page)
  const upright = quarterTurn(grey, rotate)
  const { left, top, width, height } = crop ?? { left: 0, top: 0, width: 1, height: 1 }
  for (const end of ['foot', 'head'] as const) {
    const from = end === 'head' ? top : top + height * (1 - STRIP)
    const strip = turned(upright, angleDeg, { left, top: from, width, height: height * STRIP })
    const found = await numberIn(strip, end)
    if (found !== null) return found
  }
  return null
}

/** The part of the straightened page, given in shares of its sides. */
function turned(grey: Grey, angleDeg: number, share: NonNullable<PageFacts['crop']>): Grey {
  const left = Math.min(grey.width - 1, Math.round(share.left * grey.width))
  const top = Math.min(grey.height - 1, Math.round(share.top * grey.height))
  const width = Math.max(1, Math.min(grey.width - left, Math.round(share.width * grey.width)))
  const height = Math.max(1, Math.min(grey.height - top, Math.round(share.height * grey.height)))
  if (angleDeg === 0) return cutGrey(grey, { x0: left, y0: top, x1: left + width, y1: top + height })
  return { ...turnPixels({ ...grey, channels: 1 }, angleDeg, { left, top, width, height }), dpi: grey.dpi }
}

async function numberIn(strip: Grey, end: 'head' | 'foot'): Promise<number | null> {
  const factor = Math.max(1, Math.round(strip.dpi / 150))
  const small = shrink(strip, factor)
  const lines = linesOf(letters(small, wholeBox(small)), small.dpi)
  const [outer, next] = end === 'foot' ? lines.reverse() : lines
  const found = new Set<number>()
  for (const piece of [...pieces(outer), ...pieces(next).filter(({ alone }) => alone)]) {
    const folio = await numberOf(piece, (box) => readShortLine(around(strip, box, factor), ['chi_sim', 'eng']))
    if (folio !== null && (piece.alone || !YEAR.test(String(folio)))) found.add(folio)
    if (found.size > 0 && piece.alone) break
  }
  return found.size === 1 ? [...found][0]! : null
}

/** Dots and dashes confuse who reads figures; but 一 and 二 are as flat as they are, so Chinese figures are read with them. */
async function numberOf({ box, whole }: Piece, read: (box: Mark) => Promise<string>): Promise<number | null> {
  const text = await read(box)
  if (/\d/.test(text)) return folioIn(text)
  const figures = sameBox(box, whole) ? text : await read(whole)
  // each fills a square: one that was overlooked would make another number
  const squares = (whole.x1 - whole.x0) / (whole.y1 - whole.y0)
  return Math.abs(squares / CHINESE_PITCH - figures.length) < 0.6 ? folioIn(figures) : null
}

const sameBox = (a: Mark, b: Mark): boolean => a.x0 === b.x0 && a.x1 === b.x1

/** A piece with nothing but paper around it. */
function around(strip: Grey, box: Mark, factor: number): Grey {
  const near = pixels(NEAR_MM, strip.dpi)
  const piece = cutGrey(strip, {
    x0: Math.max(0, Math.round(box.x0 * factor - near)),
    y0: Math.max(0, Math.round(box.y0 * factor - near)),
    x1: Math.min(strip.width, Math.round(box.x1 * factor + near)),
    y1: Math.min(strip.height, Math.round(box.y1 * factor + near)),
  })
  const room = Math.round(pixels(ROOM_MM, strip.dpi))
  const [width, height] = [piece.width + 2 * room, piece.height + 2 * room]
  const data = new Uint8Array(width * height).fill(percentile(piece, 0.9))
  for (let y = 0; y < piece.height; y++)
    data.set(piece.data.subarray(y * piece.width, (y + 1) * piece.width), (y + room) * width + room)
  return { data, width, height, dpi: strip.dpi }
}

/** Marks that stand beside one another, from top to bottom; what is too small to be print is left out. */
function linesOf(marks: readonly Mark[], dpi: number): Mark[][] {
  const [least, most] = [pixels(LEAST_MM, dpi), pixels(MOST_MM, dpi)]
  const lines: { y0: number; y1: number; marks: Mark[] }[] = []
  for (const mark of marks.toSorted((a, b) => b.y1 - b.y0 - (a.y1 - a.y0))) {
    const tall = mark.y1 - mark.y0
    if (tall > most) continue
    const middle = (mark.y0 + mark.y1) / 2
    const line = lines.find(({ y0, y1 }) => middle > y0 && middle < y1)
    if (line) line.marks.push(mark)
    else if (tall >= least) lines.push({ y0: mark.y0, y1: mark.y1, marks: [mark] })
  }
  return lines.sort((a, b) => a.y0 - b.y0).map((line) => line.marks)
}

interface Piece {
  /** Without the dots and dashes at its ends, and with them. */
  box: Mark
  whole: Mark
  /** Nothing else stands in its line. */
  alone: boolean
}

/** The first and the last piece of a line that could be numbers. */
function pieces(line: readonly Mark[] | undefined): Piece[] {
  if (!line) return []
  const tallest = Math.max(...line.map(({ y0, y1 }) => y1 - y0))
  const groups: Mark[][] = []
  let reach = -Infinity
  for (const mark of line.toSorted((a, b) => a.x0 - b.x0)) {
    if (mark.x0 - reach > tallest * APART) groups.push([])
    groups.at(-1)!.push(mark)
    reach = Math.max(reach, mark.x1)
  }
  const high = groups
    .map((group) => ({ group, tall: group.filter(({ y0, y1 }) => y1 - y0 >= tallest * FLAT) }))
    .filter(({ tall }) => tall.length > 0)
  const ends = high.length > 1 ? [high[0]!, high.at(-1)!] : high
  return ends
    .map(({ group, tall }) => ({ box: boxOf(tall), whole: boxOf(group), alone: high.length === 1 }))
    .filter(({ box }) => box.x1 - box.x0 <= tallest * LONGEST)
}

const boxOf = (marks: readonly Mark[]): Mark => ({
  x0: Math.min(...marks.map(({ x0 }) => x0)),
  y0: Math.min(...marks.map(({ y0 }) => y0)),
  x1: Math.max(...marks.map(({ x1 }) => x1)),
  y1: Math.max(...marks.map(({ y1 }) => y1)),
})
