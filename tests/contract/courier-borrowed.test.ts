/** Two libraries, each with its desk: a set goes out in two parts, is lent to a reader, renewed, brought back and sent home. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage, type TestDesk } from '../support/desk.ts'

const stage = new Stage()
let lender: TestDesk
let borrower: TestDesk
let id: string
const [FIRST, SECOND] = ['RUC770001', 'RUC770002']
const volumesOf = ({ core }: TestDesk) => core.views.request(id)!.row.volumes.map((one) => one.place)
const can = async ({ handlers }: TestDesk) => (await handlers['request.get']({ id })).row.can

beforeAll(async () => {
  await stage.startCentre()
  lender = await stage.desk('lender', 'ruc-lin')
  borrower = await stage.desk('borrower', 'buct-lin')
  id = (await stage.lever<{ requestId: string }>('request', { service: 'loan', partner: 'BUCT', title: '鲁迅全集', callNumber: 'I210/1', volumes: 2, deliveryMethod: 'courier' })).requestId // prettier-ignore
  await lender.core.sync.settle()
}, 60_000)
afterAll(() => stage.end())

/** Packs what is scanned and hands it to the driver. @returns the bag's code */
async function send({ core, handlers }: TestDesk, ...codes: string[]): Promise<string> {
  const packed = []
  for (const code of codes) packed.push(await handlers['courier.packCode']({ code }))
  const { bagId, bagCode } = packed[0]!
  core.act({ objectId: bagId, kind: 'closeBag', args: { seal: 'S-1' } })
  const { manifestId } = await handlers['courier.openManifest']({ run: '' })
  core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds: [bagId] } })
  await handlers['courier.handOver']({ manifestId, driver: '张师傅', signature: { strokes: [[0.1, 0.1, 0.9, 0.9]] } })
  await core.sync.settle()
  // What the driver drew is kept as a picture.
  const pictures = await handlers['handover.photos']({ manifestId })
  expect(pictures.map((one) => one.kind)).toEqual(['signature'])
  const { path } = await core.blobs.openBlobForWindow(pictures[0]!.blob)
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  const dark = (x: number, y: number) => data[(Math.round(y * info.height) * info.width + Math.round(x * info.width)) * info.channels]! < 64 // prettier-ignore
  expect([dark(0.5, 0.5), dark(0.3, 0.3), dark(0.2, 0.8)]).toEqual([true, true, false])
  return bagCode
}

test('one volume of a set goes ahead, and the other follows', async () => {
  const { core, handlers } = lender
  core.act({ objectId: id, kind: 'accept', args: {} })
  await handlers['loan.check']({ requestId: id, code: FIRST })
  expect((await handlers['courier.board']({})).candidates.map((one) => one.barcode)).toEqual([FIRST])
  await send(lender, FIRST)
  expect(volumesOf(lender)).toEqual(['courier', 'shelf'])
  expect(await can(lender)).toContain('bindItem')
  expect(await handlers['loan.check']({ requestId: id, code: SECOND })).toMatchObject({ verdict: 'bound', volume: 2 })
  await borrower.core.sync.settle()
  expect(await borrower.handlers['arrival.scan']({ code: FIRST, bagId: null, condition: 'good' })).toMatchObject({ verdict: 'item', anomaly: false }) // prettier-ignore
  await borrower.core.sync.settle()
  // What the borrower reports of the first volume says nothing about the one that is still here.
  await core.sync.settle()
  expect(volumesOf(lender)).toEqual(['borrower', 'desk'])
  const bag = await send(lender, SECOND)
  await borrower.core.sync.settle()
  await borrower.handlers['arrival.scan']({ code: bag, bagId: null, condition: 'good' })
  expect(await borrower.handlers['arrival.scan']({ code: SECOND, bagId: null, condition: 'good' })).toMatchObject({ verdict: 'item', anomaly: false }) // prettier-ignore
  await borrower.core.sync.settle()
  expect(volumesOf(borrower)).toEqual(['borrower', 'borrower'])
})

test('our reader takes it, asks for more time, and brings it back to the desk', async () => {
  const { core, handlers } = borrower
  expect(await handlers['courier.return']({ code: FIRST, condition: 'good' })).toMatchObject({ came: 'here', anomaly: false }) // prettier-ignore
  expect(await can(borrower)).toEqual(expect.arrayContaining(['lentToReader', 'renewAsk', 'pack', 'shippedBack']))
  core.act({ objectId: id, kind: 'lentToReader', args: {} })
  expect(await can(borrower)).not.toContain('pack')
  const until = Date.UTC(2031, 5, 1)
  core.act({ objectId: id, kind: 'renewAsk', args: { until } })
  await core.sync.settle()
  await lender.core.sync.settle()
  lender.core.act({ objectId: id, kind: 'renewAnswer', args: { yes: true } })
  await lender.core.sync.settle()
  await core.sync.settle()
  expect(core.views.request(id)!.row).toMatchObject({ dueAt: until, renewAsked: null })
  // A borrowed book at the returns desk is no return of ours: it comes from the reader.
  expect(await handlers['courier.return']({ code: FIRST, condition: 'good' })).toMatchObject({ came: 'fromReader', complete: false, anomaly: false }) // prettier-ignore
  expect(core.views.request(id)!.row.status).toBe('Loaned')
  expect((await handlers['courier.board']({})).candidates.map((one) => one.barcode)).toEqual([FIRST, SECOND])
})

test('it goes home in a bag, and only its own library ends the loan; one volume is lost', async () => {
  const bag = await send(borrower, FIRST)
  expect(borrower.core.views.request(id)!.row.stage).toBe('returning')
  await lender.core.sync.settle()
  await lender.handlers['arrival.scan']({ code: bag, bagId: null, condition: 'good' })
  expect(await lender.handlers['courier.return']({ code: FIRST, condition: 'worn' })).toMatchObject({ came: 'back', complete: false }) // prettier-ignore
  lender.core.act({ objectId: id, kind: 'recall', args: {} })
  lender.core.act({ objectId: id, kind: 'lost', args: { volume: 2, note: '读者遗失' } })
  await lender.core.sync.settle()
  await borrower.core.sync.settle()
  for (const desk of [lender, borrower]) {
    expect(desk.core.views.request(id)!.row.status).toBe('CompletedWithoutReturn')
    expect(volumesOf(desk)).toEqual(['shelf', 'lost'])
  }
  expect(await borrower.handlers['courier.return']({ code: FIRST, condition: 'good' })).toMatchObject({ anomaly: true })
})

test('a bag the courier brought to the wrong library is shown there, sent on, and arrives where it should', async () => {
  const { requestId } = await stage.lever<{ requestId: string }>('request', { service: 'loan', partner: 'BUCT', title: '史记', callNumber: 'K204/2', deliveryMethod: 'courier' }) // prettier-ignore
  await lender.core.sync.settle()
  lender.core.act({ objectId: requestId, kind: 'accept', args: {} })
  await lender.handlers['loan.check']({ requestId, code: 'RUC770009' })
  const code = await send(lender, 'RUC770009')
  const stranger = await stage.desk('stranger', 'pku-lin')
  await stranger.core.sync.settle()
  const scan = { code, bagId: null, condition: 'good' } as const
  expect(await stranger.handlers['arrival.scan'](scan)).toMatchObject({
    verdict: 'misrouted',
    bagId: null,
    anomaly: true,
  })
  await stranger.core.sync.settle()
  const [stray] = (await stranger.handlers['arrival.board']({})).bags
  expect(stray).toMatchObject({ code, state: 'arrived', destination: 'BUCT' })
  // The sender is told where it is.
  await lender.core.sync.settle()
  expect(await lender.handlers['anomaly.list']({ state: 'open' })).toEqual(expect.arrayContaining([expect.objectContaining({ about: stray!.id, text: 'PKU' })])) // prettier-ignore
  stranger.core.act({ objectId: stray!.id, kind: 'bagForwarded', args: { to: 'BUCT' } })
  await stranger.core.sync.settle()
  expect((await stranger.handlers['arrival.board']({})).bags).toEqual([])
  await borrower.core.sync.settle()
  expect(await borrower.handlers['arrival.scan'](scan)).toMatchObject({ verdict: 'bag', anomaly: false })
  expect(await borrower.handlers['arrival.scan']({ ...scan, code: 'RUC770009', bagId: stray!.id })).toMatchObject({ verdict: 'item', left: 0, anomaly: false }) // prettier-ignore
})
