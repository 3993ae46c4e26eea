/** A newer version changed the database and did not come up: the one before goes on with everything, and nothing is done twice. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase, type Db } from '../../db/driver.ts'
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { goBack } from '../../electron/core/backup/go-back.ts'
import { Stage } from '../support/desk.ts'

// Several starts of a desk each: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

const newest = Math.max(...MIGRATIONS.map(({ version }) => version))
/** What a later version might do to the tables. */
const LATER = [
  ...MIGRATIONS,
  {
    version: newest + 10,
    up: (db: Db) =>
      db.exec(`ALTER TABLE outbox ADD COLUMN later TEXT NOT NULL DEFAULT 'x';
               ALTER TABLE page RENAME TO sheet;
               CREATE TABLE quite_new (x INTEGER NOT NULL) STRICT; INSERT INTO quite_new VALUES (1)`),
  },
]

let stage: Stage
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
})
afterAll(() => stage.end())

const keyOf = (folder: string) => readFileSync(join(folder, 'desk.key'), 'utf8').trim()

test('the database of the later version gives way to its copy, with all that was done since; then it is sent, once', async () => {
  const desk = await stage.desk('back')
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await desk.core.sync.settle()
  const note = (text: string) => desk.core.act({ objectId: id, kind: 'note', args: { text } })
  note('sent before')
  await desk.core.sync.settle()
  note('waiting')
  const blob = await desk.core.blobs.put(new TextEncoder().encode('a page'), 'image/png')
  desk.core.blobs.retain(blob.sha256, 'page:x')
  await desk.running.close()

  const { folder } = desk
  const path = join(folder, 'desk.db')
  const db = openDatabase(path, { key: keyOf(folder) })
  const copy = migrate(db, LATER)!
  expect(existsSync(copy)).toBe(true)
  // It ran for a moment before it died: an entry of its own in a table that this version knows.
  db.sql(`INSERT INTO setting (key, value) VALUES ('sounds', 'false')`).run()
  db.close()

  await expect(stage.open('back')).rejects.toMatchObject({ code: 'database_newer' })
  expect(await goBack(folder, true, '9.9.9')).toBe(true)
  const again = await stage.open('back')
  expect(again.core.settings.get().sounds).toBe(false)
  expect(readFileSync(again.core.blobs.path(blob.sha256), 'utf8')).toBe('a page')
  await again.core.sync.settle()
  const texts = (await stage.rowAtCentre<RequestRow>('request', id)).history
    .filter(({ event }) => event === 'note')
    .map(({ text }) => text)
  expect(texts).toEqual(['sent before', 'waiting'])
  await again.running.close()
  // The later one's database is kept aside, and going back again changes nothing.
  expect(readdirSync(folder).some((name) => name.startsWith('desk.db.damaged-'))).toBe(true)
  expect(await goBack(folder, true, '9.9.9')).toBe(false)
})

test('without a copy of its own schema nothing is touched, and the usual refusal says why', async () => {
  const desk = await stage.desk('no-copy')
  await desk.running.close()
  const { folder } = desk
  const db = openDatabase(join(folder, 'desk.db'), { key: keyOf(folder) })
  db.pragma(`user_version = ${newest + 10}`)
  db.close()
  const stale = openDatabase(join(folder, 'desk.db.before-20'), { key: keyOf(folder) })
  stale.pragma('user_version = 10')
  stale.close()
  utimesSync(join(folder, 'desk.db.before-20'), new Date(), new Date())
  expect(await goBack(folder, true, randomUUID())).toBe(false)
  await expect(stage.open('no-copy')).rejects.toMatchObject({ code: 'database_newer' })
})
