import type { PrinterCapabilities, PrintOptions } from './driver.ts'
import { ESCPOS_MIME, ZPL_MIME } from './raw/raw-driver.ts'
import { chooseOutput } from './routing.ts'
import type { SlipData, SlipKind, SlipLocale } from './templates/data.ts'
import { renderSlips } from './templates/index.ts'
import { renderRaw } from './templates/raw.ts'

/** Slips made ready for one printer: what to hand to its driver's submit. */
export interface ReadyToPrint {
  bytes: Uint8Array
  mime: string
  options: PrintOptions
}

/**
 * Renders slips in the format, paper and dots that this printer takes. Copies are a job setting where the printer has
 * one, else they are in the bytes. `widthMm` is the printable width of a receipt printer.
 */
export async function renderForPrinter<K extends SlipKind>(
  kind: K,
  items: readonly SlipData[K][],
  locale: SlipLocale,
  printer: PrinterCapabilities,
  copies = 1,
  widthMm?: number,
): Promise<ReadyToPrint> {
  const { format, layout, options } = chooseOutput(kind, printer, widthMm)
  if (format === 'pdf') {
    const bytes = await renderSlips(kind, items, layout, locale)
    return { bytes, mime: 'application/pdf', options: { ...options, copies } }
  }
  const bytes = await renderRaw(kind, items, layout, locale, format, copies)
  return { bytes, mime: format === 'zpl' ? ZPL_MIME : ESCPOS_MIME, options: {} }
}
