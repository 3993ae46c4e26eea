/** What catalogues said: for each request, for each question asked, and how each catalogue fared. All can be asked again. */
import type { Db } from '../driver.ts'

const SCHEMA = `
CREATE TABLE holding (
  request_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held','possible','not_held','unknown')),
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX holding_failed ON holding (at) WHERE state = 'unknown';

-- Answers by question, so that a look-up goes on while a catalogue is away.
CREATE TABLE catalogue_answer (
  target TEXT NOT NULL, question TEXT NOT NULL,
  at INTEGER NOT NULL, hits INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (target, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX catalogue_answer_at ON catalogue_answer (at);

CREATE TABLE catalogue_health (
  target TEXT PRIMARY KEY, at INTEGER NOT NULL, state TEXT NOT NULL, detail TEXT NOT NULL, ms INTEGER
) STRICT, WITHOUT ROWID;

-- Requests for our readers that are not sent yet; they stay on this desk.
CREATE TABLE asking_draft (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The campus list that registrations are checked against: keys are hashed, so the list names nobody it is not asked for.
CREATE TABLE campus_person (key TEXT PRIMARY KEY, name_key TEXT NOT NULL, category TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

export const holdings = { version: 180, up: (db: Db): void => db.exec(SCHEMA) }
