/**
 * Similarity of pages: SSIM at 150 dpi in grey. Poppler draws at 300 dpi and we halve it: drawn at 150 dpi, a page of an
 * odd number of pixels is stretched by half a pixel and even the untouched scan is unlike itself (.87).
 */
import { join } from 'node:path'
import sharp from 'sharp'
import { tool } from './tools.ts'

export interface Grey {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

const DPI = 300
let renders = 0

/** One page (from 1) of a PDF as poppler draws it. */
export async function renderPage(dir: string, pdf: string, page: number, dpi: number): Promise<string> {
  const prefix = join(dir, `render-${renders++}`)
  const number = String(page)
  await tool('pdftoppm', ['-r', String(dpi), '-f', number, '-l', number, '-singlefile', '-gray', '-png', pdf, prefix])
  return `${prefix}.png`
}

/** A page image as grey samples of the given size. */
export async function greyOf(path: string, size?: { width: number; height: number }): Promise<Grey> {
  let image = sharp(path).flatten({ background: '#fff' }).toColourspace('b-w')
  if (size) image = image.resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Structural similarity (Wang et al. 2004) over 8 x 8 windows, every fourth pixel both ways. */
export function ssim(a: Grey, b: Grey): number {
  const C1 = (0.01 * 255) ** 2
  const C2 = (0.03 * 255) ** 2
  let sum = 0
  let windows = 0
  for (let y = 0; y + 8 <= a.height; y += 4)
    for (let x = 0; x + 8 <= a.width; x += 4) {
      let sa = 0
      let sb = 0
      let saa = 0
      let sbb = 0
      let sab = 0
      for (let v = y; v < y + 8; v++)
        for (let u = x; u < x + 8; u++) {
          const p = a.data[v * a.width + u]!
          const q = b.data[v * b.width + u]!
          sa += p
          sb += q
          saa += p * p
          sbb += q * q
          sab += p * q
        }
      const [ma, mb] = [sa / 64, sb / 64]
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb]
      sum += ((2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2))
      windows++
    }
  return sum / windows
}

/** Mean likeness of the first `count` pages of a PDF to pictures of what they should look like. */
export async function likeness(dir: string, pdf: string, originals: readonly string[], count = 4): Promise<number> {
  const values: number[] = []
  for (const [i, original] of originals.slice(0, count).entries()) {
    const { width, height } = await sharp(original).metadata()
    const half = { width: width >> 1, height: height >> 1 }
    const shown = await greyOf(await renderPage(dir, pdf, i + 1, DPI), half)
    values.push(ssim(shown, await greyOf(original, half)))
  }
  return values.reduce((a, b) => a + b, 0) / values.length
}
