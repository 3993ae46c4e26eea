import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { DocumentError } from '../errors.ts'
import type { PreviewRequest, Previews } from '../tasks.ts'
import { evenLight } from './even.ts'
import { openImage, toRaster } from './load.ts'

/** Coded in a fraction of the time that a smaller format takes: the page is waited for. */
const QUALITY = 80

/**
 * Small pictures of one page of an image file for the screen, upright and turned, the largest first. Each further one is
 * made from the one before, and the first is taken at half or a quarter of the page's own size where that is near the
 * size wished: a JPEG is then decoded in a quarter of the time. Throws DocumentError.
 */
export async function previewImage({ path, page, rotate = 0, even = false, sizes }: PreviewRequest): Promise<Previews> {
  const opened = await openImage({ kind: 'image', path, page })
  const quarter = rotate === 90 || rotate === 270
  const [width, height] = quarter ? [opened.height, opened.width] : [opened.width, opened.height]
  try {
    const images: Previews['images'][number][] = []
    const [first = 0, ...rest] = sizes
    const { data, info } = await opened.image
      .autoOrient()
      .rotate(rotate)
      .resize({ ...fitted(width, height, handySize(Math.max(width, height), first)), fit: 'fill', kernel: 'linear' })
      .flatten({ background: '#fff' })
      .toColourspace(opened.meta.channels < 3 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels as 1 | 3 }
    const seen = even ? evenPixels(data, raw, opened.dpi * (info.width / width)) : data
    const whole = sharp(seen, { raw })
    images.push(await coded(whole))
    for (const size of rest)
      images.push(await coded(sharp(seen, { raw }).resize({ ...fitted(info.width, info.height, size), fit: 'fill' })))
    return { width, height, images }
  } catch (error) {
    throw new DocumentError('damaged_image', { file: path }, error)
  }
}

const coded = async (image: Sharp): Promise<Previews['images'][number]> => ({
  data: await image.jpeg({ quality: QUALITY }).toBuffer(),
  mime: 'image/jpeg',
})

/** The wished longest side, or an exact half, quarter or eighth of the page's where that is within a third of it. */
function handySize(longest: number, wished: number): number {
  for (const part of [2, 4, 8]) {
    const size = longest / part
    if (size > wished * 0.7 && size < wished * 1.3) return Math.ceil(size)
  }
  return wished
}

/** Never enlarged, never less than a pixel. */
function fitted(width: number, height: number, size: number): { width: number; height: number } {
  const scale = Math.min(1, size / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function evenPixels(
  data: Buffer,
  { width, height, channels }: { width: number; height: number; channels: 1 | 3 },
  dpi: number,
): Uint8Array {
  const made = evenLight(toRaster(data, width, height, channels, dpi))
  if (channels === 1) return made.grey
  if (made.rgb) return made.rgb
  const grey = new Uint8Array(made.grey.length * 3)
  for (let i = 0; i < made.grey.length; i++) grey.fill(made.grey[i]!, i * 3, i * 3 + 3)
  return grey
}
