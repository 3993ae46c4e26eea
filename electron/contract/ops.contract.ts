/**
 * The operations a desk may ask of the central service: one argument schema per kind (design: sync, "Operations").
 *
 * Intentions may be refused; facts (FACT_KINDS) are always recorded. The guards are NOT here: desk and centre each have
 * their own and are held against the same hand-typed case table.
 */
import * as z from 'zod'
import {
  Condition,
  Id,
  LongText,
  ReasonRetry,
  ReasonUnfilled,
  Sha256,
  ShortText,
  StaffRole,
  Uuid,
  WireMillis as Millis,
} from './words.ts'

const none = z.strictObject({})
/** Volumes count from 1; an item is `requestId#volume`. */
const Volume = z.int().min(1).max(999)
const Barcode = z.string().min(1).max(64)
const item = z.strictObject({ requestId: Id, volume: Volume })
const blobs = z.strictObject({
  blobs: z.array(Sha256).min(1).max(20),
  pages: z.int().min(1).max(100_000),
  bytes: z.int().min(1),
  note: LongText.optional(),
})
/** A signature drawn on the hand-off screen: strokes of x,y pairs in 0..1 of the signing box. */
const Signature = z.strictObject({ strokes: z.array(z.array(z.number().min(0).max(1)).max(4000)).max(200) })
const fact = z.strictObject({ note: LongText.optional() })

/** What a training leaves behind: answered tests, articles about it, hand-outs. */
export const TrainingPaper = z.strictObject({
  kind: z.enum(['exam', 'article', 'handout']),
  title: ShortText.min(1),
  /** Answered tests, copies of a hand-out; 1 for an article. */
  count: z.int().min(1).max(100_000),
})
export type TrainingPaper = z.infer<typeof TrainingPaper>

export const EDITABLE_FIELDS = ['callNumber', 'location', 'notePartner'] as const

/** Operations on what stands in the feed, by kind. The object an op is about is `objectId`. */
export const OpArgs = {
  claim: none,
  release: none,
  takeOver: none,
  accept: none,
  unaccept: none,
  setField: z.strictObject({ field: z.enum(EDITABLE_FIELDS), value: LongText }),
  note: z.strictObject({ text: LongText.min(1) }),
  printed: z.strictObject({
    kind: z.enum(['pullSlip', 'bookSlip', 'addressLabel', 'bagLabel', 'contentsList', 'manifest']),
    copy: z.int().min(1).max(99),
  }),
  scanned: z.strictObject({ pages: z.int().min(1).max(100_000) }),
  fulfil: blobs,
  resend: blobs,
  cannotSupply: z.strictObject({ reason: ReasonUnfilled, note: LongText.optional() }),
  retryLater: z.strictObject({ reason: ReasonRetry, when: Millis.optional(), note: LongText.optional() }),
  forward: z.strictObject({ reason: ReasonUnfilled, to: Id.optional(), note: LongText.optional() }),
  answerCancel: z.strictObject({ yes: z.boolean() }),
  bindItem: z.strictObject({ volume: Volume, barcode: Barcode }),
  unbindItem: z.strictObject({ volume: Volume }),
  openBag: z.strictObject({ code: Id, destination: Id, route: ShortText }),
  openManifest: z.strictObject({ number: Id, run: ShortText }),
  moveBag: z.strictObject({ manifestId: Uuid }),
  pack: z.strictObject({ item, bagId: Uuid }),
  unpack: z.strictObject({ item, bagId: Uuid }),
  closeBag: z.strictObject({ seal: ShortText, weightGrams: z.int().min(0).max(200_000).optional() }),
  reopenBag: none,
  closeManifest: z.strictObject({ bagIds: z.array(Uuid).min(1).max(500) }),
  voidManifest: none,
  amendManifest: z.strictObject({ text: LongText.min(1), signature: Signature }),
  handedOver: z.strictObject({ driver: ShortText.min(1), signature: Signature, digest: Sha256 }),
  bagArrived: fact,
  itemArrived: z.strictObject({ item, condition: Condition }),
  itemMissing: z.strictObject({ item, note: LongText.optional() }),
  itemSurplus: z.strictObject({ barcode: Barcode, note: LongText.optional() }),
  bagForwarded: z.strictObject({ to: Id, note: LongText.optional() }),
  received: fact,
  shippedBack: fact,
  checkedIn: z.strictObject({ volume: Volume, condition: Condition, note: LongText.optional() }),
  lost: z.strictObject({ volume: Volume, note: LongText.optional() }),
  damaged: z.strictObject({ volume: Volume, note: LongText.min(1) }),
  pickedUp: z.strictObject({ code: ShortText }),
  lentToReader: fact,
  returnedByReader: fact,
  renewAsk: z.strictObject({ until: Millis }),
  renewAnswer: z.strictObject({ yes: z.boolean(), until: Millis.optional() }),
  recall: z.strictObject({ note: LongText.optional() }),
  setDue: z.strictObject({ date: Millis, reason: LongText.min(1) }),
  assignAnomaly: z.strictObject({ person: Id }),
  resolveAnomaly: z.strictObject({ text: LongText.min(1) }),
  reopenAnomaly: none,
  complain: z.strictObject({ reason: LongText.min(1) }),
  chase: z.strictObject({ text: LongText.optional() }),
  notifyReader: z.strictObject({
    /** Where it waits: a shelf, a counter; '' for a copy, which comes as a link. */
    place: ShortText,
    /** Until when it is kept for the reader. */
    until: Millis.optional(),
    note: LongText.optional(),
  }),
  askReader: z.strictObject({ text: LongText.min(1) }),
  noticeRead: none,
  trainingHeld: z.strictObject({
    date: Millis,
    staff: z.array(Id).max(50),
    kind: ShortText,
    attendees: z.int().min(0),
    papers: z.array(TrainingPaper).max(20).optional(),
  }),
  trainingDropped: none,
  pause: z.strictObject({ from: Millis, to: Millis, reason: LongText }),
  resume: none,
  requestCreate: z.strictObject({
    service: z.enum(['copy', 'loan']),
    title: ShortText.min(1),
    year: ShortText.min(1),
    supplier: Id,
    callNumber: ShortText,
    deliveryMethod: z.enum(['electronic', 'courier', 'self']),
    readerKey: ShortText,
    // What more is known of the work; a centre that knows less of it leaves it out.
    articleTitle: LongText.optional(),
    author: ShortText.optional(),
    edition: ShortText.optional(),
    volumeNo: ShortText.optional(),
    issueNo: ShortText.optional(),
    pages: ShortText.optional(),
    isbn: ShortText.optional(),
    issn: ShortText.optional(),
  }),
  requestCancel: z.strictObject({ note: LongText.optional() }),
  approveReader: none,
  refuseReader: z.strictObject({ reason: LongText.min(1) }),
  askApplicant: z.strictObject({ text: LongText.min(1) }),
  withdrawQuestion: none,
} as const

export type OpKind = keyof typeof OpArgs
export const OP_KINDS = Object.keys(OpArgs) as OpKind[]
export const OpKind = z.enum(OP_KINDS as [OpKind, ...OpKind[]])
export type OpArgsOf<K extends OpKind> = z.infer<(typeof OpArgs)[K]>

/** Facts happened in the world: of right shape they are always recorded (invariant I11). */
export const FACT_KINDS = [
  'handedOver',
  'bagArrived',
  'itemArrived',
  'itemMissing',
  'itemSurplus',
  'bagForwarded',
  'received',
  'shippedBack',
  'checkedIn',
  'lost',
  'damaged',
  'pickedUp',
  'lentToReader',
  'returnedByReader',
] as const satisfies readonly OpKind[]

/** Ops that reach somebody outside: held in the outbox for the hold time and withdrawable without a trace. */
export const HELD_KINDS = [
  'fulfil',
  'resend',
  'cannotSupply',
  'retryLater',
  'forward',
  'answerCancel',
  'complain',
  'chase',
  'notifyReader',
  'approveReader',
  'refuseReader',
  'askApplicant',
] as const satisfies readonly OpKind[]

/** Kinds whose object is a bag, a manifest or something else than a request; all others are about a request. */
export const OBJECT_TYPE_OF_KIND: Partial<
  Record<OpKind, 'bag' | 'manifest' | 'anomaly' | 'notice' | 'library' | 'registration' | 'training'>
> = {
  openBag: 'bag',
  moveBag: 'bag',
  closeBag: 'bag',
  reopenBag: 'bag',
  bagArrived: 'bag',
  bagForwarded: 'bag',
  itemArrived: 'bag',
  itemMissing: 'bag',
  itemSurplus: 'bag',
  openManifest: 'manifest',
  closeManifest: 'manifest',
  voidManifest: 'manifest',
  amendManifest: 'manifest',
  handedOver: 'manifest',
  assignAnomaly: 'anomaly',
  resolveAnomaly: 'anomaly',
  reopenAnomaly: 'anomaly',
  noticeRead: 'notice',
  pause: 'library',
  resume: 'library',
  approveReader: 'registration',
  refuseReader: 'registration',
  askApplicant: 'registration',
  withdrawQuestion: 'registration',
  trainingHeld: 'training',
  trainingDropped: 'training',
}

export const Op = z.strictObject({
  opId: Uuid,
  /** Counts per device from 1 without gaps. */
  n: z.int().min(1),
  objectId: z.string().min(1).max(64),
  /** Every object the op names: pack touches the request and the bag. */
  touches: z.array(z.string().min(1).max(64)).min(1).max(5000),
  kind: OpKind,
  args: z.unknown(),
  seen: z.strictObject({ version: z.int().min(0) }),
  /** This device's last op on each touched object: the centre judges an op only after these are final. */
  after: z.array(Uuid).max(5000),
  /** True when the op makes sense only if all of `after` were applied. */
  needsPrev: z.boolean(),
  blobs: z.array(Sha256).max(20),
  /** Evidence for the audit trail; never compared. */
  at: z.strictObject({ wall: Millis, monotonicMs: z.number().min(0), bootId: ShortText }),
  actor: z.strictObject({ desk: Id, user: Id }),
})
export type Op = z.infer<typeof Op>

/** Why an operation was refused (final) or must be sent again (`retry`). */
export const RejectCode = z.enum([
  'already_claimed',
  'not_holder',
  'not_allowed',
  'state',
  'cancelled',
  'no_longer_ours',
  'field_changed',
  'already_fulfilled',
  'not_asked',
  'item_elsewhere',
  'bag_closed',
  'bag_elsewhere',
  'invalid',
  'prev_rejected',
  'not_found',
])
export type RejectCode = z.infer<typeof RejectCode>
export const RetryCode = z.enum(['missing_blob', 'prev_unsettled'])
export type RetryCode = z.infer<typeof RetryCode>

export { StaffRole }
