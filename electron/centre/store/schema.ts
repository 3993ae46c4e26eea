/** Tables of the reference centre, in steps of `user_version`. */
import type { Db } from '../../../db/driver.ts'

const STEPS: readonly [version: number, sql: string][] = [
  [
    10,
    `
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    -- seq: last number given out (S1). floor: highest seq of a tombstone that was swept; older cursors get 410.
    CREATE TABLE library (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, floor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE entity (
      library TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
      version INTEGER NOT NULL, seq INTEGER NOT NULL,
      body TEXT NOT NULL,                 -- the row as it goes over the wire
      meta TEXT,                          -- what the centre remembers beside it (JSON)
      gone_at INTEGER,                    -- tombstone since
      wake_at INTEGER,                    -- when housekeeping must look at it (overdue, retry)
      claim_desk TEXT
    ) STRICT;
    CREATE UNIQUE INDEX entity_id ON entity(library, type, id);
    CREATE UNIQUE INDEX entity_seq ON entity(library, seq);
    CREATE INDEX entity_gone ON entity(gone_at) WHERE gone_at IS NOT NULL;
    CREATE INDEX entity_wake ON entity(wake_at) WHERE wake_at IS NOT NULL;
    CREATE INDEX entity_claim ON entity(claim_desk) WHERE claim_desk IS NOT NULL;
    -- Items bound to a running loan: one item is in one place (I13).
    CREATE TABLE bound (
      library TEXT NOT NULL, barcode TEXT NOT NULL, request TEXT NOT NULL, volume INTEGER NOT NULL,
      PRIMARY KEY (library, barcode, request, volume)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bound_request ON bound(library, request);
    CREATE TABLE device (
      id TEXT PRIMARY KEY, library TEXT NOT NULL, desk_name TEXT NOT NULL,
      pruned_through INTEGER NOT NULL, generation INTEGER NOT NULL,
      created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE token (
      hash TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('device','refresh','staff')),
      device TEXT NOT NULL, staff TEXT, generation INTEGER NOT NULL, expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX token_device ON token(device);
    CREATE TABLE enrol_code (
      hash TEXT PRIMARY KEY, library TEXT NOT NULL, expires_at INTEGER NOT NULL, standing INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staff_secret (
      library TEXT NOT NULL, staff TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (library, staff)
    ) STRICT, WITHOUT ROWID;
    -- Who has ever signed in at which device: roles of queued actions are judged by it, whoever is signed in when they arrive.
    CREATE TABLE signed_in (device TEXT NOT NULL, staff TEXT NOT NULL, PRIMARY KEY (device, staff)) STRICT, WITHOUT ROWID;
    -- S3. payload NULL = pruned: only "this op was final, and how" is left, for \`after\` of later ops.
    CREATE TABLE result (
      device TEXT NOT NULL, op_id TEXT NOT NULL, n INTEGER NOT NULL, payload TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('applied','rejected')), code TEXT, info TEXT, row_type TEXT, row_id TEXT,
      PRIMARY KEY (device, op_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX result_n ON result(device, n);
    CREATE TABLE upload (
      id TEXT PRIMARY KEY, library TEXT NOT NULL, device TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER,
      created_at INTEGER NOT NULL, sha256 TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE blob (
      library TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, created_at INTEGER NOT NULL,
      PRIMARY KEY (library, sha256)
    ) STRICT, WITHOUT ROWID;
  `,
  ],
  [
    20,
    `
    -- Promise of a request nobody has taken up yet, for pre-allotment; null for every other row.
    ALTER TABLE entity ADD COLUMN open_at INTEGER;
    UPDATE entity SET open_at = json_extract(body, '$.promiseAt')
      WHERE type = 'request' AND gone_at IS NULL AND claim_desk IS NULL
        AND json_extract(body, '$.status') = 'RequestReceived' AND json_extract(body, '$.role') = 'supplier';
    CREATE INDEX entity_open ON entity(library, open_at) WHERE open_at IS NOT NULL;
    CREATE TABLE allotment (
      library TEXT NOT NULL, request TEXT NOT NULL, desk TEXT NOT NULL, until INTEGER NOT NULL,
      PRIMARY KEY (library, request)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX allotment_desk ON allotment(desk);
  `,
  ],
]

/** Brings the file up to date; a file of a newer centre is refused. */
export function migrate(db: Db): void {
  const found = Number(db.pragma('user_version'))
  const newest = STEPS[STEPS.length - 1]![0]
  if (found > newest) throw new Error(`the centre's database is of version ${found}, this program knows ${newest}`)
  for (const [version, sql] of STEPS) {
    if (version <= found) continue
    db.write(() => {
      db.exec(sql)
      db.pragma(`user_version = ${version}`)
    })
  }
}
