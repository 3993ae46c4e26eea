/** The counter (自取自还) and the month with the courier, against a real centre. */
import { writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { priceOf } from '../../electron/domain/settlement/tariff.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const DAY_MS = 86_400_000
const stage = new Stage()
let desk: TestDesk
beforeAll(async () => {
  await stage.startCentre()
  desk = await stage.desk('counter', 'ruc-lin')
}, 60_000)
afterAll(() => stage.end())

async function accepted(deliveryMethod: 'self' | 'courier', n: number, partner = 'BUCT') {
  const { requestId } = await stage.lever<{ requestId: string }>('request', { service: 'loan', partner, title: `柜台 ${n}`, callNumber: `I3/${n}`, deliveryMethod }) // prettier-ignore
  await desk.core.sync.settle()
  desk.core.act({ objectId: requestId, kind: 'accept', args: {} })
  const barcode = `RUC66${String(n).padStart(4, '0')}`
  await desk.handlers['loan.check']({ requestId, code: barcode })
  await desk.core.sync.settle()
  return { requestId, barcode }
}

/** The desk goes by the centre's clock once enough of its answers came quickly. */
async function learnTime(learnt: (aheadMs: number) => boolean): Promise<void> {
  const heard = async () => {
    await desk.core.sync.cycle()
    return learnt(desk.core.now() - Date.now())
  }
  await expect.poll(heard, { timeout: 40_000, interval: 20 }).toBe(true)
}

test('a pick-up code is good once, for its own book, and no courier is needed', async () => {
  const { handlers, core } = desk
  const { requestId, barcode } = await accepted('self', 1)
  const [waiting] = await handlers['pickup.waiting']({})
  expect(waiting).toMatchObject({ requestId, expired: false, code: expect.stringMatching(/^P-\d{8}$/) as string })
  expect((await handlers['courier.board']({})).candidates).toEqual([])
  const other = `P-${String((Number(waiting!.code!.slice(2)) + 1) % 100_000_000).padStart(8, '0')}`
  await expect(async () => handlers['pickup.find']({ code: other })).rejects.toMatchObject({ code: 'code_unknown' })
  await handlers['pickup.collect']({ code: waiting!.code!, anyway: false })
  await expect(async () => handlers['pickup.collect']({ code: waiting!.code!, anyway: true })).rejects.toMatchObject({ code: 'pickup_used' }) // prettier-ignore
  await core.sync.settle()
  expect(core.views.request(requestId)!.row).toMatchObject({ status: 'Loaned', stage: 'picked_up' })
  expect(await handlers['courier.return']({ code: barcode, condition: 'good' })).toMatchObject({ came: 'back', complete: true, anomaly: false }) // prettier-ignore
})

test(
  "an expired code is given out only on a person's word, which becomes an anomaly",
  { timeout: 90_000 },
  async () => {
    const { handlers, core } = desk
    const { requestId } = await accepted('self', 2)
    await stage.lever('clock', { offsetMs: 8 * DAY_MS })
    try {
      await learnTime((ahead) => ahead > 7 * DAY_MS)
      const [late] = await handlers['pickup.waiting']({})
      expect(late).toMatchObject({ requestId, expired: true })
      await expect(async () => handlers['pickup.collect']({ code: late!.code!, anyway: false })).rejects.toMatchObject({ code: 'pickup_expired' }) // prettier-ignore
      await handlers['pickup.collect']({ code: late!.code!, anyway: true })
      await core.sync.settle()
      expect(core.views.request(requestId)!.row.status).toBe('Loaned')
      const open = await handlers['anomaly.list']({ state: 'open' })
      expect(open).toMatchObject([{ about: requestId, event: 'pickedUp' }])
    } finally {
      await stage.lever('clock', { offsetMs: 0 })
      await learnTime((ahead) => ahead < DAY_MS)
    }
  },
)

const TARIFF = {
  courier: '京邮',
  route: '',
  from: '2020-01-01',
  to: null,
  perBagFen: 800,
  perItemFen: 50,
  perKgFen: 100,
}
let month: string
let bags: { code: string; fen: number; grams: number }[]

test('the statement equals a recount from the raw scans of the outbox', async () => {
  const { handlers, core } = desk
  await handlers['settlement.saveTariff']({ id: null, ...TARIFF })
  const partners = ['BUCT', 'PKU', 'BUCT', 'THU', 'PKU', 'BNU']
  for (const [n, partner] of partners.entries()) {
    const { barcode } = await accepted('courier', 10 + n, partner)
    await handlers['courier.packCode']({ code: barcode })
  }
  const open = (await handlers['courier.board']({})).bags.filter((bag) => bag.state === 'open')
  for (const [n, bag] of open.entries()) core.act({ objectId: bag.id, kind: 'closeBag', args: { seal: `S-${n}`, weightGrams: 900 * (n + 1) } }) // prettier-ignore
  const { manifestId } = await handlers['courier.openManifest']({ run: '' })
  core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds: open.map((bag) => bag.id) } })
  await handlers['courier.handOver']({ manifestId, driver: '张师傅', signature: { strokes: [[0.1, 0.1, 0.9, 0.9]] } })
  month = new Date(core.now() + 8 * 3_600_000).toISOString().slice(0, 7)

  // Only what was scanned: packs by bag, weights by bag.
  const scans = core.db.sql<{ kind: string; objectId: string; args: string }>(`SELECT kind, object_id AS objectId, args FROM outbox WHERE state <> 'rejected' ORDER BY place`).all() // prettier-ignore
  const items = new Map<string, number>()
  const grams = new Map<string, number>()
  for (const { kind, objectId, args } of scans) {
    const { bagId, weightGrams } = JSON.parse(args) as { bagId?: string; weightGrams?: number }
    if (kind === 'pack') items.set(bagId!, (items.get(bagId!) ?? 0) + 1)
    if (kind === 'closeBag') grams.set(objectId, weightGrams!)
  }
  const { lines, fen, unpriced } = await handlers['settlement.statement']({ month, courier: '' })
  expect(lines.map((line) => line.bagId).sort()).toEqual([...items.keys()].sort())
  for (const line of lines)
    expect([line.items, line.weightGrams]).toEqual([items.get(line.bagId), grams.get(line.bagId)])
  const owed = [...items].reduce((sum, [bagId, count]) => sum + priceOf({ ...TARIFF, from: 0, to: null }, { items: count, weightGrams: grams.get(bagId)! }), 0) // prettier-ignore
  expect([fen, unpriced]).toEqual([owed, 0])
  bags = lines.map((line) => ({ code: line.bag, fen: line.priceFen!, grams: line.weightGrams! }))
})

/** The courier's own table, as Excel saves it in Chinese offices. */
async function fileOf(rows: readonly (readonly string[])[]): Promise<string> {
  const id = randomUUID()
  const path = join(stage.folder, `${id}.csv`)
  const bytes = gbk(rows.map((row) => row.join(',')).join('\r\n'))
  writeFileSync(path, bytes)
  const work = await desk.running.work
  work.takeFile({ id, path, name: '对账.csv', bytes: bytes.length })
  return id
}
/** 袋号, 费用（元）, 重量（kg）, 合计 in GB18030; everything else in the table is ASCII. */
const GBK: Record<string, number[]> = { 袋: [0xb4, 0xfc], 号: [0xba, 0xc5], 费: [0xb7, 0xd1], 用: [0xd3, 0xc3], 重: [0xd6, 0xd8], 量: [0xc1, 0xbf], 元: [0xd4, 0xaa], 合: [0xba, 0xcf], 计: [0xbc, 0xc6] } // prettier-ignore
const gbk = (text: string) => Buffer.from([...text].flatMap((sign) => GBK[sign] ?? [sign.codePointAt(0)!]))

test('their file is read in its own encoding and columns, and only what differs is listed', async () => {
  const { handlers } = desk
  const [right, dear, heavy, unbilled] = bags as [
    (typeof bags)[0],
    (typeof bags)[0],
    (typeof bags)[0],
    (typeof bags)[0],
  ]
  const line = (bag: (typeof bags)[0], fen = bag.fen, grams = bag.grams) => [bag.code, (grams / 1000).toFixed(3), (fen / 100).toFixed(2)] // prettier-ignore
  const rows = [
    ['袋号', '重量(kg)', '费用(元)'],
    line(right),
    line(dear, dear.fen + 150),
    line(heavy, heavy.fen, heavy.grams + 700),
    line(right),
    line({ code: 'B-RUC-NOBODY-7', fen: 900, grams: 1000 }),
    ['合计', '', '99.00'],
  ]
  const asked = { month, courier: '京邮' }
  const read = await handlers['settlement.readFile']({ courier: '京邮', fileId: await fileOf(rows) })
  expect(read).toMatchObject({ rows: 7, remembered: false, mapping: { headRows: 1, columns: { bag: 0, weight: 1, price: 2 }, price: 'yuan', weight: 'kg' } }) // prettier-ignore
  const found = await handlers['settlement.compare']({ ...asked, fileId: read.fileId, mapping: read.mapping })
  expect(found.differences).toEqual(
    expect.arrayContaining([
      { kind: 'price', bag: dear.code, row: 3, oursFen: dear.fen, theirsFen: dear.fen + 150 },
      { kind: 'weight', bag: heavy.code, row: 4, oursGrams: heavy.grams, theirsGrams: heavy.grams + 700 },
      { kind: 'extra', bag: right.code, row: 5, theirsFen: right.fen, again: true },
      { kind: 'extra', bag: 'B-RUC-NOBODY-7', row: 6, theirsFen: 900, again: false },
      { kind: 'missing', bag: unbilled.code, oursFen: unbilled.fen },
    ]),
  )
  expect(found).toMatchObject({ ours: 4, theirs: 5, bad: [] })
  expect(found.differences).toHaveLength(5)
  const again = await handlers['settlement.readFile']({ courier: '京邮', fileId: await fileOf(rows) })
  expect(again).toMatchObject({ remembered: true, mapping: read.mapping })
  const made = await handlers['settlement.export']({ ...asked, format: 'xlsx' })
  expect(made.name).toContain(month)
})
