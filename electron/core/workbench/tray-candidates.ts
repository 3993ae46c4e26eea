/** Which requests a bundle in the tray may belong to: what its name says first, then what lies on desks now. */
import type { BundleRow } from '../../../db/queries/tray.ts'
import type { QueueQuery, QueueRow } from '../../contract/core.contract.ts'
import { normalise } from '../../domain/search-text.ts'
import type { Core } from '../context.ts'
import { toQueueRow } from '../desk/queue-row.ts'

const MOST = 9
/** Requests looked through for a likeness of titles. */
const LOOKED_AT = 300
/** Share of a title's letter pairs that must stand in the bundle's name. */
const ALIKE = 0.5

const REQUEST_NUMBER = /[A-Z]{2}\d{8}/g

const openCopies = (text: string, stage?: QueueQuery['filter']['stage']): QueueQuery => ({
  text,
  filter: { service: 'copy', role: 'supplier', open: true, ...(stage ? { stage } : {}) },
  sort: 'due',
  descending: false,
})

/** The share of the title's letter pairs that the name has too, 0 to 1. */
export function likeness(title: string, name: string): number {
  const pairs = (text: string) => {
    const plain = normalise(text).replace(/[^\p{L}\p{N}]/gu, '')
    return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2)))
  }
  const [wanted, given] = [pairs(title), pairs(name)]
  if (wanted.size < 3) return 0
  return [...wanted].filter((pair) => given.has(pair)).length / wanted.size
}

/** @param text what was typed; '' for the likeliest */
export function candidatesFor(core: Core, bundle: BundleRow, text: string): QueueRow[] {
  const { db, views } = core
  const context = { db, views, actor: core.actorOrNull(), now: core.now() }
  const asker = { desk: core.deskId(), now: core.now() }
  const read = (query: QueueQuery, limit: number): QueueRow[] =>
    views
      .shownByRids(views.queue.window(query, asker, 0, limit).rids)
      .map((shown) => toQueueRow(context, shown))
      .filter((row) => row.can.includes('scan'))
  if (text.trim() !== '') return read(openCopies(text), LOOKED_AT).slice(0, MOST)
  const said = `${bundle.name} ${bundle.hint}`
  const named = (said.toUpperCase().match(REQUEST_NUMBER) ?? []).flatMap((id) => {
    const shown = views.shownRequest(id)
    return shown ? [toQueueRow(context, shown)] : []
  })
  const open = read(openCopies(''), LOOKED_AT)
  const alike = open
    .map((row) => ({ row, score: likeness(row.title, said) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .map(({ row }) => row)
  const onDesk = open.filter((row) => ['scanning', 'pulled', 'resend', 'ready'].includes(row.stage))
  const found = new Map([...named.filter((row) => row.can.includes('scan')), ...alike, ...onDesk, ...open].map((row) => [row.id, row])) // prettier-ignore
  return [...found.values()].slice(0, MOST)
}
