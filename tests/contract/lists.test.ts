/** Every list of the desk as a file: what stands on the screen, in its words, with numbers as text and nobody's formula. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coreContract, ListOrder, RequestColumn, type QueueQuery } from '../../electron/contract/core.contract.ts'
import { readSheet } from '../../electron/core/sheets/read.ts'
import { listWords } from '../../renderer/app/listWords.ts'
import zh from '../../renderer/i18n/zh-CN.json' with { type: 'json' }
import { until } from '../devices/programs.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const stage = new Stage()
const words = listWords(zh)
const BARCODE = '00123456789012'
const FORMULA = '=HYPERLINK("http://evil","文化苦旅")'
let desk: TestDesk
let loan: string

beforeAll(async () => {
  await stage.startCentre({ rows: 250 })
  const made = await stage.lever<{ requestId: string }>('request', { service: 'loan', partner: 'PKU', title: FORMULA, callNumber: 'I267/1', deliveryMethod: 'courier' }) // prettier-ignore
  loan = made.requestId
  await stage.lever('registration', { name: '赵敏君', number: '2026104477' })
  desk = await stage.desk('lists', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
  const { core, handlers } = desk
  core.act({ objectId: loan, kind: 'accept', args: {} })
  await handlers['loan.check']({ requestId: loan, code: BARCODE })
  const { bagId } = await handlers['courier.packCode']({ code: BARCODE })
  core.act({ objectId: bagId, kind: 'closeBag', args: { seal: '007', weightGrams: 1200 } })
  const { manifestId } = await handlers['courier.openManifest']({ run: '上午' })
  core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds: [bagId] } })
  await handlers['courier.handOver']({ manifestId, driver: '张师傅', signature: { strokes: [[0.1, 0.1, 0.9, 0.9]] } })
  const held = { date: Date.UTC(2026, 2, 5, 4), staff: ['ruc-lin'], kind: '新生培训', attendees: 42 }
  core.act({ objectId: randomUUID(), kind: 'trainingHeld', args: held })
  expect(await core.sync.settle()).toBe(true)
  await handlers['print.submit']({ kind: 'bookSlip', objectIds: [loan], printerId: null, copies: null, start: null })
}, 60_000)
afterAll(() => stage.end())

async function made(order: ListOrder, format: 'xlsx' | 'csv' = 'xlsx') {
  const file = await desk.handlers['list.export']({ order, format, title: '清单', words })
  coreContract['list.export'].out.parse(file)
  return { name: file.name, bytes: readFileSync(desk.core.blobs.path(file.blob)) }
}
/** The rows of a list by their heads. */
async function listed(order: ListOrder, format?: 'csv'): Promise<Record<string, string>[]> {
  const [heads = [], ...rows] = readSheet((await made(order, format)).bytes).rows
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ''])))
}

const SIMPLE: readonly ListOrder[] = [
  { list: 'prints', open: false },
  { list: 'refused' },
  { list: 'outbox' },
  { list: 'tray', state: 'waiting' },
  { list: 'bags', side: 'ours' },
  { list: 'bags', side: 'coming' },
  { list: 'manifests' },
  { list: 'pickups' },
  { list: 'anomalies', state: 'open' },
  { list: 'registrations' },
  { list: 'trainings' },
  { list: 'notices' },
  { list: 'audit' },
]

describe('a list as a file', () => {
  it('has a head in words for every column, in both formats, whatever the list', async () => {
    const asked = new Set(SIMPLE.map(({ list }) => list as string))
    const others = ['requests', 'search', 'holdings']
    expect([...asked, ...others].sort()).toEqual(ListOrder.options.map((one) => one.shape.list.value).sort())
    const columns = RequestColumn.options
    for (const order of [...SIMPLE, { list: 'requests', query: queue({}), columns } as const])
      for (const format of ['xlsx', 'csv'] as const) {
        const { name, bytes } = await made(order, format)
        expect(name).toMatch(new RegExp(`^BALIS-清单-\\d{4}-\\d{2}-\\d{2}\\.${format}$`))
        const [heads] = readSheet(bytes).rows
        for (const head of heads!) expect(Object.keys(words), `${order.list} ${head}`).not.toContain(head)
        expect(
          heads!.filter((head) => /^[a-z]/.test(head)),
          order.list,
        ).toEqual([])
        if (format === 'csv') expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      }
  })

  it('of the queue has its filter, its search, its order and its columns, and every row', async () => {
    for (const query of [
      queue({ filter: { open: true } }),
      queue({ filter: { service: 'copy' }, sort: 'title', descending: true }),
      queue({ text: '中国' }),
    ]) {
      const shown = await desk.handlers['queue.window']({ query, offset: 0, limit: 500 })
      const rows = await listed({ list: 'requests', query, columns: ['id', 'partner', 'title', 'stage'] })
      expect(shown.total).toBeGreaterThan(0)
      expect(rows.map((row) => [row['单号'], row['对方馆'], row['题名']])).toEqual(
        shown.rows.map((row) => [row.id, row.partnerName, row.title.replace(/^'(?=[=+@-])/, '')]),
      )
      expect(Object.keys(rows[0]!)).toEqual(['单号', '对方馆', '题名', '进度'])
    }
  })

  it('shows a title that begins like a formula as text, and a barcode with its zeros', async () => {
    const [bag] = await listed({ list: 'bags', side: 'ours' })
    expect(bag).toMatchObject({ 条码: BARCODE, 题名: FORMULA, 封签: '007', 册: '1', '重量（克）': '1200' })
    const csv = new TextDecoder().decode((await made({ list: 'bags', side: 'ours' }, 'csv')).bytes)
    expect(csv).toContain(`"\t${BARCODE}"`)
    expect(csv).toContain(`"'${FORMULA.replaceAll('"', '""')}"`)
    expect(await listed({ list: 'bags', side: 'ours' }, 'csv')).toEqual([bag])
  })

  it('tells what courier, printer and trainings have to show', async () => {
    const [bag] = await listed({ list: 'bags', side: 'ours' })
    expect(await listed({ list: 'manifests' })).toMatchObject([
      { 交接单: bag!['交接单'], 班次: '上午', 状态: '已交接', 袋数: '1', 册数: '1', 司机: '张师傅' },
    ])
    const out: QueueQuery = queue({ filter: { status: ['Loaned', 'Overdue', 'Recalled'] } })
    const loans = await listed({ list: 'requests', query: out, columns: ['id', 'returnDue', 'status'] })
    const ours = loans.find((row) => row['单号'] === loan)!
    expect(ours['状态']).toBe('已借出')
    expect(ours['应还日期']).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d$/)
    expect(await listed({ list: 'prints', open: false })).toMatchObject([{ 单据: '书条', 内容: loan, 份数: '1' }])
    expect(await listed({ list: 'trainings' })).toContainEqual(
      expect.objectContaining({ 日期: '2026-03-05 12:00', 培训名称: '新生培训', 人数: '42', 馆员: '林老师' }),
    )
  })

  it('of readers who registered names none of them', async () => {
    const { registrations } = await desk.handlers['readers.list']({})
    expect(registrations).toHaveLength(1)
    const texts = Object.values(registrations[0]!.fields)
    expect(texts).toContain('赵敏君')
    const rows = await listed({ list: 'registrations' })
    expect(rows).toHaveLength(registrations.length)
    for (const text of texts.filter((one) => one !== '')) expect(JSON.stringify(rows)).not.toContain(text)
  })

  it('of the trail is for a supervisor, and that it went out stands in it', async () => {
    const rows = await listed({ list: 'audit' })
    expect(rows.at(-1)).toMatchObject({ 事件: '导出操作记录', 馆员: 'ruc-lin' })
    await desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: 'balis-rehearsal' })
    await expect(made({ list: 'audit' })).rejects.toMatchObject({ code: 'not_allowed' })
    await desk.handlers['desk.signIn']({ staff: 'ruc-lin', password: 'balis-rehearsal' })
  })

  it('of a joint search has a line a copy, with who holds it', async () => {
    const ask = { title: '大学英语语法与练习', author: '', code: '', year: '' }
    const { searchId } = await desk.handlers['search.start'](ask)
    const found = await until('the catalogues to answer', async () => {
      const now = await desk.handlers['search.get']({ searchId })
      return now.done && now
    })
    const copies = found.works.flatMap(({ holders }) => holders.map(({ items }) => Math.max(1, items.length)))
    const rows = await listed({ list: 'search', searchId })
    expect(rows).toHaveLength(copies.reduce((sum, n) => sum + n, 0))
    expect(rows[0]!['题名']).toContain('大学英语语法与练习')
    expect(rows.every((row) => row['收藏馆 / 目录'] !== '')).toBe(true)
  })

  it('can be cancelled, and leaves no file', async () => {
    const order: ListOrder = { list: 'requests', query: queue({}), columns: [...RequestColumn.options] }
    const ended = made(order).catch((error: unknown) => error)
    const jobs = await desk.handlers['job.list']()
    const { id } = jobs.find(({ kind, state }) => kind === 'export' && state === 'running')!
    desk.running.core.jobs.cancel(id)
    expect(await ended).toMatchObject({ code: 'cancelled' })
    expect((await desk.handlers['job.list']()).find((job) => job.id === id)).toMatchObject({ state: 'cancelled' })
  })
})

function queue(change: Partial<QueueQuery>): QueueQuery {
  return { text: '', filter: {}, sort: 'applied', descending: false, ...change }
}
