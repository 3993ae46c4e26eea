/** Bags and manifests: what travels with the courier. Both libraries' rows are written in one transaction. */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { DAY_MS } from '../calendar.ts'
import type { Draft } from '../store/rows.ts'
import { LOAN_DAYS } from './loans.ts'
import { lentStatus } from './requests.ts'
import { only, type Rule } from './rule.ts'
import {
  anomaly,
  happenedAt,
  liveBag,
  liveManifest,
  liveRequest,
  mirror,
  mirrorBag,
  refuse,
  remember,
  volumeOf,
  type Turn,
} from './turn.ts'

type Bag = Draft<BagRow>
const ours = (row: BagRow, turn: Turn) => row.owner === turn.actor.library
const notLeft = (row: BagRow) => row.state === 'open' || row.state === 'closed'

/** A loan is packed when every volume of it lies in a bag. */
function stageOfPacking(row: RequestRow): void {
  if (row.role !== 'supplier' || row.status !== 'WillSupply') return
  row.stage = row.volumes.every((v) => v.bagId !== null) ? 'packed' : 'checked'
}

/** The item leaves the sender: lent when it is ours, on its way home when it is the other library's. */
function itemLeaves(turn: Turn, request: Draft<RequestRow>, volume: number, days: number): void {
  const row = request.row
  const moving = volumeOf(row, volume)
  if (moving && moving.place !== 'shelf' && moving.place !== 'borrower') moving.place = 'courier'
  if (row.role === 'requester') {
    if (lentStatus(row)) row.stage = 'returning'
  } else if (row.status === 'WillSupply') {
    row.status = 'Loaned'
    row.stage = 'handed_over'
    row.dueAt = happenedAt(turn) + (LOAN_DAYS + days) * DAY_MS
  } else if (!lentStatus(row)) {
    anomaly(turn, row.id, `${row.status}/${row.stage}`)
  }
  remember(turn, request)
  mirror(turn, request)
}

/** Days of transport to a library, as the directory says. */
function transportDays(turn: Turn, library: string): number {
  return turn.work.find(turn.actor.library, 'library', library)?.row.transportDays ?? 0
}

/** Ticks an item of a bag; a bag whose items are all accounted for is settled. */
function tick(draft: Bag, requestId: string, volume: number, arrived: 'arrived' | 'missing'): void {
  for (const item of draft.row.items) if (item.requestId === requestId && item.volume === volume) item.arrived = arrived
  if (draft.row.items.length > 0 && draft.row.items.every((item) => item.arrived !== '')) draft.row.state = 'reconciled'
}

const holds = (row: BagRow, requestId: string, volume: number) =>
  row.items.some((item) => item.requestId === requestId && item.volume === volume)

/** An item reported at the addressee: the sender's or the owner's request learns where its volume is. */
function place(turn: Turn, requestId: string, volume: number, change: (row: RequestRow) => void): void {
  const request = liveRequest(turn, turn.actor.library, requestId)
  if (!request || !volumeOf(request.row, volume)) return
  change(request.row)
  mirror(turn, request)
}

export const BAG_RULES = {
  openBag: {
    sort: 'creation',
    unless: [
      (turn) => (turn.work.find(turn.actor.library, 'bag', turn.op.objectId) ? refuse('state') : null),
      (turn, args) =>
        turn.work.find(turn.actor.library, 'library', args.destination)
          ? null
          : refuse('invalid', { fields: 'destination' }),
    ],
    effect: (turn, args) => {
      const bag = turn.work.put<BagRow>(turn.actor.library, {
        type: 'bag',
        id: turn.op.objectId,
        version: 0,
        seq: 0,
        code: args.code,
        owner: turn.actor.library,
        destination: args.destination,
        route: args.route,
        state: 'open',
        seal: '',
        weightGrams: null,
        manifestId: null,
        items: [],
      })
      mirrorBag(turn, bag)
      return { type: 'bag', id: bag.row.id }
    },
  },
  openManifest: {
    sort: 'creation',
    unless: [(turn) => (turn.work.find(turn.actor.library, 'manifest', turn.op.objectId) ? refuse('state') : null)],
    effect: (turn, args) => {
      turn.work.put(turn.actor.library, {
        type: 'manifest',
        id: turn.op.objectId,
        version: 0,
        seq: 0,
        number: args.number,
        run: args.run,
        desk: turn.actor.desk,
        state: 'open',
        bagIds: [],
        closedAt: null,
        handedOver: null,
        amendments: [],
      })
      return { type: 'manifest', id: turn.op.objectId }
    },
  },
  moveBag: {
    sort: 'intention',
    about: 'bag',
    unless: [
      only((row, _args, turn) => ours(row, turn) && notLeft(row)),
      (turn, { row }, args) => {
        const target = liveManifest(turn, turn.actor.library, args.manifestId)
        if (!target) return refuse('not_found')
        const from = liveManifest(turn, turn.actor.library, row.manifestId)
        return target.row.state === 'open' && (!from || from.row.state === 'open') ? null : refuse('state')
      },
    ],
    effect: (turn, draft, args) => {
      const from = liveManifest(turn, turn.actor.library, draft.row.manifestId)
      if (from) from.row.bagIds = from.row.bagIds.filter((id) => id !== draft.row.id)
      liveManifest(turn, turn.actor.library, args.manifestId)!.row.bagIds.push(draft.row.id)
      draft.row.manifestId = args.manifestId
      mirrorBag(turn, draft)
    },
  },
  pack: {
    sort: 'intention',
    about: 'request',
    unless: [
      (turn, _draft, args) => {
        const bag = liveBag(turn, turn.actor.library, args.bagId)
        if (!bag) return refuse('not_found')
        return bag.row.state === 'open' && ours(bag.row, turn) ? null : refuse('bag_closed')
      },
      (_turn, { row }, args) => {
        const where = volumeOf(row, args.item.volume)?.bagId
        return where && where !== args.bagId ? refuse('item_elsewhere', { where }) : null
      },
      only((row, args, turn) => {
        const volume = volumeOf(row, args.item.volume)
        const sendable =
          row.role === 'supplier'
            ? row.status === 'WillSupply' && volume?.barcode != null && volume.place === 'desk'
            : lentStatus(row) && volume?.place === 'borrower'
        const bag = liveBag(turn, turn.actor.library, args.bagId)
        const again = volume?.bagId === args.bagId
        return (sendable || again) && bag?.row.destination === row.fields.partner
      }),
    ],
    effect: (turn, draft, args) => {
      const volume = volumeOf(draft.row, args.item.volume)!
      if (volume.bagId === args.bagId) return
      const bag = liveBag(turn, turn.actor.library, args.bagId)!
      volume.bagId = args.bagId
      volume.place = 'bag'
      bag.row.items.push({
        requestId: draft.row.id,
        volume: volume.volume,
        barcode: volume.barcode ?? '',
        title: draft.row.fields.title,
        arrived: '',
      })
      stageOfPacking(draft.row)
      remember(turn, draft, bag.row.code)
      mirrorBag(turn, bag)
    },
  },
  unpack: {
    sort: 'intention',
    about: 'request',
    unless: [
      (turn, _draft, args) => {
        const bag = liveBag(turn, turn.actor.library, args.bagId)
        if (!bag) return refuse('not_found')
        return bag.row.state === 'open' && ours(bag.row, turn) ? null : refuse('bag_closed')
      },
      (_turn, { row }, args) => {
        const where = volumeOf(row, args.item.volume)?.bagId ?? ''
        return where === args.bagId ? null : refuse('item_elsewhere', { where })
      },
    ],
    effect: (turn, draft, args) => {
      const volume = volumeOf(draft.row, args.item.volume)!
      const bag = liveBag(turn, turn.actor.library, args.bagId)!
      volume.bagId = null
      volume.place = draft.row.role === 'supplier' ? 'desk' : 'borrower'
      bag.row.items = bag.row.items.filter((i) => i.requestId !== draft.row.id || i.volume !== volume.volume)
      stageOfPacking(draft.row)
      remember(turn, draft, bag.row.code)
      mirrorBag(turn, bag)
    },
  },
  closeBag: {
    sort: 'intention',
    about: 'bag',
    unless: [only((row, _args, turn) => ours(row, turn) && notLeft(row))],
    effect: (turn, draft, args) => {
      draft.row.state = 'closed'
      draft.row.seal = args.seal
      draft.row.weightGrams = args.weightGrams ?? draft.row.weightGrams
      mirrorBag(turn, draft)
    },
  },
  reopenBag: {
    sort: 'intention',
    about: 'bag',
    unless: [only((row, _args, turn) => ours(row, turn) && notLeft(row))],
    effect: (turn, draft) => {
      draft.row.state = 'open'
      draft.row.seal = ''
      mirrorBag(turn, draft)
    },
  },
  closeManifest: {
    sort: 'intention',
    about: 'manifest',
    unless: [
      only((row) => row.state === 'open'),
      (turn, { row }, args) => {
        for (const id of args.bagIds) {
          const bag = liveBag(turn, turn.actor.library, id)
          if (!bag || !ours(bag.row, turn)) return refuse('not_found', { where: id })
          const other =
            bag.row.manifestId === row.id ? null : liveManifest(turn, turn.actor.library, bag.row.manifestId)
          if (other && other.row.state !== 'void') return refuse('bag_elsewhere', { where: other.row.number })
          if (bag.row.state !== 'closed') return refuse('state', { where: bag.row.code })
        }
        return null
      },
    ],
    effect: (turn, draft, args) => {
      for (const id of draft.row.bagIds) {
        const left = args.bagIds.includes(id) ? null : liveBag(turn, turn.actor.library, id)
        if (!left) continue
        left.row.manifestId = null
        mirrorBag(turn, left)
      }
      for (const id of args.bagIds) {
        const bag = liveBag(turn, turn.actor.library, id)!
        bag.row.manifestId = draft.row.id
        mirrorBag(turn, bag)
      }
      Object.assign(draft.row, { state: 'closed', bagIds: [...new Set(args.bagIds)], closedAt: turn.now })
    },
  },
  amendManifest: {
    sort: 'intention',
    about: 'manifest',
    unless: [only((row) => row.state === 'closed' || row.state === 'handed_over')],
    effect: (turn, draft, args) => {
      draft.row.amendments = [
        ...draft.row.amendments,
        { at: turn.now, who: turn.actor.userName, text: args.text },
      ].slice(-100)
    },
  },
  handedOver: {
    sort: 'fact',
    about: 'manifest',
    fits: (_turn, { row }) => row.state === 'closed',
    effect: (turn, draft, args) => {
      const row = draft.row
      if (row.state === 'handed_over') return
      row.state = 'handed_over'
      row.handedOver = { at: happenedAt(turn), driver: args.driver, digest: args.digest }
      for (const id of row.bagIds) {
        const bag = liveBag(turn, turn.actor.library, id)
        if (!bag) continue
        if (bag.row.state === 'open') anomaly(turn, bag.row.id, bag.row.state)
        if (notLeft(bag.row)) bag.row.state = 'handed_over'
        const days = transportDays(turn, bag.row.destination)
        for (const item of bag.row.items) {
          const request = liveRequest(turn, turn.actor.library, item.requestId)
          if (request) itemLeaves(turn, request, item.volume, days)
          else anomaly(turn, item.requestId, item.barcode)
        }
        mirrorBag(turn, bag)
      }
    },
  },
  bagArrived: {
    sort: 'fact',
    about: 'bag',
    fits: (turn, { row }) => row.state === 'handed_over' && row.destination === turn.actor.library,
    effect: (turn, draft) => {
      if (draft.row.state !== 'reconciled') draft.row.state = 'arrived'
      mirrorBag(turn, draft)
    },
  },
  itemArrived: {
    sort: 'fact',
    about: 'bag',
    fits: (_turn, { row }, { item }) =>
      holds(row, item.requestId, item.volume) && (row.state === 'handed_over' || row.state === 'arrived'),
    effect: (turn, draft, { item, condition }) => {
      tick(draft, item.requestId, item.volume, 'arrived')
      place(turn, item.requestId, item.volume, (row) =>
        Object.assign(volumeOf(row, item.volume)!, {
          place: row.role === 'supplier' ? 'desk' : 'borrower',
          bagId: null,
          condition,
        }),
      )
      mirrorBag(turn, draft)
    },
  },
  itemMissing: {
    sort: 'fact',
    about: 'bag',
    fits: () => false,
    effect: (turn, draft, { item }) => {
      tick(draft, item.requestId, item.volume, 'missing')
      if (draft.row.owner !== turn.actor.library) anomaly(turn, item.requestId, draft.row.code, draft.row.owner)
      mirrorBag(turn, draft)
    },
  },
  itemSurplus: {
    sort: 'fact',
    about: 'bag',
    fits: () => false,
    effect: () => undefined,
  },
  bagForwarded: {
    sort: 'fact',
    about: 'bag',
    fits: (turn, { row }, args) =>
      (row.state === 'handed_over' || row.state === 'arrived') &&
      turn.work.find(turn.actor.library, 'library', args.to) !== null,
    effect: (turn, draft, args, fits) => {
      if (!fits) return
      const before = draft.row.destination
      draft.row.destination = args.to
      draft.row.state = 'handed_over'
      mirrorBag(turn, draft)
      // Whoever was addressed by mistake has the bag no longer; the sender goes on seeing it.
      if (before === args.to || before === draft.row.owner) return
      const passedOn = before === draft.library ? draft : turn.work.find(before, 'bag', draft.row.id)
      if (passedOn) passedOn.gone = 'forwarded'
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
