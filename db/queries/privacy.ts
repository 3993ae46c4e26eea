/**
 * Readers' data: kept as long as the work needs them, then taken out for good. What must be counted on (copyright ledger,
 * statistics, audit) holds a keyed hash from the first moment: the same reader gives the same hash on this desk, and
 * without the key, which never leaves this database, nobody can tell whose it is.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import type { Rows } from '../../electron/domain/machine/world.ts'
import type { Db } from '../driver.ts'
import { releaseBlobs } from './blobs.ts'
import { getMeta, setMeta } from './meta.ts'

type RegistrationRow = Rows['registration']

const DAY_MS = 86_400_000
/** A centre put back from a backup may ask for what was settled so long ago; until then it can be sent again whole. */
const SEND_AGAIN_MS = 60 * DAY_MS
/** Slips that carry a reader's note. */
const SLIPS = `'pullSlip', 'bookSlip', 'receipt'`

const HASHED = /^k:[0-9a-f]{24}$/

function secretOf(db: Db): string {
  const known = getMeta(db, 'pseudonymSecret')
  if (known) return known
  const made = randomBytes(32).toString('hex')
  setMeta(db, 'pseudonymSecret', made)
  return made
}

/** The keyed hash of what could name a person; '' stays '', a hash stays itself. */
export function pseudonym(db: Db, text: string): string {
  if (text === '' || HASHED.test(text)) return text
  return `k:${createHmac('sha256', secretOf(db)).update(text).digest('hex').slice(0, 24)}`
}

/** Arguments of operations in which a person may have typed anything. */
const FREE_TEXT = new Set(['text', 'note', 'reason', 'value', 'readerKey', 'driver', 'signature'])
/** Codes of the contract, which say nothing of a person. */
const CODE = /^[A-Z][A-Za-z]{2,40}$/

/** Arguments as the audit trail keeps them: free text as its keyed hash, so that it can be proved and not be read. */
export function auditArgs(db: Db, args: object): string {
  return JSON.stringify(args, (name, value: unknown) => {
    if (!FREE_TEXT.has(name) || value === undefined || value === null) return value
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return CODE.test(text) ? text : pseudonym(db, text)
  })
}

/** Who keeps the bytes of a copy that arrived for a reader of ours. */
export const arrivedOwner = (requestId: string): string => `arrived:${requestId}`

export interface Purge {
  /** Ended before this, ms UTC. */
  before: number
  now: number
  /** A backup's outbox stands still: what waits in it was sent long ago, or goes with its request's number alone. */
  inBackup?: boolean
}

/**
 * Takes readers' data out of the next requests of the feed that ended long ago.
 * @param after the last row looked at, 0 to begin
 * @returns ids of what changed, and the next `after`; null when all were looked at
 */
export function purgeRequests(
  db: Db,
  purge: Purge,
  after: number,
  limit = 500,
): { ids: string[]; next: number | null } {
  const rows = db
    .sql<{ rid: number; id: string; type: string; body: string }>(
      `SELECT rid, id, type, body FROM base WHERE rid > ? AND +type IN ('request', 'registration') AND understood = 1
       ORDER BY rid LIMIT ?`,
    )
    .all(after, limit)
  const ids = db.write(() =>
    rows.flatMap(({ rid, id, type, body }) => (purgeRow(db, rid, type, body, purge) ? [id] : [])),
  )
  return { ids, next: rows.length < limit ? null : rows.at(-1)!.rid }
}

function purgeRow(db: Db, rid: number, type: string, body: string, purge: Purge): boolean {
  const row = JSON.parse(body) as RequestRow | RegistrationRow
  const clean =
    type === 'request'
      ? cleanRequest(db, row as RequestRow, purge)
      : cleanRegistration(row as RegistrationRow, purge.before)
  if (!clean) return false
  const text = JSON.stringify(clean)
  if (text === body) return false
  // A copy that came for our reader goes with the reader's data.
  if (type === 'request') releaseBlobs(db, arrivedOwner(row.id), 0)
  db.sql('UPDATE base SET body = ? WHERE rid = ?').run(text, rid)
  return true
}

/** @returns undefined while the request still needs them */
function cleanRequest(db: Db, row: RequestRow, { before, inBackup }: Purge): RequestRow | undefined {
  if (row.finishedAt === null || row.finishedAt >= before || row.complaint !== null) return undefined
  if (inBackup) return withoutReader(db, row)
  const busy = db
    .sql(
      `SELECT 1 FROM outbox_touch t JOIN outbox o ON o.place = t.place
       WHERE t.object_id = ? AND o.state NOT IN ('applied', 'withdrawn') AND o.dismissed_at IS NULL LIMIT 1`,
    )
    .get(row.id)
  return busy ? undefined : withoutReader(db, row)
}

function withoutReader(db: Db, row: RequestRow): RequestRow {
  return {
    ...row,
    fields: {
      ...row.fields,
      readerKey: pseudonym(db, row.fields.readerKey),
      readerNote: '',
      readerCategory: '',
      notePartner: '',
    },
    delivery: row.delivery && { ...row.delivery, link: '' },
    history: row.history.map((entry) => ({ ...entry, text: '' })),
  }
}

function cleanRegistration(row: RegistrationRow, before: number): RegistrationRow | undefined {
  const decided = row.state === 'approved' || row.state === 'refused'
  return decided && row.appliedAt < before ? { ...row, fields: {}, question: null } : undefined
}

/**
 * The rest, which is little: rows that left our part, settled operations, rows put aside, printed slips.
 * @param blank blob that stands for a slip that is no longer kept
 */
export function purgeOthers(db: Db, { before, now }: Purge, blank: string): void {
  db.write(() => {
    const gone = db
      .sql<{ id: string; body: string }>(
        `SELECT id, body FROM gone WHERE type = 'request' AND at < ? AND body IS NOT NULL
         AND (json_extract(body, '$.fields.readerNote') <> '' OR json_extract(body, '$.fields.readerCategory') <> ''
           OR json_extract(body, '$.fields.notePartner') <> ''
           OR (json_extract(body, '$.fields.readerKey') <> '' AND json_extract(body, '$.fields.readerKey') NOT LIKE 'k:%'))`,
      )
      .all(before)
    for (const { id, body } of gone) {
      const clean = JSON.stringify(withoutReader(db, JSON.parse(body) as RequestRow))
      db.sql(`UPDATE gone SET body = ? WHERE type = 'request' AND id = ?`).run(clean, id)
    }
    db.sql(`UPDATE gone SET body = NULL WHERE type = 'registration' AND at < ?`).run(before)
    db.sql('DELETE FROM quarantine WHERE at < ?').run(before)
    const settled = db
      .sql<{ place: number; args: string }>(
        `SELECT place, args FROM outbox WHERE settled_at < ? AND args <> '{}'
         AND (state IN ('applied', 'withdrawn') OR dismissed_at IS NOT NULL)`,
      )
      .all(Math.min(before, now - SEND_AGAIN_MS))
    for (const { place, args } of settled) {
      const clean = auditArgs(db, JSON.parse(args) as object)
      if (clean !== args) db.sql('UPDATE outbox SET args = ?, info = NULL WHERE place = ?').run(clean, place)
    }
    purgeSlips(db, before, blank)
  })
}

function purgeSlips(db: Db, before: number, blank: string): void {
  const jobs = db
    .sql<{ id: string }>(
      `SELECT id FROM print_job WHERE kind IN (${SLIPS}) AND at < ? AND settled_at IS NOT NULL AND sha256 <> ?`,
    )
    .all(before, blank)
  for (const { id } of jobs) {
    db.sql(`UPDATE print_job SET sha256 = ?, sent_sha256 = NULL, mime = 'application/pdf' WHERE id = ?`).run(blank, id)
    // Nobody waits for the slip any more: its bytes go with the next collection.
    releaseBlobs(db, `print:${id}`, 0)
  }
  if (jobs.length > 0) db.sql('UPDATE blob SET unused_since = NULL WHERE sha256 = ?').run(blank)
}
