/** Readers in the facts become keyed hashes: the copyright ledger counts the same, and names nobody. */
import type { Db } from '../driver.ts'
import { pseudonym } from '../queries/privacy.ts'

export const safety = {
  version: 170,
  up(db: Db): void {
    for (const { reader } of db.sql<{ reader: string }>(`SELECT DISTINCT reader FROM fact WHERE reader <> ''`).all())
      db.sql('UPDATE fact SET reader = ? WHERE reader = ?').run(pseudonym(db, reader), reader)
  },
}
