/** Items of a loan: bound, lent, renewed, back. Custody lives in the request's volumes. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { randomInt } from 'node:crypto'
import { DAY_MS } from '../calendar.ts'
import { boundElsewhere, type Draft } from '../store/rows.ts'
import { lentStatus } from './requests.ts'
import { only, side, type Rule } from './rule.ts'
import { happenedAt, mirror, packedHere, refuse, remember, volumeOf, type Turn } from './turn.ts'

/** Loan period without transport (the consortium's rule). */
export const LOAN_DAYS = 30
const VOLUME_LIMIT = 200
/** A reader who collects in person has this long. */
const PICKUP_DAYS = 7

type Request = Draft<RequestRow>
const renewable = (row: RequestRow) => row.status === 'Loaned' || row.status === 'Overdue'

function setDueAt(turn: Turn, row: RequestRow, at: number): void {
  row.dueAt = at
  if (row.status === 'Overdue' && at > turn.now) row.status = 'Loaned'
}

/** A loan ends when no volume is on its way any more. */
function settle(turn: Turn, draft: Request, text: string): void {
  const row = draft.row
  if (row.volumes.length > 0 && row.volumes.every((v) => v.place === 'shelf' || v.place === 'lost')) {
    row.status = row.volumes.some((v) => v.place === 'lost') ? 'CompletedWithoutReturn' : 'LoanCompleted'
    if (row.status === 'LoanCompleted') row.stage = 'checked_in'
    row.finishedAt = turn.now
  }
  remember(turn, draft, text)
  mirror(turn, draft)
}

export const LOAN_RULES = {
  bindItem: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      only((row, args) => {
        if (row.service !== 'loan' || args.volume > VOLUME_LIMIT) return false
        // A set may follow in parts: what was never bound is still to go.
        return row.status === 'WillSupply' || (lentStatus(row) && volumeOf(row, args.volume)?.barcode === null)
      }),
      (turn, { row }, args) => {
        const bag = volumeOf(row, args.volume)?.bagId
        if (bag) return refuse('item_elsewhere', { where: bag })
        const where = boundElsewhere(turn.work.db, turn.actor.library, args.barcode, row.id, args.volume)
        return where === null ? null : refuse('item_elsewhere', { where })
      },
    ],
    effect: (turn, draft, args) => {
      const row = draft.row
      let volume = volumeOf(row, args.volume)
      if (!volume) {
        volume = { volume: args.volume, label: '', barcode: null, bagId: null, place: 'desk', condition: 'good' }
        row.volumes = [...row.volumes, volume].sort((a, b) => a.volume - b.volume)
      }
      volume.barcode = args.barcode
      volume.place = 'desk'
      if (!lentStatus(row) && row.volumes.every((v) => v.barcode !== null) && row.stage !== 'packed') {
        const collected = row.fields.deliveryMethod === 'self'
        row.stage = collected ? 'awaiting_pickup' : 'checked'
        if (collected) {
          row.pickupCode ??= `P-${String(randomInt(100_000_000)).padStart(8, '0')}`
          row.pickupUntil = turn.now + PICKUP_DAYS * DAY_MS
        }
      }
      remember(turn, draft, `${args.volume} ${args.barcode}`)
    },
  },
  unbindItem: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      only((row, args) => row.status === 'WillSupply' || (lentStatus(row) && volumeOf(row, args.volume)?.place === 'desk')), // prettier-ignore
      (_turn, { row }, args) => {
        const bag = volumeOf(row, args.volume)?.bagId
        return bag ? refuse('item_elsewhere', { where: bag }) : null
      },
    ],
    effect: (turn, draft, args) => {
      const volume = volumeOf(draft.row, args.volume)
      if (!volume || volume.barcode === null) return
      volume.barcode = null
      volume.place = 'shelf'
      if (draft.row.stage === 'checked' || draft.row.stage === 'awaiting_pickup') draft.row.stage = 'pulled'
      draft.row.pickupCode = null
      draft.row.pickupUntil = null
      remember(turn, draft, String(args.volume))
    },
  },
  received: {
    sort: 'fact',
    about: 'request',
    fits: (_turn, { row }) => lentStatus(row) && row.stage === 'handed_over',
    effect: (turn, draft, args, fits) => {
      if (fits) {
        draft.row.stage = 'at_borrower'
        for (const volume of draft.row.volumes)
          if ((volume.place === 'courier' || volume.place === 'bag') && !packedHere(turn, volume))
            Object.assign(volume, { place: 'borrower', bagId: null })
      }
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  shippedBack: {
    sort: 'fact',
    about: 'request',
    fits: (_turn, { row }) => lentStatus(row),
    effect: (turn, draft, args, fits) => {
      if (fits) {
        draft.row.stage = 'returning'
        for (const volume of draft.row.volumes)
          if (volume.place !== 'shelf' && volume.place !== 'lost' && !packedHere(turn, volume))
            Object.assign(volume, { place: 'courier' })
      }
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  checkedIn: {
    sort: 'fact',
    about: 'request',
    fits: (turn, { row }, args) => {
      const volume = volumeOf(row, args.volume)
      const owned = row.role === 'supplier' && lentStatus(row) && !packedHere(turn, volume)
      return owned && volume !== undefined && volume.place !== 'shelf' && args.condition !== 'damaged'
    },
    effect: (turn, draft, args) => {
      const row = draft.row
      const volume = volumeOf(row, args.volume)
      if (!volume || row.role !== 'supplier' || packedHere(turn, volume)) return remember(turn, draft, args.note)
      volume.condition = args.condition
      const wasOut = lentStatus(row) || row.status === 'CompletedWithoutReturn'
      if (wasOut) {
        volume.place = 'shelf'
        volume.bagId = null
        settle(turn, draft, args.note ?? '')
      } else {
        remember(turn, draft, args.note)
      }
    },
  },
  lost: {
    sort: 'fact',
    about: 'request',
    fits: (turn, { row }, args) => {
      const volume = volumeOf(row, args.volume)
      return lentStatus(row) && volume !== undefined && !packedHere(turn, volume)
    },
    effect: (turn, draft, args, fits) => {
      const volume = volumeOf(draft.row, args.volume)
      if (volume && fits) Object.assign(volume, { place: 'lost', bagId: null })
      if (fits) settle(turn, draft, args.note ?? '')
      else remember(turn, draft, args.note)
    },
  },
  damaged: {
    sort: 'fact',
    about: 'request',
    fits: (_turn, { row }, args) => volumeOf(row, args.volume) !== undefined,
    effect: (turn, draft, args) => {
      const volume = volumeOf(draft.row, args.volume)
      if (volume) volume.condition = 'damaged'
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  pickedUp: {
    sort: 'fact',
    about: 'request',
    fits: (turn, { row }, args) =>
      row.stage === 'awaiting_pickup' &&
      row.volumes.every((volume) => volume.bagId === null) &&
      row.pickupCode === args.code &&
      happenedAt(turn) <= (row.pickupUntil ?? Number.MAX_SAFE_INTEGER),
    effect: (turn, draft, _args) => {
      const row = draft.row
      const here = row.volumes.every((volume) => volume.bagId === null)
      if (row.stage === 'awaiting_pickup' && row.status === 'WillSupply' && here) {
        row.status = 'Loaned'
        row.stage = 'picked_up'
        row.dueAt = happenedAt(turn) + LOAN_DAYS * DAY_MS
        for (const volume of row.volumes) volume.place = 'reader'
      }
      remember(turn, draft)
      mirror(turn, draft)
    },
  },
  lentToReader: {
    sort: 'fact',
    about: 'request',
    fits: (_turn, { row }) => row.role === 'requester' && lentStatus(row),
    effect: (turn, draft, args, fits) => {
      if (fits) for (const volume of draft.row.volumes) if (volume.place === 'borrower') volume.place = 'reader'
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  returnedByReader: {
    sort: 'fact',
    about: 'request',
    fits: (_turn, { row }) => row.role === 'requester' && lentStatus(row),
    effect: (turn, draft, args, fits) => {
      if (fits) for (const volume of draft.row.volumes) if (volume.place === 'reader') volume.place = 'borrower'
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  renewAsk: {
    sort: 'intention',
    about: 'request',
    unless: [side('requester'), only(renewable)],
    effect: (turn, draft, args) => {
      draft.row.renewAsked = args.until
      remember(turn, draft)
      mirror(turn, draft)
    },
  },
  renewAnswer: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only((row) => renewable(row) && row.renewAsked !== null)],
    effect: (turn, draft, args) => {
      if (args.yes) setDueAt(turn, draft.row, args.until ?? draft.row.renewAsked!)
      draft.row.renewAsked = null
      remember(turn, draft, args.yes ? 'yes' : 'no')
      mirror(turn, draft)
    },
  },
  recall: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only(renewable)],
    effect: (turn, draft, args) => {
      draft.row.status = 'Recalled'
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  setDue: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only(renewable)],
    effect: (turn, draft, args) => {
      setDueAt(turn, draft.row, args.date)
      remember(turn, draft, args.reason)
      mirror(turn, draft)
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
