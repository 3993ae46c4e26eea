/** Tariffs of couriers, remembered tables, and the operations behind a bag. */
import type { MappingView } from '../../electron/contract/core.contract.ts'
import type { OpKind } from '../../electron/contract/ops.contract.ts'
import type { Db } from '../driver.ts'

export interface TariffRow {
  id: string
  courier: string
  route: string
  from: number
  to: number | null
  perBagFen: number
  perItemFen: number
  perKgFen: number
}

export function tariffs(db: Db): TariffRow[] {
  return db
    .sql<TariffRow>(
      `SELECT id, courier, route, valid_from AS "from", valid_to AS "to", per_bag AS perBagFen, per_item AS perItemFen,
         per_kg AS perKgFen FROM courier_tariff ORDER BY courier, route, valid_from`,
    )
    .all()
}

export function putTariff(db: Db, row: TariffRow): void {
  db.sql(
    `INSERT OR REPLACE INTO courier_tariff (id, courier, route, valid_from, valid_to, per_bag, per_item, per_kg)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(row.id, row.courier, row.route, row.from, row.to, row.perBagFen, row.perItemFen, row.perKgFen)
}

export function dropTariff(db: Db, id: string): void {
  db.sql('DELETE FROM courier_tariff WHERE id = ?').run(id)
}

export function mappingOf(db: Db, courier: string): MappingView | undefined {
  const row = db.sql<{ mapping: string }>('SELECT mapping FROM courier_mapping WHERE courier = ?').get(courier)
  return row && (JSON.parse(row.mapping) as MappingView)
}

export function rememberMapping(db: Db, courier: string, mapping: MappingView, now: number): void {
  db.sql('INSERT OR REPLACE INTO courier_mapping (courier, mapping, at) VALUES (?, ?, ?)').run(
    courier,
    JSON.stringify(mapping),
    now,
  )
}

export interface RecordedOp {
  kind: OpKind
  objectId: string
  args: string
  at: number
  who: string
}

/** What this desk did with an object, in order; refused and withdrawn operations did not happen. */
export function recordedOps(db: Db, objectId: string): RecordedOp[] {
  return db
    .sql<RecordedOp>(
      `SELECT kind, outbox.object_id AS objectId, args, wall AS at, user_name AS who
       FROM outbox_touch JOIN outbox USING (place)
       WHERE outbox_touch.object_id = ? AND state NOT IN ('rejected', 'withdrawn') ORDER BY place`,
    )
    .all(objectId)
}

/** Manifest numbers of this desk that the centre refused: used up, and standing for nothing. */
export function refusedManifestNumbers(db: Db): string[] {
  return db
    .sql<{ args: string }>(`SELECT args FROM outbox WHERE kind = 'openManifest' AND state = 'rejected' ORDER BY place`)
    .all()
    .map((row) => (JSON.parse(row.args) as { number: string }).number)
}
