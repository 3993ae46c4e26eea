/**
 * A copy of the database from a backup, brought as near to now as the damaged one allows: everything that this desk
 * itself wrote since. What the centre said is not taken over; the feed brings it again from the copy's cursor.
 */
import type { Db, Value } from './driver.ts'
import { clearMeta, getMeta, setMeta } from './queries/meta.ts'

/** Made from the centre's rows, or of no use without them. */
const FROM_THE_CENTRE = /^(base|gone|quarantine|shadow|queue_\w+|text_waiting|item_code|fact|sqlite_\w+)$/
/** Facts about how far the feed was read: those of the copy hold. */
const META_OF_THE_COPY = ['cursor', 'epoch', 'viewVersion', 'factsThrough', 'sendAgain', 'lastSyncAt', 'running']

/** Numbers that paper and centre know must never be given twice: so far they are moved on when the last one is unknown. */
const NUMBERS_AHEAD = 100_000
const COUNTERS_AHEAD = 500

export interface Salvaged {
  /** `all`: nothing this desk wrote was lost. `some`: tables were read in part. `none`: as the backup was. */
  outcome: 'all' | 'some' | 'none'
  /** Rows of this desk's own that are newer than the backup. */
  rows: number
  /** Tables that could not be read to their end. */
  damaged: string[]
}

/**
 * @param copy the backup's copy, of the newest schema
 * @param old the database it replaces, null when not even that can be opened
 */
export function salvage(copy: Db, old: Db | null): Salvaged {
  copy.pragma('foreign_keys = OFF')
  try {
    const taken = old ? copy.write(() => takeOver(copy, old)) : null
    if (taken) return taken
    copy.write(() => beCareful(copy))
    return { outcome: 'none', rows: 0, damaged: [] }
  } finally {
    copy.pragma('foreign_keys = ON')
  }
}

/** @returns null, with nothing changed, when what could be read does not fit together */
function takeOver(copy: Db, old: Db): Salvaged | null {
  const damaged: string[] = []
  let rows = 0
  try {
    // One of a later program is read as far as this one knows its tables; what does not fit is noticed below.
    if (Number(old.pragma('user_version')) < Number(copy.pragma('user_version'))) return null
    const kept = new Map(META_OF_THE_COPY.map((key) => [key, rawMeta(copy, key)]))
    copy.exec('SAVEPOINT salvage')
    for (const table of ownTables(copy)) {
      const read = readRows(old, table)
      if (!read.whole) damaged.push(table)
      rows += writeRows(copy, table, read)
    }
    for (const [key, value] of kept) putRawMeta(copy, key, value)
    if (damaged.some((table) => table === 'meta' || table.startsWith('outbox'))) beCareful(copy)
    const broken = copy.sql('PRAGMA foreign_key_check').all().length > 0
    if (broken) copy.exec('ROLLBACK TO salvage')
    copy.exec('RELEASE salvage')
    return broken ? null : { outcome: damaged.length === 0 ? 'all' : 'some', rows, damaged }
  } catch (error) {
    // Not even its list of tables can be read.
    if (!(error as { code?: string }).code?.startsWith('SQLITE_')) throw error
    return null
  }
}

function ownTables(db: Db): string[] {
  return db
    .sql<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`)
    .all()
    .map(({ name }) => name)
    .filter((name) => !FROM_THE_CENTRE.test(name))
}

interface Read {
  rows: Record<string, Value>[]
  whole: boolean
}

/** Row after row from both ends, until a damaged page stands in the way. */
function readRows(db: Db, table: string): Read {
  const rows: Record<string, Value>[] = []
  try {
    for (const row of db.sql<Record<string, Value>>(`SELECT * FROM "${table}"`).iterate()) rows.push(row)
    return { rows, whole: true }
  } catch {
    const key = keyOf(db, table)
    try {
      const backwards = `SELECT * FROM "${table}" ORDER BY ${key.map((name) => `"${name}" DESC`).join(', ')}`
      for (const row of db.sql<Record<string, Value>>(backwards).iterate()) rows.push(row)
    } catch {
      // Two ends are what there is.
    }
    return { rows, whole: false }
  }
}

function keyOf(db: Db, table: string): string[] {
  const columns = db.sql<{ name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info(?)`).all(table)
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  return key.length > 0 ? key.map(({ name }) => name) : ['rowid']
}

/** @returns how many rows are new or differ */
function writeRows(db: Db, table: string, { rows, whole }: Read): number {
  const before = db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM "${table}"`).get()!.n
  // A table that was read to its end replaces the copy's, so that what was deleted since stays deleted.
  if (whole) db.sql(`DELETE FROM "${table}"`).run()
  const columns = db
    .sql<{ name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name)
  const names = columns.map((name) => `"${name}"`).join(', ')
  const insert = db.sql(`INSERT OR REPLACE INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  for (const row of rows) insert.run(...columns.map((name) => row[name] ?? null))
  return Math.max(0, rows.length - before)
}

/**
 * What happened since the backup is not known: numbers jump ahead, so that none is given twice, and what was not sent
 * then counts as done offline, so that a person is asked about what the centre has got meanwhile.
 */
function beCareful(db: Db): void {
  setMeta(db, 'lastN', (getMeta(db, 'lastN') ?? 0) + NUMBERS_AHEAD)
  const counters = db
    .sql<{ key: 'bagCounter' }>(`SELECT key FROM meta WHERE key = 'bagCounter' OR key LIKE 'manifestCounter:%'`)
    .all()
  for (const { key } of counters) setMeta(db, key, (getMeta(db, key) ?? 0) + COUNTERS_AHEAD)
  db.sql(
    `UPDATE outbox SET offline = 1, state = CASE state WHEN 'held' THEN 'queued' ELSE state END, held_until = NULL
     WHERE n IS NULL AND state IN ('held', 'queued', 'waiting_blob')`,
  ).run()
  clearMeta(db, 'viewVersion')
}

const rawMeta = (db: Db, key: string): string | undefined =>
  db.sql<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value

function putRawMeta(db: Db, key: string, value: string | undefined): void {
  db.sql('DELETE FROM meta WHERE key = ?').run(key)
  // Rows shown are made anew from what is there now.
  if (value !== undefined && key !== 'viewVersion')
    db.sql('INSERT INTO meta (key, value) VALUES (?, ?)').run(key, value)
}
