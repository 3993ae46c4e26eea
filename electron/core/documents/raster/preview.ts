import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { DocumentError } from '../errors.ts'
import type { PreviewRequest, Previews } from '../tasks.ts'
import type { Rotation } from '../types.ts'
import { evenLight } from './even.ts'
import { halve } from './halve.ts'
import { openImage, toRaster, type OpenedImage } from './load.ts'

/** Coded in a fraction of the time that a smaller format takes: the page is waited for. */
const QUALITY = 80

/**
 * Small pictures of one page of an image file for the screen, upright and turned, the largest first. Each further one is
 * made from the one before, and the first is taken at half or a quarter of the page's own size where that is near the
 * size wished: both are far quicker than any size. Throws DocumentError.
 */
export async function previewImage({ path, page, rotate = 0, even = false, sizes }: PreviewRequest): Promise<Previews> {
  const opened = await openImage({ kind: 'image', path, page })
  const quarter = rotate === 90 || rotate === 270
  const [width, height] = quarter ? [opened.height, opened.width] : [opened.width, opened.height]
  try {
    const images: Previews['images'][number][] = []
    const [first = 0, ...rest] = sizes
    const size = handySize(Math.max(width, height), first)
    const made = await decoded(opened, rotate, fitted(width, height, size))
    const shown = even ? { ...made, data: evenPixels(made, opened.dpi * (made.width / width)) } : made
    images.push(await coded(sharpOf(shown)))
    for (const size of rest) images.push(await coded(smaller(shown, size)))
    return { width, height, images }
  } catch (error) {
    throw new DocumentError('damaged_image', { file: path }, error)
  }
}

interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** A grey page is decoded whole and halved here: the library's own ways to half of a JPEG take half as long again. */
async function decoded(opened: OpenedImage, rotate: Rotation, to: { width: number; height: number }): Promise<Pixels> {
  const { image, meta } = opened
  const halved =
    meta.channels === 1 && Math.ceil(Math.max(opened.width, opened.height) / 2) === Math.max(to.width, to.height)
  const turned = image.autoOrient().rotate(rotate)
  const { data, info } = await (halved ? turned : turned.resize({ ...to, fit: 'fill', kernel: 'linear' }))
    .flatten({ background: '#fff' })
    .toColourspace(meta.channels < 3 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  if (halved && info.channels === 1) return { ...halve(data, width, height), channels: 1 }
  return { data, width, height, channels: info.channels as 1 | 3 }
}

const sharpOf = ({ data, width, height, channels }: Pixels): Sharp => sharp(data, { raw: { width, height, channels } })

/** Near the wished longest side, a grey one at a half, a quarter or an eighth of what it is made from. */
function smaller(from: Pixels, wished: number): Sharp {
  if (from.channels === 3) return sharpOf(from).resize({ ...fitted(from.width, from.height, wished), fit: 'fill' })
  let made = from
  while (Math.max(made.width, made.height) / 2 > wished * 0.8)
    made = { ...halve(made.data, made.width, made.height), channels: 1 }
  return sharpOf(made)
}

const coded = async (image: Sharp): Promise<Previews['images'][number]> => ({
  // Huffman codes fitted to the picture would save 3 % of its bytes and take as long as the rest of the coding.
  data: await image.jpeg({ quality: QUALITY, optimiseCoding: false }).toBuffer(),
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

function evenPixels({ data, width, height, channels }: Pixels, dpi: number): Uint8Array {
  const made = evenLight(toRaster(data, width, height, channels, dpi))
  if (channels === 1) return made.grey
  if (made.rgb) return made.rgb
  const grey = new Uint8Array(made.grey.length * 3)
  for (let i = 0; i < made.grey.length; i++) grey.fill(made.grey[i]!, i * 3, i * 3 + 3)
  return grey
}
