/** The reports of past months, kept so that each is made once and can be saved again. */
import type { Db } from '../driver.ts'

const SCHEMA = `
CREATE TABLE monthly_report (
  month TEXT PRIMARY KEY, at INTEGER NOT NULL, blob TEXT NOT NULL, name TEXT NOT NULL,
  -- 1: it is in the folder, or there was none.
  written INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

export const monthly = { version: 120, up: (db: Db): void => db.exec(SCHEMA) }
