/** What is made at this desk before it is sent: scanned pages, documents made of them, and the print ledger. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- One page of a request's document. The original stays as it was scanned; turning is a parameter, not new pixels.
CREATE TABLE page (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'pdf')),
  original TEXT NOT NULL REFERENCES blob (sha256),
  preview TEXT NOT NULL REFERENCES blob (sha256),
  thumb TEXT NOT NULL REFERENCES blob (sha256),
  -- Which page of a received PDF, from 1.
  pdf_page INTEGER CHECK ((kind = 'pdf') = (pdf_page IS NOT NULL)),
  width INTEGER NOT NULL, height INTEGER NOT NULL, dpi INTEGER NOT NULL,
  rotate INTEGER NOT NULL DEFAULT 0 CHECK (rotate IN (0, 90, 180, 270)),
  source TEXT NOT NULL,
  -- Where the page came from (job and number in it): taking the same spool file in again after a crash changes nothing.
  origin TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX page_request ON page (request_id, place);

-- The PDF made last for a request, and the options chosen for it.
CREATE TABLE document (
  request_id TEXT PRIMARY KEY,
  options TEXT NOT NULL,
  sha256 TEXT REFERENCES blob (sha256),
  -- Hash over pages and options the PDF was made from: another one now means the PDF is stale.
  made_from TEXT,
  pages INTEGER, bytes_in INTEGER, bytes_out INTEGER,
  choices TEXT, warnings TEXT, made_at INTEGER
) STRICT, WITHOUT ROWID;

-- The print ledger: asked for, rendered, sent, what the printer said. Never deleted.
CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  printer_id TEXT NOT NULL,
  printer_name TEXT NOT NULL,
  copies INTEGER NOT NULL CHECK (copies > 0),
  copy_no INTEGER NOT NULL CHECK (copy_no > 0),
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  state TEXT NOT NULL CHECK (state IN ('waiting','sending','handed_over','printing','attention','confirmed','failed','cancelled')),
  reasons TEXT NOT NULL DEFAULT '[]',
  error TEXT,
  -- The printer's own name of the job, to ask after it again when core was restarted.
  device_job TEXT,
  at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX print_job_at ON print_job (at);
CREATE INDEX print_job_open ON print_job (state) WHERE settled_at IS NULL;
CREATE TABLE print_object (
  object_id TEXT NOT NULL, kind TEXT NOT NULL, print_job TEXT NOT NULL REFERENCES print_job (id),
  place INTEGER NOT NULL,
  PRIMARY KEY (object_id, kind, print_job)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_object_job ON print_object (print_job, place);
`

export const work = { version: 20, up: (db: Db): void => db.exec(SCHEMA) }
