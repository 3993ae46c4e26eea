/** Everything that is no request's way: anomalies, notices, trainings, pauses, registrations. */
import type { LibraryRow } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Rule } from './rule.ts'
import { only } from './rule.ts'
import { follow, refuse, remember, type Check, type Turn } from './turn.ts'

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

/** A question that is with the applicant does not hinder deciding. */
const undecided: Check<'registration', OpKind> = (_turn, { row }) =>
  row.state === 'open' || row.state === 'asked' ? null : refuse('state')

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
    effect: (turn, { papers = [], ...held }) => {
      turn.work.put(turn.actor.library, { type: 'training', id: turn.op.objectId, version: 0, seq: 0, ...held, papers })
      return { type: 'training', id: turn.op.objectId }
    },
  },
  trainingDropped: {
    sort: 'intention',
    about: 'training',
    unless: [],
    effect: (_turn, draft) => void (draft.gone = 'dropped'),
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
  approveReader: {
    sort: 'intention',
    about: 'registration',
    unless: [undecided],
    effect: (_turn, draft) => void (draft.row.state = 'approved'),
  },
  refuseReader: {
    sort: 'intention',
    about: 'registration',
    unless: [undecided],
    effect: (_turn, draft, args) => {
      draft.row.state = 'refused'
      draft.row.fields = { ...draft.row.fields, refusal: args.reason }
    },
  },
  askApplicant: {
    sort: 'intention',
    about: 'registration',
    unless: [only((row) => row.state === 'open')],
    effect: (turn, draft, args) => {
      draft.row.state = 'asked'
      draft.row.question = { text: args.text, at: turn.now, answer: null }
    },
  },
  withdrawQuestion: {
    sort: 'intention',
    about: 'registration',
    unless: [only((row) => row.state === 'asked')],
    effect: (_turn, draft) => {
      draft.row.state = 'open'
      draft.row.question = null
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
