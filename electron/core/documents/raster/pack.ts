import { rm } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { MM_PER_INCH } from '../../scanning/image/grey.ts'
import { toDocumentError } from '../errors.ts'
import { openImage } from './load.ts'

/**
 * Writes a page that came as bare pixels anew, a third to a half as large and pixel for pixel the same (TIFF with Deflate
 * and differences along the line, TIFF 6.0 section 14 and Adobe's note of 2002).
 * @returns whether it did. Left as it came is what is small already, and all that would not come back exactly: several
 * pages, more than eight bits, a colour profile, another colour space, a page that its file says to turn, no resolution
 * @throws DocumentError
 */
export async function packTiff({ path, out }: { readonly path: string; readonly out: string }): Promise<boolean> {
  const { image, meta, bytes } = await openImage({ kind: 'image', path })
  if (meta.format !== 'tiff' || bytes < meta.width * meta.height * meta.channels || !isPlain(meta)) return false
  const perMm = meta.density! / MM_PER_INCH
  try {
    await image
      .toColourspace(meta.channels === 1 ? 'b-w' : 'srgb')
      .keepMetadata()
      .tiff({ compression: 'deflate', predictor: 'horizontal', xres: perMm, yres: perMm, resolutionUnit: 'inch' })
      .toFile(out)
    return true
  } catch (error) {
    await rm(out, { force: true })
    throw toDocumentError(error, 'damaged_image', { file: path })
  }
}

/** One page of eight-bit grey or sRGB, upright, that says its resolution: what scanimage writes. */
function isPlain({ pages = 1, orientation = 1, channels, depth, space, icc, density }: Metadata): boolean {
  const simple = pages === 1 && orientation === 1 && depth === 'uchar' && !icc && density !== undefined
  return simple && ((channels === 1 && space === 'b-w') || (channels === 3 && space === 'srgb'))
}
