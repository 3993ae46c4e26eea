/** Numbers over a real desk and a real centre: what staff do is counted, exported, scored; the copyright ledger remembers. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { readSheet } from '../../electron/core/sheets/read.ts'
import { dayOf } from '../../electron/domain/working-days.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
let folder: string
const year = new Date().getFullYear()
const whole = { from: 0, to: 79_999 }
beforeEach(async () => {
  stage = new Stage()
  folder = mkdtempSync(join(tmpdir(), 'desk-sheets-'))
  await stage.startCentre({ rows: 300 })
  desk = await stage.desk('one', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await stage.end()
})

/** The dashboard once every row of the feed is counted. */
async function figures(cut: object = whole) {
  for (;;) {
    const found = coreContract['reports.dashboard'].out.parse(
      await desk.handlers['reports.dashboard'](cut as typeof whole),
    )
    if (found.complete) return found
  }
}
const act = (objectId: string, kind: 'accept' | 'cannotSupply' | 'forward' | 'pause' | 'resume', args: object = {}) =>
  desk.handlers['op.act']({ objectId, kind, args })
const blobOf = ({ blob }: { blob: string }) => readFileSync(desk.core.blobs.path(blob))

async function open(service: 'copy' | 'loan') {
  const filter = { service, status: ['RequestReceived' as const], role: 'supplier' as const }
  const query = { text: '', filter, sort: 'applied' as const, descending: false }
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 500 })
  return rows.filter((row) => row.holder === null)
}

test('figures equal the queue’s rows; a refusal and a forwarding are counted once each, also after a restart', async () => {
  const before = await figures()
  const all = { text: '', filter: {}, sort: 'applied' as const, descending: false }
  const { total } = await desk.handlers['queue.window']({ query: all, offset: 0, limit: 1 })
  expect(before.received).toBe(total)
  expect(before.complete).toBe(true)
  const [refused, passed] = await open('copy')
  await act(refused!.id, 'cannotSupply', { reason: 'NotOnShelf' })
  await act(passed!.id, 'forward', { reason: 'NotHeld' })
  expect(await desk.core.sync.settle()).toBe(true)
  const after = await figures()
  expect(after).toMatchObject({
    received: before.received,
    open: before.open - 2,
    unfilled: before.unfilled + 1,
    forwarded: before.forwarded + 1,
  })
  // Of what left our part only the last body is known, so nobody is named for it.
  expect(after.groups.staff).toEqual([expect.objectContaining({ value: '林老师', received: 1 })])
  desk = await desk.restart()
  expect(await figures()).toEqual(after)
})

test('a bar leads to its rows, and the rows are as many as the bar says', async () => {
  const { groups } = await figures()
  for (const by of ['partner', 'month', 'reason', 'outcome', 'subject', 'kind'] as const) {
    const bar = groups[by]![0]!
    const cut = { ...whole, where: { by, value: bar.value } }
    const page = await desk.handlers['reports.rows']({ cut, offset: 0, limit: 200 })
    coreContract['reports.rows'].out.parse(page)
    expect(page.total).toBe(bar.received)
    expect((await figures(cut)).received).toBe(bar.received)
  }
})

test('a list goes out as XLSX and CSV with its Chinese and its numbers as text', async () => {
  const rows = readSheet(
    blobOf(await desk.handlers['reports.export']({ cut: whole, what: 'rows', format: 'xlsx' })),
  ).rows
  expect(rows[0]!.slice(0, 3)).toEqual(['申请单号', '服务', '题名'])
  expect(rows).toHaveLength((await figures()).received + 1)
  const csv = await desk.handlers['reports.export']({ cut: whole, what: 'summary', format: 'csv' })
  expect(csv.name).toMatch(/\.csv$/)
  expect(blobOf(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(readSheet(blobOf(csv)).rows[0]).toEqual(['月份', '接收', '满足', '不满足', '平均完成（工作日）'])
})

test('the evaluation counts our requests, takes the centre’s lists, and says what is not known', async () => {
  await figures()
  const first = coreContract['evaluation.get'].out.parse(await desk.handlers['evaluation.get']({ year }))
  const criterion = (score: typeof first, id: string) => score.delivery.criteria.find((one) => one.id === id)!
  expect(criterion(first, 'received')).toMatchObject({ known: false, points: 0 })
  expect(criterion(first, 'satisfaction').known).toBe(false)

  // Table 3 of the paper, with our own row as the centre counts it; GB18030 would do as well.
  const path = join(folder, 'table3.csv')
  writeFileSync(
    path,
    '\ufeff排名,成员馆名称,接收文献请求篇数\n1,北京大学图书馆,"4,191"\n2,清华大学图书馆,3379\n3,中国人民大学图书馆,100\n4,北京科技大学图书馆,1664\n5,没有这个馆,1\n,合计,9335\n',
  )
  const fileId = '00000000-0000-4000-8000-000000000001'
  desk.running.takeFile({ id: fileId, path, name: 'list.csv', bytes: 1 })
  const taken = await desk.handlers['evaluation.import']({ year, list: 'deliveryReceived', fileId })
  expect(taken).toEqual({ libraries: 5, sum: 9335, unknown: ['没有这个馆'], own: 100 })
  const ranked = await desk.handlers['evaluation.get']({ year })
  expect(ranked.ranks.deliveryReceived).toBe(4)
  expect(criterion(ranked, 'received')).toMatchObject({
    known: true,
    points: 23.5,
    next: { unit: 'rank', need: 1, gain: 0.5 },
  })
  const advice = ranked.delivery.advice.find((step) => step.id === 'received')!
  expect(advice).toMatchObject({ unit: 'count', need: 1664 - ranked.derived.received })

  const asked = await desk.handlers['evaluation.set']({ year, inputs: { fax: true, satisfaction: 'satisfied' } })
  expect(criterion(asked, 'equipment').points).toBe(2.5)
  expect((await desk.handlers['evaluation.get']({ year: year + 1 })).inputs).toMatchObject({
    fax: true,
    satisfaction: null,
  })

  const xlsx = readSheet(blobOf(await desk.handlers['evaluation.export']({ year, format: 'xlsx' })))
  expect(xlsx.rows.find((row) => row[0] === '原文传递服务评估（表 6）')?.[1]).toBe(String(asked.delivery.points))
  const pdf = blobOf(await desk.handlers['evaluation.export']({ year, format: 'pdf' }))
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a file that is no list is refused in words and changes nothing', async () => {
  const path = join(folder, 'letter.csv')
  writeFileSync(path, '您好\n请查收\n')
  const fileId = '00000000-0000-4000-8000-000000000002'
  desk.running.takeFile({ id: fileId, path, name: 'list.csv', bytes: 1 })
  const refused = desk.handlers['evaluation.import']({ year, list: 'loanUsers', fileId })
  await expect(refused).rejects.toMatchObject({ code: 'sheet_columns' })
  expect((await desk.handlers['evaluation.get']({ year })).lists).toEqual([])
})

test('a pause without a reason costs a point, one with a reason stops the clock and costs none', async () => {
  const conduct = async () =>
    (await desk.handlers['evaluation.get']({ year })).delivery.criteria.find((one) => one.id === 'conduct')!.points
  const own = desk.core.deskLibrary()
  const now = Date.now()
  await act(own, 'pause', { from: now, to: now + 5 * 86_400_000, reason: '寒假闭馆' })
  expect(await conduct()).toBe(5)
  expect(await desk.core.sync.settle()).toBe(true)
  await act(own, 'resume')
  await act(own, 'pause', { from: now, to: now + 86_400_000, reason: '' })
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await conduct()).toBe(4)
  const row = await stage.rowAtCentre<{ pauses: { reason: string }[] }>('library', own)
  expect(row.pauses.map((pause) => pause.reason)).toEqual(['寒假闭馆', ''])
})

test('a fourth article of one issue warns; only a supervisor goes on, and the reason stays in the ledger', async () => {
  const issue = {
    journal: '无人系统技术',
    issn: '2096-5915',
    year: '2023',
    issueNo: '2',
    readerKey: 'buct-r1',
    pages: '1-8',
  }
  const ask = async (n: number) =>
    (
      await stage.lever<{ requestId: string }>('request', {
        ...issue,
        title: '无人系统技术',
        articleTitle: `论文 ${n}`,
      })
    ).requestId
  const ids = [await ask(1), await ask(2), await ask(3), await ask(4)]
  expect(await desk.core.sync.settle()).toBe(true)
  const state = async (id: string) =>
    coreContract['copyright.get'].out.parse(await desk.handlers['copyright.get']({ requestId: id }))
  const { sha256, bytes } = await desk.core.blobs.put(Buffer.from('%PDF-1.7 one'), 'application/pdf')
  for (const id of ids.slice(0, 3)) {
    expect((await state(id)).verdict).toMatchObject({ kind: 'issue', exceeds: false })
    await desk.handlers['op.act']({ objectId: id, kind: 'fulfil', args: { blobs: [sha256], pages: 8, bytes } })
    expect(await desk.core.sync.settle()).toBe(true)
    await figures()
  }
  const last = ids[3]!
  expect((await state(last)).verdict).toEqual({ kind: 'issue', articles: 4, limit: 3, exceeds: true })
  expect((await state(last)).before.map((taken) => taken.requestId).toSorted()).toEqual(ids.slice(0, 3))

  const forced = await desk.handlers['copyright.override']({ requestId: last, reason: '教师备课，已核' })
  expect(forced.override).toMatchObject({ who: '林老师', reason: '教师备课，已核' })
  const today = dayOf(Date.now())
  const ledger = readSheet(blobOf(await desk.handlers['copyright.export']({ from: today, to: today, format: 'xlsx' })))
  expect(ledger.rows[1]!.slice(0, 4)).toEqual([
    expect.stringMatching(/^k:[0-9a-f]{24}$/),
    '20965915/2023//2',
    '3',
    '24',
  ])
  await desk.running.identity.signIn('ruc-wang', 'balis-rehearsal')
  const staff = async () => desk.handlers['copyright.override']({ requestId: last, reason: 'x' })
  await expect(staff()).rejects.toMatchObject({ code: 'not_allowed' })
})

test('a third of a book is counted once its pages are told', async () => {
  const book = { isbn: '978-7-108-05634-4', title: '文化苦旅', pages: '1-120', readerKey: 'buct-r2' }
  const { requestId } = await stage.lever<{ requestId: string }>('request', book)
  expect(await desk.core.sync.settle()).toBe(true)
  const before = await desk.handlers['copyright.get']({ requestId })
  expect(before.verdict).toEqual({ kind: 'book', pages: 120, of: null, limit: null, exceeds: false })
  const after = await desk.handlers['copyright.setBookPages']({ requestId, pages: 300 })
  expect(after.verdict).toEqual({ kind: 'book', pages: 120, of: 300, limit: 100, exceeds: true })
})

test('the same year and facts give the same PDF', async () => {
  await figures()
  const hash = async () =>
    createHash('sha256')
      .update(blobOf(await desk.handlers['evaluation.export']({ year, format: 'pdf' })))
      .digest('hex')
  expect(await hash()).toBe(await hash())
})
