/** The house's rules over a real desk and centre: what is due follows them; lists of the papers; the report of each month. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract, type ClockRules, type RankingList } from '../../electron/contract/core.contract.ts'
import { readSheet } from '../../electron/core/sheets/read.ts'
import { monthBefore } from '../../electron/domain/statistics/monthly.ts'
import { setMeta } from '../../db/queries/meta.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const DAY_MS = 86_400_000
const year = new Date().getFullYear()
let stage: Stage
let desk: TestDesk
let folder: string

beforeAll(async () => {
  stage = new Stage()
  folder = mkdtempSync(join(tmpdir(), 'desk-rules-'))
  await stage.startCentre({ rows: 120 })
  desk = await stage.desk('one', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterAll(async () => {
  await stage.end()
  rmSync(folder, { recursive: true })
})

const rules = async () => coreContract['rules.get'].out.parse(await desk.handlers['rules.get']({}))
async function setClock(change: Partial<ClockRules>): Promise<void> {
  await desk.handlers['rules.set']({ clock: { ...(await rules()).clock, ...change } })
}
/** Open requests to us, by id. */
async function open() {
  const filter = { status: ['RequestReceived' as const, 'WillSupply' as const], role: 'supplier' as const }
  const query = { text: '', filter, sort: 'due' as const, descending: false }
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 200 })
  return new Map(rows.map((row) => [row.id, coreContract['queue.window'].out.shape.rows.element.parse(row)]))
}
function granted(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const id = randomUUID()
  desk.running.takeFile({ id, path, name, bytes: 1 })
  return id
}
const act = (objectId: string, kind: 'pause' | 'resume', args: object = {}) =>
  desk.handlers['op.act']({ objectId, kind, args })

test('a supervisor changes by when we answer; what is open is due at another time at once, its order too', async () => {
  const before = await open()
  expect(before.size).toBeGreaterThan(5)
  const { days } = (await rules()).clock
  await setClock({ days: { copy: 10, loan: 1 } })
  const after = await open()
  for (const [id, row] of after) {
    const was = before.get(id)!.promiseAt
    if (row.urgent) expect(row.promiseAt).toBe(was)
    else if (row.service === 'copy') expect(row.promiseAt).toBeGreaterThan(was)
    else expect(row.promiseAt).toBeLessThan(was)
  }
  const order = [...after.values()].map((row) => row.promiseAt)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  await setClock({ days })
  expect(await open()).toEqual(before)
})

test('rules are the supervisor’s word, and survive a restart', async () => {
  const closed = [{ from: '2026-12-07', to: '2026-12-08', name: '搬迁' }]
  await setClock({ closed })
  await expect(setClock({ closed: [{ from: '2026-12-08', to: '2026-12-07', name: '' }] })).rejects.toMatchObject({
    code: 'bad_call',
  })
  desk = await desk.restart()
  await desk.running.identity.signIn('ruc-wang', 'balis-rehearsal')
  try {
    expect((await rules()).clock.closed).toEqual(closed)
    await expect(setClock({ closed: [] })).rejects.toMatchObject({ code: 'not_allowed' })
  } finally {
    await desk.running.identity.signIn('ruc-lin', 'balis-rehearsal')
  }
  await setClock({ closed: [] })
})

test('a pause says beforehand what it moves, then moves exactly that; ended early, everything is as it was', async () => {
  const before = await open()
  const own = desk.core.deskLibrary()
  const now = Date.now()
  const span = { from: now - DAY_MS, to: now + 20 * DAY_MS }
  const effect = async (reasoned: boolean) =>
    coreContract['pause.effect'].out.parse(await desk.handlers['pause.effect']({ ...span, reasoned }))
  expect(await effect(false)).toMatchObject({ moved: 0, conduct: { now: 5, then: 4 } })
  const foreseen = await effect(true)
  expect(foreseen).toMatchObject({ open: before.size, conduct: { now: 5, then: 5 } })
  await act(own, 'pause', { ...span, reason: '设备检修' })
  const during = await open()
  const moved = [...during].filter(([id, row]) => row.promiseAt > before.get(id)!.promiseAt)
  expect(moved).toHaveLength(foreseen.moved)
  expect(moved.length).toBeGreaterThan(0)
  expect(await desk.core.sync.settle()).toBe(true)
  expect([...(await open()).values()].map((row) => row.promiseAt)).toEqual(
    [...during.values()].map((row) => row.promiseAt),
  )
  expect((await desk.handlers['pause.get']({})).pausedUntil).toBe(span.to)
  await act(own, 'resume')
  expect(await desk.core.sync.settle()).toBe(true)
  expect((await desk.handlers['pause.get']({})).pausedUntil).toBeNull()
})

test('a pause that is still to come does not stand yet', async () => {
  const own = desk.core.deskLibrary()
  const from = Date.now() + 30 * DAY_MS
  await act(own, 'pause', { from, to: from + DAY_MS, reason: '寒假' })
  expect((await desk.handlers['pause.get']({})).pausedUntil).toBeNull()
  await act(own, 'resume')
})

test('over the copyright limit nothing is sent before a supervisor has given a reason; the limit is a setting', async () => {
  const book = { isbn: '978-7-108-05634-9', title: '文化苦旅', pages: '1-120', readerKey: 'buct-r9' }
  const { requestId } = await stage.lever<{ requestId: string }>('request', book)
  expect(await desk.core.sync.settle()).toBe(true)
  await desk.handlers['copyright.setBookPages']({ requestId, pages: 300 })
  const send = async () => desk.handlers['document.send']({ requestId })
  await expect(send()).rejects.toMatchObject({ code: 'copyright_exceeded' })
  const { copyright } = await rules()
  await desk.handlers['rules.set']({ copyright: { ...copyright, bookShare: 0.5 } })
  // Allowed now; there only is no document yet.
  await expect(send()).rejects.toMatchObject({ code: 'nothing_to_send' })
  await desk.handlers['rules.set']({ copyright })
  await desk.handlers['copyright.override']({ requestId, reason: '教学用，已核' })
  await expect(send()).rejects.toMatchObject({ code: 'nothing_to_send' })
})

const PAPERS: [file: string, list: RankingList, libraries: number, sum: number, ours: number][] = [
  ['2023-table-1.csv', 'deliveryUsers', 10, 8_494, 2_100],
  ['2023-table-2.csv', 'deliverySubmitted', 10, 24_851, 9_401],
  ['2023-table-3.csv', 'deliveryReceived', 10, 24_263, 10_259],
  ['2023-table-4.csv', 'loanUsers', 10, 7_169, 577],
  ['2023-table-5.csv', 'monthSubmitted', 10, 13_717, 2_447],
  ['2020-table-2.csv', 'monthLent', 5, 11_299, 3_189],
  ['2020-table-3.csv', 'monthUsers', 8, 17_886, 2_668],
  ['2020-table-4.csv', 'loanCollection', 8, 7_219, 1_291],
]
test.each(PAPERS)(
  'the papers’ own %s is taken as %s: %i libraries, %i in all, %i of them ours',
  async (file, list, libraries, sum, ours) => {
    const fileId = granted(file, readFileSync(new URL(`../cases/papers/${file}`, import.meta.url)))
    const taken = coreContract['evaluation.import'].out.parse(
      await desk.handlers['evaluation.import']({ year: 2022, list, fileId }),
    )
    // Ours is known by its Chinese or its English name, however the words of it stand.
    expect(taken).toMatchObject({ libraries, sum, own: ours })
    const { lists } = await desk.handlers['evaluation.get']({ year: 2022 })
    expect(lists.find((one) => one.list === list)).toMatchObject({ libraries, sum, reaches: true })
  },
)

test('an extract that ends before us gives no rank; the one typed holds', async () => {
  const extract = granted('top.csv', '成员馆,数量\n北京大学图书馆,900\n清华大学图书馆,800\n')
  await desk.handlers['evaluation.import']({ year: 2021, list: 'deliveryReceived', fileId: extract })
  await desk.handlers['evaluation.set']({ year: 2021, inputs: { ranks: { deliveryReceived: 17 } } })
  const { lists, ranks } = await desk.handlers['evaluation.get']({ year: 2021 })
  expect(lists.find((one) => one.list === 'deliveryReceived')).toMatchObject({ reaches: false })
  expect(ranks.deliveryReceived).toBe(17)
})

test.each([
  ['满意', 'satisfied'],
  ['比较满意', 'fairly'],
  ['一般', 'neutral'],
  ['不太满意', 'little'],
  ['有读者投诉', 'complaint'],
])('the questionnaire’s %s is read as %s', async (word, satisfaction) => {
  const table = `成员馆,评价\n北京大学图书馆,满意\n中国人民大学图书馆,${word}\n清华大学图书馆,一般\n`
  const fileId = granted('q.csv', table)
  expect(await desk.handlers['evaluation.importSatisfaction']({ year: 2020, fileId })).toEqual({ satisfaction })
  const { delivery } = await desk.handlers['evaluation.get']({ year: 2020 })
  expect(delivery.criteria.find((one) => one.id === 'satisfaction')).toMatchObject({ known: true })
})

test('a questionnaire that does not name us is refused', async () => {
  const fileId = granted('q2.csv', '成员馆,评价\n北京大学图书馆,满意\n')
  const refused = desk.handlers['evaluation.importSatisfaction']({ year: 2019, fileId })
  await expect(refused).rejects.toMatchObject({ code: 'sheet_columns' })
})

test('the annual summary is a Word document with our figures in it', async () => {
  const made = await desk.handlers['evaluation.export']({ year, format: 'docx' })
  expect(made.name).toMatch(/\.docx$/)
  const bytes = readFileSync(desk.core.blobs.path(made.blob))
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0x50, 0x4b, 3, 4]))
  const { unzipSync, strFromU8 } = await import('fflate')
  const text = strFromU8(unzipSync(bytes)['word/document.xml']!).replace(/<[^>]+>/g, '')
  const { derived } = await desk.handlers['evaluation.get']({ year })
  expect(text).toContain(`${year} 年，我馆共接收成员馆请求`)
  expect(text).toContain(`开展培训 ${derived.sessions} 次`)
  expect(text).toContain('满足率')
})

test('the report of the month before is made once, kept, and written to the folder when that can be', async () => {
  const month = monthBefore(Date.now())
  const target = join(folder, 'reports')
  mkdirSync(target)
  const folderId = randomUUID()
  desk.running.takeFile({ id: folderId, path: target, name: 'reports', bytes: 0 })
  await desk.handlers['monthly.set']({ on: true, day: 1, folderId })
  const state = async () => coreContract['monthly.get'].out.parse(await desk.handlers['monthly.get']({}))
  /** A look of its own may be under way, begun before the folder changed. */
  const writtenSoon = async () => {
    const looked = async () => {
      await desk.running.lookForReports()
      return (await state()).made
    }
    await expect.poll(looked, { timeout: 20_000 }).toMatchObject([{ month, written: true }])
  }
  await writtenSoon()
  const first = await state()
  expect(readdirSync(target)).toEqual([first.made[0]!.name])
  const sheet = readSheet(readFileSync(join(target, first.made[0]!.name)))
  expect(sheet.rows[0]).toEqual(['指标', '数值'])

  // Looked at again, and after a restart: the same one.
  desk = await desk.restart()
  await desk.running.lookForReports()
  expect(await state()).toEqual(first)

  // A folder that is away is tried again; the report is kept meanwhile.
  rmSync(join(target, first.made[0]!.name))
  rmdirSync(target)
  await desk.handlers['monthly.make']({ month })
  expect((await state()).made).toMatchObject([{ month, written: false }])
  mkdirSync(target)
  await writtenSoon()
  expect(readdirSync(target)).toHaveLength(1)
})

test('no report is made of a month whose last days the desk has not heard of', async () => {
  const month = monthBefore(Date.now())
  await desk.handlers['monthly.set']({ on: true, day: 1, folderId: null })
  await desk.running.lookForReports()
  desk.core.db.write(() => {
    desk.core.db.sql('DELETE FROM monthly_report').run()
    setMeta(desk.core.db, 'lastSyncAt', Date.parse(`${month}-15T00:00:00Z`))
  })
  await desk.running.lookForReports()
  expect((await desk.handlers['monthly.get']({})).made).toEqual([])
  expect(await desk.core.sync.settle()).toBe(true)
  await desk.running.lookForReports()
  expect((await desk.handlers['monthly.get']({})).made).toMatchObject([{ month }])
  expect(existsSync(desk.core.blobs.path((await desk.handlers['monthly.get']({})).made[0]!.blob))).toBe(true)
})
