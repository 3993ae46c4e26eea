/** The queue as a window reads it: rows, filters, one request in full. */
import { z } from 'zod'
import { HistoryEntry, RequestFields, VolumeState } from '../centre.contract.ts'
import { Id, LongText, Millis, Role, Service, ShortText, Stage, Status } from '../words.ts'
import { DocumentState } from './document.contract.ts'

/** ▲ late, ◐ due today, ○ safe; `done` when nothing is owed any more. */
export const Urgency = z.enum(['late', 'today', 'safe', 'done'])
export type Urgency = z.infer<typeof Urgency>

/** What staff may do with a request now; computed by core's request machine, the window only draws it. */
export const Action = z.enum([
  'claim',
  'release',
  'takeOver',
  'accept',
  'unaccept',
  'note',
  'setField',
  'fulfil',
  'resend',
  'cannotSupply',
  'retryLater',
  'forward',
  'answerCancel',
  'bindItem',
  'unbindItem',
  'pack',
  'unpack',
  'checkedIn',
  'lost',
  'damaged',
  'recall',
  'setDue',
  'renewAnswer',
  'scan',
  'printPullSlip',
  'printBookSlip',
  'pickedUp',
  'received',
  'lentToReader',
  'returnedByReader',
  'shippedBack',
  'renewAsk',
])
export type Action = z.infer<typeof Action>

/** Ops of a request that are on their way, newest state first. */
export const PendingMark = z.enum(['none', 'held', 'queued', 'waiting_blob', 'sending', 'parked', 'rejected'])

export const QueueRow = z.strictObject({
  id: Id,
  centreNo: ShortText,
  service: Service,
  role: Role,
  status: Status,
  stage: Stage,
  urgent: z.boolean(),
  title: LongText,
  /** Second line: journal and pages of a copy, call number and place of a loan. */
  subtitle: LongText,
  partner: Id,
  partnerName: ShortText,
  appliedAt: Millis,
  promiseAt: Millis,
  /** False when it lies in a year whose holidays are not published: counted with plain weekends. */
  promiseCertain: z.boolean(),
  urgency: Urgency,
  dueAt: Millis.nullable(),
  holder: z.strictObject({ user: Id, name: ShortText, desk: Id, mine: z.boolean(), tentative: z.boolean() }).nullable(),
  pending: PendingMark,
  cancelAsked: z.boolean(),
  complaint: z.boolean(),
  pageCount: z.int(),
  can: z.array(Action),
  /** False when a newer centre sent a type or state this version does not know: shown, not touched. */
  understood: z.boolean(),
})
export type QueueRow = z.infer<typeof QueueRow>

export const QueueFilter = z.strictObject({
  service: Service.optional(),
  role: Role.optional(),
  status: z.array(Status).max(20).optional(),
  stage: z.array(Stage).max(20).optional(),
  mine: z.boolean().optional(),
  urgent: z.boolean().optional(),
  urgency: Urgency.optional(),
  partner: Id.optional(),
  /** Only requests still owing work (the default view). */
  open: z.boolean().optional(),
})
export type QueueFilter = z.infer<typeof QueueFilter>
export const QueueSort = z.enum(['due', 'title', 'partner', 'applied', 'callNumber'])
export type QueueSort = z.infer<typeof QueueSort>
export const QueueQuery = z.strictObject({
  text: z.string().max(200),
  filter: QueueFilter,
  sort: QueueSort,
  descending: z.boolean(),
})
export type QueueQuery = z.infer<typeof QueueQuery>

export const TimelineEntry = HistoryEntry.extend({ pending: z.boolean() })

export const RequestDetail = z.strictObject({
  row: QueueRow,
  fields: RequestFields,
  volumes: z.array(VolumeState),
  delivery: z
    .strictObject({ link: LongText, expiresAt: Millis, openedAt: Millis.nullable(), pages: z.int(), bytes: z.int() })
    .nullable(),
  reason: ShortText,
  complaintText: LongText.nullable(),
  pickupCode: ShortText.nullable(),
  history: z.array(TimelineEntry),
  document: DocumentState.nullable(),
})
export type RequestDetail = z.infer<typeof RequestDetail>

export const queueMethods = {
  'queue.window': {
    in: z.strictObject({ query: QueueQuery, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    out: z.strictObject({ rev: z.int(), total: z.int(), rows: z.array(QueueRow) }),
  },
  /** Place of a request in a view, to keep the cursor on it; -1 when it is not in the view. */
  'queue.indexOf': { in: z.strictObject({ query: QueueQuery, id: Id }), out: z.strictObject({ index: z.int() }) },
  'request.get': { in: z.strictObject({ id: Id }), out: RequestDetail },
} as const
