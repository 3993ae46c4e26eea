/** The number printed on a page, read in its outer strips. */
import type { CropBox } from '../../../contract/core/page-adjust.ts'
import { loadGrey, turnGrey, type Grey } from '../../scanning/image/grey.ts'
import { recognise, type OcrLine } from './recognise.ts'

/** Printed numbers stand in the outer strips of a page, as shares of its height. */
const HEAD = 0.11
const FOOT = 0.89
/** Words whose number is not the page's. */
const NUMBERED = /^(vol|no|nr|issue|vols|nos|第)\.?$/i
const READ_DPI = 150

/**
 * The printed number of a single page; null where none is read.
 * @param angleDeg the fine turn that sets the page straight @param crop what is paper, null for all
 */
export async function readFolio(
  path: string,
  { page, dpi, angleDeg, crop }: { page: number; dpi: number; angleDeg: number; crop: CropBox | null },
): Promise<number | null> {
  const { grey } = await loadGrey(path, dpi, READ_DPI, page)
  const paper = cut(turnGrey(grey, angleDeg), crop ?? { left: 0, top: 0, width: 1, height: 1 })
  return (
    (await numberIn(cut(paper, { left: 0, top: FOOT, width: 1, height: 1 - FOOT }))) ??
    (await numberIn(cut(paper, { left: 0, top: 0, width: 1, height: HEAD })))
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

function cut(grey: Grey, box: CropBox): Grey {
  const x0 = Math.min(grey.width - 1, Math.round(box.left * grey.width))
  const y0 = Math.min(grey.height - 1, Math.round(box.top * grey.height))
  const width = Math.max(1, Math.min(grey.width - x0, Math.round(box.width * grey.width)))
  const height = Math.max(1, Math.min(grey.height - y0, Math.round(box.height * grey.height)))
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * grey.width + x0
    data.set(grey.data.subarray(from, from + width), y * width)
  }
  return { data, width, height, dpi: grey.dpi }
}
