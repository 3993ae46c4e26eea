import type { PrintKind } from '../../contract/core.contract.ts'
import type { PrintOptions } from './driver.ts'
import { escPos } from './raw/escpos.ts'
import { ESCPOS_MIME, ZPL_MIME } from './raw/raw-driver.ts'
import { zpl } from './raw/zpl.ts'
import type { Output } from './routing.ts'
import { SLIP_PAGES_MIME, toPagesHtml } from './system/pages.ts'
import type { SlipData, SlipLocale } from './templates/data.ts'
import { slipFont } from './templates/font.ts'
import { impose, labelLayout } from './templates/imposition.ts'
import { paintSlips, TITLES } from './templates/index.ts'
import type { PaintedPage } from './templates/paint.ts'
import { PLAIN, type SlipStyle } from './templates/style.ts'
import { toBitmap } from './templates/to-bitmap.ts'
import { toPdf } from './templates/to-pdf.ts'

/** Slips made ready for one printer. */
export interface ReadyToPrint {
  /** The PDF that is shown and kept. */
  shown: Uint8Array
  pages: number
  /** What its driver is given, where that is not the PDF. */
  sent: Uint8Array | undefined
  mime: string
  options: PrintOptions
  /** First free position on the last label sheet; undefined for other paper. */
  nextStart: number | undefined
}

export interface RenderWishes {
  locale: SlipLocale
  style?: SlipStyle
  copies?: number
  /** First free position of the first label sheet, from 1. */
  start?: number
}

/**
 * Renders slips in the format, paper and dots of `output`. Copies are a job setting where the printer has one, else
 * they are in the bytes.
 */
export async function renderForPrinter<K extends PrintKind>(
  kind: K,
  items: readonly SlipData[K][],
  { format, layout, sheet, options }: Output,
  { locale, style = PLAIN, copies = 1, start = 1 }: RenderWishes,
): Promise<ReadyToPrint> {
  const font = await slipFont()
  let pages: PaintedPage[]
  let nextStart: number | undefined
  if (sheet) {
    const labels = await paintSlips(kind, items, labelLayout(sheet, layout.dpi), locale, style)
    pages = impose(labels, sheet, start, layout.dpi)
    nextStart = ((start - 1 + labels.length) % (sheet.columns * sheet.rows)) + 1
  } else pages = await paintSlips(kind, items, layout, locale, style)
  const shown = await toPdf(pages, font, TITLES[kind])
  const ready = { shown, pages: pages.length, nextStart }
  if (format === 'pdf') return { ...ready, sent: undefined, mime: 'application/pdf', options: { ...options, copies } }
  if (format === 'pages') {
    const sent = toPagesHtml(pages, font, TITLES[kind])
    return { ...ready, sent, mime: SLIP_PAGES_MIME, options: { ...options, copies } }
  }
  const dots = []
  for (const page of pages) dots.push(await toBitmap(page, font, layout.dpi))
  if (format === 'zpl') return { ...ready, sent: zpl(dots, copies), mime: ZPL_MIME, options: {} }
  return { ...ready, sent: escPos(dots, { copies }), mime: ESCPOS_MIME, options: {} }
}
