/**
 * The request machine of the desk: every operation in one table (design: sync, "Operations").
 *
 * It tells what staff may do, shows at once what they did, and foresees what the centre will refuse. The centre has its
 * own guards; both are held against tests/cases/operations.ts. Facts are always recorded: `record` says whether they fit.
 */
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { dueDate } from '../due-date.ts'
import * as custody from './custody.ts'
import * as g from './guards.ts'
import { fact, on, type Actor, type Refusal, type Rule, type Turn } from './rule.ts'

/** How long a claim holds without a word from the desk; the centre's time decides. */
export const LEASE_MS = 24 * 3_600_000
const NOT_FINAL = ['RequestReceived', 'WillSupply', 'RetryPossible'] as const

function claim(row: RequestRow, actor: Actor): void {
  row.claim = {
    desk: actor.desk,
    deskName: actor.deskName,
    user: actor.user,
    userName: actor.userName,
    leaseUntil: actor.at + LEASE_MS,
  }
}

/** Nobody else's hands: a lease that is over is cleared by whoever acts next. */
function dropLapsed(row: RequestRow, actor: Actor): void {
  if (row.claim && !g.heldByMe(row, actor)) row.claim = null
}

function finish(row: RequestRow, status: RequestRow['status'], actor: Actor): void {
  row.status = status
  row.finishedAt = actor.at
  row.cancelAsked = false
}

function deliver({ id, args, actor, world }: Turn<'fulfil'> | Turn<'resend'>): void {
  const row = world.edit('request', id)
  dropLapsed(row, actor)
  finish(row, 'CopyCompleted', actor)
  row.stage = 'sent'
  row.complaint = null
  row.delivery = {
    sha256: args.blobs[0]!,
    link: '',
    expiresAt: actor.at,
    openedAt: null,
    pages: args.pages,
    bytes: args.bytes,
  }
}

/** Refusals about the bag of pack and unpack, which are ops on the request. */
function openBagOfOurs({ world, args, actor }: Turn<'pack'> | Turn<'unpack'>): Refusal | BagRow {
  const bag = world.get('bag', args.bagId)
  if (!bag) return { code: 'not_found' }
  return bag.state === 'open' && bag.owner === actor.library ? bag : { code: 'bag_closed' }
}
const isRefusal = (answer: Refusal | BagRow): answer is Refusal => !('items' in answer)

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

export const MACHINE: { readonly [K in OpKind]: Rule<K> } = {
  // ---- who works on it
  claim: on('request')<'claim'>({
    when: [g.mineOrFree],
    then: ({ world, id, actor }) => claim(world.edit('request', id), actor),
    undo: 'release',
  }),
  release: on('request')<'release'>({
    when: [g.isMine],
    then: ({ world, id }) => void (world.edit('request', id).claim = null),
    undo: 'claim',
  }),
  takeOver: on('request')<'takeOver'>({
    when: [g.mayTakeOver],
    then: ({ world, id, actor }) => claim(world.edit('request', id), actor),
    undo: 'takeOver',
  }),

  // ---- answers
  accept: on('request')<'accept'>({
    when: [g.weSupply, g.notCancelled, g.statusIn('RequestReceived'), g.mineOrFree],
    then: ({ world, id, actor }) => {
      const row = world.edit('request', id)
      dropLapsed(row, actor)
      row.status = 'WillSupply'
    },
    undo: 'unaccept',
  }),
  unaccept: on('request')<'unaccept'>({
    when: [g.weSupply, g.statusIn('WillSupply'), g.notOthers, g.nothingPacked],
    then: ({ world, id }) => {
      const row = world.edit('request', id)
      row.status = 'RequestReceived'
      row.volumes.forEach(custody.freeItem)
      custody.stageByItems(row)
    },
    undo: 'accept',
  }),
  cannotSupply: on('request')<'cannotSupply'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      finish(row, 'Unfilled', actor)
      row.reason = args.reason
    },
    held: true,
  }),
  retryLater: on('request')<'retryLater'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      row.status = 'RetryPossible'
      row.reason = args.reason
    },
    held: true,
  }),
  forward: on('request')<'forward'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      finish(row, 'Unfilled', actor)
      row.reason = args.reason
      world.remove('request', id, 'forwarded')
    },
    held: true,
  }),
  answerCancel: on('request')<'answerCancel'>({
    when: [g.cancelIsAsked],
    unless: ({ args }, row) => (args.yes && g.isLent(row.status) ? { code: 'state' } : null),
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      row.cancelAsked = false
      if (args.yes) finish(row, 'Cancelled', actor)
    },
    held: true,
  }),

  // ---- what is written on it
  setField: on('request')<'setField'>({
    when: [],
    then: ({ world, id, args }) => void (world.edit('request', id).fields[args.field] = args.value),
    undo: 'setField',
  }),
  note: on('request')<'note'>({ when: [], then: () => {} }),
  printed: on('request')<'printed'>({
    makes: true,
    when: [],
    then: ({ world, id, args }) => {
      const row = world.get('request', id)
      if (args.kind === 'pullSlip' && row?.stage === 'queued') world.edit('request', id).stage = 'pulled'
    },
  }),
  scanned: on('request')<'scanned'>({
    when: [],
    then: ({ world, id }, row) => {
      if (row.stage === 'queued' || row.stage === 'pulled') world.edit('request', id).stage = 'scanning'
    },
  }),
  askReader: on('request')<'askReader'>({ when: [], then: () => {} }),

  // ---- copies
  fulfil: on('request')<'fulfil'>({
    when: [
      g.weSupply,
      g.isService('copy'),
      g.notCancelled,
      (row) => (row.status === 'CopyCompleted' ? { code: 'already_fulfilled' } : null),
      g.statusIn('RequestReceived', 'WillSupply'),
      g.mineOrFree,
    ],
    then: deliver,
    held: true,
  }),
  resend: on('request')<'resend'>({
    when: [g.weSupply, g.isService('copy'), g.statusIn('CopyCompleted'), g.complaintIsOpen],
    then: deliver,
    held: true,
  }),
  complain: on('request')<'complain'>({
    when: [g.weAsk, g.statusIn('CopyCompleted')],
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      row.complaint = args.reason
      row.stage = 'resend'
    },
  }),

  // ---- items and bags
  bindItem: on('request')<'bindItem'>({
    when: [g.weSupply, g.isService('loan'), g.statusIn('WillSupply')],
    unless: ({ world, args }, row) =>
      custody.inBag(world, custody.volumeOf(row, args.volume)) ??
      custody.itemElsewhere(world, row, args.volume, args.barcode),
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      Object.assign(custody.volumeToChange(row, args.volume), { barcode: args.barcode, place: 'desk' })
      custody.stageByItems(row)
    },
    undo: 'unbindItem',
  }),
  unbindItem: on('request')<'unbindItem'>({
    when: [g.weSupply, g.isService('loan'), g.statusIn('WillSupply')],
    unless: ({ world, args }, row) => {
      const item = custody.volumeOf(row, args.volume)
      return item ? custody.inBag(world, item) : { code: 'not_found' }
    },
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      custody.freeItem(custody.volumeOf(row, args.volume)!)
      custody.stageByItems(row)
    },
    undo: 'bindItem',
  }),
  pack: on('request')<'pack'>({
    when: [g.weSupply, g.isService('loan')],
    unless: (turn, row) => {
      const { world, args } = turn
      const bag = openBagOfOurs(turn)
      if (isRefusal(bag)) return bag
      const item = custody.volumeOf(row, args.item.volume)
      if (item?.bagId === bag.id) return null
      const elsewhere = custody.inBag(world, item)
      if (elsewhere) return elsewhere
      const ready = row.status === 'WillSupply' && item?.barcode != null && item.place === 'desk'
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
        barcode: item.barcode!,
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
      Object.assign(custody.volumeOf(row, args.item.volume)!, { bagId: null, place: 'desk' })
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
  amendManifest: on('manifest')<'amendManifest'>({
    when: [g.stateIn('closed', 'handed_over')],
    then: ({ world, id, args, actor }) =>
      void world.edit('manifest', id).amendments.push({ at: actor.at, who: actor.userName, text: args.text }),
  }),

  // ---- facts
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
    const item = custody.volumeOf(turn.world.edit('request', requestId), volume)
    if (item) Object.assign(item, { place: 'desk', condition: turn.args.condition, bagId: null })
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

  // ---- loans that are out
  renewAsk: on('request')<'renewAsk'>({
    when: [g.weAsk, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id, args }) => void (world.edit('request', id).renewAsked = args.until),
  }),
  renewAnswer: on('request')<'renewAnswer'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue'), g.renewalIsAsked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      if (args.yes) row.dueAt = args.until ?? row.renewAsked
      row.renewAsked = null
      if (row.dueAt !== null && row.dueAt > actor.at) row.status = 'Loaned'
    },
  }),
  recall: on('request')<'recall'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id }) => void (world.edit('request', id).status = 'Recalled'),
  }),
  setDue: on('request')<'setDue'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      row.dueAt = args.date
      if (args.date > actor.at) row.status = 'Loaned'
    },
    undo: 'setDue',
  }),

  // ---- around it
  assignAnomaly: on('anomaly')<'assignAnomaly'>({
    when: [g.stateIn('open')],
    then: ({ world, id, args }) => void (world.edit('anomaly', id).person = args.person),
  }),
  resolveAnomaly: on('anomaly')<'resolveAnomaly'>({
    when: [g.stateIn('open')],
    then: ({ world, id }) => void (world.edit('anomaly', id).state = 'resolved'),
    undo: 'reopenAnomaly',
  }),
  reopenAnomaly: on('anomaly')<'reopenAnomaly'>({
    when: [g.stateIn('resolved')],
    then: ({ world, id }) => void (world.edit('anomaly', id).state = 'open'),
    undo: 'resolveAnomaly',
  }),
  noticeRead: on('notice')<'noticeRead'>({
    when: [],
    then: ({ world, id, actor }) => void (world.edit('notice', id).readAt ??= actor.at),
  }),
  trainingHeld: on('training')<'trainingHeld'>({
    makes: true,
    when: [],
    then: ({ world, id, args }) => world.add({ type: 'training', id, version: 0, seq: 0, ...args }),
  }),
  pause: on('library')<'pause'>({
    when: [g.supervisorOnly],
    then: ({ world, id, args }) => void (world.edit('library', id).pausedUntil = args.to),
    undo: 'resume',
  }),
  resume: on('library')<'resume'>({
    when: [g.supervisorOnly],
    then: ({ world, id }) => void (world.edit('library', id).pausedUntil = null),
  }),
  approveReader: on('registration')<'approveReader'>({
    when: [g.stateIn('open')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'approved'),
  }),
  refuseReader: on('registration')<'refuseReader'>({
    when: [g.stateIn('open')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'refused'),
  }),

  // ---- our own readers' requests
  requestCreate: on('request')<'requestCreate'>({
    makes: true,
    when: [],
    unless: ({ args }) =>
      args.service === 'loan' && args.callNumber.trim() === ''
        ? { code: 'invalid', info: { fields: 'callNumber' } }
        : null,
    then: ({ world, id, args, actor }) => {
      if (world.get('request', id)) return
      world.add(draftRequest(id, args, actor.at))
    },
    undo: 'requestCancel',
  }),
  requestCancel: on('request')<'requestCancel'>({
    when: [g.weAsk, g.statusIn('RequestReceived', 'WillSupply')],
    then: ({ world, id, actor }, row) => {
      if (row.status === 'RequestReceived') finish(world.edit('request', id), 'Cancelled', actor)
      else world.edit('request', id).cancelAsked = true
    },
  }),
}

/** A request of our reader as the desk shows it until the centre has given it numbers and dates of its own. */
function draftRequest(id: string, args: Turn<'requestCreate'>['args'], at: number): RequestRow {
  const text = { articleTitle: '', author: '', journal: '', publisher: '', edition: '', volumeNo: '', issueNo: '' }
  const more = { pages: '', isbn: '', issn: '', location: '', notePartner: '', readerCategory: '', readerNote: '' }
  return {
    type: 'request',
    id,
    version: 0,
    seq: 0,
    service: args.service,
    role: 'requester',
    status: 'RequestReceived',
    stage: 'queued',
    claim: null,
    allotted: null,
    appliedAt: at,
    urgent: false,
    promiseAt: at,
    dueAt: null,
    finishedAt: null,
    reason: '',
    cancelAsked: false,
    renewAsked: null,
    complaint: null,
    delivery: null,
    volumes: [],
    pickupCode: null,
    history: [],
    fields: {
      ...text,
      ...more,
      centreNo: '',
      title: args.title,
      year: args.year,
      callNumber: args.callNumber,
      partner: args.supplier,
      deliveryMethod: args.deliveryMethod,
      readerKey: args.readerKey,
    },
  }
}
