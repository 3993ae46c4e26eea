/** The number printed on a page, read in its outer strips. */
import { cutShare, loadGrey, quarterTurn, turnGrey, type Grey } from '../../scanning/image/grey.ts'
import type { PageFacts } from '../../../domain/page-facts.ts'
import { recognise, type OcrLine } from './recognise.ts'

/** Printed numbers stand in the outer strips of a page, as shares of its height. */
const HEAD = 0.11
const FOOT = 0.89
/** Words whose number is not the page's. */
const NUMBERED = /^(vol|no|nr|issue|vols|nos|第)\.?$/i
const READ_DPI = 150

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
  const paper = cutShare(
    turnGrey(quarterTurn(grey, rotate), angleDeg),
    crop ?? { left: 0, top: 0, width: 1, height: 1 },
  )
  return (
    (await numberIn(cutShare(paper, { left: 0, top: FOOT, width: 1, height: 1 - FOOT }))) ??
    (await numberIn(cutShare(paper, { left: 0, top: 0, width: 1, height: HEAD })))
  )
}

/** The number that stands alone at the end or the beginning of a line of the strip. */
async function numberIn(strip: Grey): Promise<number | null> {
  const lines = await recognise(strip, ['eng'])
  return folioOf(lines)
}

/** The printed number in the lines of a head or foot strip; null where there is none or several. */
export function folioOf(lines: readonly OcrLine[]): number | null {
  const found = new Set<number>()
  for (const { words } of lines) {
    const first = words[0]
    const last = words.at(-1)
    // "Vol. 12 No. 3": the number belongs to the word before it.
    const counts = NUMBERED.test(words.at(-2)?.text ?? '')
    for (const word of first === last || counts ? [first] : [first, last]) {
      const digits = /^[-–—·•(（[]?(\d{1,4})[-–—·•)）\]]?$/.exec(word?.text ?? '')?.[1]
      // A year in a running head is no page number.
      if (digits && !/^(18|19|20)\d\d$/.test(digits)) found.add(Number(digits))
    }
  }
  return found.size === 1 ? [...found][0]! : null
}
