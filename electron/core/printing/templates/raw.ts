import { escPos } from '../raw/escpos.ts'
import { zpl } from '../raw/zpl.ts'
import type { SlipData, SlipKind, SlipLayout, SlipLocale } from './data.ts'
import { slipFont } from './font.ts'
import { paintSlips } from './index.ts'
import { toBitmap } from './to-bitmap.ts'

/** Slips as bytes for a receipt (`escpos`) or label (`zpl`) printer, in the dots of the layout's resolution. */
export async function renderRaw<K extends SlipKind>(
  kind: K,
  items: readonly SlipData[K][],
  layout: SlipLayout,
  locale: SlipLocale,
  language: 'escpos' | 'zpl',
  copies = 1,
): Promise<Uint8Array> {
  const font = await slipFont()
  const pages = await paintSlips(kind, items, layout, locale)
  const bitmaps = []
  for (const page of pages) bitmaps.push(await toBitmap(page, font, layout.dpi))
  return language === 'zpl' ? zpl(bitmaps, copies) : escPos(bitmaps, { copies })
}
