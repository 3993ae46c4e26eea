/** Guards and effects of the operations on a request before anything travels: claim, accept, answer, deliver. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { randomBytes } from 'node:crypto'
import type { OpArgsOf, OpKind } from '../../contract/ops.contract.ts'
import { leaseFrom, DAY_MS, promiseOf } from '../calendar.ts'
import type { Draft } from '../store/rows.ts'
import { heldByOther, mineOrFree, only, side, type Rule } from './rule.ts'
import { mirror, refuse, remember, type Turn } from './turn.ts'

/** How long a reader's link to a delivered copy works. */
const LINK_MS = 14 * DAY_MS

type Request = Draft<RequestRow>
const openStatus = (row: RequestRow) => row.status === 'RequestReceived' || row.status === 'WillSupply'
export const lentStatus = (row: RequestRow) => ['Loaned', 'Overdue', 'Recalled'].includes(row.status)
const inBag = (row: RequestRow) => row.volumes.some((v) => v.bagId !== null)

function hold(turn: Turn, draft: Request): void {
  const { desk, deskName, user, userName } = turn.actor
  if (draft.row.claim?.desk === desk && draft.row.claim.leaseUntil > turn.now) return
  draft.row.claim = { desk, deskName, user, userName, leaseUntil: leaseFrom(turn.now) }
  draft.row.allotted = null
  draft.meta.claimedAt = turn.now
  remember(turn, draft)
}

function finish(turn: Turn, draft: Request, status: RequestRow['status'], text = ''): void {
  draft.row.status = status
  draft.row.cancelAsked = false
  draft.row.chased = null
  draft.row.finishedAt = turn.now
  remember(turn, draft, text)
  mirror(turn, draft)
}

function deliver(turn: Turn, draft: Request, args: OpArgsOf<'fulfil'>): void {
  draft.row.stage = 'sent'
  draft.row.complaint = null
  draft.row.delivery = {
    sha256: args.blobs[0]!,
    link: `/v1/copies/${draft.library}/${draft.row.id}/${randomBytes(18).toString('base64url')}`,
    expiresAt: turn.now + LINK_MS,
    openedAt: null,
    pages: args.pages,
    bytes: args.bytes,
  }
  finish(turn, draft, 'CopyCompleted', args.note)
}

/** The library a forwarded request goes to when the desk names none: the first of the directory that is neither side. */
function chooseTarget(turn: Turn, partner: string): string | null {
  const found = turn.work.db
    .sql<{ id: string }>(`SELECT id FROM library WHERE id <> ? AND id <> ? ORDER BY id LIMIT 1`)
    .get(turn.actor.library, partner)
  return found?.id ?? null
}

function isMember(turn: Turn, id: string): boolean {
  return turn.work.db.sql('SELECT 1 FROM library WHERE id = ?').get(id) !== undefined
}

export const REQUEST_RULES = {
  claim: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), mineOrFree],
    effect: hold,
  },
  release: {
    sort: 'intention',
    about: 'request',
    unless: [(turn, { row }) => (row.claim?.desk === turn.actor.desk ? null : refuse('not_holder'))],
    effect: (turn, draft) => {
      draft.row.claim = null
      remember(turn, draft)
    },
  },
  takeOver: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      (turn, { row }) => (heldByOther(turn, row) && turn.actor.role !== 'supervisor' ? refuse('not_allowed') : null),
    ],
    effect: hold,
  },
  accept: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      (_turn, { row }) => (row.status === 'Cancelled' ? refuse('cancelled') : null),
      only((row) => row.status === 'RequestReceived'),
      mineOrFree,
    ],
    effect: (turn, draft) => {
      draft.row.status = 'WillSupply'
      remember(turn, draft)
      mirror(turn, draft)
    },
  },
  unaccept: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      only((row, _args, turn) => row.status === 'WillSupply' && !inBag(row) && !heldByOther(turn, row)),
    ],
    effect: (turn, draft) => {
      draft.row.status = 'RequestReceived'
      if (draft.row.stage === 'checked' || draft.row.stage === 'awaiting_pickup') draft.row.stage = 'pulled'
      draft.row.pickupCode = null
      for (const volume of draft.row.volumes) Object.assign(volume, { barcode: null, place: 'shelf' })
      remember(turn, draft)
      mirror(turn, draft)
    },
  },
  setField: {
    sort: 'intention',
    about: 'request',
    unless: [
      (turn, { row, meta }, args) => {
        const last = meta.fields?.[args.field]
        const unchanged = !last || last.version <= turn.op.seen.version || last.desk === turn.actor.desk
        return unchanged ? null : refuse('field_changed', { theirs: row.fields[args.field] })
      },
    ],
    effect: (turn, draft, args) => {
      if (draft.row.fields[args.field] === args.value) return
      draft.row.fields[args.field] = args.value
      draft.meta.fields = {
        ...draft.meta.fields,
        [args.field]: { version: draft.row.version + 1, desk: turn.actor.desk },
      }
      remember(turn, draft)
    },
  },
  note: {
    sort: 'always',
    about: ['request'],
    effect: (turn, draft, args) => remember(turn, draft as Request, args.text),
  },
  printed: {
    sort: 'always',
    about: ['request', 'bag', 'manifest'],
    effect: (turn, draft, args) => {
      if (draft.row.type !== 'request') return
      if (args.kind === 'pullSlip' && draft.row.stage === 'queued') draft.row.stage = 'pulled'
      remember(turn, draft as Request, `${args.kind} ${args.copy}`)
    },
  },
  scanned: {
    sort: 'always',
    about: ['request'],
    effect: (turn, draft, args) => {
      const row = draft.row as RequestRow
      if (row.service === 'copy' && openStatus(row) && (row.stage === 'queued' || row.stage === 'pulled'))
        row.stage = 'scanning'
      remember(turn, draft as Request, String(args.pages))
    },
  },
  fulfil: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      (_turn, { row }) => (row.status === 'Cancelled' ? refuse('cancelled') : null),
      (_turn, { row }) => (row.status === 'CopyCompleted' ? refuse('already_fulfilled') : null),
      only((row) => row.service === 'copy' && openStatus(row)),
      mineOrFree,
    ],
    effect: deliver,
  },
  resend: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      only((row) => row.status === 'CopyCompleted'),
      (_turn, { row }) => (row.complaint === null ? refuse('not_asked') : null),
    ],
    effect: deliver,
  },
  cannotSupply: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only((row) => openStatus(row) && !inBag(row))],
    effect: (turn, draft, args) => {
      draft.row.reason = args.reason
      finish(turn, draft, 'Unfilled', args.note)
    },
  },
  retryLater: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only((row) => openStatus(row) && !inBag(row))],
    effect: (turn, draft, args) => {
      draft.row.reason = args.reason
      draft.meta.retryAt = args.when ?? turn.now + 7 * DAY_MS
      finish(turn, draft, 'RetryPossible', args.note)
      draft.row.finishedAt = null
    },
  },
  forward: {
    sort: 'intention',
    about: 'request',
    unless: [
      side('supplier'),
      only((row) => openStatus(row) && !inBag(row)),
      (turn, { row }, args) => {
        const to = args.to ?? chooseTarget(turn, row.fields.partner)
        const possible = to !== null && to !== turn.actor.library && to !== row.fields.partner && isMember(turn, to)
        return possible ? null : refuse('invalid', { fields: 'to' })
      },
    ],
    effect: (turn, draft, args) => {
      const row = draft.row
      const to = args.to ?? chooseTarget(turn, row.fields.partner)!
      const asking = turn.work.find(row.fields.partner, 'request', row.id)
      turn.work.put<RequestRow>(to, {
        ...structuredClone(row),
        status: 'RequestReceived',
        stage: 'queued',
        claim: null,
        allotted: null,
        cancelAsked: row.cancelAsked,
        promiseAt: promiseOf(turn.now, row.urgent),
        volumes: row.volumes.map((v) => ({ ...v, barcode: null, place: 'shelf', bagId: null })),
        history: [{ at: turn.now, event: 'forward', desk: turn.actor.library, who: '', text: args.reason }],
        fields: { ...row.fields, callNumber: '', location: '' },
      })
      if (asking && asking.gone === null) {
        asking.row.fields.partner = to
        asking.row.status = 'RequestReceived'
        asking.row.stage = 'queued'
        remember(turn, asking, args.reason)
      }
      draft.gone = 'forwarded'
    },
  },
  answerCancel: {
    sort: 'intention',
    about: 'request',
    unless: [side('supplier'), only((row, args) => row.cancelAsked && !(args.yes && !openStatus(row)))],
    effect: (turn, draft, args) => {
      if (args.yes) return finish(turn, draft, 'Cancelled')
      draft.row.cancelAsked = false
      remember(turn, draft)
      mirror(turn, draft)
    },
  },
} satisfies Partial<{ [K in OpKind]: Rule<K> }>
