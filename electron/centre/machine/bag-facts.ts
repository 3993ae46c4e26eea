/** What happens to bags on their way: handed over, arrived, ticked off, sent on. Recorded always, with or without fitting. */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { DAY_MS } from '../calendar.ts'
import type { Draft } from '../store/rows.ts'
import { LOAN_DAYS } from './loans.ts'
import { lentStatus } from './requests.ts'
import type { Rule } from './rule.ts'
import {
  anomaly,
  happenedAt,
  liveBag,
  liveRequest,
  mirror,
  mirrorBag,
  packedHere,
  remember,
  standsHere,
  volumeOf,
  type Turn,
} from './turn.ts'

type Bag = Draft<BagRow>
const notLeft = (row: BagRow) => row.state === 'open' || row.state === 'closed'

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
    row.chased = null
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
  const moving = request && volumeOf(request.row, volume)
  if (!moving) return
  if (packedHere(turn, moving)) return anomaly(turn, requestId, moving.barcode ?? '')
  change(request.row)
  mirror(turn, request)
}

/**
 * A bag that is in nobody's feed here was scanned by its code: the courier brought another library's. It is shown here
 * from now on, so that it can be sent on, and its sender is told where it is.
 */
function takeInStray(turn: Turn): void {
  const code = turn.op.objectId
  const found = turn.work.db
    .sql<{ id: string; library: string }>(
      `SELECT id, library FROM entity WHERE type = 'bag' AND gone_at IS NULL
       AND json_extract(body, '$.code') = ? AND json_extract(body, '$.owner') = library`,
    )
    .get(code)
  const sent = found && liveBag(turn, found.library, found.id)
  if (!sent || sent.row.state !== 'handed_over') return
  sent.row.state = 'arrived'
  anomaly(turn, sent.row.id, turn.actor.library, sent.library)
  mirrorBag(turn, sent)
  const before = turn.work.find(turn.actor.library, 'bag', sent.row.id)
  if (before) {
    before.gone = null
    Object.assign(before.row, { ...structuredClone(sent.row), version: before.row.version, seq: before.row.seq })
  } else turn.work.put(turn.actor.library, { ...structuredClone(sent.row), version: 0, seq: 0 })
}

export const BAG_FACTS = {
  handedOver: {
    sort: 'fact',
    about: 'manifest',
    fits: (_turn, { row }) => row.state === 'closed',
    effect: (turn, draft, args) => {
      const row = draft.row
      if (row.state === 'handed_over' || row.state === 'void') return
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
      // What stands here still cannot have arrived anywhere: for a person to look at.
      if (standsHere(turn, draft.row)) return
      if (draft.row.state !== 'reconciled') draft.row.state = 'arrived'
      mirrorBag(turn, draft)
    },
    unknown: takeInStray,
  },
  itemArrived: {
    sort: 'fact',
    about: 'bag',
    fits: (_turn, { row }, { item, condition }) =>
      holds(row, item.requestId, item.volume) &&
      (row.state === 'handed_over' || row.state === 'arrived') &&
      condition !== 'damaged',
    effect: (turn, draft, { item, condition }) => {
      if (standsHere(turn, draft.row)) return
      tick(draft, item.requestId, item.volume, 'arrived')
      place(turn, item.requestId, item.volume, (row) => {
        const volume = Object.assign(volumeOf(row, item.volume)!, { bagId: null, condition })
        if (volume.place !== 'shelf') volume.place = row.role === 'supplier' ? 'desk' : 'borrower'
      })
      mirrorBag(turn, draft)
    },
  },
  itemMissing: {
    sort: 'fact',
    about: 'bag',
    fits: () => false,
    effect: (turn, draft, { item }) => {
      if (standsHere(turn, draft.row)) return
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
      // Whoever had it by mistake or was addressed by mistake has the bag no longer; the sender goes on seeing it.
      for (const library of new Set([before, draft.library])) {
        if (library === args.to || library === draft.row.owner) continue
        const passedOn = library === draft.library ? draft : turn.work.find(library, 'bag', draft.row.id)
        if (passedOn) passedOn.gone = 'forwarded'
      }
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
