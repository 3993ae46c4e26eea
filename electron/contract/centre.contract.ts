/**
 * The wire between a desk and the central service: the schemas behind the published OpenAPI document (design: sync).
 *
 * Rows from the centre are read tolerantly (unknown fields ignored, unknown types and states kept raw and shown read-only,
 * rule C6); what a desk sends is written strictly.
 */
import * as z from 'zod'
import { Op, RejectCode, RetryCode } from './ops.contract.ts'
import { HistoryEntry, LibraryRef, RequestFields, VolumeState } from './request-words.ts'
import {
  Id,
  LongText,
  Role,
  Service,
  Sha256,
  ShortText,
  StaffRole,
  Status,
  Uuid,
  Version,
  WireStage,
  WireMillis as Millis,
} from './words.ts'

export * from './request-words.ts'

/** Version of this protocol, sent as `Desk-Protocol`. */
export const PROTOCOL = 1
export const FEED_LIMIT = 500
export const OPS_LIMIT = 100

export const Claim = z.object({ desk: Id, deskName: ShortText, user: Id, userName: ShortText, leaseUntil: Millis })
export type Claim = z.infer<typeof Claim>

const rowHead = { id: Id, version: z.int().min(1), seq: z.int().min(1) }

export const RequestRow = z.object({
  ...rowHead,
  type: z.literal('request'),
  service: Service,
  role: Role,
  status: Status,
  stage: WireStage,
  claim: Claim.nullable(),
  /** Desk that the centre pre-allotted this request to, while offline claims are tentative. */
  allotted: z.object({ desk: Id, until: Millis }).nullable().default(null),
  appliedAt: Millis,
  urgent: z.boolean(),
  /** Supply deadline as the centre counts it. */
  promiseAt: Millis,
  /** Return date of a loan. */
  dueAt: Millis.nullable(),
  finishedAt: Millis.nullable().default(null),
  reason: ShortText.default(''),
  cancelAsked: z.boolean().default(false),
  renewAsked: Millis.nullable().default(null),
  complaint: LongText.nullable().default(null),
  /** The asking library presses for an answer (催询): when last, and what it said. */
  chased: z.object({ at: Millis, text: LongText }).nullish(),
  /** Asking side: the reader was told that it is there, where, and until when it is kept. */
  notified: z.object({ at: Millis, place: ShortText, until: Millis.nullable() }).nullish(),
  delivery: z
    .object({
      sha256: Sha256,
      /** Where the document is read, by whoever has the link, until it expires. */
      link: LongText,
      expiresAt: Millis,
      openedAt: Millis.nullable(),
      pages: z.int(),
      bytes: z.int(),
    })
    .nullable()
    .default(null),
  volumes: z.array(VolumeState).max(200).default([]),
  pickupCode: ShortText.nullable().default(null),
  /** Until when the pick-up code is good; a centre that does not say sets no end. */
  pickupUntil: Millis.nullish(),
  fields: RequestFields,
  history: z.array(HistoryEntry).max(500).default([]),
})
export type RequestRow = z.infer<typeof RequestRow>

export const BagRow = z.object({
  ...rowHead,
  type: z.literal('bag'),
  code: Id,
  owner: Id,
  destination: Id,
  route: ShortText,
  state: z.enum(['open', 'closed', 'handed_over', 'arrived', 'reconciled']),
  seal: ShortText,
  weightGrams: z.int().min(0).nullable().default(null),
  manifestId: Uuid.nullable(),
  items: z
    .array(
      z.object({
        requestId: Id,
        volume: z.int().min(1),
        barcode: z.string().max(64),
        title: LongText,
        arrived: z.enum(['', 'arrived', 'missing']).default(''),
      }),
    )
    .max(500),
})
export type BagRow = z.infer<typeof BagRow>

export const ManifestRow = z.object({
  ...rowHead,
  type: z.literal('manifest'),
  number: Id,
  run: ShortText,
  desk: Id,
  state: z.enum(['open', 'closed', 'handed_over', 'void']),
  bagIds: z.array(Uuid).max(500),
  closedAt: Millis.nullable(),
  handedOver: z.object({ at: Millis, driver: ShortText, digest: Sha256 }).nullable(),
  amendments: z
    .array(z.object({ at: Millis, who: ShortText, text: LongText }))
    .max(100)
    .default([]),
})
export type ManifestRow = z.infer<typeof ManifestRow>

export const LibraryRow = z.object({
  ...rowHead,
  type: z.literal('library'),
  /** Two letters that begin its request numbers (HG = 北京化工大学图书馆). */
  code: ShortText,
  name: ShortText,
  nameEn: ShortText.default(''),
  route: ShortText.default(''),
  transportDays: z.int().min(0).max(30).default(2),
  address: ShortText.default(''),
  contact: ShortText.default(''),
  pausedUntil: Millis.nullable().default(null),
  /** Pauses of service (暂停服务), oldest first: an unreasoned one costs a point of the evaluation. */
  pauses: z
    .array(z.object({ from: Millis, to: Millis, reason: LongText }))
    .max(200)
    .default([]),
})
export type LibraryRow = z.infer<typeof LibraryRow>

export const StaffRow = z.object({ ...rowHead, type: z.literal('staff'), name: ShortText, role: StaffRole })
export type StaffRow = z.infer<typeof StaffRow>

export const AnomalyRow = z.object({
  ...rowHead,
  type: z.literal('anomaly'),
  about: Id,
  event: z.string().max(64),
  text: LongText,
  at: Millis,
  state: z.enum(['open', 'resolved']),
  person: ShortText.default(''),
  /** Who was given it, what was found, oldest first. */
  history: z.array(HistoryEntry).max(200).default([]),
})
export type AnomalyRow = z.infer<typeof AnomalyRow>

export const NoticeRow = z.object({
  ...rowHead,
  type: z.literal('notice'),
  /** What it is about: rules of the service, closures, anything else. */
  kind: z.enum(['rules', 'closure', 'desk', 'other']).catch('other').default('other'),
  /** Of kind `desk`: the newest version of the desk's program, and the least that the centre will go on working with. */
  desk: z.object({ newest: Version, atLeast: Version.nullish() }).nullish().catch(null),
  title: ShortText,
  text: LongText,
  at: Millis,
  readAt: Millis.nullable(),
})
export const RegistrationRow = z.object({
  ...rowHead,
  type: z.literal('registration'),
  /** `asked`: a question of ours is with the applicant; the answer opens it again. */
  state: z.enum(['open', 'asked', 'approved', 'refused']),
  category: ShortText,
  appliedAt: Millis,
  fields: z.record(z.string(), LongText),
  question: z.object({ text: LongText, at: Millis, answer: LongText.nullable() }).nullish(),
})
export const TrainingRow = z.object({
  ...rowHead,
  type: z.literal('training'),
  date: Millis,
  kind: ShortText,
  attendees: z.int().min(0),
  staff: z.array(Id),
  papers: z.array(z.object({ kind: ShortText, title: ShortText, count: z.int().min(0) })).optional(),
})

/** Rows of these types are understood; every other type is kept raw and shown as "needs update". */
export const ENTITY_SCHEMAS = {
  request: RequestRow,
  bag: BagRow,
  manifest: ManifestRow,
  library: LibraryRow,
  staff: StaffRow,
  anomaly: AnomalyRow,
  notice: NoticeRow,
  registration: RegistrationRow,
  training: TrainingRow,
} as const
export type EntityType = keyof typeof ENTITY_SCHEMAS

/** What can be said of any row before its type is known. `gone` marks a tombstone, which has no further fields. */
export const RowEnvelope = z.looseObject({
  type: z.string().min(1).max(40),
  id: Id,
  version: z.int().min(1),
  seq: z.int().min(1),
  gone: z.object({ reason: z.string().max(64) }).optional(),
})
export type RowEnvelope = z.infer<typeof RowEnvelope>

const replyHead = { serverTime: Millis, epoch: z.string().min(1).max(64) }

export const FeedReply = z.object({
  ...replyHead,
  rows: z.array(RowEnvelope).max(FEED_LIMIT),
  next: z.string().max(200),
  more: z.boolean(),
})
export type FeedReply = z.infer<typeof FeedReply>

export const OpsCall = z.strictObject({
  deviceId: Id,
  protocol: z.int(),
  /** Every result up to this op number is durably recorded on the device: the centre may forget it (rule S4). */
  ackThrough: z.int().min(0),
  /**
   * Of the feed this desk has read. A centre of another epoch (put back from a backup) refuses the call with 410
   * `resync_required` and does nothing: what it lost must be done again before anything that came later (I6).
   */
  epoch: z.string().min(1).max(64).optional(),
  ops: z.array(Op).max(OPS_LIMIT),
})
export type OpsCall = z.infer<typeof OpsCall>

export const OpResult = z.object({
  opId: Uuid,
  outcome: z.enum(['applied', 'rejected', 'retry', 'settled']),
  code: z.union([RejectCode, RetryCode]).optional(),
  /** Details of a refusal, for a person: who holds it, what the field holds now, where the item is. */
  info: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  /** The object's row after the whole call; of several results about one object the last brings it. */
  row: RowEnvelope.optional(),
})
export type OpResult = z.infer<typeof OpResult>
export const OpsReply = z.object({
  ...replyHead,
  results: z.array(OpResult).max(OPS_LIMIT),
  /**
   * Every other row of this library that the call changed, as it stands after it: the bags and books of a manifest that was
   * handed over. A desk whose line breaks before it reads the feed again knows of them all the same. Of more than a page
   * of the feed the rest comes with the feed.
   */
  also: z.array(RowEnvelope).max(FEED_LIMIT).default([]),
})
export type OpsReply = z.infer<typeof OpsReply>

export const EnrolCall = z.strictObject({ code: ShortText.min(4), deskName: ShortText.min(1) })
export const EnrolReply = z.object({
  ...replyHead,
  deviceId: Id,
  library: LibraryRef,
  token: z.string().max(4000),
  refresh: z.string().max(4000),
})
export const TokenCall = z.strictObject({ refresh: z.string().max(4000) })
export const TokenReply = z.object({ ...replyHead, token: z.string().max(4000), refresh: z.string().max(4000) })
export const SignInCall = z.strictObject({ staff: Id, password: z.string().min(1).max(200) })
export const SignInReply = z.object({
  ...replyHead,
  staffToken: z.string().max(4000),
  staffId: Id,
  name: ShortText,
  role: StaffRole,
  offlineUntil: Millis,
})
export const BlobCall = z.strictObject({ mime: ShortText, size: z.int().min(1).optional() })
export const BlobReply = z.object({ ...replyHead, uploadUrl: z.string().max(2000) })
export const CompleteCall = z.strictObject({ sha256: Sha256, size: z.int().min(1) })
export const CompleteReply = z.object({ ...replyHead, sha256: Sha256 })
/** Body of every answer that is not 2xx. */
export const ErrorReply = z.object({
  error: z.string().max(64),
  serverTime: Millis.optional(),
  epoch: z.string().min(1).max(64).optional(),
  min: z.int().optional(),
  max: z.int().optional(),
  message: LongText.optional(),
  /** The operation that is wrong (`bad_op`, `op_id_reused`): the one to park; the others of the call were not carried out. */
  opId: Uuid.optional(),
})
