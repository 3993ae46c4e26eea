/** The unclaimed tray: pages that came in and belong to no request yet. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- Pages that came together (a printed document, a part of a stack, a file). Its pages stand in "page" under its id
-- until they are given to a request, so everything that can be done with a page can be done with them.
CREATE TABLE tray_bundle (
  id TEXT PRIMARY KEY,
  -- Where it came from (job, file): the same thing arriving again after a crash is the same bundle.
  origin TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('scanner', 'print', 'folder', 'file')),
  reason TEXT NOT NULL,
  -- What was read on a slip, or the folder it lay in; '' for nothing.
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'given', 'deleted')),
  -- Who has the pages now: a request, or another bundle.
  given_to TEXT,
  settled_at INTEGER,
  CHECK ((state = 'waiting') = (settled_at IS NULL)),
  CHECK ((state = 'given') = (given_to IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX tray_waiting ON tray_bundle (created_at) WHERE state = 'waiting';

-- The pages a bundle was given away with, so that it can be taken back.
CREATE TABLE tray_given (
  bundle TEXT NOT NULL REFERENCES tray_bundle (id), page TEXT NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (bundle, page)
) STRICT, WITHOUT ROWID;
`

export const tray = { version: 30, up: (db: Db): void => db.exec(SCHEMA) }
