import { DocumentError } from '../errors.ts'
import type { PreviewRequest, Previews } from '../tasks.ts'
import { openImage } from './load.ts'

/** Small pictures of one page of an image file for the screen, upright and turned. Throws DocumentError. */
export async function previewImage({ path, page, rotate = 0, sizes }: PreviewRequest): Promise<Previews> {
  const opened = await openImage({ kind: 'image', path, page })
  const upright = opened.image.autoOrient().rotate(rotate)
  const quarter = rotate === 90 || rotate === 270
  const images: Previews['images'][number][] = []
  for (const size of sizes) {
    try {
      const data = await upright
        .clone()
        .resize(size, size, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .webp({ quality: 78, effort: 1 })
        .toBuffer()
      images.push({ data, mime: 'image/webp' })
    } catch (error) {
      throw new DocumentError('damaged_image', { file: path }, error)
    }
  }
  return { width: quarter ? opened.height : opened.width, height: quarter ? opened.width : opened.height, images }
}
