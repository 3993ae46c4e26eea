/** What remains of a page: core cuts by it, and the window shows it so. */
import type { CropBox, PageAdjust } from './page-adjust.ts'

/** The box that remains after crop and split, in fractions of the turned picture. */
export function keptBox({ crop, split }: Pick<PageAdjust, 'crop' | 'split'>): CropBox {
  const box = crop ?? { left: 0, top: 0, width: 1, height: 1 }
  const left = Math.max(0, box.left, split?.side === 'right' ? split.at : 0)
  const right = Math.min(1, box.left + box.width, split?.side === 'left' ? split.at : 1)
  const top = Math.max(0, box.top)
  const bottom = Math.min(1, box.top + box.height)
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}
