/** The queue's materialised rows (one narrow row a request) and its text index. Rebuildable from base and outbox. */
import type { Stage } from '../../electron/contract/words.ts'
import { entryWords, type QueueEntry } from '../../electron/domain/queue-entry.ts'
import { nameKey } from '../../electron/domain/sort-keys.ts'
import { dueAt, NOTHING_OWED } from '../../electron/domain/urgency.ts'
import type { WorkClock } from '../../electron/domain/work-clock.ts'
import type { Db } from '../driver.ts'

export interface QueueRowRecord {
  rid: number
  id: string
  service: string
  role: string
  status: string
  stage: string
  urgent: number
  partner: string
  /** Desk that holds it. */
  holder: string | null
  open: number
  applied_at: number
  due: number
  title_key: string
  partner_key: string
  call_key: string
}

/**
 * The text index grows by a part with every transaction, and parts are merged. FTS5 does that by itself in lumps of some
 * twenty milliseconds; done by us, a little with each transaction (pages of the index), nobody waits for it.
 */
const MERGED_AT_ONCE = 24

const COLUMNS = `rid, id, service, role, status, stage, urgent, partner, holder, open, applied_at, due, title_key,
  partner_key, call_key`

const VALUES = `INTO queue_row (${COLUMNS}, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT = `INSERT ${VALUES}`
const REPLACE = `INSERT OR REPLACE ${VALUES}`

/** Texts of a row that the search index does not hold yet. */
export interface WaitingText {
  rid: number
  /** False when the index holds another text of this row. */
  isNew: boolean
  entry: QueueEntry
}

/**
 * Writes what the queue keeps of a folded request.
 * @param rid the row's number in base, or a negative number for a request the centre does not know yet
 * @param isNew true when this number is known to stand nowhere yet
 * @returns what must be given to `indexTexts` before the transaction ends
 */
export function putQueueRow(
  db: Db,
  rid: number,
  entry: QueueEntry,
  stage: Stage,
  partnerName: string,
  clock: WorkClock,
  isNew: boolean,
): WaitingText | undefined {
  const before = isNew
    ? undefined
    : db.sql<{ text_hash: number }>('SELECT text_hash FROM queue_row WHERE rid = ?').get(rid)
  db.sql(isNew ? INSERT : REPLACE).run(
    rid,
    entry.id,
    entry.service,
    entry.role,
    entry.status,
    stage,
    Number(entry.urgent),
    entry.partner,
    entry.holder,
    Number(entry.open),
    entry.appliedAt,
    dueAt(entry, clock),
    entry.titleKey,
    nameKey(partnerName),
    entry.callKey,
    entry.textHash,
  )
  putItemCodes(db, entry, isNew)
  return before?.text_hash === entry.textHash ? undefined : { rid, isNew: before === undefined, entry }
}

/**
 * Brings the search index up to date. All texts of a transaction in one go and last: a statement that may have to be
 * taken back alone (INSERT OR REPLACE) makes FTS5 write out what it has gathered, so taking turns costs threefold.
 */
export function indexTexts(db: Db, waiting: readonly WaitingText[]): void {
  const remove = db.sql('DELETE FROM queue_text WHERE rowid = ?')
  const insert = db.sql('INSERT INTO queue_text (rowid, text) VALUES (?, CAST (? AS TEXT))')
  for (const { rid, isNew, entry } of waiting) {
    if (!isNew) remove.run(rid)
    insert.run(rid, entryWords(entry))
  }
  if (waiting.length > 0) db.sql(`INSERT INTO queue_text (queue_text, rank) VALUES ('merge', ?)`).run(MERGED_AT_ONCE)
}

function putItemCodes(db: Db, entry: QueueEntry, isNew: boolean): void {
  if (entry.service !== 'loan') return
  if (!isNew) db.sql('DELETE FROM item_code WHERE request_id = ?').run(entry.id)
  const insert = db.sql('INSERT OR REPLACE INTO item_code (barcode, request_id, volume) VALUES (?, ?, ?)')
  for (const [volume, barcode] of entry.items) insert.run(barcode, entry.id, volume)
}

/** Takes out the row of a request that left, by its number in base (or its own negative one). */
export function dropQueueRow(db: Db, rid: number, id: string): void {
  db.sql('DELETE FROM queue_row WHERE rid = ?').run(rid)
  db.sql('DELETE FROM item_code WHERE request_id = ?').run(id)
  db.sql('DELETE FROM queue_text WHERE rowid = ?').run(rid)
}

export const queueRow = (db: Db, rid: number): QueueRowRecord | undefined =>
  db.sql<QueueRowRecord>(`SELECT ${COLUMNS} FROM queue_row WHERE rid = ?`).get(rid)
export const allQueueRows = (db: Db): IterableIterator<QueueRowRecord> =>
  db.sql<QueueRowRecord>(`SELECT ${COLUMNS} FROM queue_row`).iterate()

/** Number of a request's row in base. */
export const basedRid = (db: Db, id: string): number | undefined =>
  db.sql<{ rid: number }>(`SELECT rid FROM base WHERE type = 'request' AND id = ?`).get(id)?.rid
/** Number of the row of a request that the centre does not know yet. */
export const localRid = (db: Db, id: string): number | undefined =>
  db.sql<{ rid: number }>('SELECT rid FROM queue_row WHERE rid < 0 AND id = ?').get(id)?.rid

/** Numbers of the rows whose text matches. @param query an FTS5 expression from domain/search-text.ts */
export function matchingRids(db: Db, query: string): number[] {
  const found = db.sql<number>('SELECT rowid FROM queue_text WHERE queue_text MATCH ?').pluck()
  return found.all(query) as unknown as number[]
}

/** Forgets all derived rows, before they are made anew from base. */
export function clearQueue(db: Db): void {
  db.exec(`DELETE FROM queue_row; DELETE FROM item_code; INSERT INTO queue_text (queue_text) VALUES ('delete-all')`)
}

/** A request that we have promised to answer, or to make good, with its deadline (ms UTC). */
export interface PromisedRow {
  rid: number
  service: 'copy' | 'loan'
  urgent: number
  appliedAt: number
  due: number
}

export const promisedRows = (db: Db): PromisedRow[] =>
  db
    .sql<PromisedRow>(
      `SELECT rid, service, urgent, applied_at AS appliedAt, due FROM queue_row
       WHERE open = 1 AND due <> ? AND status NOT IN ('Loaned', 'Overdue', 'Recalled')`,
    )
    .all(NOTHING_OWED)

/**
 * Counts every promised deadline anew, after the clock's rules changed.
 * @returns the rows that are due at another time now
 */
export function redoDeadlines(db: Db, clock: WorkClock): number[] {
  const set = db.sql('UPDATE queue_row SET due = ? WHERE rid = ?')
  return promisedRows(db).flatMap(({ rid, service, urgent, appliedAt, due }) => {
    const { at } = clock.deadline(appliedAt, service, urgent === 1)
    if (at === due) return []
    set.run(at, rid)
    return [rid]
  })
}
