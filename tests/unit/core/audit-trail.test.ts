/** The trail of who did what: whatever is changed in it afterwards is found, and where. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { appendAudit, auditEnd } from '../../../db/queries/audit.ts'
import { auditArgs, pseudonym } from '../../../db/queries/privacy.ts'
import { auditCsv, verifyAudit } from '../../../electron/core/audit-trail.ts'
import type { Backup } from '../../../electron/core/backup/places.ts'

let folder: string
let desk: DeskDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  for (let i = 1; i <= 20; i++)
    appendAudit(desk.db, { at: i * 1000, user: 'lin', event: 'note', objectId: `R${i}`, opId: null, detail: '{}' })
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})
const anchor = () => ({ audit: auditEnd(desk.db) }) as Backup

test('an untouched trail is whole, and the ends that backups noted are found in it', () => {
  const noted = anchor()
  appendAudit(desk.db, { at: 1, user: '', event: 'x', objectId: '', opId: null, detail: '{}' })
  expect(verifyAudit(desk.db, [noted])).toEqual({ entries: 21, broken: null, anchors: 1 })
})

test.each([
  ['another person', `UPDATE audit SET user = 'wang' WHERE id = 7`, 7],
  ['another time', `UPDATE audit SET at = 1 WHERE id = 20`, 20],
  ['an entry taken out', 'DELETE FROM audit WHERE id = 12', 13],
  ['the first entry taken out', 'DELETE FROM audit WHERE id = 1', 2],
  [
    'two entries exchanged',
    'UPDATE audit SET id = CASE id WHEN 8 THEN -9 ELSE -8 END WHERE id IN (8, 9); UPDATE audit SET id = -id WHERE id < 0',
    8,
  ],
])('%s is found at its place', (_what, sql, at) => {
  desk.db.exec(sql)
  expect(verifyAudit(desk.db, []).broken).toBe(at)
})

test('a trail cut at its end since the last backup is found by the count of its entries', () => {
  const noted = anchor()
  for (const event of ['a', 'b', 'c'])
    appendAudit(desk.db, { at: 1, user: 'lin', event, objectId: '', opId: null, detail: '{}' })
  desk.db.exec('DELETE FROM audit WHERE id > 21')
  expect(verifyAudit(desk.db, [noted])).toEqual({ entries: 21, broken: 22, anchors: 1 })
})

test('a trail cut at its end with its count set back is found by what a backup noted', () => {
  const noted = anchor()
  desk.db.exec(`DELETE FROM audit WHERE id > 15; UPDATE sqlite_sequence SET seq = 15 WHERE name = 'audit'`)
  expect(verifyAudit(desk.db, []).broken).toBeNull()
  expect(verifyAudit(desk.db, [noted])).toMatchObject({ broken: 20, anchors: 0 })
})

test('a trail written anew with hashes that fit is found by what a backup noted, also when it is longer', () => {
  const noted = anchor()
  desk.db.exec('DELETE FROM audit WHERE id > 10')
  for (let i = 11; i <= 30; i++)
    appendAudit(desk.db, { at: i * 1000, user: 'wang', event: 'note', objectId: `R${i}`, opId: null, detail: '{}' })
  expect(verifyAudit(desk.db, []).broken).toBeNull()
  expect(verifyAudit(desk.db, [noted])).toMatchObject({ broken: 20, anchors: 0 })
})

test('the table that is given away has a line an entry and runs nothing in a spreadsheet', () => {
  appendAudit(desk.db, { at: 0, user: '=1+1', event: 'a,b', objectId: 'x"y', opId: null, detail: '{}' })
  const lines = [...auditCsv(desk.db)].join('').trimEnd().split('\n')
  expect(lines).toHaveLength(22)
  expect(lines[0]).toBe('\uFEFFnumber,at,user,event,object,operation,detail,hash')
  expect(lines.at(-1)).toMatch(/^21,1970-01-01T00:00:00\.000Z,'=1\+1,"a,b","x""y",,/)
})

test('free text stands in the trail as its keyed hash: the same text the same, another desk another', () => {
  const told = auditArgs(desk.db, { text: '读者张三 13800000000', volume: 2, reason: 'NotOnShelf', readerKey: 'r-77' })
  expect(told).not.toMatch(/张三|138|r-77/)
  expect(JSON.parse(told)).toMatchObject({ volume: 2, reason: 'NotOnShelf', readerKey: pseudonym(desk.db, 'r-77') })
  expect(pseudonym(desk.db, pseudonym(desk.db, 'r-77'))).toBe(pseudonym(desk.db, 'r-77'))
  const other = openDesk(mkdtempSync(join(folder, 'other-')), 'ab'.repeat(32))
  expect(pseudonym(other.db, 'r-77')).not.toBe(pseudonym(desk.db, 'r-77'))
  other.close()
})
