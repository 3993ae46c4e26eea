/** The queue as a window reads it: rows, filters, one request in full. */
import * as z from 'zod'
import { HistoryEntry, RequestFields, VolumeState } from '../request-words.ts'
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
  'chase',
  'requestCancel',
  'complain',
  'notifyReader',
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
  /** The asking library presses for an answer (催询). */
  chased: z.boolean(),
  /** Our reader knows that it is there. */
  notified: z.boolean(),
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

/** What a window asks for first. Core reads it while the window is still being drawn. */
export const FIRST_QUERY: QueueQuery = { text: '', filter: { open: true }, sort: 'due', descending: false }
/** Rows read at once. */
export const QUEUE_CHUNK = 50

/** What rows are gathered under: the day they are due, or the library that asks. */
export const QueueGrouping = z.enum(['none', 'due', 'partner'])
export type QueueGrouping = z.infer<typeof QueueGrouping>
export const GroupedBy = QueueGrouping.exclude(['none'])
export type GroupedBy = z.infer<typeof GroupedBy>
/** One run of rows that belong together, in the order of the rows. */
export const QueueGroup = z.strictObject({
  /** `late`, `today`, `later`, `none` (nothing owed), a library's id, or the last instant of a day as ms UTC. */
  key: z.string().max(64),
  count: z.int().min(1),
})
export type QueueGroup = z.infer<typeof QueueGroup>

/** The queue's own filters, as chips above it. */
export const QueueView = z.enum(['all', 'mine', 'new', 'urgent', 'loan', 'copy', 'out', 'done'])
export type QueueView = z.infer<typeof QueueView>
/** A view somebody kept under a name. */
export const SavedView = z.strictObject({
  id: Id,
  name: ShortText.min(1),
  view: QueueView,
  text: z.string().max(200),
  partner: Id.nullable(),
  sort: QueueSort,
  reversed: z.boolean(),
  grouping: QueueGrouping,
})
export type SavedView = z.infer<typeof SavedView>

export const QueueColumn = z.enum([
  'title',
  'subtitle',
  'partner',
  'due',
  'stage',
  'holder',
  'applied',
  'id',
  'centreNo',
])
export type QueueColumn = z.infer<typeof QueueColumn>
/** The columns shown, in their order; width in CSS pixels, null = as wide as it likes. */
export const QueueColumns = z
  .array(z.strictObject({ id: QueueColumn, width: z.int().min(40).max(900).nullable() }))
  .min(1)
  .max(20)
export type QueueColumns = z.infer<typeof QueueColumns>

export const TimelineEntry = HistoryEntry.extend({ pending: z.boolean() })

export const RequestDetail = z.strictObject({
  row: QueueRow,
  fields: RequestFields,
  volumes: z.array(VolumeState),
  delivery: z
    .strictObject({
      /** The whole address, for whoever may read it. */
      link: LongText,
      expiresAt: Millis,
      openedAt: Millis.nullable(),
      pages: z.int(),
      bytes: z.int(),
      /** Its bytes, once they are on this desk. */
      blob: z.string().nullable(),
    })
    .nullable(),
  reason: ShortText,
  complaintText: LongText.nullable(),
  /** The asking library presses for an answer: when last, with which words. */
  chased: z.strictObject({ at: Millis, text: LongText }).nullable(),
  /** Our reader was told that it is there: when, where it waits, until when. */
  notified: z.strictObject({ at: Millis, place: ShortText, until: Millis.nullable() }).nullable(),
  pickupCode: ShortText.nullable(),
  history: z.array(TimelineEntry),
  document: DocumentState.nullable(),
})
export type RequestDetail = z.infer<typeof RequestDetail>

export const queueMethods = {
  'queue.window': {
    in: z.strictObject({
      query: QueueQuery,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
      /** Groups are wanted too: all that a list draws comes at one moment, so that it is drawn once. */
      by: GroupedBy.optional(),
      /** A request whose place is wanted too. */
      find: Id.optional(),
    }),
    out: z.strictObject({
      rev: z.int(),
      total: z.int(),
      rows: z.array(QueueRow),
      /** How long each group is; none where the order of the rows does not gather them. */
      groups: z.array(QueueGroup).max(3000),
      /** Place of the request that was to be found; -1 when it is not in the view, or none was asked for. */
      at: z.int().min(-1),
    }),
  },
  /** What somebody may have meant by a search in Latin letters that finds nothing; null = no idea. */
  'queue.suggest': {
    in: z.strictObject({ text: z.string().max(200) }),
    out: z.strictObject({ text: z.string().max(200).nullable() }),
  },
  /** Place of a request in a view, to go there; -1 when it is not in the view. */
  'queue.indexOf': { in: z.strictObject({ query: QueueQuery, id: Id }), out: z.strictObject({ index: z.int() }) },
  'request.get': { in: z.strictObject({ id: Id }), out: RequestDetail },
} as const
