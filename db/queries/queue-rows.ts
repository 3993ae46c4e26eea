/** The queue's materialised rows (one narrow row a request) and its text index. Rebuildable from base and outbox. */
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import type { Stage } from '../../electron/contract/words.ts'
import { callNumberKey } from '../../electron/domain/call-number.ts'
import { indexText } from '../../electron/domain/search-text.ts'
import { titleKey } from '../../electron/domain/sort-keys.ts'
import { dueAt, owesWork } from '../../electron/domain/urgency.ts'
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

const COLUMNS = `rid, id, service, role, status, stage, urgent, partner, holder, open, applied_at, due, title_key,
  partner_key, call_key`

function searchable(row: RequestRow, partnerName: string): string[] {
  const f = row.fields
  return [
    row.id,
    f.centreNo,
    f.title,
    f.articleTitle,
    f.author,
    f.journal,
    f.publisher,
    f.isbn,
    f.issn,
    f.callNumber,
    partnerName,
  ]
}

/** FNV-1a over the texts: cheap enough to ask "did the text change?" for every row. */
function hashOf(texts: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ 0x1f, 0x01000193)
  }
  return hash | 0
}

/**
 * Writes what the queue needs of a folded request.
 * @param rid the row's number in base, or a negative number for a request the centre does not know yet
 */
export function putQueueRow(
  db: Db,
  rid: number,
  row: Omit<RequestRow, 'stage'> & { stage: Stage },
  partnerName: string,
): void {
  const request = row as RequestRow
  const texts = searchable(request, partnerName)
  const textHash = hashOf(texts)
  const before = db.sql<{ text_hash: number }>('SELECT text_hash FROM queue_row WHERE rid = ?').get(rid)
  db.sql(
    `INSERT OR REPLACE INTO queue_row (${COLUMNS}, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    rid,
    row.id,
    row.service,
    row.role,
    row.status,
    row.stage,
    Number(row.urgent),
    row.fields.partner,
    row.claim?.desk ?? null,
    Number(owesWork(request)),
    row.appliedAt,
    dueAt(row),
    titleKey(row.fields.title),
    titleKey(partnerName),
    callNumberKey(row.fields.callNumber),
    textHash,
  )
  if (before?.text_hash !== textHash) {
    if (before) db.sql('DELETE FROM queue_text WHERE rowid = ?').run(rid)
    db.sql('INSERT INTO queue_text (rowid, text) VALUES (?, ?)').run(rid, indexText(...texts))
  }
  putItemCodes(db, request)
}

function putItemCodes(db: Db, row: RequestRow): void {
  if (row.service !== 'loan') return
  db.sql('DELETE FROM item_code WHERE request_id = ?').run(row.id)
  for (const item of row.volumes)
    if (item.barcode !== null)
      db.sql('INSERT INTO item_code (barcode, request_id, volume) VALUES (?, ?, ?)').run(
        item.barcode,
        row.id,
        item.volume,
      )
}

/** @returns numbers of the rows taken out */
export function dropQueueRow(db: Db, id: string, exceptRid?: number): number[] {
  const rows = db.sql<{ rid: number }>('SELECT rid FROM queue_row WHERE id = ?').all(id)
  const dropped = rows.map((row) => row.rid).filter((rid) => rid !== exceptRid)
  for (const rid of dropped) {
    db.sql('DELETE FROM queue_row WHERE rid = ?').run(rid)
    db.sql('DELETE FROM queue_text WHERE rowid = ?').run(rid)
  }
  if (exceptRid === undefined && dropped.length > 0) db.sql('DELETE FROM item_code WHERE request_id = ?').run(id)
  return dropped
}

export const queueRow = (db: Db, rid: number): QueueRowRecord | undefined =>
  db.sql<QueueRowRecord>(`SELECT ${COLUMNS} FROM queue_row WHERE rid = ?`).get(rid)
export const allQueueRows = (db: Db): IterableIterator<QueueRowRecord> =>
  db.sql<QueueRowRecord>(`SELECT ${COLUMNS} FROM queue_row`).iterate()
export const ridOf = (db: Db, id: string): number | undefined =>
  db.sql<{ rid: number }>('SELECT rid FROM queue_row WHERE id = ?').get(id)?.rid

/** Numbers of the rows whose text matches. @param query an FTS5 expression from domain/search-text.ts */
export const matchingRids = (db: Db, query: string): number[] =>
  db.sql<number>('SELECT rowid FROM queue_text WHERE queue_text MATCH ?').pluck().all(query) as unknown as number[]

/** Forgets all derived rows, before they are made anew from base. */
export function clearQueue(db: Db): void {
  db.exec(`DELETE FROM queue_row; DELETE FROM item_code; INSERT INTO queue_text (queue_text) VALUES ('delete-all')`)
}
