/**
 * What is to be done to a page, as parameters. They are kept beside the untouched original, can be changed at any time
 * and are applied once, from the original: a page that was edited ten times is resampled once.
 */
import sharp, { type Sharp } from 'sharp'

/** Fractions of the upright, quarter-turned and finely turned page: 0 to 1. */
export interface CropBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Which half of a spread this page is. */
export interface Split {
  /** Seam, as a fraction of the width of the turned picture. */
  readonly at: number
  readonly side: 'left' | 'right'
}

/** Steps in the order in which they count; each refers to the result of those before it. */
export interface PageAdjust {
  /** Degrees clockwise, after the file's own EXIF orientation. */
  readonly rotate: 0 | 90 | 180 | 270
  /** Fine turn about the centre in degrees clockwise; the size of the picture stays. */
  readonly angleDeg: number
  readonly crop: CropBox | null
  readonly split: Split | null
}

export const UNCHANGED: PageAdjust = { rotate: 0, angleDeg: 0, crop: null, split: null }

/** A4 at 600 dpi has 35 million pixels, A2 139 million. */
const MOST_PIXELS = 150_000_000

/** The box that remains after crop and split, in fractions of the turned picture; at least a pixel's worth. */
export function keptBox({ crop, split }: PageAdjust): CropBox {
  const box = crop ?? { left: 0, top: 0, width: 1, height: 1 }
  const left = Math.max(0, box.left, split?.side === 'right' ? split.at : 0)
  const right = Math.min(1, box.left + box.width, split?.side === 'left' ? split.at : 1)
  const top = Math.max(0, box.top)
  const bottom = Math.min(1, box.top + box.height)
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

/** The same box in whole pixels of a picture; never outside of it and never empty. */
export function pixelBox(adjust: PageAdjust, width: number, height: number) {
  const box = keptBox(adjust)
  const left = Math.min(width - 1, Math.round(box.left * width))
  const top = Math.min(height - 1, Math.round(box.top * height))
  const right = Math.min(width, Math.round((box.left + box.width) * width))
  const bottom = Math.min(height, Math.round((box.top + box.height) * height))
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

/** The two pages of a spread in reading order; `rightBound` books are read from the right page to the left. */
export function splitPages(adjust: PageAdjust, at: number, rightBound: boolean): [PageAdjust, PageAdjust] {
  const page = (side: Split['side']): PageAdjust => ({ ...adjust, split: { at, side } })
  return rightBound ? [page('right'), page('left')] : [page('left'), page('right')]
}

/**
 * A pipeline that gives the adjusted page out of the original file; the caller chooses the output format.
 * Uncovered corners take `background` (0-255). Grey stays one component. Throws what sharp throws for damaged files.
 */
export async function applyAdjust(path: string, adjust: PageAdjust, background = 255): Promise<Sharp> {
  const image = sharp(path, { sequentialRead: true, limitInputPixels: MOST_PIXELS, failOn: 'error' })
  const { autoOrient, channels, density, space } = await image.metadata()
  const grey = space === 'b-w' || space === 'grey16' || channels === 1
  const sideways = adjust.rotate % 180 !== 0
  const width = sideways ? autoOrient.height : autoOrient.width
  const height = sideways ? autoOrient.width : autoOrient.height
  const upright = image.autoOrient().rotate(adjust.rotate)
  const box = pixelBox(adjust, width, height)
  const finish = (result: Sharp): Sharp => {
    const toned = grey ? result.toColourspace('b-w') : result
    return density ? toned.withDensity(density) : toned
  }
  if (adjust.angleDeg === 0) return finish(upright.extract(box))
  const rad = (adjust.angleDeg * Math.PI) / 180
  const [cos, sin] = [Math.cos(rad), Math.sin(rad)]
  const { data, info } = await (grey ? upright.toColourspace('b-w') : upright)
    .flatten({ background: '#fff' })
    .affine([cos, -sin, sin, cos], {
      background: { r: background, g: background, b: background },
      interpolator: 'bicubic',
    })
    .raw()
    .toBuffer({ resolveWithObject: true })
  // affine enlarges the picture to hold its corners; the page's own frame lies in its middle
  const left = box.left + Math.round((info.width - width) / 2)
  const top = box.top + Math.round((info.height - height) / 2)
  const inside = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(box.width, info.width - Math.max(0, left)),
    height: Math.min(box.height, info.height - Math.max(0, top)),
  }
  const raw = { width: info.width, height: info.height, channels: info.channels as 1 | 3 }
  return finish(sharp(data, { raw }).extract(inside))
}
