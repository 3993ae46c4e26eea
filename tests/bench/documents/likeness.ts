/**
 * Similarity of pages: SSIM at 150 dpi in grey. Poppler draws at 300 dpi and we halve it: drawn at 150 dpi, a page of an
 * odd number of pixels is stretched by half a pixel and even the untouched scan is unlike itself (.87).
 * The measure itself is the one by which the program judges images of received PDFs, a published formula held to known
 * values by a test.
 */
import { join } from 'node:path'
import sharp from 'sharp'
import { likeness as ssim, type GreySamples } from '../../../electron/core/documents/raster/likeness.ts'
import { drawn, type Drawn } from '../../support/poppler.ts'
import { tool } from './tools.ts'

const DPI = 300
let renders = 0

/** One page (from 1) of a PDF as poppler draws it, as a PGM, which tesseract reads. */
export async function renderPage(dir: string, pdf: string, page: number, dpi: number): Promise<string> {
  const prefix = join(dir, `render-${renders++}`)
  const number = String(page)
  await tool('pdftoppm', ['-r', String(dpi), '-f', number, '-l', number, '-singlefile', '-gray', pdf, prefix])
  return `${prefix}.pgm`
}

/** A page image as grey samples, of the given size. */
export async function greyOf(page: string | Drawn, size?: { width: number; height: number }): Promise<GreySamples> {
  const opened = typeof page === 'string' ? sharp(page) : sharp(page.data, { raw: page })
  let image = opened.flatten({ background: '#fff' }).toColourspace('b-w')
  if (size) image = image.resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Mean likeness of the first `count` pages of a PDF to pictures of what they should look like. */
export async function likeness(pdf: string, originals: readonly string[], count = 4): Promise<number> {
  const values: number[] = []
  for (const [i, original] of originals.slice(0, count).entries()) {
    const { width, height } = await sharp(original).metadata()
    const half = { width: width >> 1, height: height >> 1 }
    const shown = await greyOf(await drawn(pdf, DPI, { page: i + 1 }), half)
    values.push(ssim(shown, await greyOf(original, half)))
  }
  return values.reduce((a, b) => a + b, 0) / values.length
}
