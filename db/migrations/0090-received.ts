/** Received PDFs that are locked, and what each page of a document weighs. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- Opens the original; what is shown is an unlocked copy. The database itself is encrypted.
ALTER TABLE page ADD COLUMN password TEXT;
ALTER TABLE document ADD COLUMN page_bytes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE document ADD COLUMN covers INTEGER NOT NULL DEFAULT 0;
`

export const received = { version: 90, up: (db: Db): void => db.exec(SCHEMA) }
