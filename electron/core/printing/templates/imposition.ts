import { LAYOUTS, type SlipData, type SlipKind, type SlipLayout, type SlipLocale } from './data.ts'
import { slipFont } from './font.ts'
import { paintSlips, TITLES } from './index.ts'
import type { Paint, PaintedPage } from './paint.ts'
import { toPdf } from './to-pdf.ts'

/** A sheet of labels, or of slips to be cut apart. Positions count from 1, left to right, then down. */
export interface LabelSheet {
  widthMm: number
  heightMm: number
  columns: number
  rows: number
  /** Upper left corner of the first label. */
  leftMm: number
  topMm: number
  labelWidthMm: number
  labelHeightMm: number
  /** From one label's left (top) edge to the next. */
  pitchXMm: number
  pitchYMm: number
  marginMm: number
  /** Dashed lines to cut along; ready-cut labels have none. */
  cutLines: boolean
  media: string
}

const A4 = { widthMm: 210, heightMm: 297, media: 'iso_a4_210x297mm' }

function grid(columns: number, rows: number, label: [w: number, h: number], corner: [x: number, y: number], gap = 0) {
  const [labelWidthMm, labelHeightMm] = label
  const [leftMm, topMm] = corner
  const pitch = { pitchXMm: labelWidthMm + gap, pitchYMm: labelHeightMm }
  return { ...A4, columns, rows, leftMm, topMm, labelWidthMm, labelHeightMm, ...pitch, marginMm: 3, cutLines: false }
}

/** Label sheets that shops sell (measures of the makers), and slips to cut from A4. */
export const LABEL_SHEETS = {
  /** 99.1 x 38.1 mm, 14 a sheet (Avery L7163 and equals). */
  labels14: grid(2, 7, [99.1, 38.1], [4.65, 15.15], 2.5),
  /** 99.1 x 67.7 mm, 8 a sheet (Avery L7165 and equals). */
  labels8: grid(2, 4, [99.1, 67.7], [4.65, 13.1], 2.5),
  /** 99.1 x 139 mm, 4 a sheet (Avery L7169 and equals). */
  labels4: grid(2, 2, [99.1, 139], [4.65, 9.5], 2.5),
  /** Four A6 slips on A4, cut along the dashes. */
  slips4: { ...grid(2, 2, [105, 148.5], [0, 0]), marginMm: 7, cutLines: true },
} satisfies Record<string, LabelSheet>
export type LabelSheetName = keyof typeof LABEL_SHEETS

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
