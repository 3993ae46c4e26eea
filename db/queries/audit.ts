/** Who did what. Each entry's hash covers the one before it, so that one taken out or changed later is seen. */
import { createHash } from 'node:crypto'
import type { Db } from '../driver.ts'

export interface AuditEntry {
  at: number
  user: string
  event: string
  objectId: string
  opId: string | null
  /** JSON without readers' names: arguments, outcome, code. */
  detail: string
}

const GENESIS = '0'.repeat(64)

function seal(previous: string, entry: AuditEntry): string {
  const { at, user, event, objectId, opId, detail } = entry
  return createHash('sha256')
    .update(JSON.stringify([previous, at, user, event, objectId, opId, detail]))
    .digest('hex')
}

/** Call it inside the transaction of what it tells. */
export function appendAudit(db: Db, entry: AuditEntry): void {
  const last = db.sql<{ hash: string }>('SELECT hash FROM audit ORDER BY id DESC LIMIT 1').get()
  db.sql('INSERT INTO audit (at, user, event, object_id, op_id, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    entry.at,
    entry.user,
    entry.event,
    entry.objectId,
    entry.opId,
    entry.detail,
    seal(last?.hash ?? GENESIS, entry),
  )
}

/** @returns the id of the first entry that does not fit the chain, null when all do */
export function checkAudit(db: Db): number | null {
  let previous = GENESIS
  const entries = db.sql<AuditEntry & { id: number; hash: string }>(
    `SELECT id, at, user, event, object_id AS objectId, op_id AS opId, detail, hash FROM audit ORDER BY id`,
  )
  for (const entry of entries.iterate()) {
    if (seal(previous, entry) !== entry.hash) return entry.id
    previous = entry.hash
  }
  return null
}

/** The last entry: whoever knows its hash can tell later that nothing up to it was changed. */
export function auditEnd(db: Db): { id: number; hash: string } {
  return (
    db.sql<{ id: number; hash: string }>('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1').get() ?? {
      id: 0,
      hash: GENESIS,
    }
  )
}

/** The highest number an entry ever had: SQLite keeps it (AUTOINCREMENT), also when entries are deleted. */
export function auditCount(db: Db): number {
  return db.sql<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'audit'`).get()?.seq ?? 0
}

/** The hash an entry has, undefined when there is none of that number. */
export function auditHash(db: Db, id: number): string | undefined {
  return db.sql<{ hash: string }>('SELECT hash FROM audit WHERE id = ?').get(id)?.hash
}

export type AuditRow = AuditEntry & { id: number; hash: string }

/** The entries after one, oldest first, at most so many: read slice by slice, since a trail is long. */
export function auditAfter(db: Db, id: number, limit = 500): AuditRow[] {
  return db
    .sql<AuditRow>(
      `SELECT id, at, user, event, object_id AS objectId, op_id AS opId, detail, hash FROM audit
       WHERE id > ? ORDER BY id LIMIT ?`,
    )
    .all(id, limit)
}
