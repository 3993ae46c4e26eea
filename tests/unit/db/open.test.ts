import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../db/driver.ts'
import { migrate } from '../../../db/migrate.ts'
import { MIGRATIONS } from '../../../db/migrations/index.ts'
import { openDesk } from '../../../db/open.ts'

const KEY = 'ab'.repeat(32)
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'desk-db-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('every open sets and keeps the safe pragmas, also on a file that is already in WAL mode', () => {
  for (let open = 0; open < 2; open++) {
    const db = openDatabase(join(folder, 'a.db'), { key: KEY })
    expect(db.pragma('journal_mode')).toBe('wal')
    expect(db.pragma('synchronous')).toBe(2)
    expect(db.pragma('foreign_keys')).toBe(1)
    expect(db.pragma('trusted_schema')).toBe(0)
    db.close()
  }
})

test('what is written cannot be found in the file', () => {
  const db = openDatabase(join(folder, 'a.db'), { key: KEY })
  db.exec(`CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('a reader of 北京化工大学')`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const bytes = readFileSync(join(folder, 'a.db'))
  expect(bytes.includes('北京化工大学')).toBe(false)
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})

test('what may come again is written without waiting for the disk, and the next action waits for it as ever', () => {
  const db = openDatabase(join(folder, 'a.db'), { key: KEY })
  db.exec('CREATE TABLE t (x INTEGER) STRICT')
  const during = db.writeSoon(() => {
    db.sql('INSERT INTO t VALUES (1)').run()
    return db.pragma('synchronous')
  })
  expect(during).toBe(1)
  expect(db.pragma('synchronous')).toBe(2)
  const failing = () =>
    db.writeSoon(() => {
      db.sql('INSERT INTO t VALUES (2)').run()
      throw new Error('half way')
    })
  expect(failing).toThrow('half way')
  expect(db.pragma('synchronous')).toBe(2)
  expect(db.sql('SELECT x FROM t').all()).toEqual([{ x: 1 }])
  db.close()
})

test('a file of the older cipher is read on, also what a killed run left in its log', () => {
  const path = join(folder, 'a.db')
  const old = new Database(path)
  old.pragma(`cipher='chacha20'`)
  old.pragma(`key='raw:${KEY}'`)
  old.pragma('journal_mode = WAL')
  old.exec('CREATE TABLE t (x TEXT) STRICT')
  old.pragma('wal_checkpoint(TRUNCATE)')
  old.exec(`INSERT INTO t VALUES ('in the log')`)
  for (const end of ['', '-wal']) copyFileSync(path + end, join(folder, `killed.db${end}`))
  old.close()
  for (let open = 0; open < 2; open++) {
    const db = openDatabase(join(folder, 'killed.db'), { key: KEY })
    expect(db.sql('SELECT x FROM t').all()).toEqual([{ x: 'in the log' }])
    db.close()
  }
})

test('a wrong key is told as a damaged database and changes nothing', () => {
  openDesk(folder, KEY).close()
  const before = readFileSync(join(folder, 'desk.db'))
  expect(() => openDesk(folder, 'cd'.repeat(32))).toThrow(expect.objectContaining({ code: 'database_damaged' }))
  expect(readFileSync(join(folder, 'desk.db')).equals(before)).toBe(true)
  openDesk(folder, KEY).close()
})

test('a database from a newer program is refused', () => {
  const desk = openDesk(folder, KEY)
  desk.db.pragma('user_version = 9990')
  desk.close()
  expect(() => openDesk(folder, KEY)).toThrow(expect.objectContaining({ code: 'database_newer' }))
})

test('a second program on the same folder is refused while the first one lives', () => {
  const first = openDesk(folder, KEY)
  expect(() => openDesk(folder, KEY)).toThrow(expect.objectContaining({ code: 'data_folder_in_use' }))
  first.close()
  openDesk(folder, KEY).close()
})

test.skipIf(process.platform === 'win32')('nobody else on the machine may read the database or its log', () => {
  openDesk(folder, KEY).close()
  chmodSync(join(folder, 'desk.db'), 0o644)
  const desk = openDesk(folder, KEY)
  for (const name of ['desk.db', 'desk.db-wal']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  desk.close()
})

test('an exit without closing is noticed at the next start', () => {
  const desk = openDesk(folder, KEY)
  expect(desk.cleanExit).toBe(true)
  desk.db.sql(`INSERT INTO setting VALUES ('a', '1')`).run()
  desk.close()
  const again = openDatabase(join(folder, 'desk.db'), { key: KEY })
  again.exec(`INSERT INTO meta VALUES ('running', '1')`)
  again.close()
  const after = openDesk(folder, KEY)
  expect(after.cleanExit).toBe(false)
  expect(after.db.sql(`SELECT value FROM setting WHERE key = 'a'`).get()).toEqual({ value: '1' })
  after.close()
})

test('a step of the schema that fails leaves the version and the tables before it, and a copy was made', () => {
  const db = openDatabase(join(folder, 'a.db'), { key: KEY })
  migrate(db, MIGRATIONS)
  const version = db.pragma('user_version')
  const failing = {
    version: 990,
    up: () => {
      db.exec('CREATE TABLE half (x TEXT) STRICT')
      throw new Error('power cut')
    },
  }
  expect(() => migrate(db, [...MIGRATIONS, failing])).toThrow('power cut')
  expect(db.pragma('user_version')).toBe(version)
  expect(db.sql(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined()
  const copy = openDatabase(join(folder, 'a.db.before-990'), { key: KEY })
  expect(copy.pragma('user_version')).toBe(version)
  copy.close()
  db.close()
})

test('steps run in order and only once', () => {
  const db = openDatabase(join(folder, 'a.db'), { key: KEY })
  const ran: number[] = []
  const steps = [20, 10].map((version) => ({ version, up: () => void ran.push(version) }))
  migrate(db, steps)
  migrate(db, steps)
  expect(ran).toEqual([10, 20])
  db.close()
})
