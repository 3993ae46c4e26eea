/** Where the volumes of a loan are, and what that says about the loan. An item is `requestId#volume`. */
import type { BagRow, RequestRow, VolumeState } from '../../contract/centre.contract.ts'
import { dueDate } from '../due-date.ts'
import { isLent } from './guards.ts'
import type { Actor, Refusal } from './rule.ts'
import type { RowSource, World } from './world.ts'

export const volumeOf = (row: Pick<RequestRow, 'volumes'>, volume: number): VolumeState | undefined =>
  row.volumes.find((item) => item.volume === volume)

/** The volume to change, added when staff found one more than was asked for. */
export function volumeToChange(row: RequestRow, volume: number): VolumeState {
  const found = volumeOf(row, volume)
  if (found) return found
  const added: VolumeState = { volume, label: '', barcode: null, bagId: null, place: 'shelf', condition: 'good' }
  row.volumes.push(added)
  row.volumes.sort((a, b) => a.volume - b.volume)
  return added
}

/** Stage of an accepted loan by its items: checked once all are bound (self pick-up then waits for the reader). */
export function stageByItems(row: RequestRow): void {
  const { volumes } = row
  // Once a part of a set has left, its stage tells of that part.
  if (row.role !== 'supplier' || row.status === 'Cancelled' || isLent(row.status)) return
  const all = (is: (item: VolumeState) => boolean) => volumes.length > 0 && volumes.every(is)
  if (all((item) => item.bagId !== null)) row.stage = 'packed'
  else if (all((item) => item.barcode !== null))
    row.stage = row.fields.deliveryMethod === 'self' ? 'awaiting_pickup' : 'checked'
  else if (row.stage === 'checked' || row.stage === 'awaiting_pickup' || row.stage === 'packed') row.stage = 'pulled'
}

export function freeItem(item: VolumeState): void {
  item.barcode = null
  item.place = 'shelf'
}

/** Refuses a barcode that another open loan (or another volume of this one) carries. */
export function itemElsewhere(rows: RowSource, row: RequestRow, volume: number, barcode: string): Refusal | null {
  for (const bearer of rows.bearers(barcode)) {
    if (bearer.requestId === row.id && bearer.volume === volume) continue
    const other = rows.get('request', bearer.requestId)
    if (!other) continue
    const open = other.status === 'RequestReceived' || other.status === 'WillSupply' || isLent(other.status)
    const item = volumeOf(other, bearer.volume)
    if (open && item?.barcode === barcode && item.place !== 'shelf')
      return { code: 'item_elsewhere', info: { where: other.id } }
  }
  return null
}

/** A packed volume is in its bag and nowhere else. */
export function inBag(rows: RowSource, item: VolumeState | undefined): Refusal | null {
  if (!item || item.bagId === null) return null
  return { code: 'item_elsewhere', info: { where: rows.get('bag', item.bagId)?.code ?? item.bagId } }
}

/** A bag of ours that has not left. */
export const standsHere = (bag: BagRow, library: string): boolean =>
  bag.owner === library && (bag.state === 'open' || bag.state === 'closed')

/**
 * The volume lies in a bag of ours that stands here: it leaves it by being unpacked or with the bag. Whatever else is
 * reported of it meanwhile contradicts the bag, is for a person to look at, and moves nothing.
 */
export function packedHere(rows: RowSource, item: VolumeState, library: string): boolean {
  const bag = item.bagId === null ? undefined : rows.get('bag', item.bagId)
  return bag !== undefined && standsHere(bag, library)
}

/** Ends a loan when no volume is out any more: back (LoanCompleted) or, if one never came, without return. */
export function endLoanIfAllBack(row: RequestRow, at: number): void {
  if (!row.volumes.every((item) => item.place === 'shelf' || item.place === 'lost')) return
  row.finishedAt = at
  row.cancelAsked = false
  if (row.volumes.some((item) => item.place === 'lost')) row.status = 'CompletedWithoutReturn'
  else {
    row.status = 'LoanCompleted'
    row.stage = 'checked_in'
  }
}

/** All volumes move together and leave their bags, but for those still packed here. */
export function moveAll(rows: RowSource, row: RequestRow, place: VolumeState['place'], library: string): void {
  for (const item of row.volumes) {
    if (item.place === 'shelf' || item.place === 'lost' || packedHere(rows, item, library)) continue
    item.place = place
    item.bagId = null
  }
}

/**
 * The courier has the bag: our items in it are lent, borrowed ones are on their way home. A request that was cancelled (or left us) while its bag stood
 * ready goes with the bag all the same, and a person is told.
 * @returns false when an item did not fit
 */
export function lendBag(world: World, bag: BagRow, actor: Actor): boolean {
  let fitted = true
  for (const { requestId, volume } of bag.items) {
    if (!world.get('request', requestId)) {
      fitted = false
      continue
    }
    const row = world.edit('request', requestId)
    const item = volumeOf(row, volume)
    if (item && item.place !== 'shelf' && item.place !== 'borrower') item.place = 'courier'
    if (row.role === 'requester') {
      if (isLent(row.status)) row.stage = 'returning'
    } else if (row.status === 'WillSupply') {
      row.status = 'Loaned'
      row.stage = 'handed_over'
      row.chased = null
      row.dueAt = dueDate(actor.at, world.get('library', bag.destination)?.transportDays ?? 0)
    } else if (!isLent(row.status)) fitted = false
  }
  return fitted
}
