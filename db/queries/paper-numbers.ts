/** Manifest and bag numbers that were printed on blank forms before they were used. A number never comes back. */
import type { Db } from '../driver.ts'

export interface PaperNumber {
  code: string
  form: string
  kind: 'manifest' | 'bag'
  state: 'blank' | 'used' | 'void'
  printedAt: number
}

export function reserveNumbers(db: Db, form: string, bags: readonly string[], now: number): void {
  const insert = db.sql(`INSERT INTO paper_number (code, form, kind, state, printed_at) VALUES (?, ?, ?, 'blank', ?)`)
  insert.run(form, form, 'manifest', now)
  for (const code of bags) insert.run(code, form, 'bag', now)
}

export function paperNumbers(db: Db): PaperNumber[] {
  return db
    .sql<PaperNumber>(
      'SELECT code, form, kind, state, printed_at AS printedAt FROM paper_number ORDER BY printed_at DESC, form, LENGTH(code), code',
    )
    .all()
}

export function findPaper(db: Db, code: string): PaperNumber | undefined {
  return db
    .sql<PaperNumber>('SELECT code, form, kind, state, printed_at AS printedAt FROM paper_number WHERE code = ?')
    .get(code)
}

export function settlePaper(db: Db, code: string, state: 'used' | 'void', objectId: string | null, now: number): void {
  db.sql(`UPDATE paper_number SET state = ?, object_id = ?, settled_at = ? WHERE code = ? AND state = 'blank'`).run(
    state,
    objectId,
    now,
    code,
  )
}

/** What is still blank on a form. */
export function blanksOf(db: Db, form: string): string[] {
  return db
    .sql<{ code: string }>(`SELECT code FROM paper_number WHERE form = ? AND state = 'blank'`)
    .all(form)
    .map((row) => row.code)
}
