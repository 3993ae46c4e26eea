/** The centre's rows on this desk: written by the sync engine alone (rule C1), guarded by their version (I5). */
import { RequestRow, type EntityType } from '../../electron/contract/centre.contract.ts'
import type { RowSource, Rows } from '../../electron/domain/machine/world.ts'
import type { Db, Text } from '../driver.ts'

export interface BaseRow {
  type: string
  id: string
  version: number
  seq: number
  /** False when this version of the program does not know the type or a state: kept raw, shown, not touched. */
  understood: boolean
  /** JSON: the parsed row, or the raw one when it was not understood. */
  body: Text
}

export function baseVersion(db: Db, type: string, id: string): number {
  return db.sql<{ version: number }>('SELECT version FROM base WHERE type = ? AND id = ?').get(type, id)?.version ?? 0
}

/** Version of the tombstone, 0 when the row did not leave. */
export function goneVersion(db: Db, type: string, id: string): number {
  return db.sql<{ version: number }>('SELECT version FROM gone WHERE type = ? AND id = ?').get(type, id)?.version ?? 0
}

/** A row that was taken: its number, and whether it was not here before. */
export interface Taken {
  rid: number
  isNew: boolean
}

/**
 * Takes a row that is newer than what is known and does nothing otherwise (late or doubled delivery).
 * @param nothingAside true when no row is known to have left or to be put aside: three questions less for each row
 * @returns undefined when nothing changed
 */
export function upsertBase(db: Db, row: BaseRow, nothingAside = false): Taken | undefined {
  const { type, id, version } = row
  if (!nothingAside && goneVersion(db, type, id) >= version) return undefined
  const taken = insertBase(db, row) ?? updateBase(db, row)
  if (!taken || nothingAside) return taken
  db.sql('DELETE FROM gone WHERE type = ? AND id = ?').run(type, id)
  db.sql('DELETE FROM quarantine WHERE type = ? AND id = ?').run(type, id)
  return taken
}

function insertBase(db: Db, row: BaseRow): Taken | undefined {
  const { type, id, version, seq, understood, body } = row
  const { changes, lastInsertRowid } = db
    .sql(
      `INSERT INTO base (type, id, version, seq, understood, body) VALUES (?, ?, ?, ?, ?, CAST (? AS TEXT))
       ON CONFLICT (type, id) DO NOTHING`,
    )
    .run(type, id, version, seq, Number(understood), body)
  return changes === 0 ? undefined : { rid: Number(lastInsertRowid), isNew: true }
}

function updateBase(db: Db, row: BaseRow): Taken | undefined {
  const { type, id, version, seq, understood, body } = row
  const found = db
    .sql<{ rid: number }>(
      `UPDATE base SET version = ?, seq = ?, understood = ?, body = CAST (? AS TEXT)
       WHERE type = ? AND id = ? AND version < ? RETURNING rid`,
    )
    .get(version, seq, Number(understood), body, type, id, version)
  return found && { rid: found.rid, isNew: false }
}

export interface Tombstone {
  type: string
  id: string
  version: number
  seq: number
  reason: string
}

/**
 * The row left our part: its last body is kept with the reason.
 * @returns undefined when it was known already; else the number the row had in base, null when it was never there
 */
export function buryBase(db: Db, stone: Tombstone, now: number): number | null | undefined {
  const { type, id, version, seq, reason } = stone
  if (Math.max(baseVersion(db, type, id), goneVersion(db, type, id)) >= version) return undefined
  db.sql(
    `INSERT OR REPLACE INTO gone (type, id, version, seq, reason, at, body)
     VALUES (?, ?, ?, ?, ?, ?, (SELECT body FROM base WHERE type = ? AND id = ?))`,
  ).run(type, id, version, seq, reason, now, type, id)
  db.sql('DELETE FROM quarantine WHERE type = ? AND id = ?').run(type, id)
  const left = db.sql<{ rid: number }>('DELETE FROM base WHERE type = ? AND id = ? RETURNING rid').get(type, id)
  return left?.rid ?? null
}

/** A row that left, as it was last; undefined when it never was here in a shape that is understood. */
export function lastOf(db: Db, type: 'request', id: string): Rows['request'] | undefined {
  const row = db.sql<{ body: string | null }>('SELECT body FROM gone WHERE type = ? AND id = ?').get(type, id)
  const parsed = RequestRow.safeParse(JSON.parse(row?.body ?? 'null'))
  return parsed.data
}

/** A row of a known type whose known fields are wrong: put aside with what was wrong, the page goes on (rule C6). */
export function quarantine(db: Db, row: Omit<BaseRow, 'understood'>, problem: string, now: number): void {
  db.sql(
    'INSERT OR REPLACE INTO quarantine (type, id, version, seq, body, problem, at) VALUES (?, ?, ?, ?, CAST (? AS TEXT), ?, ?)',
  ).run(row.type, row.id, row.version, row.seq, row.body, problem.slice(0, 500), now)
}

/** False while no row ever left and none is put aside: the case of a first sync. */
export const anythingAside = (db: Db): boolean =>
  db.sql('SELECT 1 FROM gone UNION ALL SELECT 1 FROM quarantine LIMIT 1').get() !== undefined

export function countQuarantined(db: Db): number {
  return db.sql<{ count: number }>('SELECT COUNT(*) AS count FROM quarantine').get()!.count
}

export function rowsOfType<T extends EntityType>(db: Db, type: T): Rows[T][] {
  return db
    .sql<{ body: string }>('SELECT body FROM base WHERE type = ? AND understood = 1')
    .all(type)
    .map((row) => JSON.parse(row.body) as Rows[T])
}

/** Base as the request machine reads it. Rows that are not understood do not exist for it. */
export class BaseSource implements RowSource {
  private readonly db: Db
  private kept: Map<string, Rows[EntityType] | undefined> | undefined

  constructor(db: Db) {
    this.db = db
  }

  /** Reads no row twice while `body` runs, which must not change base: hundreds of operations may look at the same one. */
  once<T>(body: () => T): T {
    this.kept = new Map()
    try {
      return body()
    } finally {
      this.kept = undefined
    }
  }

  get<T extends EntityType>(type: T, id: string): Rows[T] | undefined {
    const key = `${type}/${id}`
    if (this.kept?.has(key)) return this.kept.get(key) as Rows[T] | undefined
    const row = this.read(type, id)
    this.kept?.set(key, row)
    return row
  }

  private read<T extends EntityType>(type: T, id: string): Rows[T] | undefined {
    const row = this.db
      .sql<{ body: string }>('SELECT body FROM base WHERE type = ? AND id = ? AND understood = 1')
      .get(type, id)
    return row && (JSON.parse(row.body) as Rows[T])
  }

  gone(type: EntityType, id: string): string | undefined {
    return this.db.sql<{ reason: string }>('SELECT reason FROM gone WHERE type = ? AND id = ?').get(type, id)?.reason
  }

  bearers(barcode: string): { requestId: string; volume: number }[] {
    return this.db
      .sql<{
        requestId: string
        volume: number
      }>('SELECT request_id AS requestId, volume FROM item_code WHERE barcode = ?')
      .all(barcode)
  }
}

/** A person of the centre's list; undefined while there is no list, 'gone' when they were taken off it. */
export function findStaff(db: Db, id: string): Rows['staff'] | 'gone' | undefined {
  const row = db
    .sql<{ body: string }>(`SELECT body FROM base WHERE type = 'staff' AND id = ? AND understood = 1`)
    .get(id)
  if (row) return JSON.parse(row.body) as Rows['staff']
  return db.sql(`SELECT 1 FROM gone WHERE type = 'staff' AND id = ?`).get(id) === undefined ? undefined : 'gone'
}

/** Bodies of the newest notices of a kind, newest first. */
export function newestNotices(db: Db, kind: string, limit: number): string[] {
  return db
    .sql<{ body: string }>(
      `SELECT body FROM base WHERE type = 'notice' AND understood = 1 AND body ->> '$.kind' = ? ORDER BY seq DESC LIMIT ?`,
    )
    .all(kind, limit)
    .map(({ body }) => body)
}
