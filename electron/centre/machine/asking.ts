/** The asking library's side of a request: filed, pressed for, given up, complained about, told to the reader. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { requestRow } from '../request-row.ts'
import { nextRequestNumber } from '../store/numbers.ts'
import { lentStatus } from './requests.ts'
import { only, side, type Rule } from './rule.ts'
import { mirror, refuse, remember } from './turn.ts'

export const ASKING_RULES = {
  requestCreate: {
    sort: 'creation',
    unless: [
      (turn, args) => {
        const wrong: string[] = []
        const supplier = turn.work.find(turn.actor.library, 'library', args.supplier)
        if (!supplier || args.supplier === turn.actor.library) wrong.push('supplier')
        if (args.service === 'loan' && args.callNumber.trim() === '') wrong.push('callNumber')
        if ((args.service === 'copy') !== (args.deliveryMethod === 'electronic')) wrong.push('deliveryMethod')
        return wrong.length ? refuse('invalid', { fields: wrong.join(',') }) : null
      },
    ],
    effect: (turn, args) => {
      const own = turn.work.find(turn.actor.library, 'library', turn.actor.library)!.row
      const { id, centreNo } = nextRequestNumber(turn.work.db, own.code)
      const { supplier, service, ...asked } = args
      const said = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
      const draft = turn.work.put<RequestRow>(
        turn.actor.library,
        requestRow({
          id,
          version: 0,
          seq: 0,
          service,
          role: 'requester',
          appliedAt: turn.now,
          fields: { ...said, title: args.title, centreNo, partner: supplier },
        }),
      )
      remember(turn, draft)
      mirror(turn, draft)
      return { type: 'request', id }
    },
  },
  requestCancel: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('requester'),
      only((row) => ['RequestReceived', 'RetryPossible', 'WillSupply', 'Loaned', 'Overdue'].includes(row.status)),
    ],
    effect: (turn, draft, args) => {
      if (draft.row.status === 'RequestReceived' || draft.row.status === 'RetryPossible') {
        draft.row.status = 'Cancelled'
        draft.row.finishedAt = turn.now
      } else {
        draft.row.cancelAsked = true
      }
      remember(turn, draft, args.note)
      mirror(turn, draft)
    },
  },
  complain: {
    sort: 'intention',
    about: 'request',
    unless: [side('requester'), only((row) => row.status === 'CopyCompleted')],
    effect: (turn, draft, args) => {
      draft.row.complaint = args.reason
      draft.row.stage = 'resend'
      remember(turn, draft, args.reason)
      mirror(turn, draft)
    },
  },
  chase: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('requester'),
      only((row) => row.status === 'RequestReceived' || row.status === 'RetryPossible' || row.status === 'WillSupply'),
    ],
    effect: (turn, draft, args) => {
      draft.row.chased = { at: turn.now, text: args.text ?? '' }
      remember(turn, draft, args.text)
      mirror(turn, draft)
    },
  },
  // Readers are the centre's: it knows how to reach them, a desk does not.
  notifyReader: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('requester'),
      only((row) =>
        row.service === 'copy'
          ? row.status === 'CopyCompleted'
          : lentStatus(row) && row.volumes.some((volume) => volume.place === 'borrower'),
      ),
    ],
    effect: (turn, draft, args) => {
      draft.row.notified = { at: turn.now, place: args.place, until: args.until ?? null }
      remember(turn, draft, args.note)
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
