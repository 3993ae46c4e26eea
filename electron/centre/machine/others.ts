/** Everything that is neither a copy's nor an item's way: anomalies, complaints, notices, pauses, the asking side. */
import type { LibraryRow, RequestRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import { promiseOf } from '../calendar.ts'
import { nextRequestNumber } from '../store/numbers.ts'
import type { Rule } from './rule.ts'
import { only, side } from './rule.ts'
import { follow, mirror, refuse, remember, type Turn } from './turn.ts'

/** How many pauses of a library its row carries. */
const PAUSES_KEPT = 200

/** A pause stands in the directory of every member. */
function changePause(turn: Turn, change: (row: LibraryRow) => void): void {
  const members = turn.work.db.sql<{ id: string }>('SELECT id FROM library ORDER BY id').all()
  for (const { id } of members) {
    const entry = turn.work.find(id, 'library', turn.actor.library)
    if (entry && entry.gone === null) change(entry.row)
  }
}

export const OTHER_RULES = {
  assignAnomaly: {
    sort: 'intention',
    about: 'anomaly',
    unless: [only((row) => row.state === 'open')],
    effect: (turn, draft, args) => {
      draft.row.person = args.person
      follow(turn, draft.row, args.person)
    },
  },
  resolveAnomaly: {
    sort: 'intention',
    about: 'anomaly',
    unless: [only((row) => row.state === 'open')],
    effect: (turn, draft, args) => {
      draft.row.state = 'resolved'
      follow(turn, draft.row, args.text)
    },
  },
  reopenAnomaly: {
    sort: 'intention',
    about: 'anomaly',
    unless: [only((row) => row.state === 'resolved')],
    effect: (turn, draft) => {
      draft.row.state = 'open'
      follow(turn, draft.row, '')
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
  askReader: {
    sort: 'always',
    about: ['request'],
    effect: (turn, draft, args) => {
      if (draft.row.type === 'request') remember(turn, { ...draft, row: draft.row }, args.text)
    },
  },
  noticeRead: {
    sort: 'always',
    about: ['notice'],
    effect: (turn, draft) => {
      if (draft.row.type === 'notice') draft.row.readAt ??= turn.now
    },
  },
  trainingHeld: {
    sort: 'creation',
    unless: [],
    effect: (turn, args) => {
      turn.work.put(turn.actor.library, { type: 'training', id: turn.op.objectId, version: 0, seq: 0, ...args })
      return { type: 'training', id: turn.op.objectId }
    },
  },
  pause: {
    sort: 'intention',
    about: 'library',
    unless: [
      (turn, { row }) =>
        turn.actor.role === 'supervisor' && row.id === turn.actor.library ? null : refuse('not_allowed'),
    ],
    effect: (turn, _draft, args) =>
      changePause(turn, (row) => {
        row.pausedUntil = args.to
        row.pauses = [...(row.pauses ?? []), args].slice(-PAUSES_KEPT)
      }),
  },
  resume: {
    sort: 'intention',
    about: 'library',
    unless: [
      (turn, { row }) =>
        turn.actor.role === 'supervisor' && row.id === turn.actor.library ? null : refuse('not_allowed'),
    ],
    effect: (turn) =>
      changePause(turn, (row) => {
        row.pausedUntil = null
        row.pauses = (row.pauses ?? []).map((p) => ({ ...p, to: Math.max(p.from, Math.min(p.to, turn.now)) }))
      }),
  },
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
      const draft = turn.work.put<RequestRow>(turn.actor.library, {
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
        appliedAt: turn.now,
        urgent: false,
        promiseAt: promiseOf(turn.now, false),
        dueAt: null,
        finishedAt: null,
        reason: '',
        cancelAsked: false,
        renewAsked: null,
        complaint: null,
        delivery: null,
        volumes:
          args.service === 'loan'
            ? [{ volume: 1, label: '', barcode: null, bagId: null, place: 'shelf', condition: 'good' }]
            : [],
        pickupCode: null,
        fields: {
          centreNo,
          title: args.title,
          articleTitle: args.articleTitle ?? '',
          author: args.author ?? '',
          journal: '',
          publisher: '',
          edition: args.edition ?? '',
          year: args.year,
          volumeNo: args.volumeNo ?? '',
          issueNo: args.issueNo ?? '',
          pages: args.pages ?? '',
          isbn: args.isbn ?? '',
          issn: args.issn ?? '',
          callNumber: args.callNumber,
          location: '',
          notePartner: '',
          partner: args.supplier,
          deliveryMethod: args.deliveryMethod,
          readerCategory: '',
          readerKey: args.readerKey,
          readerNote: '',
        },
        history: [],
      })
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
  approveReader: {
    sort: 'intention',
    about: 'registration',
    unless: [only((row) => row.state === 'open')],
    effect: (_turn, draft) => void (draft.row.state = 'approved'),
  },
  refuseReader: {
    sort: 'intention',
    about: 'registration',
    unless: [only((row) => row.state === 'open')],
    effect: (_turn, draft, args) => {
      draft.row.state = 'refused'
      draft.row.fields = { ...draft.row.fields, refusal: args.reason }
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
