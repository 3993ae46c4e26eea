import { sharp } from '../raster/sharp.ts'

const LARGEST_PIXELS = 200_000_000

/**
 * The JPEG itself where it decodes without complaint; else what can be seen of it, coded anew; null where that is
 * nothing.
 */
export async function mendJpeg(data: Uint8Array): Promise<Uint8Array | null> {
  if (await decodes(data)) return data
  try {
    const image = sharp(data, { failOn: 'none', limitInputPixels: LARGEST_PIXELS })
    const { channels, space } = await image.metadata()
    const kept = channels === 1 ? image.toColourspace('b-w') : space === 'cmyk' ? image.toColourspace('cmyk') : image
    const mended = await kept.jpeg({ quality: 85 }).toBuffer()
    return (await decodes(mended)) ? mended : null
  } catch {
    return null // not a JPEG at all
  }
}

/** Reads all of it, made small on the way, which leaves out the costly part of decoding. */
async function decodes(data: Uint8Array): Promise<boolean> {
  if (data[0] !== 0xff || data[1] !== 0xd8) return false
  try {
    await sharp(data, { failOn: 'warning', limitInputPixels: LARGEST_PIXELS })
      .resize(16, 16, { fit: 'fill', kernel: 'nearest' })
      .raw()
      .toBuffer()
    return true
  } catch {
    return false
  }
}
