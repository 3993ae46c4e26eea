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
  if (!world.get('bag', id)?.items.some(same)) return false
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

export const FACTS = {
  handedOver: fact('manifest', ({ world, id, args, actor }) => {
    const before = world.get('manifest', id)
    if (!before || before.state === 'handed_over' || before.state === 'void') return false
    const row = world.edit('manifest', id)
    row.state = 'handed_over'
    row.handedOver = { at: actor.at, driver: args.driver, digest: args.digest }
    let fitted = before.state === 'closed'
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
  bagArrived: fact('bag', ({ world, id }) => {
    const before = world.get('bag', id)
    if (!before || before.state === 'arrived' || before.state === 'reconciled') return false
    world.edit('bag', id).state = 'arrived'
    return before.state === 'handed_over'
  }),
  itemArrived: fact('bag', (turn: Turn<'itemArrived'>) => {
    if (!tick(turn, 'arrived')) return false
    const { requestId, volume } = turn.args.item
    if (!turn.world.get('request', requestId)) return true
    const row = turn.world.edit('request', requestId)
    const item = custody.volumeOf(row, volume)
    if (!item) return true
    Object.assign(item, { condition: turn.args.condition, bagId: null })
    // Ticked off after it was checked in: it stays on the shelf.
    if (item.place !== 'shelf') item.place = row.role === 'supplier' ? 'desk' : 'borrower'
    return true
  }),
  itemMissing: fact('bag', (turn: Turn<'itemMissing'>) => {
    tick(turn, 'missing')
    return false
  }),
  itemSurplus: fact('bag', () => false),
  bagForwarded: fact('bag', ({ world, id, args }) => {
    const before = world.get('bag', id)
    if (!before) return false
    Object.assign(world.edit('bag', id), { state: 'handed_over', destination: args.to })
    return before.state === 'arrived'
  }),
  received: fact('request', (turn) =>
    onLent(turn, (row) => {
      row.stage = 'at_borrower'
      custody.moveAll(row, 'borrower')
    }),
  ),
  shippedBack: fact('request', (turn) =>
    onLent(turn, (row) => {
      row.stage = 'returning'
      custody.moveAll(row, 'courier')
    }),
  ),
  checkedIn: fact('request', ({ world, id, args, actor }) => {
    const before = world.get('request', id)
    const item = before && custody.volumeOf(before, args.volume)
    if (!before || !item) return false
    const lent = g.isLent(before.status)
    if (!lent && before.status !== 'CompletedWithoutReturn') return false
    const row = world.edit('request', id)
    Object.assign(custody.volumeOf(row, args.volume)!, { place: 'shelf', condition: args.condition, bagId: null })
    custody.endLoanIfAllBack(row, actor.at)
    return lent && item.place !== 'shelf'
  }),
  lost: fact('request', (turn: Turn<'lost'>) =>
    onLent(turn, (row) => {
      Object.assign(custody.volumeToChange(row, turn.args.volume), { place: 'lost', bagId: null })
      custody.endLoanIfAllBack(row, turn.actor.at)
    }),
  ),
  damaged: fact('request', ({ world, id, args }) => {
    const before = world.get('request', id)
    if (!before || !custody.volumeOf(before, args.volume)) return false
    custody.volumeOf(world.edit('request', id), args.volume)!.condition = 'damaged'
    return true
  }),
  pickedUp: fact('request', ({ world, id, args, actor }) => {
    const before = world.get('request', id)
    if (before?.status !== 'WillSupply') return false
    const row = world.edit('request', id)
    Object.assign(row, { status: 'Loaned', stage: 'picked_up', dueAt: dueDate(actor.at, 0) })
    for (const item of row.volumes) item.place = 'reader'
    return before.stage === 'awaiting_pickup' && before.pickupCode === args.code
  }),
  lentToReader: fact('request', (turn) =>
    onLent(turn, (row) => row.volumes.forEach((item) => (item.place = 'reader'))),
  ),
  returnedByReader: fact('request', (turn) =>
    onLent(turn, (row) => row.volumes.forEach((item) => (item.place = 'borrower'))),
  ),
} satisfies Family
