/** One labelled page of any kind from a seed: the scan, the noise-free original, its text, and the truth about it. */
import { articleSheet, type Language } from './article.ts'
import { degrade, ordinaryWear, turn, type Wear } from './degrade.ts'
import { drawDateStamp, drawFold, drawFoxing, drawHoles, drawPencil, drawSeal, drawUnderline } from './marks.ts'
import { photograph } from './photo.ts'
import { CHINESE } from './prose/zh.ts'
import { ENGLISH } from './prose/en.ts'
import { random, seedOf, type Random } from './random.ts'
import {
  A4,
  drawCentred,
  drawText,
  newSheet,
  renderSheet,
  toSharp,
  type Raster,
  type Rect,
  type Sheet,
} from './sheet.ts'
import { layOpen, spreadShape, turnedSeam } from './spread.ts'

export const PAGE_KINDS = [
  'grey',
  'colour',
  'lownoise',
  'halftone',
  'pencil',
  'seal',
  'carbon',
  'bleed',
  'sparse',
  'blank',
  'spread',
] as const
export type PageKind = (typeof PAGE_KINDS)[number]

export interface PageOptions {
  kind: PageKind
  lang: Language
  seed: number
  /** Default 300. */
  dpi?: number
  /** Overrides the wear that the seed would choose, e.g. {skewDeg: 4.2}. */
  wear?: Partial<Wear>
}

export interface PageTruth {
  /** Degrees clockwise by which the text lines lie turned; turn by the negative to set it straight. */
  skewDeg: number
  /** Nothing on the page that anyone would miss (bleed-through from the other side is not on the page). */
  blank: boolean
  /** Photographs on the clean page, in pixels at the page's dpi. */
  pictures: Rect[]
  /** Seam between the pages of a spread at mid-height, in pixels of the scan. */
  gutterX?: number
  /** What a blank or sparse page carries. */
  variant?: string
}

export interface MadePage {
  scan: Raster
  clean: Raster
  /** The clean page in the scan's geometry. */
  reference: Raster
  /** One line a line of print, in reading order. */
  text: string
  truth: PageTruth
}

export const toJpeg = (raster: Raster, quality = 90): Promise<Buffer> => toSharp(raster).jpeg({ quality }).toBuffer()
export const toPng = (raster: Raster): Promise<Buffer> => toSharp(raster).png({ compressionLevel: 3 }).toBuffer()

export async function makePage(options: PageOptions): Promise<MadePage> {
  const { kind } = options
  const dpi = options.dpi ?? 300
  const seed = seedOf(kind, options.lang, options.seed)
  const rng = random(seed)
  if (kind === 'spread') return makeSpread(options, rng, dpi)
  const wear = { ...kindWear(kind, rng), ...options.wear }
  return wearPage(await drawPage(options, rng), seed ^ 0x5bd1e995, wear)
}

/** A page before it is scanned. */
export interface DrawnPage {
  kind: PageKind
  /** Without what shows through from the other side. */
  clean: Raster
  source: Raster
  sheet: Sheet
  variant?: string
}

/** Draws a page of any kind but a spread. Drawing is the dear part: one drawing can be worn in many ways. */
export async function drawPage(options: PageOptions, rng: Random): Promise<DrawnPage> {
  const { kind, lang } = options
  const { sheet, variant, verso } = await drawKind(kind, lang, rng)
  const clean = await renderSheet(sheet, options.dpi ?? 300, kind === 'colour' || kind === 'seal' ? 3 : 1)
  const source = verso === 0 ? clean : await showThrough(clean, lang, rng, verso)
  return { kind, clean, source, sheet, ...(variant === undefined ? {} : { variant }) }
}

/** Scans a drawn page with the given wear; the seed draws paper, noise and dust. */
export async function wearPage(drawn: DrawnPage, seed: number, wear: Wear): Promise<MadePage> {
  const { kind, clean, source, sheet, variant } = drawn
  const { scan, reference } = await degrade(source, seed, wear)
  const k = clean.dpi / 72
  return {
    scan,
    clean,
    reference: source === clean ? reference : await turn(clean, wear.skewDeg, wear.beyond),
    text: sheet.text.join('\n'),
    truth: {
      skewDeg: wear.skewDeg,
      blank: kind === 'blank',
      pictures: sheet.pictures.map((r) => ({ x: r.x * k, y: r.y * k, width: r.width * k, height: r.height * k })),
      ...(variant === undefined ? {} : { variant }),
    },
  }
}

/** The wear of an ordinary scan of this kind of page. */
export function kindWear(kind: PageKind, rng: Random): Wear {
  const wear = ordinaryWear(rng)
  if (kind === 'lownoise') return { ...wear, noise: 1.2, texture: 0.008, light: 0.015, dust: 4 }
  if (kind === 'carbon')
    return {
      ...wear,
      ink: rng.between(95, 130),
      blurMm: rng.between(0.11, 0.17),
      texture: 0.05,
      paper: [222, 220, 208],
    }
  if (kind === 'bleed') return { ...wear, paper: [228, 225, 212], texture: 0.035 }
  return wear
}

interface Drawn {
  sheet: Sheet
  variant?: string
  /** How strongly the other side shows through, 0 = not at all. */
  verso: number
}

async function drawKind(kind: PageKind, language: Language, rng: Random): Promise<Drawn> {
  const article = (more: { photos?: number; charts?: number; tables?: number; colour?: boolean; screened?: boolean }) =>
    articleSheet({
      seed: rng.int(1, 1e9),
      language,
      colour: false,
      screened: false,
      photos: 0,
      charts: 0,
      tables: 0,
      ...more,
    })
  if (kind === 'blank') return drawBlank(rng)
  if (kind === 'sparse') return drawSparse(language, rng)
  if (kind === 'carbon') return { sheet: typedSheet(language, rng), verso: 0 }
  if (kind === 'colour')
    return {
      sheet: await article({ photos: rng.int(1, 2), charts: rng.int(1, 2), tables: rng.int(0, 1), colour: true }),
      verso: 0,
    }
  if (kind === 'halftone') return { sheet: await article({ photos: 2, charts: 1, screened: true }), verso: 0 }
  const sheet = await article({ tables: rng.int(0, 2), charts: kind === 'grey' ? rng.int(0, 1) : 0 })
  if (kind === 'pencil') {
    for (let i = 0; i < 6; i++)
      drawUnderline(
        sheet,
        rng,
        rng.between(60, 330),
        rng.between(90, 740),
        rng.between(60, 200),
        rng.between(0.35, 0.7),
      )
    for (let i = 0; i < 3; i++)
      drawPencil(sheet, rng, rng.between(310, 330), rng.between(790, 822), 180, rng.between(0.35, 0.65))
  }
  if (kind === 'seal') {
    drawSeal(sheet, rng, rng.between(380, 470), rng.between(620, 730), rng.between(60, 95), rng.between(0.3, 0.7))
    drawDateStamp(sheet, rng, rng.between(120, 480), rng.between(60, 120), rng.between(0.35, 0.7))
  }
  return { sheet, verso: kind === 'bleed' ? rng.between(0.12, 0.28) : 0 }
}

export const BLANK_VARIANTS = ['plain', 'foxed', 'punched', 'folded', 'versoShows', 'dusty'] as const
export const SPARSE_VARIANTS = [
  'folio',
  'line',
  'title',
  'pencil',
  'seal',
  'stamp',
  'folioVersoShows',
  'lineVersoShows',
] as const

function drawBlank(rng: Random): Drawn {
  const sheet = newSheet()
  const variant = rng.pick(BLANK_VARIANTS)
  if (variant === 'foxed') drawFoxing(sheet, rng, rng.int(6, 30))
  if (variant === 'punched') drawHoles(sheet, rng)
  if (variant === 'folded') drawFold(sheet, rng)
  if (variant === 'dusty')
    for (let i = 0; i < 40; i++) {
      const [x, y, r] = [rng.between(0, sheet.width), rng.between(0, sheet.height), rng.between(0.2, 0.7)]
      sheet.body.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(2)}" fill="#444"/>`)
    }
  return { sheet, variant, verso: variant === 'versoShows' ? rng.between(0.04, 0.2) : 0 }
}

function drawSparse(language: Language, rng: Random): Drawn {
  const sheet = newSheet()
  const variant = rng.pick(SPARSE_VARIANTS)
  const say = (text: string, y: number, size: number): void => {
    drawCentred(sheet, sheet.width / 2, y, text, { font: 'serif', size })
    sheet.text.push(text)
  }
  const topic = rng.pick(language === 'zh' ? CHINESE : ENGLISH)
  if (variant.startsWith('folio')) {
    const folio = String(rng.int(1, 480))
    const x = rng.pick([58, sheet.width / 2, sheet.width - 70])
    drawText(sheet, x, rng.chance(0.7) ? sheet.height - 42 : 50, folio, { font: 'serif', size: 9 })
    sheet.text.push(folio)
  }
  if (variant.startsWith('line')) say(rng.pick(topic.sentences).slice(0, 34), rng.between(90, 740), 10)
  if (variant === 'title') say(topic.heading, rng.between(250, 420), 22)
  if (variant === 'pencil')
    drawPencil(sheet, rng, rng.between(60, 250), rng.between(80, 780), rng.between(70, 220), rng.between(0.3, 0.6))
  if (variant === 'seal')
    drawSeal(sheet, rng, rng.between(60, 450), rng.between(60, 700), rng.between(45, 90), rng.between(0.25, 0.6))
  if (variant === 'stamp') drawDateStamp(sheet, rng, rng.between(80, 500), rng.between(80, 760), rng.between(0.3, 0.7))
  return { sheet, variant, verso: variant.endsWith('VersoShows') ? rng.between(0.04, 0.2) : 0 }
}

/** A letter as a typewriter leaves it: one column, wide lines, every stroke a little off. */
function typedSheet(language: Language, rng: Random): Sheet {
  const sheet = newSheet(A4.width, A4.height)
  const sentences = rng.shuffled((language === 'zh' ? CHINESE : ENGLISH).flatMap((topic) => topic.sentences))
  const characters = [...sentences.join(language === 'zh' ? '' : ' ')]
  const [cell, perLine] = language === 'zh' ? [13.2, 35] : [6.6, 70]
  for (let line = 0; line < 34; line++) {
    const part = characters.splice(0, perLine)
    const y = 90 + line * 20
    part.forEach((char, i) => {
      if (char.trim() === '') return
      drawText(sheet, 68 + i * cell + rng.normal() * 0.12, y + rng.normal() * 0.3, char, {
        font: language === 'zh' ? 'serif' : 'sans',
        size: language === 'zh' ? 12 : 10.5,
        colour: '#1d2233',
      })
    })
    sheet.text.push(part.join(''))
  }
  return sheet
}

/** Adds the mirrored, blurred other side of thin paper. */
async function showThrough(clean: Raster, language: Language, rng: Random, strength: number): Promise<Raster> {
  const back = await articleSheet({
    seed: rng.int(1, 1e9),
    language,
    colour: false,
    screened: false,
    photos: rng.int(0, 1),
    charts: 0,
    tables: 1,
  })
  const verso = await renderSheet(back, clean.dpi, 1)
  const sigma = (rng.between(0.16, 0.34) * clean.dpi) / 25.4
  const soft = await toSharp(verso).flop().blur(sigma).raw().toBuffer()
  const data = new Uint8Array(clean.data.length)
  for (let i = 0; i < data.length; i++) {
    const through = 1 - (strength * (255 - (soft[Math.floor(i / clean.channels)] ?? 255))) / 255
    data[i] = (clean.data[i] ?? 0) * through
  }
  return { ...clean, data }
}

async function makeSpread(options: PageOptions, rng: Random, dpi: number): Promise<MadePage> {
  const size = { width: rng.between(400, 500), height: rng.between(580, 720) }
  const empty = rng.int(0, 9)
  const plate = rng.int(0, 19)
  const page = async (side: number): Promise<{ raster: Raster; text: string }> => {
    if (plate === side) {
      const [width, height] = [Math.round((size.width * dpi) / 72), Math.round((size.height * dpi) / 72)]
      return { raster: { ...photograph(rng.int(1, 1e9), width, height, 1), dpi }, text: '' }
    }
    const sheet =
      empty === side
        ? newSheet(size.width, size.height)
        : await articleSheet({
            ...size,
            seed: rng.int(1, 1e9),
            language: options.lang,
            colour: false,
            screened: false,
            photos: rng.chance(0.3) ? 1 : 0,
            charts: rng.chance(0.3) ? 1 : 0,
            tables: rng.chance(0.3) ? 1 : 0,
            columns: rng.chance(0.6) ? 1 : 2,
          })
    return { raster: await renderSheet(sheet, dpi, 1), text: sheet.text.join('\n') }
  }
  const left = await page(0)
  const right = await page(1)
  const shape = spreadShape(rng)
  const { spread, seamX } = layOpen(left.raster, right.raster, shape)
  const wear = {
    ...ordinaryWear(rng, { beyond: Math.round(shape.surround), ink: rng.between(8, 30) }),
    ...options.wear,
  }
  const { scan, reference } = await degrade(spread, rng.int(1, 1e9), wear)
  return {
    scan,
    clean: spread,
    reference,
    text: `${left.text}\n${right.text}`,
    truth: {
      skewDeg: wear.skewDeg,
      blank: false,
      pictures: [],
      gutterX: turnedSeam(seamX, spread.width, wear.skewDeg),
    },
  }
}
