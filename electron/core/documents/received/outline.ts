import type { OutlineItem } from '../pdf/outline.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef, PdfString, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import { textOf } from './text-string.ts'

const MAXIMUM_ITEMS = 20_000
const MAXIMUM_DEPTH = 24
const LONGEST_TITLE = 500

/**
 * The bookmarks of a received file; those that lead to pages left out are left out with them unless others stand below.
 * @param placeOf a destination as a PDF array with the copies' numbers, or nothing where its page is not there
 */
export function outlineOf(file: PdfFile, placeOf: (target: PdfValue) => string): OutlineItem[] {
  const seen = new Set<number>()
  let left = MAXIMUM_ITEMS
  const level = (first: PdfValue | undefined, depth: number): OutlineItem[] => {
    const items: OutlineItem[] = []
    // Circles and shared bookmarks end at the first that was there before.
    for (let next = first; next instanceof PdfRef && !seen.has(next.object) && left > 0; left--) {
      seen.add(next.object)
      const dict: PdfDict | null = file.dict(next)
      if (!dict) break
      const kids = depth < MAXIMUM_DEPTH ? level(dict.get('First'), depth + 1) : []
      const place = placeOf(targetOf(file, dict))
      if (place !== '' || kids.length > 0)
        items.push({ title: titleOf(file, dict), place, open: (file.number(dict.get('Count')) ?? 0) > 0, kids })
      next = dict.get('Next')
    }
    return items
  }
  return level(file.dict(file.root.get('Outlines'))?.get('First'), 0)
}

function targetOf(file: PdfFile, dict: PdfDict): PdfValue {
  const action = file.dict(dict.get('A'))
  return dict.get('Dest') ?? (action && file.name(action.get('S')) === 'GoTo' ? (action.get('D') ?? null) : null)
}

function titleOf(file: PdfFile, dict: PdfDict): string {
  const title = file.resolve(dict.get('Title'))
  return title instanceof PdfString ? textOf(title.bytes).slice(0, LONGEST_TITLE) : ''
}
