/**
 * The arrival table: a bag is scanned, then what is in it. Everything is taken in, whatever state it is in; what is
 * missing, too much, damaged or sent to the wrong library becomes an anomaly, never a refusal.
 */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { ArrivalAnswer, Resolved } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Condition } from '../../contract/words.ts'
import { parseScan } from '../../domain/codes.ts'
import { isLent } from '../../domain/machine/guards.ts'
import type { Core } from '../context.ts'
import { record } from './facts.ts'
import { resolveCode, titleOf, volumeMeant } from './resolve.ts'

type Item = { requestId: string; volume: number }
const same = (a: Item) => (b: Item) => a.requestId === b.requestId && a.volume === b.volume
const leftIn = (bag: BagRow | undefined) => bag?.items.filter((item) => item.arrived === '').length ?? null

/** @throws DeskError code_unknown, code_damaged, action_refused, sign_in_needed */
export function scanArrival(core: Core, code: string, bagId: string | null, condition: Condition): ArrivalAnswer {
  const found = resolveCode(core, code)
  if (found.kind === 'bag') return bagCame(core, core.views.bag(found.id)!.row)
  if (found.kind === 'item' || found.kind === 'request') return itemCame(core, found, bagId, condition)
  const scanned = parseScan(code)
  if (scanned.kind === 'bag') return strangeBag(core, scanned.id)
  if (found.kind !== 'unknown' || bagId === null) throw new DeskError('code_unknown', { code: code.slice(0, 60) })
  return surplus(core, bagId, found.text, found.text)
}

function bagCame(core: Core, bag: BagRow): ArrivalAnswer {
  const here = core.desk().library.id
  if (bag.owner === here && (bag.state === 'open' || bag.state === 'closed'))
    throw new DeskError('action_refused', { code: 'state', id: bag.code })
  if (bag.state === 'arrived' || bag.state === 'reconciled')
    return answerOf(bag.destination === here ? 'bagAgain' : 'misrouted', bag, false)
  const anomaly = record(core, { objectId: bag.id, kind: 'bagArrived', args: {} })
  return answerOf(bag.destination === here ? 'bag' : 'misrouted', bag, anomaly)
}

function answerOf(verdict: ArrivalAnswer['verdict'], bag: BagRow, anomaly: boolean): ArrivalAnswer {
  return { verdict, bagId: bag.id, title: bag.code, detail: bag.destination, left: leftIn(bag), anomaly }
}

/** A bag that is in nobody's feed here: it was sent to somebody else. Its arrival is recorded under its code. */
function strangeBag(core: Core, code: string): ArrivalAnswer {
  const anomaly = record(core, { objectId: code, kind: 'bagArrived', args: {} })
  return { verdict: 'misrouted', bagId: null, title: code, detail: '', left: null, anomaly }
}

function surplus(core: Core, bagId: string, barcode: string, title: string): ArrivalAnswer {
  record(core, { objectId: bagId, kind: 'itemSurplus', args: { barcode: barcode.slice(0, 64) } })
  return {
    verdict: 'surplus',
    bagId,
    title,
    detail: barcode,
    left: leftIn(core.views.bag(bagId)?.row),
    anomaly: true,
  }
}

function itemCame(
  core: Core,
  found: Extract<Resolved, { kind: 'item' | 'request' }>,
  bagId: string | null,
  condition: Condition,
): ArrivalAnswer {
  const request = core.views.request(found.kind === 'item' ? found.requestId : found.id)!.row
  const item = { requestId: request.id, volume: found.kind === 'item' ? found.volume : volumeMeant(request.volumes) }
  const title = titleOf(core, request.id)
  return core.db.write(() => {
    const open = bagId === null ? undefined : core.views.bag(bagId)?.row
    const listed = open?.items.find(same(item))
    if (open && listed?.arrived === 'arrived')
      return { verdict: 'itemAgain', bagId: open.id, title, detail: listed.barcode, left: leftIn(open), anomaly: false }
    const bag = listed ? open : (open ?? bagWaitingFor(core, item))
    let anomaly = false
    if (bag && (listed || bag !== open))
      anomaly = record(core, { objectId: bag.id, kind: 'itemArrived', args: { item, condition } })
    else if (open) {
      const barcode = request.volumes.find((one) => one.volume === item.volume)?.barcode ?? request.id
      surplus(core, open.id, barcode, title)
      anomaly = true
    }
    const returned = takeIn(core, request, item.volume, condition, bag !== undefined)
    anomaly ||= returned === 'anomaly'
    return {
      verdict: open && !listed ? 'surplus' : returned === null ? 'item' : 'returned',
      bagId: bag?.id ?? null,
      title,
      detail: item.volume > 1 ? `${request.id} #${item.volume}` : request.id,
      left: leftIn(bag && core.views.bag(bag.id)?.row),
      anomaly,
    }
  })
}

/** A bag on its way to us that still lists the item, when none lies open on the table: it has come if its book has. */
function bagWaitingFor(core: Core, item: Item): BagRow | undefined {
  const here = core.desk().library.id
  return core.views
    .bags()
    .map(({ row }) => row)
    .find((bag) => bag.destination === here && (bag.state === 'arrived' || bag.state === 'handed_over') && bag.items.some((one) => one.arrived === '' && same(item)(one))) // prettier-ignore
}

/**
 * Our own book is checked in. A borrowed one comes back from our reader, or is received once all volumes that were sent
 * are here (at once when it came without a bag).
 * @returns null when a borrowed book was taken in as it should
 */
function takeIn(
  core: Core,
  before: Pick<RequestRow, 'id' | 'role' | 'volumes'>,
  volume: number,
  condition: Condition,
  inBag: boolean,
) {
  // prettier-ignore
  const { id } = before
  if (before.role === 'supplier') {
    const misfit = record(core, { objectId: id, kind: 'checkedIn', args: { volume, condition } })
    if (condition === 'damaged') record(core, { objectId: id, kind: 'damaged', args: { volume, note: '—' } })
    return misfit ? 'anomaly' : 'returned'
  }
  const told = (kind: 'returnedByReader' | 'received') =>
    record(core, { objectId: id, kind, args: {} }) ? 'anomaly' : null
  const was = before.volumes.find((one) => one.volume === volume)?.place
  if (was === 'reader') return told('returnedByReader')
  const row = core.views.request(id)!.row
  const onTheWay = row.volumes.some((one) => one.place === 'courier' || one.place === 'bag')
  if (inBag ? isLent(row.status) && row.stage === 'handed_over' && !onTheWay : was !== 'borrower')
    return told('received')
  return null
}

/** The bag is empty: what was not ticked off is missing. @returns how many */
export function finishArrival(core: Core, bagId: string): number {
  const bag = core.views.bag(bagId)?.row
  if (!bag) throw new DeskError('not_found', { id: bagId })
  const missing = bag.items.filter((item) => item.arrived === '')
  core.db.write(() => {
    for (const { requestId, volume } of missing)
      core.act({ objectId: bagId, kind: 'itemMissing', args: { item: { requestId, volume } } })
  })
  return missing.length
}
