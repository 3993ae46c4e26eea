import { LAYOUTS, type SlipData, type SlipKind, type SlipLayout, type SlipLocale } from './data.ts'
import { slipFont } from './font.ts'
import { paintSlips, TITLES } from './index.ts'
import type { LabelSheet } from './label-sheets.ts'
import type { Paint, PaintedPage } from './paint.ts'
import { toPdf } from './to-pdf.ts'

/** The layout to draw one label of the sheet with, for a printer of this resolution. */
export function labelLayout(sheet: LabelSheet, dpi: number = LAYOUTS.a4.dpi): SlipLayout {
  const { labelWidthMm: widthMm, labelHeightMm: heightMm, marginMm, media } = sheet
  return { widthMm, heightMm, marginMm, dpi, thermal: false, media }
}

function moved(paint: Paint, dx: number, dy: number): Paint {
  if (paint.kind === 'text' || paint.kind === 'image') return { ...paint, x: paint.x + dx, y: paint.y + dy }
  if (paint.kind === 'boxes') {
    return { ...paint, boxes: paint.boxes.map(([x, y, w, h]) => [x + dx, y + dy, w, h] as const) }
  }
  return { ...paint, x1: paint.x1 + dx, x2: paint.x2 + dx, y1: paint.y1 + dy, y2: paint.y2 + dy }
}

function cutLines({ columns, rows, pitchXMm, pitchYMm, widthMm, heightMm }: LabelSheet): Paint[] {
  const line = { kind: 'line', thickness: 0.1, grey: 0.5, dash: 2 } as const
  const down = Array.from({ length: columns - 1 }, (_, i) => (i + 1) * pitchXMm)
  const across = Array.from({ length: rows - 1 }, (_, i) => (i + 1) * pitchYMm)
  return [
    ...down.map((x) => ({ ...line, x1: x, x2: x, y1: 0, y2: heightMm })),
    ...across.map((y) => ({ ...line, x1: 0, x2: widthMm, y1: y, y2: y })),
  ]
}

/**
 * Puts labels on sheets. `start` is the first free position of the first sheet (1 for a fresh one): what is left of a
 * begun sheet is used up. Throws RangeError for a position the sheet does not have.
 */
export function impose(
  labels: readonly PaintedPage[],
  sheet: LabelSheet,
  start = 1,
  dpi: number = LAYOUTS.a4.dpi,
): PaintedPage[] {
  const places = sheet.columns * sheet.rows
  if (!Number.isInteger(start) || start < 1 || start > places) throw new RangeError('no such position on the sheet')
  // Labels are moved by whole dots, so that their codes stay on the printer's raster.
  const dot = 25.4 / dpi
  const snap = (mm: number) => Math.round(mm / dot) * dot
  const pages: PaintedPage[] = []
  labels.forEach((label, i) => {
    const place = (start - 1 + i) % places
    if (i === 0 || place === 0) {
      const { widthMm, heightMm } = sheet
      pages.push({ widthMm, heightMm, neededMm: heightMm, paint: sheet.cutLines ? cutLines(sheet) : [] })
    }
    const dx = snap(sheet.leftMm + (place % sheet.columns) * sheet.pitchXMm)
    const dy = snap(sheet.topMm + Math.floor(place / sheet.columns) * sheet.pitchYMm)
    pages.at(-1)!.paint.push(...label.paint.map((paint) => moved(paint, dx, dy)))
  })
  return pages
}

/** A PDF of slips of one kind on label sheets, from position `start` on. */
export async function renderOnSheets<K extends SlipKind>(
  kind: K,
  items: readonly SlipData[K][],
  sheet: LabelSheet,
  locale: SlipLocale,
  start = 1,
): Promise<Uint8Array> {
  const labels = await paintSlips(kind, items, labelLayout(sheet), locale)
  return toPdf(impose(labels, sheet, start), await slipFont(), TITLES[kind])
}
