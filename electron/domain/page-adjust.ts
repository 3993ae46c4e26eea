/** Arithmetic of page adjustments: how a page's parameters follow when it is turned or split. */
import { keptBox } from '../contract/core/kept-box.ts'
import type { CropBox, PageAdjust, Quarter, Split } from '../contract/core/page-adjust.ts'

/** The two pages of a spread in reading order; `rightBound` books are read from the right page to the left. */
export function splitPages(adjust: PageAdjust, at: number, rightBound: boolean): [PageAdjust, PageAdjust] {
  const page = (side: Split['side']): PageAdjust => ({ ...adjust, split: { at, side } })
  return rightBound ? [page('right'), page('left')] : [page('left'), page('right')]
}

const turnedBox = (box: CropBox): CropBox => ({
  left: Math.max(0, 1 - box.top - box.height),
  top: box.left,
  width: box.height,
  height: box.width,
})

/**
 * The adjustment after a further quarter turn: crop and seam go with the picture. A seam that would lie across becomes
 * part of the crop, since a seam runs from top to bottom.
 */
export function turnAdjust(adjust: PageAdjust, by: 90 | 180 | 270): PageAdjust {
  let { crop, split } = adjust
  if (split && by === 180) split = { at: 1 - split.at, side: split.side === 'left' ? 'right' : 'left' }
  else if (split) {
    crop = keptBox(adjust)
    split = null
  }
  if (crop) for (let turned = 0; turned < by; turned += 90) crop = turnedBox(crop)
  return { ...adjust, rotate: ((adjust.rotate + by) % 360) as Quarter, crop, split }
}

export const isUntouched = ({ angleDeg, crop, split, even }: PageAdjust): boolean =>
  angleDeg === 0 && crop === null && split === null && !even
