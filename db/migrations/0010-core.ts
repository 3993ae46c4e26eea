/** Base rows of the centre, outbox, audit, blobs, uploads, and the queue's materialised view with its search index. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- Facts about this desk: identity, cursor, epoch, counters. One row a fact.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The centre's rows as they came; changed by the centre only (rule C1).
CREATE TABLE base (
  rid INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  seq INTEGER NOT NULL CHECK (seq > 0),
  understood INTEGER NOT NULL CHECK (understood IN (0, 1)),
  body TEXT NOT NULL,
  UNIQUE (type, id)
) STRICT;

-- What left our part. The last body is kept so that its history can still be read.
CREATE TABLE gone (
  type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
  reason TEXT NOT NULL, at INTEGER NOT NULL, body TEXT,
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- Rows whose known fields are wrong: shown, not used (rule C6).
CREATE TABLE quarantine (
  type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
  body TEXT NOT NULL, problem TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- The whole feed while it is loaded anew (rule C5); empty otherwise.
CREATE TABLE shadow (
  type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('known', 'raw', 'gone', 'damaged')),
  body TEXT NOT NULL,
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- What staff did. Rows are never deleted before their outcome is recorded; order is the order of commit.
CREATE TABLE outbox (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id TEXT NOT NULL UNIQUE,
  n INTEGER UNIQUE,
  object_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  args TEXT NOT NULL,
  seen INTEGER NOT NULL,
  needs_prev INTEGER NOT NULL CHECK (needs_prev IN (0, 1)),
  wall INTEGER NOT NULL,
  monotonic REAL NOT NULL,
  boot TEXT NOT NULL,
  desk TEXT NOT NULL,
  user TEXT NOT NULL,
  user_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('staff','supervisor')),
  offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('held','queued','waiting_blob','sending','applied','rejected','parked','withdrawn')),
  held_until INTEGER,
  code TEXT,
  info TEXT,
  settled_at INTEGER,
  dismissed_at INTEGER,
  CHECK ((state = 'held') = (held_until IS NOT NULL)),
  CHECK (state NOT IN ('sending','applied') OR n IS NOT NULL)
) STRICT;
CREATE INDEX outbox_active ON outbox (state, place) WHERE state NOT IN ('applied','withdrawn');
CREATE TABLE outbox_touch (
  object_id TEXT NOT NULL, place INTEGER NOT NULL REFERENCES outbox (place),
  PRIMARY KEY (object_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_touch_place ON outbox_touch (place);
CREATE TABLE outbox_after (
  place INTEGER NOT NULL REFERENCES outbox (place), prev INTEGER NOT NULL REFERENCES outbox (place),
  PRIMARY KEY (place, prev)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_after_prev ON outbox_after (prev);
CREATE TABLE outbox_blob (
  place INTEGER NOT NULL REFERENCES outbox (place), sha256 TEXT NOT NULL,
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;

-- Who did what; every row's hash covers the one before it, so a row taken out or changed is seen.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, user TEXT NOT NULL, event TEXT NOT NULL, object_id TEXT NOT NULL, op_id TEXT,
  detail TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_object ON audit (object_id, id);

-- Bytes live in files named by their SHA-256; here is what they are and who needs them.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes >= 0),
  created_at INTEGER NOT NULL, unused_since INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_unused ON blob (unused_since) WHERE unused_since IS NOT NULL;
CREATE TABLE blob_ref (
  sha256 TEXT NOT NULL REFERENCES blob (sha256), owner TEXT NOT NULL,
  PRIMARY KEY (sha256, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_ref_owner ON blob_ref (owner);
CREATE TABLE upload (
  sha256 TEXT PRIMARY KEY REFERENCES blob (sha256),
  url TEXT, sent INTEGER NOT NULL DEFAULT 0, done_at INTEGER
) STRICT, WITHOUT ROWID;

-- The queue as it is shown: one row a request, folded with what staff did, narrow enough to be kept in memory.
-- Rebuildable from base and outbox.
CREATE TABLE queue_row (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  service TEXT NOT NULL, role TEXT NOT NULL, status TEXT NOT NULL, stage TEXT NOT NULL,
  urgent INTEGER NOT NULL, partner TEXT NOT NULL, holder TEXT, open INTEGER NOT NULL,
  applied_at INTEGER NOT NULL, due INTEGER NOT NULL,
  title_key TEXT NOT NULL, partner_key TEXT NOT NULL, call_key TEXT NOT NULL,
  -- Of the text that stands in queue_text, so that a change of state does not index again.
  text_hash INTEGER NOT NULL
) STRICT;

-- By id they are found through base; only those the centre does not know yet (rid < 0) need a way of their own. One
-- index less in random order is a fifth of a first sync.
CREATE INDEX queue_row_local ON queue_row (id) WHERE rid < 0;

-- Rows whose text is to be indexed: done once a page of the feed, in one go (a third of the cost of doing it in slices),
-- and before the next search.
CREATE TABLE text_waiting (rid INTEGER PRIMARY KEY, fresh INTEGER NOT NULL, text TEXT NOT NULL) STRICT;

-- Text in overlapping CJK bigrams, folded and split by domain/search-text.ts: the tokenizer only parts it at blanks. detail=none: only "which rows", so half the size.
CREATE VIRTUAL TABLE queue_text USING fts5 (
  text, content='', contentless_delete=1, detail=none, tokenize="ascii"
);
-- Rows come in slices of 100: merging sixteen small segments at a time halves what a first sync writes.
INSERT INTO queue_text (queue_text, rank) VALUES ('automerge', 16);

-- Item barcodes of loans, for the hand scanner.
CREATE TABLE item_code (
  barcode TEXT NOT NULL, request_id TEXT NOT NULL, volume INTEGER NOT NULL,
  PRIMARY KEY (request_id, volume)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_code_barcode ON item_code (barcode);
`

export const core = { version: 10, up: (db: Db): void => db.exec(SCHEMA) }
