/** What happened in the world. Facts are always recorded; a rule says only whether they fit. */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import { dueDate } from '../due-date.ts'
import * as custody from './custody.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { fact, type Turn } from './rule.ts'

/** A tick beside an item of an arrived bag; the last tick settles the bag. @returns false when it was not in the bag */
function tick(turn: Turn<'itemArrived'> | Turn<'itemMissing'>, arrived: 'arrived' | 'missing'): boolean {
  const { world, id, args } = turn
  const same = (item: BagRow['items'][number]) =>
    item.requestId === args.item.requestId && item.volume === args.item.volume
  const found = world.get('bag', id)
  // What stands here still cannot have arrived anywhere.
  if (!found?.items.some(same) || custody.standsHere(found, turn.actor.library)) return false
  const bag = world.edit('bag', id)
  bag.items.find(same)!.arrived = arrived
  if (bag.items.every((item) => item.arrived !== '')) bag.state = 'reconciled'
  return true
}

/** Records on a loan that is out; anything else does not fit and stays as it is. */
function onLent(turn: Turn, record: (row: RequestRow) => void): boolean {
  const found = turn.world.get('request', turn.id)
  if (!found || !g.isLent(found.status)) return false
  record(turn.world.edit('request', turn.id))
  return true
}

/** Between our loan desk and our reader, of what we borrowed. */
function atBorrower(turn: Turn, from: 'borrower' | 'reader', to: 'borrower' | 'reader'): boolean {
  if (turn.world.get('request', turn.id)?.role !== 'requester') return false
  return onLent(turn, (row) => {
    for (const item of row.volumes) if (item.place === from) item.place = to
  })
}

export const FACTS = {
  handedOver: fact('manifest', ({ world, id, args, actor }) => {
    const before = world.get('manifest', id)
    if (!before || before.state === 'handed_over' || before.state === 'void') return false
    // Rows are changed in place: what was true before is read before.
    let fitted = before.state === 'closed'
    const row = world.edit('manifest', id)
    row.state = 'handed_over'
    row.handedOver = { at: actor.at, driver: args.driver, digest: args.digest }
    for (const bagId of row.bagIds) {
      const found = world.get('bag', bagId)
      if (found?.state !== 'open' && found?.state !== 'closed') {
        fitted = false
        continue
      }
      const bag = world.edit('bag', bagId)
      bag.state = 'handed_over'
      fitted = custody.lendBag(world, bag, actor) && fitted
    }
    return fitted
  }),
  bagArrived: fact('bag', ({ world, id, actor }) => {
    const before = world.get('bag', id)
    if (
      !before ||
      before.state === 'arrived' ||
      before.state === 'reconciled' ||
      custody.standsHere(before, actor.library)
    )
      return false
    const fitted = before.state === 'handed_over' && before.destination === actor.library
    world.edit('bag', id).state = 'arrived'
    return fitted
  }),
  itemArrived: fact('bag', (turn: Turn<'itemArrived'>) => {
    const came = turn.world.get('bag', turn.id)?.state
    if (!tick(turn, 'arrived')) return false
    const fitted = (came === 'handed_over' || came === 'arrived') && turn.args.condition !== 'damaged'
    const { requestId, volume } = turn.args.item
    if (!turn.world.get('request', requestId)) return fitted
    const row = turn.world.edit('request', requestId)
    const item = custody.volumeOf(row, volume)
    if (!item) return fitted
    if (custody.packedHere(turn.world, item, turn.actor.library)) return false
    Object.assign(item, { condition: turn.args.condition, bagId: null })
    // Ticked off after it was checked in: it stays on the shelf.
    if (item.place !== 'shelf') item.place = row.role === 'supplier' ? 'desk' : 'borrower'
    return fitted
  }),
  itemMissing: fact('bag', (turn: Turn<'itemMissing'>) => {
    tick(turn, 'missing')
    return false
  }),
  itemSurplus: fact('bag', () => false),
  bagForwarded: fact('bag', ({ world, id, args }) => {
    const before = world.get('bag', id)
    const onItsWay = before?.state === 'handed_over' || before?.state === 'arrived'
    if (!onItsWay || !world.get('library', args.to)) return false
    Object.assign(world.edit('bag', id), { state: 'handed_over', destination: args.to })
    return true
  }),
  received: fact('request', (turn) => {
    if (turn.world.get('request', turn.id)?.stage !== 'handed_over') return false
    return onLent(turn, (row) => {
      row.stage = 'at_borrower'
      for (const item of row.volumes)
        if (
          (item.place === 'courier' || item.place === 'bag') &&
          !custody.packedHere(turn.world, item, turn.actor.library)
        )
          Object.assign(item, { place: 'borrower', bagId: null })
    })
  }),
  shippedBack: fact('request', (turn) =>
    onLent(turn, (row) => {
      row.stage = 'returning'
      custody.moveAll(turn.world, row, 'courier', turn.actor.library)
    }),
  ),
  checkedIn: fact('request', ({ world, id, args, actor }) => {
    const before = world.get('request', id)
    const item = before && custody.volumeOf(before, args.volume)
    // What we borrowed goes home to its library; only there is it checked in.
    if (!before || !item || before.role !== 'supplier' || custody.packedHere(world, item, actor.library)) return false
    const lent = g.isLent(before.status)
    if (!lent && before.status !== 'CompletedWithoutReturn') return false
    const fitted = lent && item.place !== 'shelf' && args.condition !== 'damaged'
    const row = world.edit('request', id)
    Object.assign(custody.volumeOf(row, args.volume)!, { place: 'shelf', condition: args.condition, bagId: null })
    custody.endLoanIfAllBack(row, actor.at)
    return fitted
  }),
  lost: fact('request', (turn: Turn<'lost'>) => {
    const item = custody.volumeOf(turn.world.get('request', turn.id) ?? { volumes: [] }, turn.args.volume)
    if (!item || custody.packedHere(turn.world, item, turn.actor.library)) return false
    return onLent(turn, (row) => {
      Object.assign(custody.volumeOf(row, turn.args.volume)!, { place: 'lost', bagId: null })
      custody.endLoanIfAllBack(row, turn.actor.at)
    })
  }),
  damaged: fact('request', ({ world, id, args }) => {
    const before = world.get('request', id)
    if (!before || !custody.volumeOf(before, args.volume)) return false
    custody.volumeOf(world.edit('request', id), args.volume)!.condition = 'damaged'
    return true
  }),
  pickedUp: fact('request', ({ world, id, args, actor }) => {
    const before = world.get('request', id)
    if (before?.status !== 'WillSupply' || before.volumes.some((item) => item.bagId !== null)) return false
    const inTime = actor.at <= (before.pickupUntil ?? Number.MAX_SAFE_INTEGER)
    const fitted = before.stage === 'awaiting_pickup' && before.pickupCode === args.code && inTime
    if (before.stage !== 'awaiting_pickup') return false
    const row = world.edit('request', id)
    Object.assign(row, { status: 'Loaned', stage: 'picked_up', dueAt: dueDate(actor.at, 0) })
    for (const item of row.volumes) item.place = 'reader'
    return fitted
  }),
  lentToReader: fact('request', (turn) => atBorrower(turn, 'borrower', 'reader')),
  returnedByReader: fact('request', (turn) => atBorrower(turn, 'reader', 'borrower')),
} satisfies Family
