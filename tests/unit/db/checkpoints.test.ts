/** Checkpoints beside the writer: the log stays short, and what was committed is in the file. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../db/driver.ts'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'

const KEY = 'ab'.repeat(32)
let folder: string
let desk: DeskDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'balis-checkpoints-'))
  desk = openDesk(folder, KEY)
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (from: number, rows: number) =>
  desk.db.writeSoon(() => {
    const put = desk.db.sql(`INSERT INTO base (type, id, version, seq, understood, body) VALUES ('x', ?, 1, ?, 0, ?)`)
    for (let i = from; i < from + rows; i++) put.run(`id${i}`, i + 1, 'x'.repeat(4000))
  })

test('a long feed is carried over beside the writer: the log begins anew instead of growing with the feed', async () => {
  const pages = 50
  for (let page = 0; page < pages; page++) {
    write(page * 300, 300)
    await desk.checkpoints.between()
  }
  const log = statSync(join(folder, 'desk.db-wal')).size
  expect(log, 'all of it would be 62 MB').toBeLessThan(48_000_000)
  expect(desk.db.pragma('wal_autocheckpoint')).toBe(0)
  desk.checkpoints.end()
  expect(desk.db.pragma('wal_autocheckpoint')).toBe(1000)
  desk.close()
  desk = openDesk(folder, KEY)
  expect(desk.db.sql('SELECT COUNT(*) AS count FROM base').get()).toEqual({ count: pages * 300 })
  expect(desk.db.pragma('integrity_check')).toBe('ok')
})

test('ended and begun again, or ended without ever having begun, nothing is left behind', async () => {
  desk.checkpoints.end()
  for (let round = 0; round < 2; round++) {
    write(round * 10, 10)
    await desk.checkpoints.between()
    desk.checkpoints.end()
  }
  expect(desk.db.pragma('wal_autocheckpoint')).toBe(1000)
})

test('a copy made in the middle of a long feed is whole: nothing is carried into the file meanwhile', async () => {
  const copy = join(folder, 'copy.db')
  let made: Promise<void> | undefined
  for (let page = 0; page < 20; page++) {
    write(page * 100, 100)
    await desk.checkpoints.between()
    if (page === 10) made = desk.db.backup(copy)
  }
  desk.checkpoints.end()
  await made
  const db = openDatabase(copy, { key: KEY, readonly: true })
  expect(db.pragma('integrity_check')).toBe('ok')
  expect(db.sql<{ count: number }>('SELECT COUNT(*) AS count FROM base').get()!.count).toBeGreaterThanOrEqual(1100)
  db.close()
  expect(desk.db.pragma('wal_autocheckpoint')).toBe(1000)
})
