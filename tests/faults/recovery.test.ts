/** A database that cannot be used any more: said, never taken for a first start, and put back with what was done since. */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { openDatabase } from '../../db/driver.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { recover } from '../../electron/core/backup/recover.ts'
import { listBackups, ownBackups, poolPath } from '../../electron/core/backup/places.ts'
import { recoveryKeyOf } from '../../electron/core/recovery-key.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

// Several starts of a desk each: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

let stage: Stage
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 60 })
})
afterAll(() => stage.end())

const notesAt = async (id: string) =>
  (await stage.rowAtCentre<RequestRow>('request', id)).history
    .filter(({ event }) => event === 'note')
    .map(({ text }) => text)

const note = ({ core }: TestDesk, objectId: string, text: string) =>
  core.act({ objectId, kind: 'note', args: { text } })

/** A desk with a request of its own, a note that the centre has, a file and a backup; then two more notes, one of them sent. */
async function worked(name: string) {
  const desk = await stage.desk(name)
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await desk.core.sync.settle()
  note(desk, id, 'before the backup')
  await desk.core.sync.settle()
  const blob = await desk.core.blobs.put(new TextEncoder().encode(`a page of ${name}`), 'image/png')
  desk.core.blobs.retain(blob.sha256, 'page:x')
  await desk.running.backups.make()
  note(desk, id, 'after it, sent')
  await desk.core.sync.settle()
  note(desk, id, 'after it, waiting')
  await desk.running.close()
  return { desk, id, blob: blob.sha256, path: join(desk.folder, 'desk.db') }
}

/** Overwrites the pages in which a table lies, as a dying disk would. */
function damage(path: string, table: string): void {
  const key = readFileSync(join(path, '..', 'desk.key'), 'utf8').trim()
  const db = openDatabase(path, { key, readonly: true })
  const [size, root] = [
    Number(db.pragma('page_size')),
    db.sql<{ rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)!.rootpage,
  ]
  db.close()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(size, 0x5a), 0, size, (root - 1) * size)
  closeSync(file)
}

/** As after a crash: the next start looks at every page. */
function uncleanExit(path: string): void {
  const db = openDatabase(path, { key: readFileSync(join(path, '..', 'desk.key'), 'utf8').trim() })
  db.sql(`INSERT OR REPLACE INTO meta (key, value) VALUES ('running', '1')`).run()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

test('a damaged page is told at the start; the backup takes its place with all that was done since, sent or not', async () => {
  const { desk, id, path } = await worked('page')
  uncleanExit(path)
  damage(path, 'base')
  await expect(stage.open('page')).rejects.toMatchObject({ code: 'database_damaged' })
  const restored = await recover(desk.folder, true, { backup: 'latest' })
  expect(restored!.salvaged).toMatchObject({ outcome: 'all', damaged: [] })
  const again = await stage.open('page')
  expect(checkAudit(again.core.db)).toBeNull()
  expect(await again.core.sync.settle()).toBe(true)
  expect(await notesAt(id)).toEqual(['before the backup', 'after it, sent', 'after it, waiting'])
  // The damaged one stands beside it, for whoever wants to look.
  expect(readdirSync(desk.folder).some((name) => name.startsWith('desk.db.damaged-'))).toBe(true)
  expect((await again.handlers['safety.get']({})).lastRestore).toMatchObject({ outcome: 'all' })
})

test('a damaged outbox: what can be read of it is taken over, numbers jump ahead, and nothing is done twice', async () => {
  const { desk, id, path } = await worked('outbox')
  damage(path, 'outbox')
  const restored = await recover(desk.folder, true, { backup: 'latest' })
  expect(restored!.salvaged.outcome).not.toBe('all')
  const again = await stage.open('outbox')
  note(again, id, 'after the restore')
  expect(await again.core.sync.settle()).toBe(true)
  const texts = await notesAt(id)
  expect(texts.slice(0, 2)).toEqual(['before the backup', 'after it, sent'])
  expect(texts.at(-1)).toBe('after the restore')
  expect(new Set(texts).size).toBe(texts.length)
})

test('a desk that was enrolled anew is copied anew: the device in older copies is dead to the centre', async () => {
  const desk = await stage.desk('enrolled-anew')
  const { backups, core, handlers } = desk.running
  await backups.make()
  expect(backups.due()).toBe(false)
  await stage.lever('revoke', { deviceId: core.deskId() })
  await core.sync.cycle()
  const { code } = await stage.lever<{ code: string }>('enrol-code')
  await handlers['desk.enrol']({ url: stage.centre.url, code, deskName: 'again' })
  expect(backups.due()).toBe(true)
  await handlers['desk.signIn']({ staff: 'ruc-lin', password: 'balis-rehearsal' })
  await backups.make()
  expect(backups.due()).toBe(false)
  // The window is told no more than its contract takes.
  coreContract['safety.get'].out.parse(await handlers['safety.get']({}))
})

test('a file that is no database any more: the backup stands alone, and new work reaches the centre', async () => {
  const { desk, id, path } = await worked('garbage')
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(statSync(path).size, 0x11))
  closeSync(file)
  await expect(stage.open('garbage')).rejects.toMatchObject({ code: 'database_damaged' })
  const restored = await recover(desk.folder, true, { backup: 'latest' })
  expect(restored!.salvaged.outcome).toBe('none')
  const again = await stage.open('garbage')
  // Numbers given after the backup are not known: new ones lie beyond any of them.
  note(again, id, 'after the restore')
  expect(await again.core.sync.settle()).toBe(true)
  expect(await notesAt(id)).toEqual(['before the backup', 'after it, sent', 'after the restore'])
})

test('a database that is gone, or empty, is not taken for a first start', async () => {
  const { path } = await worked('gone')
  truncateSync(path, 0)
  await expect(stage.open('gone')).rejects.toMatchObject({ code: 'database_missing' })
  rmSync(path)
  await expect(stage.open('gone')).rejects.toMatchObject({ code: 'database_missing' })
  expect(existsSync(path)).toBe(false)
})

test('a restore that was cut off between its last two steps is finished by the next start', async () => {
  const { desk, id, path } = await worked('cut')
  const { copyFileSync, renameSync } = await import('node:fs')
  copyFileSync(join(listBackups(ownBackups(desk.folder))[0]!.folder, 'desk.db'), `${path}.ready`)
  renameSync(path, `${path}.damaged-x`)
  const again = await stage.open('cut')
  expect(again.core.views.request(id)?.row.history.some(({ text }) => text === 'before the backup')).toBe(true)
  expect(existsSync(`${path}.ready`)).toBe(false)
})

test('a lost key is told; a mistyped recovery key changes nothing, the right one opens the desk', async () => {
  const { desk, id } = await worked('key')
  const file = join(desk.folder, 'desk.key')
  const typed = recoveryKeyOf(readFileSync(file, 'utf8').trim())
  rmSync(file)
  await expect(stage.open('key')).rejects.toMatchObject({ code: 'key_missing' })
  const wrong = typed.slice(0, -1) + (typed.endsWith('0') ? '1' : '0')
  for (const recoveryKey of [wrong, recoveryKeyOf('ab'.repeat(32)), 'hello'])
    await expect(recover(desk.folder, true, { recoveryKey })).rejects.toMatchObject({ code: 'recovery_key_wrong' })
  expect(existsSync(file)).toBe(false)
  // O for 0, small letters, blanks: as a person writes.
  await recover(desk.folder, true, { recoveryKey: typed.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o') })
  const again = await stage.open('key')
  expect(again.core.views.request(id)).toBeDefined()
})

test('a missing file is counted by the check-up, refused where it is asked for, and comes back from the backup', async () => {
  const { desk, blob } = await worked('blob')
  const path = join(desk.folder, 'blobs', blob.slice(0, 2), blob)
  rmSync(path)
  const again = await stage.open('blob')
  const found = () => again.handlers['doctor.run']({}) as Promise<{ check: string; ok: boolean; params: object }[]>
  const files = async () => (await found()).find(({ check }) => check === 'files')
  expect(await files()).toMatchObject({ ok: false, params: { count: 1 } })
  await expect(again.running.findBlob(blob)).rejects.toMatchObject({ code: 'not_found' })
  await again.running.backups.make()
  expect(await files()).toMatchObject({ ok: true })
  expect(readFileSync(path, 'utf8')).toBe('a page of blob')
})

test('a backup somebody changed is not put in place, and a changed file in it is not taken for the page it is called', async () => {
  const { desk, blob, path } = await worked('tampered')
  const place = ownBackups(desk.folder)
  const [backup] = listBackups(place)
  // Pool and data share the file: the page is lost here, and in the pool lies another.
  rmSync(join(desk.folder, 'blobs', blob.slice(0, 2), blob))
  rmSync(poolPath(place, blob))
  writeFileSync(poolPath(place, blob), 'another page')
  const restored = await recover(desk.folder, true, { backup: backup!.id })
  expect(restored).toMatchObject({ files: 0, missing: 1 })
  expect(existsSync(join(desk.folder, 'blobs', blob.slice(0, 2), blob))).toBe(false)

  const before = readFileSync(path)
  const copy = join(backup!.folder, 'desk.db')
  const bytes = readFileSync(copy)
  bytes.fill(0x5a, 4096 * 3 + 100, 4096 * 3 + 116)
  writeFileSync(copy, bytes)
  await expect(recover(desk.folder, true, { backup: backup!.id })).rejects.toMatchObject({ code: 'backup_unusable' })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a backup of a newer program, or of another desk, is not put in place, and what stands there is untouched', async () => {
  const { desk, path } = await worked('newer')
  const other = await stage.desk('foreign')
  await other.running.backups.make()
  await other.running.close()
  const before = readFileSync(path)
  const [foreign] = listBackups(ownBackups(other.folder))
  const place = ownBackups(other.folder)
  await expect(recover(desk.folder, true, { backup: foreign!.id }, place)).rejects.toMatchObject({ code: 'recovery_key_wrong' }) // prettier-ignore
  const [own] = listBackups(ownBackups(desk.folder))
  const key = readFileSync(join(desk.folder, 'desk.key'), 'utf8').trim()
  const copy = openDatabase(join(own!.folder, 'desk.db'), { key })
  copy.pragma('user_version = 9990')
  copy.close()
  await expect(recover(desk.folder, true, { backup: 'latest' })).rejects.toMatchObject({ code: 'database_newer' })
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(desk.folder).filter((name) => /restoring|ready|damaged/.test(name))).toEqual([])
  await stage.open('newer')
})

test('backups are whole, encrypted, seven and the newest, and share their files', async () => {
  const desk = await stage.desk('rotation')
  const { sha256 } = await desk.core.blobs.put(new TextEncoder().encode('kept'), 'image/png')
  const place = ownBackups(desk.folder)
  for (let day = 0; day < 9; day++) await desk.running.backups.make()
  const all = listBackups(place)
  expect(all).toHaveLength(8)
  expect(statSync(poolPath(place, sha256)).ino).toBe(statSync(desk.core.blobs.path(sha256)).ino)
  for (const { folder } of all) {
    expect(readdirSync(folder).toSorted()).toEqual(['backup.json', 'desk.db'])
    expect(readFileSync(join(folder, 'desk.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  }
  // While a backup is made, work goes on, and what is done then is not lost.
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await desk.core.sync.settle()
  const making = desk.running.backups.make()
  note(desk, id, 'meanwhile')
  await making
  await desk.core.sync.settle()
  expect(await notesAt(id)).toEqual(['meanwhile'])
})

test('a second place that is not there is said, and the backup beside the database is made all the same', async () => {
  const desk = await stage.desk('stick')
  const { setMeta } = await import('../../db/queries/meta.ts')
  setMeta(desk.core.db, 'backupPlace', { path: join(stage.folder, 'no-stick'), name: 'no-stick' })
  await expect(desk.running.backups.make()).rejects.toMatchObject({ code: 'no_backup_place' })
  const { backup } = await desk.handlers['safety.get']({})
  expect(backup.last?.code).toBe('no_backup_place')
  expect(backup.backups).toHaveLength(1)
})

test('a clock three hours off is said, dates follow the centre, and order does not depend on it', async () => {
  const desk = await stage.desk('clock')
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await desk.core.sync.settle()
  await stage.lever('clock', { offsetMs: 3 * 3_600_000 })
  try {
    for (let i = 0; i < 9; i++) await desk.core.sync.cycle()
    note(desk, id, 'one')
    note(desk, id, 'two')
    await desk.core.sync.settle()
    expect(Math.abs(desk.core.now() - Date.now() - 3 * 3_600_000)).toBeLessThan(60_000)
    const checks = await desk.handlers['doctor.run']({})
    expect(checks.find(({ check }) => check === 'clock')).toMatchObject({ ok: false })
    expect(await notesAt(id)).toEqual(['one', 'two'])
  } finally {
    await stage.lever('clock', { offsetMs: 0 })
  }
})
