/**
 * The month's statement: every bag this library handed to a courier, with the manifest it stands on, what its driver
 * signed, and what it costs. Nothing is typed in; each line leads back to the scans it is made of.
 */
import { recordedOps, tariffs } from '../../../db/queries/settlement.ts'
import type { StatementLine } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { linesOf } from '../../domain/settlement/lines.ts'
import { endOfDay, dayOf } from '../../domain/working-days.ts'
import type { Core } from '../context.ts'
import { bagsOf, libraryName, manifestDigest } from './bags.ts'

/** First and past-the-last instant of a month in Beijing. @param month `2026-03` */
export function monthBounds(month: string): { from: number; to: number } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const startOf = (at: number) => endOfDay(dayOf(at) - 1)
  return { from: startOf(Date.UTC(year, number - 1, 1)), to: startOf(Date.UTC(year, number, 1)) }
}

/** @param courier '' = all of them and what no tariff covers */
export function statementLines(core: Core, month: string, courier: string): StatementLine[] {
  const manifests = core.views.manifests().map(({ row }) => row)
  return linesOf(manifests, (id) => core.views.bag(id)?.row, tariffs(core.db), monthBounds(month))
    .filter((line) => courier === '' || line.courier === courier)
    .map(({ destination, ...line }) => ({ ...line, destinationName: libraryName(core, destination) }))
}

export function statement(core: Core, month: string, courier: string) {
  const lines = statementLines(core, month, courier)
  return {
    lines,
    couriers: [...new Set(tariffs(core.db).map((one) => one.courier))],
    bags: lines.length,
    items: lines.reduce((sum, line) => sum + line.items, 0),
    fen: lines.reduce((sum, line) => sum + (line.priceFen ?? 0), 0),
    unpriced: lines.filter((line) => line.priceFen === null).length,
  }
}

interface Step {
  at: number
  who: string
  event: string
  text: string
}

/** The scans behind a line: this desk's own operations, or what the centre remembers of another desk's. */
export function traceBag(core: Core, bagId: string) {
  const bag = core.views.bag(bagId)?.row
  if (!bag) throw new DeskError('not_found', { id: bagId })
  const ops = recordedOps(core.db, bagId)
  const own = ops.map((op): Step => ({ at: op.at, who: op.who, event: op.kind, text: wordOf(op.kind, op.args) }))
  const steps = own.some((step) => step.event === 'pack') ? own : [...remembered(core, bag), ...own]
  const manifest = bag.manifestId === null ? undefined : core.views.manifest(bag.manifestId)?.row
  const handedOver = ops.findLast((op) => op.kind === 'handedOver')
  const args = handedOver && (JSON.parse(handedOver.args) as { signature: { strokes: number[][] } })
  const digest = manifest?.handedOver?.digest
  return {
    steps: steps.sort((a, b) => a.at - b.at),
    signature: args?.signature.strokes ?? null,
    intact: manifest && digest !== undefined ? manifestDigest(manifest, bagsOf(core, manifest)) === digest : null,
  }
}

/** The item, seal, number or driver an operation names. */
function wordOf(kind: string, text: string): string {
  const args = JSON.parse(text) as Record<string, unknown>
  const item = args['item'] as { requestId: string; volume: number } | undefined
  if (item) return `${item.requestId}#${item.volume}`
  const word = args['seal'] ?? args['driver'] ?? args['code'] ?? args['barcode'] ?? args['to'] ?? ''
  return kind === 'printed' ? '' : String(word)
}

function remembered(core: Core, bag: { code: string; items: readonly { requestId: string }[] }): Step[] {
  return bag.items.flatMap(({ requestId }) =>
    (core.views.request(requestId)?.row.history ?? [])
      .filter((entry) => (entry.event === 'pack' || entry.event === 'unpack') && entry.text === bag.code)
      .map((entry) => ({ at: entry.at, who: entry.who, event: entry.event, text: requestId })),
  )
}
