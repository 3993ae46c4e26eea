/**
 * Which printer, paper and format a kind of slip goes to. Pure: it decides from what is set and what printers say of
 * themselves; nothing is asked or sent here.
 */
import type { PrintKind, PrintRoute, SlipPaper } from '../../contract/core.contract.ts'
import type { PrinterCapabilities, PrintOptions } from './driver.ts'
import { ESCPOS_MIME, ZPL_MIME } from './raw/raw-driver.ts'
import { SLIP_PAGES_MIME } from './system/pages.ts'
import { LAYOUTS, USUAL_LAYOUT, type LayoutName, type SlipLayout } from './templates/data.ts'
import { LABEL_SHEETS, type LabelSheet, type LabelSheetName } from './templates/label-sheets.ts'

export type PrintRoutes = Partial<Record<PrintKind, PrintRoute>>

/** How a printer is, as far as the desk knows; absent from the map: not known at all. */
export type PrinterHealth = 'idle' | 'printing' | 'stopped' | 'offline' | 'unknown'

/** A kind without a route of its own. */
export const NO_ROUTE: PrintRoute = {
  printerId: null,
  fallbackId: null,
  paper: null,
  source: null,
  sides: null,
  copies: 1,
}

export interface ChosenPrinter {
  printerId: string
  route: PrintRoute
  /** The route's own printer cannot be used now and another was taken: to be told to the person. */
  instead: boolean
}

const usable = (health: PrinterHealth | undefined) =>
  health !== undefined && health !== 'offline' && health !== 'stopped'

/**
 * The printer for a kind of slip: its route, the route's fallback while the first is away, else the desk's usual
 * printer. When none can be used the route's own is kept, and the job waits for it. Undefined: nothing is set up.
 */
export function choosePrinter(
  kind: PrintKind,
  routes: PrintRoutes,
  usual: string | undefined,
  health: ReadonlyMap<string, PrinterHealth>,
): ChosenPrinter | undefined {
  const route = routes[kind] ?? NO_ROUTE
  const printerId = route.printerId ?? usual
  if (printerId === undefined) return undefined
  const { fallbackId } = route
  if (fallbackId !== null && !usable(health.get(printerId)) && usable(health.get(fallbackId))) {
    // Tray and paper are the first printer's; the other's own choice is right for it.
    return { printerId: fallbackId, route: { ...route, source: null, paper: null, sides: null }, instead: true }
  }
  return { printerId, route, instead: false }
}

/** How a slip is drawn for a printer. */
export interface Output {
  format: 'pdf' | 'escpos' | 'zpl' | 'pages'
  paper: SlipPaper
  layout: SlipLayout
  /** The sheet that several labels lie on. */
  sheet?: LabelSheet
  options: PrintOptions
}

/** Papers to try for each kind where the usual one is not there, best first. */
const ALSO: Readonly<Record<LayoutName, readonly LayoutName[]>> = {
  a4: ['a5'],
  a5: ['a4'],
  label4x6: ['a5', 'a4'],
  label100x60: ['label4x6', 'a5', 'a4'],
  roll80: ['a5', 'a4'],
  roll58: ['a5', 'a4'],
}

export const isSheet = (paper: SlipPaper): paper is LabelSheetName => paper in LABEL_SHEETS

/**
 * Format, layout and job options for a kind of slip on this printer, as its route says and otherwise as fits best. A
 * printer that is not known, or names no paper, gets the usual layout and chooses by itself.
 */
export function chooseOutput(kind: PrintKind, printer: PrinterCapabilities | undefined, route = NO_ROUTE): Output {
  const usual = USUAL_LAYOUT[kind]
  const dpi = printer?.dpi.at(-1)
  const withDpi = (layout: SlipLayout): SlipLayout => (dpi === undefined ? layout : { ...layout, dpi })
  if (printer?.formats.includes(ESCPOS_MIME)) {
    const paper: LayoutName =
      (printer.widthMm ?? LAYOUTS.roll80.widthMm) >= LAYOUTS.roll80.widthMm ? 'roll80' : 'roll58'
    return { format: 'escpos', paper, layout: withDpi(LAYOUTS[paper]), options: {} }
  }
  if (printer?.formats.includes(ZPL_MIME)) {
    const small = route.paper === null ? usual === 'label100x60' : route.paper === 'label100x60'
    const paper = small ? 'label100x60' : 'label4x6'
    return { format: 'zpl', paper, layout: withDpi(labelOf(paper, printer)), options: {} }
  }
  const format = printer?.formats.includes(SLIP_PAGES_MIME) ? 'pages' : 'pdf'
  const known = new Set(printer?.media.map(({ name }) => name))
  const asked: PrintOptions = {
    ...(route.source === null ? {} : { source: route.source }),
    ...(route.sides === null ? {} : { sides: route.sides }),
  }
  if (route.paper !== null) {
    const { paper } = route
    const { media } = isSheet(paper) ? LABEL_SHEETS[paper] : LAYOUTS[paper]
    const options = known.size === 0 || known.has(media) ? { ...asked, media } : asked
    if (isSheet(paper)) {
      const sheet = LABEL_SHEETS[paper]
      return { format, paper, layout: withDpi(LAYOUTS.a4), sheet, options }
    }
    return { format, paper, layout: withDpi(LAYOUTS[paper]), options }
  }
  const ready = new Set(printer?.media.filter((paper) => paper.ready).map(({ name }) => name))
  const wanted = [usual, ...ALSO[usual]]
  // Paper that lies in a tray beats paper that somebody would have to fetch.
  const found =
    wanted.find((name) => ready.has(LAYOUTS[name].media)) ?? wanted.find((name) => known.has(LAYOUTS[name].media))
  const paper = found ?? usual
  const layout = withDpi(LAYOUTS[paper])
  return { format, paper, layout, options: found === undefined ? asked : { ...asked, media: layout.media } }
}

/** A label as large as the printer's setting says, where it says so. */
function labelOf(paper: LayoutName, { widthMm, heightMm }: PrinterCapabilities): SlipLayout {
  if (widthMm === undefined || heightMm === undefined) return LAYOUTS[paper]
  return { ...LAYOUTS[paper], widthMm, heightMm, marginMm: Math.min(5, Math.max(2, widthMm * 0.045)) }
}
