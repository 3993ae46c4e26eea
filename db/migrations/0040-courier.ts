/** What the courier desk keeps for itself: tariffs, remembered tables, moved due dates, reserved paper numbers, photographs. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- What a courier gets on a route, with a time of validity. Money in fen.
CREATE TABLE courier_tariff (
  id TEXT PRIMARY KEY,
  courier TEXT NOT NULL, route TEXT NOT NULL,
  valid_from INTEGER NOT NULL, valid_to INTEGER CHECK (valid_to > valid_from),
  per_bag INTEGER NOT NULL CHECK (per_bag >= 0),
  per_item INTEGER NOT NULL CHECK (per_item >= 0),
  per_kg INTEGER NOT NULL CHECK (per_kg >= 0)
) STRICT, WITHOUT ROWID;

-- Which column of a courier's table is what, as a person said last.
CREATE TABLE courier_mapping (courier TEXT PRIMARY KEY, mapping TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Due dates moved together, each with the date before, so that all can be moved back.
CREATE TABLE due_batch (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, user_name TEXT NOT NULL, reason TEXT NOT NULL, undone_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE due_move (
  batch TEXT NOT NULL REFERENCES due_batch (id), request_id TEXT NOT NULL,
  was INTEGER NOT NULL, became INTEGER NOT NULL,
  PRIMARY KEY (batch, request_id)
) STRICT, WITHOUT ROWID;

-- Numbers printed on blank forms before they are used; a number never comes back.
CREATE TABLE paper_number (
  code TEXT PRIMARY KEY,
  form TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('manifest', 'bag')),
  state TEXT NOT NULL CHECK (state IN ('blank', 'used', 'void')),
  object_id TEXT, printed_at INTEGER NOT NULL, settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_number_form ON paper_number (form);

-- Photographs of the bags at a hand-over; the blob is kept by blob_ref 'handover:<manifest>'.
CREATE TABLE handover_photo (
  manifest_id TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES blob (sha256), at INTEGER NOT NULL,
  PRIMARY KEY (manifest_id, sha256)
) STRICT, WITHOUT ROWID;
`

export const courier = { version: 40, up: (db: Db): void => db.exec(SCHEMA) }
