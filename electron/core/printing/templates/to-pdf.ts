import { PDFDocument, PDFName, type PDFContext, type PDFPage, type PDFRef } from 'pdf-lib'
import { FONT, FontPart, packed } from './embed.ts'
import type { SlipFont } from './font.ts'
import type { PaintedPage, PaintText } from './paint.ts'
import type { SlipLogo } from './style.ts'
import { PT_PER_MM } from './typeset.ts'

/** A number as PDF writes it, to a ten-thousandth: enough for 1,200 dpi, short in the file, never with an exponent. */
const num = (value: number) => String(Math.round(value * 10_000) / 10_000)
const pt = (mm: number) => num(mm * PT_PER_MM)

function textContent(run: PaintText, height: number, font: FontPart): string {
  const heavy = run.weight > 0
  const outline = heavy ? `${num(run.grey)} G ${num(run.size * run.weight)} w ` : ''
  return (
    `BT ${num(run.grey)} g ${outline}${heavy ? 2 : 0} Tr ${FONT.asString()} ${num(run.size)} Tf ${num(run.spacing)} Tc ` +
    `1 0 0 1 ${pt(run.x)} ${pt(height - run.y)} Tm <${font.encode(run.text)}> Tj ET`
  )
}

/** Pictures of one file, each put into it once. */
class Pictures {
  readonly #context: PDFContext
  readonly #refs = new Map<SlipLogo, { name: string; ref: PDFRef }>()

  constructor(context: PDFContext) {
    this.#context = context
  }

  name(picture: SlipLogo): string {
    let found = this.#refs.get(picture)
    if (!found) {
      const { width: Width, height: Height, grey } = picture
      const entries = {
        Type: 'XObject',
        Subtype: 'Image',
        Width,
        Height,
        ColorSpace: 'DeviceGray',
        BitsPerComponent: 8,
      }
      found = { name: `I${this.#refs.size}`, ref: packed(this.#context, grey, entries) }
      this.#refs.set(picture, found)
    }
    return found.name
  }

  on(page: PDFPage): void {
    for (const { name, ref } of this.#refs.values()) page.node.setXObject(PDFName.of(name), ref)
  }
}

/** The page's drawing as PDF operators. */
function content(page: PaintedPage, font: FontPart, images: Pictures): string {
  const height = page.heightMm
  const parts = page.paint.map((paint) => {
    if (paint.kind === 'text') return paint.text === '' ? '' : textContent(paint, height, font)
    if (paint.kind === 'boxes') {
      const boxes = paint.boxes.map(([x, y, w, h]) => `${pt(x)} ${pt(height - y - h)} ${pt(w)} ${pt(h)} re`)
      return `${num(paint.grey)} g ${boxes.join(' ')} f`
    }
    if (paint.kind === 'image') {
      const place = `${pt(paint.width)} 0 0 ${pt(paint.height)} ${pt(paint.x)} ${pt(height - paint.y - paint.height)}`
      return `q ${place} cm /${images.name(paint.picture)} Do Q`
    }
    const dash = paint.dash > 0 ? `[${pt(paint.dash)}] 0 d ` : ''
    const way = `${pt(paint.x1)} ${pt(height - paint.y1)} m ${pt(paint.x2)} ${pt(height - paint.y2)} l`
    return `q ${num(paint.grey)} G ${pt(paint.thickness)} w ${dash}${way} S Q`
  })
  return parts.join('\n')
}

/**
 * A PDF of painted pages, the font cut down to what is used. The same pages give the same bytes.
 * Uses the kept fork of pdf-lib with its own fontkit: the old pair loses most Chinese ink (4-documents.md section 5).
 */
export async function toPdf(pages: readonly PaintedPage[], font: SlipFont, title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setTitle(title, { showInWindowTitleBar: true })
  document.setProducer('BALIS Desk')
  const part = new FontPart(font)
  const fontRef = document.context.nextRef()
  const pictures = new Pictures(document.context)
  for (const painted of pages) {
    const page = document.addPage([painted.widthMm * PT_PER_MM, painted.heightMm * PT_PER_MM])
    page.node.set(
      PDFName.of('Contents'),
      packed(document.context, Buffer.from(content(painted, part, pictures), 'latin1')),
    )
    page.node.setFontDictionary(FONT, fontRef)
    pictures.on(page)
  }
  // Only now is it known which characters are used.
  document.context.assign(fontRef, part.font(document.context))
  return document.save({ useObjectStreams: false, addDefaultPage: false })
}
