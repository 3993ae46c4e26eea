/** Codes, the loan check, bags, manifests and returns. */
import * as z from 'zod'
import { BagRow, ManifestRow } from '../centre.contract.ts'
import { OpArgs } from '../ops.contract.ts'
import { Condition, Id, LongText, Service, ShortText, Uuid } from '../words.ts'
import { empty, codes } from './basics.ts'
import { PendingMark } from './queue.contract.ts'
import { Acted } from './outbox.contract.ts'

/** What a scanned code turned out to be. */
export const Resolved = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id: Id, title: LongText, service: Service }),
  z.strictObject({ kind: z.literal('item'), requestId: Id, volume: z.int(), barcode: z.string(), title: LongText }),
  z.strictObject({ kind: z.literal('bag'), id: Uuid, code: Id }),
  z.strictObject({ kind: z.literal('manifest'), id: Uuid, number: Id }),
  z.strictObject({ kind: z.literal('pickup'), requestId: Id, code: Id }),
  /** A number printed on a form for the time without a desk, and not typed in yet. */
  z.strictObject({ kind: z.literal('paper'), number: Id }),
  z.strictObject({ kind: z.literal('unknown'), text: z.string().max(200) }),
])
export type Resolved = z.infer<typeof Resolved>

export const BagView = BagRow.omit({ type: true, version: true, seq: true }).extend({
  destinationName: ShortText,
  pending: PendingMark,
})
export type BagView = z.infer<typeof BagView>
export const ManifestView = ManifestRow.omit({ type: true, version: true, seq: true }).extend({
  bagCount: z.int(),
  itemCount: z.int(),
  destinationCount: z.int(),
  weightGrams: z.int().nullable(),
  pending: PendingMark,
})
export type ManifestView = z.infer<typeof ManifestView>
export const PackCandidate = z.strictObject({
  requestId: Id,
  volume: z.int(),
  title: LongText,
  barcode: z.string(),
  partner: Id,
  partnerName: ShortText,
  callNumber: ShortText,
})
export type PackCandidate = z.infer<typeof PackCandidate>

/**
 * What a book that is scanned in came from: our own from a loan, another library's from our reader or by courier. `here` =
 * a borrowed book that is at the desk already.
 */
export const Came = z.enum(['back', 'fromReader', 'fromCourier', 'here'])
export type Came = z.infer<typeof Came>

export const courierMethods = {
  'code.resolve': { in: z.strictObject({ text: codes }), out: Resolved },
  'loan.check': {
    in: z.strictObject({ requestId: Id, code: codes }),
    out: z.strictObject({
      verdict: z.enum(['bound', 'already', 'wrong', 'slip_other', 'code_damaged']),
      expected: LongText,
      found: LongText,
      volume: z.int().nullable(),
    }),
  },
  'courier.board': {
    in: empty,
    out: z.strictObject({
      candidates: z.array(PackCandidate),
      bags: z.array(BagView),
      manifests: z.array(ManifestView),
    }),
  },
  /** Opens a bag for a destination, or gives the open one there is. */
  'courier.openBag': {
    in: z.strictObject({ destination: Id, route: ShortText.nullable() }),
    out: z.strictObject({ bagId: Uuid, code: Id }),
  },
  /** Packs whatever was scanned (item barcode or slip) into the open bag of its destination. */
  'courier.packCode': {
    in: z.strictObject({ code: codes }),
    out: z.strictObject({
      bagId: Uuid,
      bagCode: Id,
      requestId: Id,
      volume: z.int(),
      title: LongText,
      destinationName: ShortText,
    }),
  },
  'courier.openManifest': {
    in: z.strictObject({ run: ShortText }),
    out: z.strictObject({ manifestId: Uuid, number: Id }),
  },
  'courier.handOver': {
    in: z.strictObject({ manifestId: Uuid, driver: ShortText.min(1), signature: OpArgs.handedOver.shape.signature }),
    out: Acted,
  },
  /** A returned book: any state is taken in, a misfit becomes an anomaly. */
  'courier.return': {
    in: z.strictObject({ code: codes, condition: Condition }),
    out: z.strictObject({
      came: Came,
      requestId: Id,
      volume: z.int(),
      title: LongText,
      complete: z.boolean(),
      anomaly: z.boolean(),
    }),
  },
} as const
