/**
 * What is to be done to a page, as parameters. They are kept beside the untouched original, can be changed at any time
 * and are applied once, from the original: a page that was edited ten times is resampled once.
 */
import sharp, { type Sharp } from 'sharp'
import type { PageAdjust } from '../../../contract/core/page-adjust.ts'
import { keptBox } from '../../../contract/core/kept-box.ts'
import { turnPixels } from './turn.ts'

/** A4 at 600 dpi has 35 million pixels, A2 139 million. */
const MOST_PIXELS = 150_000_000

/** What remains after crop and split in whole pixels of a picture; never outside of it and never empty. */
export function pixelBox(adjust: Pick<PageAdjust, 'crop' | 'split'>, width: number, height: number) {
  const box = keptBox(adjust)
  const left = Math.min(width - 1, Math.round(box.left * width))
  const top = Math.min(height - 1, Math.round(box.top * height))
  const right = Math.min(width, Math.round((box.left + box.width) * width))
  const bottom = Math.min(height, Math.round((box.top + box.height) * height))
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

export interface Opened {
  readonly image: Sharp
  /** Size of the original in pixels, upright by its EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly grey: boolean
}

/**
 * A pipeline that gives the adjusted page out of the opened original: turned, straightened and cut in one pass.
 * Uncovered corners take `background` (0-255). Grey stays one component.
 */
export async function geometry(
  { image, width, height, grey }: Opened,
  adjust: Pick<PageAdjust, 'rotate' | 'angleDeg' | 'crop' | 'split'>,
  background = 255,
): Promise<Sharp> {
  const sideways = adjust.rotate % 180 !== 0
  const [wide, tall] = sideways ? [height, width] : [width, height]
  const upright = image.autoOrient().rotate(adjust.rotate)
  const box = pixelBox(adjust, wide, tall)
  const whole = box.width === wide && box.height === tall
  const tone = (result: Sharp): Sharp => (grey ? result.toColourspace('b-w') : result)
  if (adjust.angleDeg === 0) return tone(whole ? upright : upright.extract(box))
  const { data, info } = await tone(upright)
    .flatten({ background: '#fff' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const turned = turnPixels({ ...info, data }, adjust.angleDeg, box, background)
  const raw = { width: turned.width, height: turned.height, channels: info.channels as 1 | 3 }
  return tone(sharp(turned.data, { raw }))
}

/** The adjusted page of a file; the caller chooses the output format. Throws what sharp throws for damaged files. */
export async function applyAdjust(path: string, adjust: PageAdjust, page = 0): Promise<Sharp> {
  const image = sharp(path, { sequentialRead: true, limitInputPixels: MOST_PIXELS, failOn: 'error', page })
  const { autoOrient, channels, density, space } = await image.metadata()
  const grey = space === 'b-w' || space === 'grey16' || channels === 1
  const made = await geometry({ image, ...autoOrient, grey }, adjust)
  return density ? made.withDensity(density) : made
}
