/**
 * Which printer, paper and format a kind of slip goes to. Pure: it decides from what is set and what printers say of
 * themselves; nothing is asked or sent here.
 */
import type { PrinterCapabilities, PrintOptions } from './driver.ts'
import { ESCPOS_MIME, ZPL_MIME } from './raw/raw-driver.ts'
import { LAYOUTS, type LayoutName, type SlipKind, type SlipLayout } from './templates/data.ts'
import { USUAL_LAYOUT } from './templates/index.ts'

/** Where one kind of slip is printed on this desk. */
export interface PrintRoute {
  printerId: string
  /** Used while the first is off or stopped; absent: the job waits. */
  fallbackId?: string
  /** Tray, as the printer names it. */
  source?: string
  copies: number
}

export type PrintRoutes = Partial<Record<SlipKind, PrintRoute>>

/** How a printer is, as far as the desk knows; absent from the map: not known at all. */
export type PrinterHealth = 'idle' | 'printing' | 'stopped' | 'offline' | 'unknown'

export interface ChosenPrinter {
  printerId: string
  copies: number
  source?: string
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
  kind: SlipKind,
  routes: PrintRoutes,
  usual: string | undefined,
  health: ReadonlyMap<string, PrinterHealth>,
): ChosenPrinter | undefined {
  const route = routes[kind]
  if (!route) return usual === undefined ? undefined : { printerId: usual, copies: 1, instead: false }
  const { printerId, fallbackId, source, copies } = route
  if (fallbackId !== undefined && !usable(health.get(printerId)) && usable(health.get(fallbackId))) {
    // The tray is the first printer's; the other's own choice is right for it.
    return { printerId: fallbackId, copies, instead: true }
  }
  return { printerId, copies, instead: false, ...(source === undefined ? {} : { source }) }
}

/** How a slip is drawn for a printer. */
export interface Output {
  format: 'pdf' | 'escpos' | 'zpl'
  layout: SlipLayout
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

function rollFor(widthMm: number): LayoutName {
  return widthMm >= LAYOUTS.roll80.widthMm ? 'roll80' : 'roll58'
}

/**
 * Format, layout and job options for a kind of slip on this printer. `widthMm` is the printable width of a receipt or
 * label printer. A PDF printer that lists no paper at all gets the usual layout and chooses by itself.
 */
export function chooseOutput(kind: SlipKind, printer: PrinterCapabilities, widthMm?: number): Output {
  const dpi = printer.dpi.at(-1)
  const withDpi = (name: LayoutName): SlipLayout => ({ ...LAYOUTS[name], ...(dpi === undefined ? {} : { dpi }) })
  if (printer.formats.includes(ESCPOS_MIME)) {
    return { format: 'escpos', layout: withDpi(rollFor(widthMm ?? LAYOUTS.roll80.widthMm)), options: {} }
  }
  const usual = USUAL_LAYOUT[kind]
  if (printer.formats.includes(ZPL_MIME)) {
    const label = usual === 'label100x60' ? 'label100x60' : 'label4x6'
    return { format: 'zpl', layout: withDpi(label), options: {} }
  }
  const names = new Set(printer.media.map(({ name }) => name))
  const ready = new Set(printer.media.filter((paper) => paper.ready).map(({ name }) => name))
  const wanted = [usual, ...ALSO[usual]]
  // Paper that lies in a tray beats paper that somebody would have to fetch.
  const found =
    wanted.find((name) => ready.has(LAYOUTS[name].media)) ?? wanted.find((name) => names.has(LAYOUTS[name].media))
  const layout = withDpi(found ?? usual)
  return { format: 'pdf', layout, options: found === undefined ? {} : { media: layout.media } }
}
