/** What statistics and the yearly evaluation are made of: one narrow fact a request, our inputs, the centre's lists. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- Facts follow the feed by its seq; rows come in that order, so the index only grows at its end.
CREATE INDEX base_seq ON base (seq);
CREATE INDEX gone_seq ON gone (seq);

-- One row a request, kept after the request left or its reader's data were purged. Days count from 1970-01-01 in Beijing.
CREATE TABLE fact (
  id INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
  partner TEXT NOT NULL, staff TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  applied INTEGER NOT NULL, finished INTEGER,
  volumes INTEGER NOT NULL, pages INTEGER NOT NULL, bytes INTEGER NOT NULL,
  self_service INTEGER NOT NULL,
  -- Pseudonymous key of the reader and the work copied from, for the copyright ledger and the number of users.
  reader TEXT NOT NULL, work TEXT NOT NULL
) STRICT;
CREATE INDEX fact_work ON fact (reader, work) WHERE reader <> '' AND work <> '';

-- What the evaluation asks and no row of the centre tells (machines, posts, questionnaire), by year.
CREATE TABLE evaluation_input (year INTEGER PRIMARY KEY, inputs TEXT NOT NULL) STRICT;

-- The centre's lists as they were imported: which library has how many.
CREATE TABLE ranking (
  year INTEGER NOT NULL, list TEXT NOT NULL, library TEXT NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (year, list, library)
) STRICT, WITHOUT ROWID;

-- Why more was copied for a reader than the rule allows.
CREATE TABLE copyright_override (
  request_id TEXT NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL, user_name TEXT NOT NULL, reason TEXT NOT NULL,
  total TEXT NOT NULL,
  PRIMARY KEY (request_id, at)
) STRICT, WITHOUT ROWID;
-- Pages of a book, typed by staff: a third of it is counted from this.
CREATE TABLE work_pages (work TEXT PRIMARY KEY, pages INTEGER NOT NULL CHECK (pages > 0)) STRICT, WITHOUT ROWID;
`

export const reports = { version: 100, up: (db: Db): void => db.exec(SCHEMA) }
