import { addressLabel } from './address-label.ts'
import { bagLabel } from './bag-label.ts'
import { blankManifest } from './blank-manifest.ts'
import { bookSlip } from './book-slip.ts'
import { contentsList } from './contents-list.ts'
import { coverPage } from './cover-page.ts'
import { LAYOUTS, USUAL_LAYOUT, type SlipData, type SlipKind, type SlipLayout, type SlipLocale } from './data.ts'
import { slipFont } from './font.ts'
import { manifest } from './manifest.ts'
import { overdueNotice } from './overdue-notice.ts'
import type { PaintedPage } from './paint.ts'
import type { Press } from './parts.ts'
import { pullSlip } from './pull-slip.ts'
import { receipt } from './receipt.ts'
import { separatorSheet } from './separator-sheet.ts'
import { PLAIN, type SlipStyle } from './style.ts'
import { toPdf } from './to-pdf.ts'

const TEMPLATES: { [K in SlipKind]: (press: Press, data: SlipData[K]) => PaintedPage[] } = {
  pullSlip,
  bookSlip,
  addressLabel,
  bagLabel,
  contentsList,
  manifest,
  separatorSheet,
  receipt,
  overdueNotice,
  blankManifest,
  coverPage,
}

/** What each kind is called in a viewer's window. */
export const TITLES: Readonly<Record<SlipKind, string>> = {
  pullSlip: '取书单 Pull slip',
  bookSlip: '书条 Loan slip',
  addressLabel: '地址签 Address label',
  bagLabel: '袋签 Bag label',
  contentsList: '袋内清单 Contents of bag',
  manifest: '物流交接单 Courier manifest',
  separatorSheet: '分隔页 Separator sheet',
  receipt: '凭条 Receipt',
  overdueNotice: '催还通知 Overdue notice',
  blankManifest: '空白交接单 Blank manifest',
  coverPage: '封面 Cover page',
}

/** Draws slips of one kind, in the order given, without choosing a file format. */
export async function paintSlips<K extends SlipKind>(
  kind: K,
  items: readonly SlipData[K][],
  layout: SlipLayout,
  locale: SlipLocale,
  style: SlipStyle = PLAIN,
): Promise<PaintedPage[]> {
  const font = await slipFont()
  const draw = (on: SlipLayout, item: SlipData[K]) => TEMPLATES[kind]({ font, layout: on, locale, style }, item)
  return items.flatMap((item) => {
    const pages = draw(layout, item)
    if (!layout.roll) return pages
    // Drawn once to learn its length, then on a sheet cut there (a whole number of dots).
    const dot = 25.4 / layout.dpi
    const heightMm = Math.ceil(Math.max(...pages.map(({ neededMm }) => neededMm)) / dot) * dot
    return draw({ ...layout, heightMm }, item)
  })
}

/** One PDF of many slips of a kind, each on its own page or pages. */
export async function renderSlips<K extends SlipKind>(
  kind: K,
  items: readonly SlipData[K][],
  layout: SlipLayout,
  locale: SlipLocale,
): Promise<Uint8Array> {
  const pages = await paintSlips(kind, items, layout, locale)
  return toPdf(pages, await slipFont(), TITLES[kind])
}

/**
 * The PDF of one slip. `locale` is the language that stands first; every label carries both. The same data give the
 * same bytes. Throws RangeError for a code that cannot be drawn.
 */
export function renderSlip<K extends SlipKind>(
  kind: K,
  data: SlipData[K],
  layout: SlipLayout = LAYOUTS[USUAL_LAYOUT[kind]],
  locale: SlipLocale = 'zh-CN',
): Promise<Uint8Array> {
  return renderSlips(kind, [data], layout, locale)
}
