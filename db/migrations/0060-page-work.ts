/** Image work on pages: what was found out about them, what is done to them, undoing it; and stacks of many requests. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- JSON of PageAdjust without the quarter turn (that is \`rotate\`). NULL: nothing is done to the page.
ALTER TABLE page ADD COLUMN adjust TEXT;
-- A person has set the adjustment: what is found out later is only offered.
ALTER TABLE page ADD COLUMN edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1));
-- JSON of the findings, and the signature by which a page scanned twice is known. NULL: not looked at yet.
ALTER TABLE page ADD COLUMN findings TEXT;
-- JSON: what the analysis may do with the page by itself, as the profile it was scanned with says.
ALTER TABLE page ADD COLUMN wish TEXT NOT NULL DEFAULT '{}';
-- The page this one is the other half of.
ALTER TABLE page ADD COLUMN half_of TEXT;
-- The preview in even light, made when it is first wanted.
ALTER TABLE page ADD COLUMN evened TEXT REFERENCES blob (sha256);

CREATE INDEX page_unseen ON page (created_at) WHERE findings IS NULL AND kind = 'image' AND deleted_at IS NULL;

-- How the pages of a request stood before each change by a person, newest last: undo.
CREATE TABLE page_step (
  id INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- JSON: the changed pages as they were.
  before TEXT NOT NULL
) STRICT;
CREATE INDEX page_step_request ON page_step (request_id, id);

-- One stack of sheets for many requests, cut by the slips between them.
CREATE TABLE scan_batch (
  id TEXT PRIMARY KEY,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE scan_batch_segment (
  batch_id TEXT NOT NULL REFERENCES scan_batch (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  -- What the slip before these pages said: a request that can be scanned, one that cannot, a code that could not be
  -- read, or no slip at all.
  slip TEXT NOT NULL CHECK (slip IN ('request', 'refused', 'unsure', 'none')),
  -- The id on the slip, '' where there was none to read.
  slip_id TEXT NOT NULL,
  PRIMARY KEY (batch_id, n)
) STRICT, WITHOUT ROWID;
`

export const pageWork = { version: 60, up: (db: Db): void => db.exec(SCHEMA) }
