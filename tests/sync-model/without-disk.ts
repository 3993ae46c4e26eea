/** Thousands of histories write thousands of small transactions: nothing here is about the disk or about other processes. */
import type { Db } from '../../db/driver.ts'

/** A crash of the model is one between two transactions: no log is ever read again. */
export function withoutDisk(db: Db): void {
  for (const pragma of ['synchronous = OFF', 'locking_mode = EXCLUSIVE', 'journal_mode = MEMORY']) db.pragma(pragma)
}
