/** Readers' data: not where they are not needed, and gone everywhere once the work no longer needs them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../../db/driver.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { listBackups, ownBackups, poolPath } from '../../electron/core/backup/places.ts'
import { slipData } from '../../electron/core/printing/slip-data.ts'
import { reduceLine } from '../../electron/core/support-bundle.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

// Several starts of a desk each: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

const READER = ['READER-KEY-7788', '张小红', '13912345678', '留学生甲'] as const
const [readerKey, , , readerCategory] = READER
const readerNote = `读者张小红，电话 13912345678`
const DAY = 86_400_000

let stage: Stage
let desk: TestDesk
let copy = ''
let loan = ''
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 5 })
  desk = await stage.desk('privacy', 'ruc-lin')
  const about = { readerKey, readerNote, readerCategory }
  copy = (await stage.lever<{ requestId: string }>('request', { ...about, title: '文化苦旅' })).requestId
  loan = (await stage.lever<{ requestId: string }>('request', { ...about, service: 'loan', deliveryMethod: 'courier', callNumber: 'I2/1' })).requestId // prettier-ignore
  await desk.core.sync.settle()
  expect(desk.core.views.request(copy)?.row.fields.readerNote).toBe(readerNote)
}, 60_000)
afterAll(() => stage.end())

const namesIn = (folder: string): string => readdirSync(folder, { recursive: true }).join('\n')

test('no reader stands in file names, logs, courier prints, the trail or the support bundle while the work goes on', async () => {
  const { core, handlers } = desk
  for (const id of [copy, loan]) core.act({ objectId: id, kind: 'accept', args: {} })
  core.act({ objectId: copy, kind: 'askReader', args: { text: `${readerNote}：要哪几页？` } })
  core.act({ objectId: copy, kind: 'note', args: { text: readerNote } })
  await handlers['loan.check']({ requestId: loan, code: 'RUC7788' })
  await handlers['courier.packCode']({ code: 'RUC7788' })
  const { bags } = await handlers['courier.board']({})
  const bag = bags.find(({ state }) => state === 'open')!
  core.act({ objectId: bag.id, kind: 'closeBag', args: { seal: 'S-7' } })
  const { manifestId } = await handlers['courier.openManifest']({ run: '上午' })
  core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds: [bag.id] } })
  // Things that go wrong are logged: a stack, a code, never a reader.
  core.log.error(
    { err: Object.assign(new Error(readerNote), { code: 'SQLITE_FULL' }), token: 'secret-token' },
    'unexpected',
  )
  await core.sync.settle()
  const pdf = await core.blobs.put(new TextEncoder().encode('%PDF-1.4 delivered'), 'application/pdf')
  core.act({ objectId: copy, kind: 'fulfil', args: { blobs: [pdf.sha256], pages: 1, bytes: pdf.bytes } })
  await core.sync.settle()

  const courier = JSON.stringify([
    slipData(core, 'bagLabel', [bag.id]),
    slipData(core, 'contentsList', [bag.id]),
    slipData(core, 'manifest', [manifestId]),
    slipData(core, 'addressLabel', [loan]),
  ])
  const { blob } = await handlers['support.bundle']({})
  const bundle = readFileSync(core.blobs.path(blob), 'utf8')
  const trail = JSON.stringify(core.db.sql('SELECT * FROM audit').all())
  for (const word of READER) {
    expect(namesIn(desk.folder), 'file names').not.toContain(word)
    expect(courier, 'courier prints').not.toContain(word)
    expect(trail, 'audit trail').not.toContain(word)
    expect(bundle, 'support bundle').not.toContain(word)
  }
  // The log that this desk wrote by itself names nobody; the line forced into it above is reduced on its way out.
  const log = readFileSync(join(desk.folder, 'logs', 'core.log'), 'utf8')
  expect(log).not.toContain('secret-token')
  const own = log.split('\n').filter((line) => line !== '' && !line.includes('SQLITE_FULL'))
  for (const word of READER) expect(own.join('\n'), 'log').not.toContain(word)
  expect(bundle).toContain('SQLITE_FULL')
  for (const word of ['文化苦旅', '林', 'ruc-lin', stage.folder]) expect(bundle).not.toContain(word)
})

test('a line of the log leaves with codes and places only', () => {
  const line = JSON.stringify({
    level: 50,
    time: 1,
    msg: 'unexpected',
    method: 'op.act',
    title: '题名',
    err: {
      type: 'Error',
      message: '张小红',
      code: 'ENOENT',
      stack: 'Error: 张小红\n    at act (/home/zhang/desk/core.mjs:12:3)',
    },
  })
  expect(reduceLine(line)).toEqual({
    level: 50,
    time: 1,
    msg: 'unexpected',
    method: 'op.act',
    error: { type: 'Error', code: 'ENOENT', at: ['act core.mjs:12:3'] },
  })
  expect(reduceLine('not json')).toBeNull()
})

test('after the set time readers are gone from the database, slips and every backup; ledger and trail still count them', async () => {
  const { core, handlers, running, folder } = desk
  const { printJobId } = await handlers['print.submit']({ kind: 'pullSlip', objectIds: [copy], copies: null } as never)
  const jobOf = () =>
    core.db
      .sql<{ sha256: string; settled_at: number | null }>('SELECT sha256, settled_at FROM print_job WHERE id = ?')
      .get(printJobId)
  await expect.poll(() => jobOf()?.settled_at ?? null, { timeout: 30_000, interval: 100 }).not.toBeNull()
  const slip = jobOf()!.sha256
  const place = ownBackups(folder)
  await running.backups.make()
  const backup = listBackups(place)[0]!.folder
  expect(core.db.sql('SELECT 1 FROM base WHERE body LIKE ?').get(`%${readerKey}%`)).toBeDefined()

  // Nothing is due yet.
  expect(await handlers['privacy.purge']({})).toEqual({ requests: 0 })
  expect(core.views.request(copy)?.row.fields.readerNote).toBe(readerNote)

  // What a request still waits to send keeps it; and the person's word at the centre holds for 90 days.
  await core.sync.settle()
  core.settings.set({ purgeDays: 30 })
  await stage.lever('clock', { offsetMs: 70 * DAY })
  try {
    for (let i = 0; i < 9; i++) await core.sync.cycle()
    expect(core.now()).toBeGreaterThan(Date.now() + 69 * DAY)
    expect((await handlers['privacy.purge']({})).requests).toBeGreaterThan(0)
  } finally {
    await stage.lever('clock', { offsetMs: 0 })
  }
  const row = core.views.request(copy)!.row
  expect(row.fields).toMatchObject({ readerNote: '', readerCategory: '', title: '文化苦旅' })
  // The loan is not over: its reader is still waited for.
  expect(core.views.request(loan)?.row.fields.readerNote).toBe(readerNote)
  const noted = core.db.sql<{ args: string }>(`SELECT args FROM outbox WHERE kind IN ('askReader', 'note')`).all()
  for (const { args } of noted) for (const word of READER) expect(args).not.toContain(word)

  await core.blobs.collectGarbage()
  expect(namesIn(join(folder, 'blobs'))).not.toContain(slip)
  expect(namesIn(place)).not.toContain(slip)
  expect(jobOf()!.sha256).not.toBe(slip)
  expect(readFileSync(poolPath(place, jobOf()!.sha256)).subarray(0, 5).toString()).toBe('%PDF-')

  const key = readFileSync(join(folder, 'desk.key'), 'utf8').trim()
  const old = openDatabase(join(backup, 'desk.db'), { key, readonly: true })
  for (const db of [core.db, old]) {
    const about = db.sql<{ body: string }>(`SELECT body FROM base WHERE type = 'request' AND id = ?`).get(copy)!.body
    for (const word of READER) expect(about).not.toContain(word)
    expect(checkAudit(db)).toBeNull()
  }
  old.close()
  // The same reader is still the same one, and nobody's name.
  const facts = core.db.sql<{ reader: string }>(`SELECT DISTINCT reader FROM fact WHERE reader <> ''`).all()
  for (const { reader } of facts) expect(reader).toMatch(/^k:[0-9a-f]{24}$/)
})
