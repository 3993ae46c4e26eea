/**
 * Printing that can be held to account: what was sent and how, every word of the printer in the order it came, batches
 * sheet by sheet, and what it takes to reach a printer (certificate a person trusted, its own user name).
 */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- What was sent, where it is not the PDF that is shown (dots for a receipt or label printer).
ALTER TABLE print_job ADD COLUMN sent_sha256 TEXT REFERENCES blob (sha256);
ALTER TABLE print_job ADD COLUMN mime TEXT NOT NULL DEFAULT 'application/pdf';
-- Copies, media, tray, sides as they were asked of the printer (JSON).
ALTER TABLE print_job ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
-- The printer's own words, and the sides it counted.
ALTER TABLE print_job ADD COLUMN message TEXT;
ALTER TABLE print_job ADD COLUMN impressions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE print_job ADD COLUMN batch TEXT REFERENCES print_batch (id);
CREATE INDEX print_job_batch ON print_job (batch) WHERE batch IS NOT NULL;

-- Asked for, sent, what the printer said, confirmed: append only.
CREATE TABLE print_event (
  job TEXT NOT NULL REFERENCES print_job (id),
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reasons TEXT NOT NULL DEFAULT '[]',
  message TEXT,
  PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE print_batch (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  printer_id TEXT NOT NULL,
  printer_name TEXT NOT NULL,
  -- Paper, tray, copies as chosen (JSON).
  route TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running','paused','stopped','done','cancelled')),
  reasons TEXT NOT NULL DEFAULT '[]',
  error TEXT,
  at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
-- One slip of a batch, in the order it is printed. 'open' is not with the printer; 'sent' is in the job named.
CREATE TABLE print_batch_item (
  batch TEXT NOT NULL REFERENCES print_batch (id),
  place INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open','sent','confirmed','unconfirmed','gone')),
  job TEXT REFERENCES print_job (id),
  PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_batch_item_job ON print_batch_item (job) WHERE job IS NOT NULL;

-- Secrets stay in this (encrypted) file and never go to a window.
CREATE TABLE printer_access (
  printer_id TEXT PRIMARY KEY,
  fingerprint TEXT,
  user TEXT,
  password TEXT
) STRICT, WITHOUT ROWID;
`

export const print = { version: 50, up: (db: Db): void => db.exec(SCHEMA) }
