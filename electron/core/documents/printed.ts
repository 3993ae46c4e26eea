/** What a printing program sends as pixels (PWG raster, JPEG), made a PDF with the same pixels. Runs in a worker. */
import { open, readFile } from 'node:fs/promises'
import { PDFDocument } from 'pdf-lib'
import { PwgRasterError, pwgToPdf } from '../printing/ipp-server/pwg-raster.ts'
import { DocumentError } from './errors.ts'

export interface PrintedRequest {
  readonly path: string
  readonly mime: 'image/jpeg' | 'image/pwg-raster'
  /** The PDF; flushed to the disk when this ends. */
  readonly out: string
}

/** @throws DocumentError damaged_image, disk_full */
export async function printedToPdf({ path, mime, out }: PrintedRequest): Promise<{ pages: number }> {
  const bytes = await readFile(path)
  const { pdf, pages } = await (mime === 'image/jpeg' ? jpegToPdf(bytes) : pwgToPdf(bytes)).catch((error: unknown) => {
    if (error instanceof PwgRasterError) throw new DocumentError('damaged_image', {}, error)
    throw error
  })
  const file = await open(out, 'w')
  try {
    await file.writeFile(pdf)
    await file.sync()
  } finally {
    await file.close()
  }
  return { pages }
}

/** One page that shows the picture at 150 dpi, the JPEG's bytes kept as they are. */
async function jpegToPdf(bytes: Buffer): Promise<{ pdf: Uint8Array; pages: number }> {
  const document = await PDFDocument.create({ updateMetadata: false })
  let image
  try {
    image = await document.embedJpg(bytes)
  } catch (error) {
    throw new DocumentError('damaged_image', {}, error)
  }
  const [width, height] = [(image.width / 150) * 72, (image.height / 150) * 72]
  document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
  return { pdf: await document.save({ useObjectStreams: false }), pages: 1 }
}
