/** Our bilevel pages in three renderers that share no code: every pixel must be the one that went in. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { createBitmap, type Bitmap } from '../../../electron/core/documents/bilevel/bitmap.ts'
import { writeImagePage } from '../../../electron/core/documents/pdf/image-page.ts'
import { PdfWriter } from '../../../electron/core/documents/pdf/writer.ts'
import { binarise } from '../../../electron/core/documents/raster/binarise.ts'
import { stencil } from '../../../electron/core/documents/raster/encode.ts'
import { loadRaster } from '../../../electron/core/documents/raster/load.ts'
import { estimatePaper } from '../../../electron/core/documents/raster/paper.ts'
import type { BenchContext, Measured } from '../line.ts'
import type { GreySamples } from '../../../electron/core/documents/raster/likeness.ts'
import { greyOf } from './likeness.ts'
import type { BenchSet } from './sets.ts'
import { tool } from './tools.ts'

const PAGES = 2

/** One pixel is one point, so that renderers at 72 dpi have nothing to scale. */
async function writePage(path: string, ink: Bitmap, codec: 'jbig2' | 'g4'): Promise<void> {
  const { width, height } = ink
  const writer = await PdfWriter.create(path)
  const layers = [await stencil(ink, codec, { x0: 0, y0: 0, x1: width, y1: height }, 0, null)]
  const page = await writeImagePage(writer.file, {
    width,
    height,
    dpi: 72,
    layers,
    choice: 'bilevel',
    blank: false,
    bytesIn: 0,
  })
  const content = writer.file.allocate()
  await writer.file.compressed(content, '', Buffer.from(page.content))
  const resources = `/Resources<</XObject<<${page.xObjects}>>>>`
  await writer.addPage(writer.file.allocate(), `/MediaBox[0 0 ${width} ${height}]${resources}/Contents ${content} 0 R`)
  await writer.finish({ metadata: { title: 'exact', requestNo: '', library: '' }, covers: 0, fingerprint: codec })
}

type Renderer = (pdf: string, dir: string) => Promise<GreySamples>

const renderers: Readonly<Record<string, Renderer>> = {
  poppler: async (pdf, dir) => {
    await tool('pdftoppm', [
      '-r',
      '72',
      '-gray',
      '-aa',
      'no',
      '-aaVector',
      'no',
      '-singlefile',
      '-png',
      pdf,
      join(dir, 'p'),
    ])
    return greyOf(join(dir, 'p.png'))
  },
  ghostscript: async (pdf, dir) => {
    const out = join(dir, 'g.png')
    await tool('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pnggray', '-r72', `-sOutputFile=${out}`, pdf])
    return greyOf(out)
  },
  pdfium: async (pdf) => {
    const library = await PDFiumLibrary.init()
    try {
      const document = await library.loadDocument(await readFile(pdf))
      const { data, width, height } = await document.getPage(0).render({ scale: 1, render: 'bitmap' })
      document.destroy()
      return { data: Uint8Array.from({ length: width * height }, (_, i) => data[i * 4]!), width, height }
    } finally {
      library.destroy()
    }
  },
}

function different(ink: Bitmap, shown: GreySamples): number {
  if (shown.width !== ink.width || shown.height !== ink.height) return ink.width * ink.height
  let count = 0
  for (let y = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++) {
      const black = (ink.bits[y * ink.stride + (x >> 3)]! >> (7 - (x & 7))) & 1
      if (shown.data[y * shown.width + x]! < 128 !== (black === 1)) count++
    }
  return count
}

export async function measureExactness({ dir, log }: BenchContext, set: BenchSet): Promise<Measured[]> {
  log('rendering bilevel pages in poppler, ghostscript and PDFium')
  let worst = 0
  const inks: Bitmap[] = []
  for (const { scan } of set.pages.slice(0, PAGES)) {
    const raster = await loadRaster({ kind: 'image', path: scan })
    inks.push(binarise(raster, estimatePaper(raster), []))
  }
  // A page of hard edges at odd sizes: single pixels at every place of a byte.
  const odd = createBitmap(1021, 517)
  odd.bits.forEach((_, i) => (odd.bits[i] = (i * 2654435761) >>> 24))
  for (let y = 0; y < odd.height; y++)
    odd.bits[y * odd.stride + odd.stride - 1]! &= 0xff << (odd.stride * 8 - odd.width)
  inks.push(odd)
  for (const ink of inks)
    for (const codec of ['jbig2', 'g4'] as const) {
      const pdf = join(dir, `exact-${codec}.pdf`)
      await writePage(pdf, ink, codec)
      for (const [name, render] of Object.entries(renderers)) {
        const count = different(ink, await render(pdf, dir))
        if (count > 0) log(`${name} shows ${count} other pixels of ${codec}`)
        worst = Math.max(worst, count)
      }
    }
  return [{ id: 'doc.encode.exact', value: worst, n: inks.length * 6 }]
}
