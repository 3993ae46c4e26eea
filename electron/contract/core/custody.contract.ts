/** Bags and books on their way: hand-off, arrival, anomalies, self pick-up, due dates, paper forms. */
import * as z from 'zod'
import { HistoryEntry } from '../centre.contract.ts'
import { Condition, Id, LongText, Millis, ShortText, Uuid } from '../words.ts'
import { codes, done, empty } from './basics.ts'
import { BagView } from './courier.contract.ts'
import { PendingMark } from './queue.contract.ts'

/** Something that does not fit and that a person looks after. `pending`: noted here, not yet at the centre. */
export const AnomalyView = z.strictObject({
  id: z.string().max(64),
  about: Id,
  aboutTitle: LongText,
  /** Where the thing is opened: a request in the queue, a bag or manifest at the courier desk. */
  aboutType: z.enum(['request', 'bag', 'manifest', 'unknown']),
  event: z.string().max(64),
  text: LongText,
  at: Millis,
  state: z.enum(['open', 'resolved']),
  person: ShortText,
  personName: ShortText,
  history: z.array(HistoryEntry),
  pending: PendingMark,
})
export type AnomalyView = z.infer<typeof AnomalyView>

export const ArrivalVerdict = z.enum(['bag', 'bagAgain', 'misrouted', 'item', 'itemAgain', 'surplus', 'returned'])
export const ArrivalAnswer = z.strictObject({
  verdict: ArrivalVerdict,
  bagId: Uuid.nullable(),
  /** The bag's code, the book's title, or the code nobody expected. */
  title: LongText,
  detail: LongText,
  /** Items of the bag still to be ticked off. */
  left: z.int().nullable(),
  anomaly: z.boolean(),
})
export type ArrivalAnswer = z.infer<typeof ArrivalAnswer>

export const PickupView = z.strictObject({
  requestId: Id,
  title: LongText,
  partnerName: ShortText,
  callNumber: ShortText,
  volumes: z.int(),
  /** Null while the centre has not drawn it yet (offline). */
  code: ShortText.nullable(),
  until: Millis.nullable(),
  expired: z.boolean(),
})
export type PickupView = z.infer<typeof PickupView>

const DayText = z.iso.date()
export const VacationView = z.strictObject({
  from: DayText,
  to: DayText,
  due: DayText,
  except: z.array(Id).max(200),
  name: ShortText.min(1),
})
export const DueRulesView = z.strictObject({
  loanDays: z.int().min(1).max(365),
  byLibrary: z.record(Id, z.int().min(1).max(365)),
  openDaysOnly: z.boolean(),
  vacations: z.array(VacationView).max(50),
})
export type DueRulesView = z.infer<typeof DueRulesView>

/** Which loans are moved: lent from that day on, or due within that time; to which day; with whom nothing changes. */
export const DueMove = z.strictObject({
  lentFrom: DayText.nullable(),
  dueFrom: DayText.nullable(),
  dueTo: DayText.nullable(),
  due: DayText,
  except: z.array(Id).max(200),
})
export type DueMove = z.infer<typeof DueMove>
export const DueBatch = z.strictObject({
  id: Uuid,
  at: Millis,
  who: ShortText,
  reason: LongText,
  loans: z.int(),
  undoneAt: Millis.nullable(),
})

export const PaperForm = z.strictObject({
  number: Id,
  bags: z.array(Id),
  state: z.enum(['blank', 'used', 'void']),
  printedAt: Millis,
})

export const custodyMethods = {
  'arrival.board': { in: empty, out: z.strictObject({ bags: z.array(BagView), sent: z.array(BagView) }) },
  /** Whatever is scanned at the arrival table; `bagId` is the bag that lies open there. */
  'arrival.scan': {
    in: z.strictObject({ code: codes, bagId: Uuid.nullable(), condition: Condition }),
    out: ArrivalAnswer,
  },
  /** The bag is empty: what was not ticked off is missing. */
  'arrival.finish': { in: z.strictObject({ bagId: Uuid }), out: z.strictObject({ missing: z.int() }) },
  'anomaly.list': {
    in: z.strictObject({ state: z.enum(['open', 'resolved']) }),
    out: z.array(AnomalyView),
  },
  'pickup.waiting': { in: empty, out: z.array(PickupView) },
  'pickup.find': { in: z.strictObject({ code: codes }), out: PickupView },
  /** Gives the book out. An expired code needs `anyway`, which a person decides; it is recorded with an anomaly. */
  'pickup.collect': { in: z.strictObject({ code: codes, anyway: z.boolean() }), out: PickupView },
  'due.rules': { in: empty, out: DueRulesView },
  'due.setRules': { in: DueRulesView, out: done },
  'due.preview': {
    in: DueMove,
    out: z.strictObject({
      moves: z.array(
        z.strictObject({ requestId: Id, title: LongText, partnerName: ShortText, was: Millis, becomes: Millis }),
      ),
      excepted: z.array(z.strictObject({ partner: Id, partnerName: ShortText, loans: z.int() })),
    }),
  },
  'due.apply': {
    in: z.strictObject({ move: DueMove, reason: LongText.min(1) }),
    out: z.strictObject({ batchId: Uuid, moved: z.int() }),
  },
  'due.batches': { in: empty, out: z.array(DueBatch) },
  'due.undo': { in: z.strictObject({ batchId: Uuid }), out: z.strictObject({ restored: z.int(), left: z.int() }) },
  /** Reserves a manifest number and bag codes for a form; ids to print as `blankManifest`. */
  'paper.reserve': {
    in: z.strictObject({ bags: z.int().min(1).max(12) }),
    out: z.strictObject({ number: Id, codes: z.array(Id) }),
  },
  'paper.list': { in: empty, out: z.array(PaperForm) },
  /** Types a filled-in form in: bags, items, seals, driver. One transaction: all of it or nothing. */
  'paper.enter': {
    in: z.strictObject({
      number: codes,
      driver: ShortText.min(1),
      bags: z
        .array(z.strictObject({ code: codes, destination: Id, seal: ShortText.min(1), items: z.array(codes).max(200) }))
        .min(1)
        .max(12),
    }),
    out: z.strictObject({ manifestId: Uuid, items: z.int(), unknown: z.array(z.string().max(200)) }),
  },
  'paper.void': { in: z.strictObject({ number: Id }), out: done },
  /** Photograph of the bags at a hand-over: a JPEG as base64. */
  'handover.photo': {
    in: z.strictObject({ manifestId: Uuid, jpeg: z.base64().max(6_000_000) }),
    out: z.strictObject({ blob: z.string() }),
  },
  'handover.photos': {
    in: z.strictObject({ manifestId: Uuid }),
    out: z.array(z.strictObject({ blob: z.string(), at: Millis, kind: z.enum(['photo', 'signature']) })),
  },
  /** Numbers of this desk that stand for no manifest: refused, or void. */
  'manifest.voids': {
    in: empty,
    out: z.array(z.strictObject({ number: Id, why: z.enum(['refused', 'void', 'paper_void', 'paper_blank']) })),
  },
} as const
