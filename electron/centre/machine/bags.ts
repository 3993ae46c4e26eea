/** Bags and manifests before they leave. Both libraries' rows are written in one transaction. */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Draft } from '../store/rows.ts'
import { lentStatus } from './requests.ts'
import { only, type Rule } from './rule.ts'
import { liveBag, liveManifest, mirrorBag, refuse, remember, volumeOf, type Turn } from './turn.ts'

type Bag = Draft<BagRow>
const ours = (row: BagRow, turn: Turn) => row.owner === turn.actor.library
const notLeft = (row: BagRow) => row.state === 'open' || row.state === 'closed'

/** A loan is packed when every volume of it lies in a bag. */
function stageOfPacking(row: RequestRow): void {
  if (row.role !== 'supplier' || row.status !== 'WillSupply') return
  row.stage = row.volumes.every((v) => v.bagId !== null) ? 'packed' : 'checked'
}

/** What a closed manifest lists is sealed: neither contents nor seals of its bags change any more. */
const notOnClosedManifest = (turn: Turn, { row }: Bag) => {
  const manifest = liveManifest(turn, turn.actor.library, row.manifestId)
  return manifest && manifest.row.state !== 'open' && manifest.row.state !== 'void' ? refuse('state') : null
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
            ? (row.status === 'WillSupply' || lentStatus(row)) && volume?.barcode != null && volume.place === 'desk'
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
    unless: [only((row, _args, turn) => ours(row, turn) && notLeft(row)), notOnClosedManifest],
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
    unless: [only((row, _args, turn) => ours(row, turn) && notLeft(row)), notOnClosedManifest],
    effect: (turn, draft) => {
      draft.row.state = 'open'
      draft.row.seal = ''
      mirrorBag(turn, draft)
    },
  },
  voidManifest: {
    sort: 'intention',
    about: 'manifest',
    unless: [only((row) => row.state === 'open' && row.bagIds.length === 0)],
    effect: (_turn, draft) => void (draft.row.state = 'void'),
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
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
