/** Settlement with the courier: tariffs, the month's statement, the courier's own file, the way back to each scan. */
import * as z from 'zod'
import { Id, LongText, Millis, Sha256, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const DayText = z.iso.date()
const Fen = z.int().min(0).max(100_000_000)

export const TariffView = z.strictObject({
  id: Uuid,
  courier: ShortText.min(1),
  /** '' = every route without a line of its own. */
  route: ShortText,
  from: DayText,
  /** The first day it no longer holds. */
  to: DayText.nullable(),
  perBagFen: Fen,
  perItemFen: Fen,
  perKgFen: Fen,
})
export type TariffView = z.infer<typeof TariffView>

export const StatementLine = z.strictObject({
  bagId: Uuid,
  bag: Id,
  manifestId: Uuid,
  manifest: Id,
  at: Millis,
  driver: ShortText,
  courier: ShortText,
  route: ShortText,
  destinationName: ShortText,
  items: z.int(),
  weightGrams: z.int().nullable(),
  /** Null where no tariff holds. */
  priceFen: z.int().nullable(),
  /** What the driver signed. */
  digest: Sha256,
})
export type StatementLine = z.infer<typeof StatementLine>

export const MappingView = z.strictObject({
  headRows: z.int().min(0).max(50),
  columns: z.strictObject({
    bag: z.int().min(0).max(200).nullable(),
    price: z.int().min(0).max(200).nullable(),
    weight: z.int().min(0).max(200).nullable(),
  }),
  price: z.enum(['yuan', 'fen']),
  weight: z.enum(['kg', 'g']),
})
export type MappingView = z.infer<typeof MappingView>

const money = z.int().nullable()
export const DifferenceView = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('missing'), bag: Id, oursFen: money }),
  z.strictObject({ kind: z.literal('extra'), bag: Id, row: z.int(), theirsFen: money, again: z.boolean() }),
  z.strictObject({ kind: z.literal('price'), bag: Id, row: z.int(), oursFen: money, theirsFen: z.int() }),
  z.strictObject({ kind: z.literal('weight'), bag: Id, row: z.int(), oursGrams: money, theirsGrams: z.int() }),
])
export type DifferenceView = z.infer<typeof DifferenceView>

const asked = z.strictObject({ month: Month, courier: ShortText })

export const settlementMethods = {
  'settlement.tariffs': { in: empty, out: z.array(TariffView) },
  /** @throws tariff_overlap */
  'settlement.saveTariff': { in: TariffView.omit({ id: true }).extend({ id: Uuid.nullable() }), out: done },
  'settlement.dropTariff': { in: z.strictObject({ id: Uuid }), out: done },
  /** `courier` '' = all. */
  'settlement.statement': {
    in: asked,
    out: z.strictObject({
      lines: z.array(StatementLine),
      couriers: z.array(ShortText),
      bags: z.int(),
      items: z.int(),
      fen: z.int(),
      unpriced: z.int(),
    }),
  },
  /** Every scan, seal and signature behind a line, in the order they happened. */
  'settlement.trace': {
    in: z.strictObject({ bagId: Uuid }),
    out: z.strictObject({
      steps: z.array(z.strictObject({ at: Millis, who: ShortText, event: z.string().max(64), text: LongText })),
      signature: z.array(z.array(z.number())).nullable(),
      /** True when the contents still give the digest that was signed. */
      intact: z.boolean().nullable(),
    }),
  },
  /** Reads a courier's table; the mapping is the remembered one, else a guess from its head. */
  'settlement.readFile': {
    in: z.strictObject({ courier: ShortText, fileId: Uuid }),
    out: z.strictObject({
      fileId: Uuid,
      head: z.array(z.array(z.string().max(200)).max(40)).max(12),
      rows: z.int(),
      mapping: MappingView,
      remembered: z.boolean(),
    }),
  },
  'settlement.compare': {
    in: asked.extend({ fileId: Uuid, mapping: MappingView }),
    out: z.strictObject({
      ours: z.int(),
      theirs: z.int(),
      same: z.int(),
      differences: z.array(DifferenceView),
      bad: z.array(z.strictObject({ row: z.int(), field: z.string(), text: ShortText })),
    }),
  },
  /** The statement as a table, with the differences of the last comparison when there was one. */
  'settlement.export': {
    in: asked.extend({ format: z.enum(['xlsx', 'csv']) }),
    out: z.strictObject({ blob: z.string(), name: ShortText }),
  },
} as const
