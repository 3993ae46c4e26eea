/** Items are bound to their loan, packed into bags, bags written on manifests; all of it can be taken back. */
import type { BagRow } from '../../contract/centre.contract.ts'
import * as custody from './custody.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Refusal, type Turn } from './rule.ts'

/** Refusals about the bag of pack and unpack, which are ops on the request. */
function openBagOfOurs({ world, args, actor }: Turn<'pack'> | Turn<'unpack'>): Refusal | BagRow {
  const bag = world.get('bag', args.bagId)
  if (!bag) return { code: 'not_found' }
  return bag.state === 'open' && bag.owner === actor.library ? bag : { code: 'bag_closed' }
}
const isRefusal = (answer: Refusal | BagRow): answer is Refusal => !('items' in answer)

/** A closed manifest says what lies in its bags under which seals: neither changes any more. */
function onClosedManifest({ world }: Turn, bag: BagRow): Refusal | null {
  const manifest = bag.manifestId === null ? undefined : world.get('manifest', bag.manifestId)
  return manifest && manifest.state !== 'open' && manifest.state !== 'void' ? { code: 'state' } : null
}

export const PACKING = {
  // ---- items and bags
  bindItem: on('request')<'bindItem'>({
    when: [g.weSupply, g.isService('loan'), g.accepted],
    unless: ({ world, args }, row) => {
      const item = custody.volumeOf(row, args.volume)
      // Of a set that has left only the volume that stayed behind is still to be bound.
      if (g.isLent(row.status) && item?.barcode !== null) return { code: 'state' }
      return custody.inBag(world, item) ?? custody.itemElsewhere(world, row, args.volume, args.barcode)
    },
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      Object.assign(custody.volumeToChange(row, args.volume), { barcode: args.barcode, place: 'desk' })
      custody.stageByItems(row)
    },
    undo: 'unbindItem',
  }),
  unbindItem: on('request')<'unbindItem'>({
    when: [g.weSupply, g.isService('loan'), g.accepted],
    unless: ({ world, args }, row) => {
      const item = custody.volumeOf(row, args.volume)
      if (!item) return { code: 'not_found' }
      if (g.isLent(row.status) && item.place !== 'desk') return { code: 'state' }
      return custody.inBag(world, item)
    },
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      custody.freeItem(custody.volumeOf(row, args.volume)!)
      custody.stageByItems(row)
      // The code is for these volumes; with one gone it opens nothing any more.
      row.pickupCode = null
    },
    undo: 'bindItem',
  }),
  pack: on('request')<'pack'>({
    when: [g.isService('loan')],
    unless: (turn, row) => {
      const { world, args } = turn
      const bag = openBagOfOurs(turn)
      if (isRefusal(bag)) return bag
      const item = custody.volumeOf(row, args.item.volume)
      if (item?.bagId === bag.id) return null
      const elsewhere = custody.inBag(world, item)
      if (elsewhere) return elsewhere
      // Ours goes out once it is checked; another library's goes home from where it was borrowed.
      const ready =
        row.role === 'supplier'
          ? g.accepted(row, turn.actor) === null && item?.barcode != null && item.place === 'desk'
          : g.isLent(row.status) && item?.place === 'borrower'
      return ready && bag.destination === row.fields.partner ? null : { code: 'state' }
    },
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      const item = custody.volumeOf(row, args.item.volume)!
      if (item.bagId === args.bagId) return
      Object.assign(item, { bagId: args.bagId, place: 'bag' })
      custody.stageByItems(row)
      world.edit('bag', args.bagId).items.push({
        requestId: id,
        volume: item.volume,
        barcode: item.barcode ?? '',
        title: row.fields.title,
        arrived: '',
      })
    },
    undo: 'unpack',
  }),
  unpack: on('request')<'unpack'>({
    when: [],
    unless: (turn, row) => {
      const bag = openBagOfOurs(turn)
      if (isRefusal(bag)) return bag
      const item = custody.volumeOf(row, turn.args.item.volume)
      return item?.bagId === bag.id ? null : { code: 'item_elsewhere', info: { where: item?.bagId ?? '' } }
    },
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      const place = row.role === 'supplier' ? 'desk' : 'borrower'
      Object.assign(custody.volumeOf(row, args.item.volume)!, { bagId: null, place })
      custody.stageByItems(row)
      const bag = world.edit('bag', args.bagId)
      bag.items = bag.items.filter((item) => item.requestId !== id || item.volume !== args.item.volume)
    },
    undo: 'pack',
  }),
  openBag: on('bag')<'openBag'>({
    makes: true,
    when: [],
    then: ({ world, id, args, actor }) => {
      if (world.get('bag', id)) return
      const made = { state: 'open', seal: '', weightGrams: null, manifestId: null, items: [] } as const
      world.add({ type: 'bag', id, version: 0, seq: 0, owner: actor.library, ...made, ...args, items: [] })
    },
  }),
  closeBag: on('bag')<'closeBag'>({
    when: [g.bagIsOurs, g.bagStateIn('open', 'closed')],
    unless: onClosedManifest,
    then: ({ world, id, args }) => {
      Object.assign(world.edit('bag', id), {
        state: 'closed',
        seal: args.seal,
        ...(args.weightGrams === undefined ? {} : { weightGrams: args.weightGrams }),
      })
    },
    undo: 'reopenBag',
  }),
  reopenBag: on('bag')<'reopenBag'>({
    when: [g.bagIsOurs, g.bagStateIn('closed')],
    unless: onClosedManifest,
    then: ({ world, id }) => void Object.assign(world.edit('bag', id), { state: 'open', seal: '' }),
    undo: 'closeBag',
  }),

  // ---- manifests
  openManifest: on('manifest')<'openManifest'>({
    makes: true,
    when: [],
    then: ({ world, id, args, actor }) => {
      if (world.get('manifest', id)) return
      const made = { state: 'open', bagIds: [], closedAt: null, handedOver: null, amendments: [] } as const
      world.add({
        type: 'manifest',
        id,
        version: 0,
        seq: 0,
        desk: actor.desk,
        ...args,
        ...made,
        bagIds: [],
        amendments: [],
      })
    },
  }),
  moveBag: on('bag')<'moveBag'>({
    when: [g.bagIsOurs, g.bagStateIn('open', 'closed')],
    unless: ({ world, args }, row) => {
      const target = world.get('manifest', args.manifestId)
      if (!target) return { code: 'not_found' }
      const now = row.manifestId === null ? undefined : world.get('manifest', row.manifestId)
      return target.state === 'open' && (!now || now.state === 'open') ? null : { code: 'state' }
    },
    then: ({ world, id, args }, row) => {
      if (row.manifestId !== null && world.get('manifest', row.manifestId)) {
        const from = world.edit('manifest', row.manifestId)
        from.bagIds = from.bagIds.filter((bagId) => bagId !== id)
      }
      world.edit('bag', id).manifestId = args.manifestId
      const to = world.edit('manifest', args.manifestId)
      if (!to.bagIds.includes(id)) to.bagIds.push(id)
    },
    undo: 'moveBag',
  }),
  closeManifest: on('manifest')<'closeManifest'>({
    when: [g.stateIn('open')],
    unless: ({ world, id, args, actor }) => {
      for (const bagId of args.bagIds) {
        const bag = world.get('bag', bagId)
        if (!bag) return { code: 'not_found' }
        const other = bag.manifestId !== null && bag.manifestId !== id && world.get('manifest', bag.manifestId)
        if (other && other.state !== 'void') return { code: 'bag_elsewhere', info: { where: other.number } }
        if (bag.state !== 'closed' || bag.owner !== actor.library) return { code: 'state' }
      }
      return null
    },
    then: ({ world, id, args, actor }) => {
      const row = world.edit('manifest', id)
      for (const left of row.bagIds.filter((bagId) => !args.bagIds.includes(bagId)))
        if (world.get('bag', left)?.manifestId === id) world.edit('bag', left).manifestId = null
      for (const bagId of args.bagIds) world.edit('bag', bagId).manifestId = id
      Object.assign(row, { state: 'closed', bagIds: [...args.bagIds], closedAt: actor.at })
    },
  }),
  voidManifest: on('manifest')<'voidManifest'>({
    when: [g.stateIn('open'), g.noBagOnIt],
    then: ({ world, id }) => void (world.edit('manifest', id).state = 'void'),
  }),
  amendManifest: on('manifest')<'amendManifest'>({
    when: [g.stateIn('closed', 'handed_over')],
    then: ({ world, id, args, actor }) =>
      void world.edit('manifest', id).amendments.push({ at: actor.at, who: actor.userName, text: args.text }),
  }),
} satisfies Family
