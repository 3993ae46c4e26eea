/**
 * The rows a rule may look at and change. A world lies over another source of rows (the centre's base) and never writes
 * through: what an operation did stands in the world alone, so it can be thrown away and folded again.
 */
import type { BagRow, EntityType, ManifestRow, RequestRow, RowEnvelope } from '../../contract/centre.contract.ts'
import type {
  AnomalyRow,
  LibraryRow,
  NoticeRow,
  RegistrationRow,
  StaffRow,
  TrainingRow,
} from '../../contract/centre.contract.ts'
import type { z } from 'zod'

export interface Rows {
  request: RequestRow
  bag: BagRow
  manifest: ManifestRow
  library: LibraryRow
  staff: StaffRow
  anomaly: AnomalyRow
  notice: z.infer<typeof NoticeRow>
  registration: z.infer<typeof RegistrationRow>
  training: z.infer<typeof TrainingRow>
}
export type Row = Rows[EntityType]

/** Where rows come from. A source never changes the rows it hands out. */
export interface RowSource {
  get<T extends EntityType>(type: T, id: string): Rows[T] | undefined
  /** Why a row left our part, undefined when it did not. */
  gone(type: EntityType, id: string): string | undefined
  /** Volumes that carry this barcode, by request. */
  bearers(barcode: string): Iterable<{ requestId: string; volume: number }>
}

export type Key = `${EntityType}/${string}`
export const keyOf = (type: EntityType, id: string): Key => `${type}/${id}`

/** A copy deep enough for every change a rule makes: two levels, histories shared. */
function copyRow<R extends Row>(row: R): R {
  const copy: Record<string, unknown> = { ...row }
  for (const [name, value] of Object.entries(copy)) {
    if (name === 'history') continue
    if (Array.isArray(value))
      copy[name] = value.map((part: unknown) => (typeof part === 'object' && part !== null ? { ...part } : part))
    else if (typeof value === 'object' && value !== null) copy[name] = { ...value }
  }
  return copy as R
}

export class World implements RowSource {
  private readonly under: RowSource
  private readonly changed = new Map<Key, Row>()
  private readonly left = new Map<Key, string>()

  constructor(under: RowSource) {
    this.under = under
  }

  get<T extends EntityType>(type: T, id: string): Rows[T] | undefined {
    const key = keyOf(type, id)
    if (this.left.has(key)) return undefined
    return (this.changed.get(key) as Rows[T] | undefined) ?? this.under.get(type, id)
  }

  gone(type: EntityType, id: string): string | undefined {
    return this.left.get(keyOf(type, id)) ?? this.under.gone(type, id)
  }

  *bearers(barcode: string): Iterable<{ requestId: string; volume: number }> {
    for (const row of this.changed.values()) {
      if (row.type !== 'request' || this.left.has(keyOf('request', row.id))) continue
      for (const item of row.volumes) if (item.barcode === barcode) yield { requestId: row.id, volume: item.volume }
    }
    for (const found of this.under.bearers(barcode)) {
      const key = keyOf('request', found.requestId)
      if (!this.changed.has(key) && !this.left.has(key)) yield found
    }
  }

  /** The row to be changed in place; a copy is made the first time. Only for rows that `get` finds. */
  edit<T extends EntityType>(type: T, id: string): Rows[T] {
    const key = keyOf(type, id)
    const mine = this.changed.get(key)
    if (mine) return mine as Rows[T]
    const row = this.under.get(type, id)
    if (!row) throw new RangeError(`no ${type} to change`)
    const copy = copyRow(row)
    this.changed.set(key, copy)
    return copy
  }

  /** A row made by an operation of this desk; version and seq 0 tell that the centre does not know it yet. */
  add(row: Row): void {
    this.changed.set(keyOf(row.type, row.id), row)
    this.left.delete(keyOf(row.type, row.id))
  }

  /** The row leaves our part; its last state stays readable through `last`. */
  remove(type: EntityType, id: string, reason: string): void {
    this.left.set(keyOf(type, id), reason)
  }

  /** The row as it was last, even when it left by an operation in this world. */
  last<T extends EntityType>(type: T, id: string): Rows[T] | undefined {
    return (this.changed.get(keyOf(type, id)) as Rows[T] | undefined) ?? this.under.get(type, id)
  }

  /** Every row this world changed, added or removed. */
  keys(): Set<Key> {
    return new Set([...this.changed.keys(), ...this.left.keys()])
  }
}

/** A source without rows, for tests and for objects that are made here. */
export const NOTHING: RowSource = { get: () => undefined, gone: () => undefined, bearers: () => [] }

export type { RowEnvelope }
