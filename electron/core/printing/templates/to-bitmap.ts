import sharp from 'sharp'
import { createBitmap, type Bitmap } from '../../documents/bilevel/bitmap.ts'
import type { SlipFont } from './font.ts'
import type { PaintedPage } from './paint.ts'
import { toSvg } from './to-svg.ts'

/** Ink below this grey level (0-255) becomes a dot: a little above half, so thin strokes of Chinese do not break. */
const THRESHOLD = 150

/** The page in the printer's own dots, black or white. Codes stand on whole dots and come out exact. */
export async function toBitmap(page: PaintedPage, font: SlipFont, dpi: number): Promise<Bitmap> {
  const svg = toSvg(page, font, dpi / 25.4)
  const { data, info } = await sharp(Buffer.from(svg)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  const bitmap = createBitmap(info.width, info.height)
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const grey = data[(y * info.width + x) * info.channels]!
      if (grey < THRESHOLD) bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 128 >> (x & 7)
    }
  }
  return bitmap
}
