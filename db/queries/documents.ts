/** The PDF made for a request and the options chosen for it. */
import type { DocumentOptions, DocumentState } from '../../electron/contract/core.contract.ts'
import type { Db } from '../driver.ts'

export interface MadeDocument {
  sha256: string
  /** Hash over the pages and options it was made from. */
  madeFrom: string
  pages: number
  bytesIn: number
  bytesOut: number
  choices: DocumentState['choices']
  warnings: string[]
  pageBytes: number[]
  covers: number
  madeAt: number
}

interface Row {
  options: string
  sha256: string | null
  made_from: string
  pages: number
  bytes_in: number
  bytes_out: number
  choices: string
  warnings: string
  page_bytes: string
  covers: number
  made_at: number
}

/** Options kept for this request, or undefined when none were chosen yet. */
export function documentOptions(db: Db, requestId: string): Partial<DocumentOptions> | undefined {
  const row = db.sql<{ options: string }>('SELECT options FROM document WHERE request_id = ?').get(requestId)
  return row && (JSON.parse(row.options) as Partial<DocumentOptions>)
}

export function madeDocument(db: Db, requestId: string): MadeDocument | undefined {
  const row = db.sql<Row>('SELECT * FROM document WHERE request_id = ? AND sha256 IS NOT NULL').get(requestId)
  if (!row?.sha256) return undefined
  return {
    sha256: row.sha256,
    madeFrom: row.made_from,
    pages: row.pages,
    bytesIn: row.bytes_in,
    bytesOut: row.bytes_out,
    choices: JSON.parse(row.choices) as DocumentState['choices'],
    warnings: JSON.parse(row.warnings) as string[],
    pageBytes: JSON.parse(row.page_bytes) as number[],
    covers: row.covers,
    madeAt: row.made_at,
  }
}

export function keepOptions(db: Db, requestId: string, options: DocumentOptions): void {
  db.sql(
    `INSERT INTO document (request_id, options) VALUES (?, ?)
     ON CONFLICT (request_id) DO UPDATE SET options = excluded.options`,
  ).run(requestId, JSON.stringify(options))
}

export function keepDocument(db: Db, requestId: string, made: MadeDocument): void {
  db.sql(
    `UPDATE document SET sha256 = ?, made_from = ?, pages = ?, bytes_in = ?, bytes_out = ?, choices = ?,
       warnings = ?, page_bytes = ?, covers = ?, made_at = ? WHERE request_id = ?`,
  ).run(
    made.sha256,
    made.madeFrom,
    made.pages,
    made.bytesIn,
    made.bytesOut,
    JSON.stringify(made.choices),
    JSON.stringify(made.warnings),
    JSON.stringify(made.pageBytes),
    made.covers,
    made.madeAt,
    requestId,
  )
}
