/** What staff did and how it fared: acting, withdrawing, the outbox, refused and parked actions. */
import * as z from 'zod'
import { ErrorCode, ErrorParams } from '../errors.ts'
import { OpKind, RejectCode } from '../ops.contract.ts'
import { LongText, Millis, Service, Sha256, ShortText, Stage, Status, Uuid } from '../words.ts'
import { Acted, done, empty, OutboxState } from './basics.ts'

export { Acted, OutboxState } from './basics.ts'

/** An action with its arguments, as the window asks for it. Arguments are parsed by the schema of the op kind. */
export const ActCall = z.strictObject({ objectId: z.string().min(1).max(64), kind: OpKind, args: z.unknown() })
export type ActCall = z.infer<typeof ActCall>

export const OutboxEntry = z.strictObject({
  opId: Uuid,
  n: z.int().nullable(),
  kind: OpKind,
  objectId: z.string(),
  /** Of the request it is about; null for bags, manifests and what else is none. */
  service: Service.nullable(),
  title: LongText,
  state: OutboxState,
  at: Millis,
  who: ShortText,
  heldUntil: Millis.nullable(),
  bytes: z.int(),
  sentBytes: z.int(),
})
export type OutboxEntry = z.infer<typeof OutboxEntry>

/** A refused or parked action, or one that would be refused, with both sides of the story. */
export const RefusedCard = z.strictObject({
  opId: Uuid,
  kind: OpKind,
  objectId: z.string(),
  title: LongText,
  service: Service.nullable(),
  /** `foreseen`: done offline, not sent yet; the centre's rows no longer allow it. */
  state: z.enum(['foreseen', 'rejected', 'parked']),
  code: z.union([RejectCode, z.string().max(64)]),
  info: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ours: z.strictObject({ at: Millis, who: ShortText, offline: z.boolean(), bytes: z.int(), pages: z.int() }),
  /** The document it would have delivered. */
  blob: Sha256.nullable(),
  theirs: z.strictObject({
    status: Status.nullable(),
    stage: Stage.nullable(),
    holder: ShortText,
    /** This desk holds it. */
    mine: z.boolean(),
    at: Millis.nullable(),
    /** What happened there last, and by whom; `who` is empty where it was no person. */
    last: z.strictObject({ event: z.string().max(64), who: ShortText, desk: ShortText }).nullable(),
    /** Why it is no longer ours; null while it is. */
    gone: z.string().max(64).nullable(),
  }),
  /** What a person may do next, the gentlest first. */
  next: z.array(z.enum(['withdraw', 'send', 'dismiss', 'takeOver', 'redo', 'again', 'saveFile', 'export'])),
})
export type RefusedCard = z.infer<typeof RefusedCard>

export const outboxMethods = {
  'op.act': { in: ActCall, out: Acted },
  'op.actMany': {
    in: z.strictObject({ calls: z.array(ActCall).min(1).max(1000) }),
    out: z.array(
      z.strictObject({
        objectId: z.string(),
        opId: Uuid.nullable(),
        error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
      }),
    ),
  },
  'op.withdraw': { in: z.strictObject({ opId: Uuid }), out: done },
  'outbox.list': { in: z.strictObject({ states: z.array(OutboxState).max(10) }), out: z.array(OutboxEntry) },
  'refused.list': { in: empty, out: z.array(RefusedCard) },
  'refused.settle': {
    in: z.strictObject({ opId: Uuid, how: z.enum(['withdraw', 'send', 'dismiss', 'takeOver', 'redo', 'again']) }),
    out: done,
  },
  /** The whole operation as a file of JSON, for whoever repairs it. */
  'refused.export': { in: z.strictObject({ opId: Uuid }), out: z.strictObject({ blob: Sha256 }) },
  'sync.now': { in: empty, out: done },
} as const
