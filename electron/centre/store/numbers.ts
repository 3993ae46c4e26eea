/** Centre numbers (`zx` + 10 digits) and request numbers (two letters of the asking library + 8 digits). */
import type { Db } from '../../../db/driver.ts'

function next(db: Db, name: string): number {
  const { value } = db
    .sql<{ value: string }>(
      `INSERT INTO setting(name, value) VALUES (?, '1')
       ON CONFLICT(name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value`,
    )
    .get(`number ${name}`)!
  return Number(value)
}

/** The next unused pair of numbers; `code` is the asking library's two letters. */
export function nextRequestNumber(db: Db, code: string): { id: string; centreNo: string } {
  return {
    id: code + String(next(db, code)).padStart(8, '0'),
    centreNo: 'zx' + String(next(db, 'centre')).padStart(10, '0'),
  }
}

/** Begins a series after what is already given out. */
export function startNumbersAt(db: Db, name: string, last: number): void {
  db.sql('INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)').run(`number ${name}`, String(last))
}
