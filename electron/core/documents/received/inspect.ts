import { readFile, stat } from 'node:fs/promises'
import { DocumentError } from '../errors.ts'
import { viewedSize } from '../stamp/content.ts'
import { listPages, pageGeometry } from '../pdf/read/pages.ts'
import { PdfFile } from '../pdf/read/pdf-file.ts'
import type { FileProbe } from '../types.ts'

/** A received article has a few megabytes, a scanned book some hundred; more does not fit into a worker. */
const MAXIMUM_BYTES = 1024 * 2 ** 20

/** Reads a file that claims to be a PDF. Throws DocumentError. */
export async function readPdfBytes(path: string): Promise<Buffer> {
  const { size } = await stat(path)
  if (size === 0) throw new DocumentError('empty_file', { file: path })
  if (size > MAXIMUM_BYTES) throw new DocumentError('too_large', { file: path, bytes: size })
  return readFile(path)
}

/** Number of pages and size of the first, in points. Throws DocumentError. */
export async function inspectPdf(path: string): Promise<Pick<FileProbe, 'pages' | 'width' | 'height' | 'dpi'>> {
  return PdfFile.use(await readPdfBytes(path), {}, (file) => {
    const pages = listPages(file)
    if (pages.length === 0) throw new DocumentError('damaged_pdf')
    const { view } = pageGeometry(file, pages[0]!, 0)
    const [width, height] = viewedSize(view)
    return { pages: pages.length, width: width * view.unit, height: height * view.unit, dpi: null }
  })
}
