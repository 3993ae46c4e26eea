import {
  asPDFNumber,
  beginText,
  endText,
  fill,
  lineTo,
  moveTo,
  PDFDocument,
  PDFName,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setCharacterSpacing,
  setDashPattern,
  setFillingGrayscaleColor,
  setFontAndSize,
  setLineWidth,
  setStrokingGrayscaleColor,
  setTextMatrix,
  setTextRenderingMode,
  showText,
  stroke,
  TextRenderingMode,
  type PDFFont,
  type PDFOperator,
} from 'pdf-lib'
import type { SlipFont } from './font.ts'
import type { PaintedPage, PaintText } from './paint.ts'
import { PT_PER_MM } from './typeset.ts'

/** Six capitals say "a part of this font" (ISO 32000-1 section 9.6.4). */
const FONT_NAME = 'BALISD+NotoSansSC-Regular'
/** The font's name on every page. */
const FONT = 'F'

/** Coordinates to a ten-thousandth of a point: enough for 1,200 dpi, short in the file. */
const pt = (mm: number) => Math.round(mm * PT_PER_MM * 10_000) / 10_000

function textOperators(run: PaintText, height: number, font: PDFFont): PDFOperator[] {
  const heavy = run.weight > 0
  return [
    beginText(),
    setFillingGrayscaleColor(run.grey),
    ...(heavy ? [setStrokingGrayscaleColor(run.grey), setLineWidth(run.size * run.weight)] : []),
    setTextRenderingMode(heavy ? TextRenderingMode.FillAndOutline : TextRenderingMode.Fill),
    setFontAndSize(FONT, run.size),
    setCharacterSpacing(run.spacing),
    setTextMatrix(1, 0, 0, 1, pt(run.x), pt(height - run.y)),
    showText(font.encodeText(run.text)),
    endText(),
  ]
}

function operators(page: PaintedPage, font: PDFFont): PDFOperator[] {
  const height = page.heightMm
  return page.paint.flatMap((paint) => {
    if (paint.kind === 'text') return paint.text === '' ? [] : textOperators(paint, height, font)
    if (paint.kind === 'boxes') {
      return [
        setFillingGrayscaleColor(paint.grey),
        ...paint.boxes.map(([x, y, w, h]) => rectangle(pt(x), pt(height - y - h), pt(w), pt(h))),
        fill(),
      ]
    }
    const dash = paint.dash > 0 ? [asPDFNumber(pt(paint.dash)), asPDFNumber(pt(paint.dash))] : []
    return [
      pushGraphicsState(),
      setStrokingGrayscaleColor(paint.grey),
      setLineWidth(pt(paint.thickness)),
      setDashPattern(dash, 0),
      moveTo(pt(paint.x1), pt(height - paint.y1)),
      lineTo(pt(paint.x2), pt(height - paint.y2)),
      stroke(),
      popGraphicsState(),
    ]
  })
}

/**
 * A PDF of painted pages, the font cut down to what is used. The same pages give the same bytes.
 * Uses the kept fork of pdf-lib with its own fontkit: the old pair loses most Chinese ink (4-documents.md section 5).
 */
export async function toPdf(pages: readonly PaintedPage[], font: SlipFont, title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  // The font is open already; pdf-lib would open it anew for every document.
  document.registerFontkit({ create: () => font.opened } as unknown as Parameters<PDFDocument['registerFontkit']>[0])
  const embedded = await document.embedFont(font.bytes, { subset: true, customName: FONT_NAME })
  document.setTitle(title, { showInWindowTitleBar: true })
  document.setProducer('BALIS Desk')
  for (const painted of pages) {
    const page = document.addPage([pt(painted.widthMm), pt(painted.heightMm)])
    page.node.setFontDictionary(PDFName.of(FONT), embedded.ref)
    page.pushOperators(...operators(painted, embedded))
  }
  return document.save({ useObjectStreams: true, addDefaultPage: false })
}
