/** From "print this" to bytes in the blob store and the printer they are for. */
import type { PrintKind, PrintRoute, SlipTemplate } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import type { Printers } from '../devices/printers.ts'
import type { ReadyToPrint } from './output.ts'
import { chooseOutput, choosePrinter, isSheet, NO_ROUTE, type ChosenPrinter, type Output } from './routing.ts'
import { slipData } from './slip-data.ts'
import { slipLogo } from './slip-logo.ts'
import type { SlipData } from './templates/data.ts'
import { localeOf, styleOf } from './templates/style.ts'

export interface Target extends ChosenPrinter {
  name: string
  output: Output
}

/** A document in the blob store, ready for the ledger. */
export interface Prepared {
  sha256: string
  sent: string | null
  pages: number
  mime: string
  options: ReadyToPrint['options']
  /** Positions on label sheets: where it begins, and the first free one afterwards. */
  start: number | null
  nextStart: number | null
}

/**
 * The printer for this kind as routes, settings and the printers' health say, with paper and format.
 * @param asked the printer a person chose, null for the desk's own choice
 */
export async function targetOf(
  core: Core,
  printers: Printers,
  kind: PrintKind,
  asked: string | null,
): Promise<Target | undefined> {
  await printers.list(false)
  const { printRoutes } = core.settings.get()
  const usual = (await printers.choose(null))?.id
  const chosen = choosePrinter(kind, printRoutes, usual, printers.health())
  const printerId = asked ?? chosen?.printerId
  if (printerId === undefined) return undefined
  const own = asked === null || asked === chosen?.printerId
  // Tray, paper and copies of the route are for its own printer.
  const route: PrintRoute = own && chosen ? chosen.route : { ...NO_ROUTE, copies: printRoutes[kind]?.copies ?? 1 }
  const output = chooseOutput(kind, await printers.able(printerId), route)
  return {
    printerId,
    route,
    instead: own && chosen !== undefined && chosen.instead,
    name: printers.nameOf(printerId),
    output,
  }
}

/** Renders data for a target and keeps the bytes. */
export async function prepare<K extends PrintKind>(
  core: Core,
  kind: K,
  items: readonly SlipData[K][],
  output: Output,
  wishes: { copies: number; start: number | null; template?: SlipTemplate | undefined },
): Promise<Prepared> {
  const { language, slipTemplates, labelStart } = core.settings.get()
  const template = wishes.template ?? slipTemplates[kind]
  const start = isSheet(output.paper) ? (wishes.start ?? labelStart[output.paper] ?? 1) : null
  const most = output.sheet ? output.sheet.columns * output.sheet.rows : 1
  if (start !== null && start > most) throw new DeskError('bad_call')
  // PDF, fonts and codes: read when something is printed, and not held by a desk that stands idle.
  const { renderForPrinter } = await import('./output.ts')
  const made = await renderForPrinter(kind, items, output, {
    locale: localeOf(template, language),
    style: styleOf(template, await slipLogo(core)),
    copies: wishes.copies,
    start: start ?? 1,
  })
  const shown = await core.blobs.put(made.shown, 'application/pdf')
  const sent = made.sent ? (await core.blobs.put(made.sent, made.mime)).sha256 : null
  const { pages, mime, options, nextStart = null } = made
  return { sha256: shown.sha256, sent, pages, mime, options, start, nextStart }
}

/** Data of these objects, rendered for a target. */
export function prepareObjects(
  core: Core,
  kind: PrintKind,
  objectIds: readonly string[],
  target: Target | undefined,
  wishes: { copies: number; start: number | null },
): Promise<Prepared> {
  const output = target?.output ?? chooseOutput(kind, undefined)
  return prepare(core, kind, slipData(core, kind, objectIds), output, wishes)
}
