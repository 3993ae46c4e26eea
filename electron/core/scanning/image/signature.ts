/** A fingerprint of where the ink stands on a page, to know a sheet that was scanned twice. */
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from '../../../domain/page-facts.ts'
import { boxMean, pixels, type Box, type Grey } from './grey.ts'

const INK = 0.86
const MEAN_RADIUS_MM = 4.1
/** A cell of which this share is ink counts as full. */
const FULL = 0.5

/** Share of ink in each cell of a grid over the page's box, a byte a cell, base64. Expects about 75 dpi, straightened. */
export function pageSignature(grey: Grey, box: Box): string {
  const { data, width } = grey
  const mean = boxMean(grey, Math.round(pixels(MEAN_RADIUS_MM, grey.dpi)))
  const ink = new Uint32Array(SIGNATURE_WIDTH * SIGNATURE_HEIGHT)
  const all = new Uint32Array(ink.length)
  const [wide, tall] = [box.x1 - box.x0, box.y1 - box.y0]
  const column = Uint8Array.from({ length: wide }, (_, x) =>
    Math.min(SIGNATURE_WIDTH - 1, Math.floor((x * SIGNATURE_WIDTH) / wide)),
  )
  for (let y = box.y0; y < box.y1; y++) {
    const row = Math.min(SIGNATURE_HEIGHT - 1, Math.floor(((y - box.y0) * SIGNATURE_HEIGHT) / tall)) * SIGNATURE_WIDTH
    for (let x = 0, i = y * width + box.x0; x < wide; x++, i++) {
      const cell = row + column[x]!
      all[cell]!++
      if (data[i]! < mean[i]! * INK) ink[cell]!++
    }
  }
  const bytes = Buffer.from(
    ink.map((count, i) => Math.min(255, Math.round((count / Math.max(1, all[i]!) / FULL) * 255))),
  )
  return bytes.toString('base64')
}
