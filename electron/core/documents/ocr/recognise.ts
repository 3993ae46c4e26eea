import sharp from 'sharp'
import type { OcrLanguage } from '../types.ts'
import { engineFor, OCR_DPI, type Box, type Places } from './engine.ts'

/** A line of print as it was read. Lengths are pixels of the page, y downwards. */
export interface OcrLine {
  readonly words: readonly OcrWord[]
  /** Where the letters stand. */
  readonly baseline: number
  readonly height: number
}

export interface OcrWord {
  readonly text: string
  readonly x0: number
  readonly x1: number
}

interface FoundWord {
  readonly text: string
  readonly bbox: Box
  readonly confidence: number
}
interface FoundLine {
  readonly bbox: Box
  readonly baseline: Box
  readonly words: FoundWord[]
}
/** Blocks of lines. */
type Found = FoundLine[][]

/** Levels of what was read (PageIteratorLevel). */
const BLOCK = 0
const LINE = 2
const WORD = 3

/**
 * Page segmentation modes: with the columns of a page found first; as one block, in which lines run across and nothing is
 * turned; as a single line.
 */
const FIND_BLOCKS = '3'
const ONE_BLOCK = '6'
const ONE_LINE = '7'
/** Below this (of 100) a word is a guess from dirt or pictures, unless the line that it stands in is well read. */
const LEAST_CONFIDENCE = 25
const WELL_READ_LINE = 70

export interface GreyPage {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly dpi: number
}

/** Reads a page of even light. Lines come in reading order. */
export async function recognise(page: GreyPage, languages: readonly OcrLanguage[]): Promise<OcrLine[]> {
  const { found, scale } = await read(page, languages)
  return linesOf(found, scale)
}

/** Of what lies upside down or sideways hardly a word is read with this confidence (of 100). */
const CONFIDENT = 80

/** How many letters of a picture are read with confidence. */
export async function legibleLetters(page: GreyPage, languages: readonly OcrLanguage[]): Promise<number> {
  const { found } = await read(page, languages, ONE_BLOCK)
  return wordsOf(found)
    .filter(({ confidence }) => confidence >= CONFIDENT)
    .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0)
}

/** What stands in a picture of one short line, without spaces; '' where part of it is read without much confidence. */
export async function readShortLine(page: GreyPage, languages: readonly OcrLanguage[]): Promise<string> {
  const { found } = await read(page, languages, ONE_LINE)
  const words = wordsOf(found)
  if (words.some(({ confidence }) => confidence < CONFIDENT)) return ''
  return words
    .map(({ text }) => text)
    .join('')
    .replace(/\s/gu, '')
}

const wordsOf = (found: Found): FoundWord[] => found.flat().flatMap(({ words }) => words)

/** @returns what was found, and by how much its lengths are to be multiplied */
async function read(
  page: GreyPage,
  languages: readonly OcrLanguage[],
  layout = FIND_BLOCKS,
): Promise<{ found: Found; scale: number }> {
  const { core, api } = await engineFor(languages)
  api.SetVariable('tessedit_pageseg_mode', layout)
  const scale = OCR_DPI / page.dpi
  const width = Math.abs(scale - 1) > 0.15 ? Math.round(page.width * scale) : page.width
  core.FS.writeFile('/input', await toTiff(page, width))
  if (api.SetImageFile(1, 0) !== 0 || api.Recognize(null) !== 0) return { found: [], scale: 1 }
  const places = api.GetIterator()
  const found = foundBy(places)
  core.destroy(places)
  api.Clear()
  return { found, scale: page.width / width }
}

/** The engine takes rows of this format as they are; of others it asks for every single pixel. */
function toTiff({ data, width, height }: GreyPage, toWidth: number): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: 1 } })
  if (toWidth !== width) image.resize(toWidth, Math.round((height * toWidth) / width), { fit: 'fill' })
  return image.toColourspace('b-w').tiff({ compression: 'none' }).toBuffer()
}

/** Asked for word by word: the engine's own lists tell of every letter, which takes as long as reading many of them. */
function foundBy(places: Places): Found {
  const found: Found = []
  do {
    if (places.Empty(WORD)) continue
    if (places.IsAtBeginningOf(BLOCK) || found.length === 0) found.push([])
    const lines = found.at(-1)!
    if (places.IsAtBeginningOf(LINE) || lines.length === 0)
      lines.push({ bbox: places.getBoundingBox(LINE), baseline: places.getBaseline(LINE), words: [] })
    lines.at(-1)!.words.push({
      text: places.GetUTF8Text(WORD),
      bbox: places.getBoundingBox(WORD),
      confidence: places.Confidence(WORD),
    })
  } while (places.Next(WORD))
  return found
}

function linesOf(found: Found, scale: number): OcrLine[] {
  const lines: OcrLine[] = []
  for (const block of found) {
    const usual = usualHeight(block)
    for (const { bbox, baseline, words } of block) {
      const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length)
      const least = mean >= WELL_READ_LINE ? 0 : LEAST_CONFIDENCE
      const read = words
        .filter((word) => word.confidence >= least && word.text.trim() !== '')
        .map((word) => ({ text: word.text.trim(), x0: word.bbox.x0 * scale, x1: word.bbox.x1 * scale }))
      if (read.length > 0)
        lines.push({
          words: read,
          baseline: ((baseline.y0 + baseline.y1) / 2) * scale,
          height: evenHeight(bbox.y1 - bbox.y0, usual) * scale,
        })
    }
  }
  return lines
}

/** The median height of a block's lines. */
function usualHeight(lines: readonly FoundLine[]): number {
  const heights = lines.map(({ bbox }) => bbox.y1 - bbox.y0)
  return heights.sort((a, b) => a - b)[heights.length >> 1] ?? 0
}

/**
 * Lines of one size are set in one size, though a bracket makes one line's box taller than another's: readers that put
 * columns in order take a change of size for the end of one.
 */
const evenHeight = (height: number, usual: number): number =>
  height > usual * 0.65 && height < usual * 1.4 ? usual : height
