/** All that is found out about one scanned page, from one decoding of its file. */
import { UNCHANGED, type PageAdjust, type Quarter } from '../../../contract/core/page-adjust.ts'
import type { PageFacts } from '../../../domain/page-facts.ts'
import { findBlank } from './blank.ts'
import { findPage } from './crop.ts'
import { loadGrey, quarterTurn, shrink, turnGrey, wholeBox, type Box, type Grey } from './grey.ts'
import { findGutter } from './gutter.ts'
import { lightIsUneven } from './light.ts'
import { halfOf, readSeparator, type SeparatorReading } from './separator.ts'
import { pageSignature } from './signature.ts'
import { evidence, findStanding, isSure } from './reading.ts'
import { findSkew, SURE, type Skew } from './skew.ts'

export interface PageFindings {
  /** Size of the original, upright by its EXIF orientation, and turned as asked. */
  width: number
  height: number
  dpi: number
  /** Degrees clockwise by which the content lies turned. */
  skewDeg: number
  skewSure: number
  blank: boolean
  separator: SeparatorReading
  /** Seam of a spread as a fraction of the width of the straightened picture. */
  gutter: { at: number; confidence: number } | null
  uneven: boolean
  signature: string
  /** Quarters that seem to set the page upright, where that was looked for; only reading makes sure of it. */
  turn: Quarter
  /** What is proposed to be done; a person may change any of it. For a spread, `split` is left to the caller. */
  adjust: PageAdjust
}

export interface AnalyseOptions {
  /** Page of a multi-page TIFF, from 0. */
  page?: number
  /** Resolution of the file where it is known better than the file knows. */
  dpi?: number
  /** Look for the seam of a double page. */
  spread?: boolean
  /** Look for a pull slip's code. */
  separators?: boolean
  /** Look which way up the print stands. */
  reading?: boolean
  /** Turned by so many quarters first: all that is found is then of the turned page. */
  rotate?: Quarter
}

/** Turning costs sharpness; less than this nobody sees. */
const LEAST_TURN_DEG = 0.1
/** So many edges of dark ink at 75 dpi are print: the search for faint marks can be left out. */
const CERTAINLY_TEXT = 2000

/** Expects a page image (JPEG, PNG, TIFF). Throws what sharp throws for damaged or foreign files. */
export async function analysePage(source: string | Buffer, options: AnalyseOptions = {}): Promise<PageFindings> {
  const { rotate = 0 } = options
  const loaded = await loadGrey(source, options.dpi, undefined, options.page)
  const { dpi } = loaded
  const grey = quarterTurn(loaded.grey, rotate)
  const [width, height] = rotate % 180 === 0 ? [loaded.width, loaded.height] : [loaded.height, loaded.width]
  const small = shrink(grey, Math.max(1, Math.round(grey.dpi / 75)))
  const half = Math.round(grey.dpi / 75) === 2 ? small : halfOf(grey)
  const skew = findSkew(small)
  const sure = skew.confidence >= SURE
  const blank = skew.darkEdges >= CERTAINLY_TEXT ? false : findBlank(grey).blank
  const turn = sure && !blank && Math.abs(skew.angleDeg) >= LEAST_TURN_DEG ? -skew.angleDeg : 0
  const straight = turnGrey(small, turn)
  const page = findPage(straight)
  const gutter = options.spread ? findGutter(straight, page) : null
  const separator: SeparatorReading = options.separators
    ? await readSeparator(grey, half, sure ? skew.angleDeg : 0)
    : { kind: 'none' }
  const uneven = lightIsUneven(straight, page)
  return {
    width,
    height,
    dpi,
    skewDeg: skew.angleDeg,
    skewSure: skew.confidence,
    blank,
    separator,
    gutter: gutter && { at: gutter.x / straight.width, confidence: gutter.confidence },
    uneven,
    signature: blank ? '' : pageSignature(straight, page),
    turn: options.reading && !blank ? seemsTurned(grey, small, skew) : 0,
    adjust: {
      ...UNCHANGED,
      rotate,
      angleDeg: Math.round(turn * 1000) / 1000,
      crop: cropOf(page, straight.width, straight.height),
      even: uneven,
    },
  }
}

/** The part of the findings that is kept beside the page. */
export function factsOf(found: PageFindings): PageFacts {
  const { separator } = found
  return {
    angleDeg: found.adjust.angleDeg,
    crop: found.adjust.crop,
    even: found.uneven,
    seam: found.gutter ? found.gutter.at : null,
    rotate: found.adjust.rotate,
    blank: found.blank,
    slip: separator.kind === 'slip' ? { id: separator.id } : separator.kind === 'unsure' ? 'unsure' : null,
    folio: null,
    signature: found.signature,
  }
}

/** Rows as sharp as this are lines of print; squares of Chinese can fall into columns nearly as well. */
const CLEARLY_ROWS = 3
/** The rows of a page that lies sideways, in which its columns then fall, are hardly sharper than its columns. */
const SIDEWAYS = 0.8

/** @returns the quarters that seem to set the page upright; 0 where it stands, or nothing tells */
function seemsTurned(grey: Grey, small: Grey, rows: Skew): Quarter {
  const standing = findStanding(grey, wholeBox(grey))
  const columns = rows.confidence < CLEARLY_ROWS ? findSkew(quarterTurn(small, 90)).confidence : 0
  if (columns >= SURE && columns > rows.confidence * SIDEWAYS) {
    const aside = quarterTurn(grey, 90)
    const lying = findStanding(aside, wholeBox(aside))
    if (isSure(lying) && evidence(lying) > evidence(standing)) return lying.lean > 0 ? 90 : 270
  }
  return rows.confidence >= SURE && isSure(standing) && standing.lean < 0 ? 180 : 0
}

function cropOf(box: Box, width: number, height: number): PageAdjust['crop'] {
  if (box.x0 === 0 && box.y0 === 0 && box.x1 === width && box.y1 === height) return null
  return {
    left: box.x0 / width,
    top: box.y0 / height,
    width: (box.x1 - box.x0) / width,
    height: (box.y1 - box.y0) / height,
  }
}
