/** The courier desk against a real centre: out with signature, back with anomalies, the month traced and compared. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BagRow } from '../../electron/contract/centre.contract.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const stage = new Stage()
let desk: TestDesk
let ids: string[] = []
const barcode = (n: number) => `RUC88${String(n).padStart(4, '0')}`
const BOOKS = 6

beforeAll(async () => {
  await stage.startCentre()
  desk = await stage.desk('courier', 'ruc-lin')
  for (let n = 0; n < BOOKS; n++) {
    const partner = n % 2 ? 'BUCT' : 'PKU'
    const made = await stage.lever<{ requestId: string }>('request', { service: 'loan', partner, title: `书 ${n}`, callNumber: `I2/${n}`, deliveryMethod: 'courier' }) // prettier-ignore
    ids.push(made.requestId)
  }
  await desk.core.sync.settle()
}, 60_000)
afterAll(() => stage.end())

test('a signed run becomes lines that lead back to every scan', async () => {
  const { handlers, core } = desk
  for (const [n, id] of ids.entries()) {
    core.act({ objectId: id, kind: 'accept', args: {} })
    expect(await handlers['loan.check']({ requestId: id, code: barcode(n) })).toMatchObject({ verdict: 'bound' })
    await handlers['courier.packCode']({ code: barcode(n) })
  }
  const { bags } = await handlers['courier.board']({})
  const ours = bags.filter((bag) => bag.state === 'open')
  for (const bag of ours) core.act({ objectId: bag.id, kind: 'closeBag', args: { seal: 'S-1', weightGrams: 1500 } })
  const { manifestId } = await handlers['courier.openManifest']({ run: '上午' })
  core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds: ours.map((bag) => bag.id) } })
  await handlers['settlement.saveTariff']({ id: null, courier: '京邮', route: '', from: '2020-01-01', to: null, perBagFen: 800, perItemFen: 50, perKgFen: 100 }) // prettier-ignore
  await handlers['courier.handOver']({ manifestId, driver: '张师傅', signature: { strokes: [[0.1, 0.1, 0.9, 0.9]] } })
  await desk.core.sync.settle()

  const month = new Date(core.now() + 8 * 3_600_000).toISOString().slice(0, 7)
  const { lines, fen, items } = await handlers['settlement.statement']({ month, courier: '京邮' })
  expect([lines.length, items]).toEqual([2, BOOKS])
  // Per bag 800, three volumes at 50, two started kilograms at 100.
  expect(fen).toBe(2 * (800 + 3 * 50 + 2 * 100))
  const trace = await handlers['settlement.trace']({ bagId: lines[0]!.bagId })
  expect(trace.steps.filter((step) => step.event === 'pack')).toHaveLength(3)
  expect(trace).toMatchObject({ intact: true, signature: [[0.1, 0.1, 0.9, 0.9]] })
})

test('what does not fit on the way back becomes an anomaly, and is given to a person', async () => {
  const { handlers, core } = desk
  await stage.lever('borrower', { action: 'receive', requestId: ids[0]! })
  await stage.lever('borrower', { action: 'return', requestId: ids[0]! })
  await core.sync.settle()
  const { bags } = await handlers['arrival.board']({})
  const bag = bags.find((one) => one.items.some((item) => item.requestId === ids[0]))!
  expect(await handlers['arrival.scan']({ code: bag.code, bagId: null, condition: 'good' })).toMatchObject({ verdict: 'bag', anomaly: false }) // prettier-ignore
  expect(await handlers['arrival.scan']({ code: barcode(0), bagId: bag.id, condition: 'good' })).toMatchObject({ verdict: 'returned', left: 0, anomaly: false }) // prettier-ignore
  expect(await handlers['arrival.scan']({ code: 'XX-998877', bagId: bag.id, condition: 'good' })).toMatchObject({ verdict: 'surplus', anomaly: true }) // prettier-ignore
  expect(await handlers['courier.return']({ code: barcode(1), condition: 'damaged' })).toMatchObject({ complete: true, anomaly: true }) // prettier-ignore
  expect(await handlers['anomaly.list']({ state: 'open' })).toHaveLength(2)
  await core.sync.settle()
  const open = await handlers['anomaly.list']({ state: 'open' })
  expect(open.map((one) => one.event).sort()).toEqual(['checkedIn', 'itemSurplus'])
  core.act({ objectId: open[0]!.id, kind: 'assignAnomaly', args: { person: 'ruc-wang' } })
  core.act({ objectId: open[0]!.id, kind: 'resolveAnomaly', args: { text: '已找到' } })
  await core.sync.settle()
  const [settled] = await handlers['anomaly.list']({ state: 'resolved' })
  expect(settled).toMatchObject({ id: open[0]!.id, person: 'ruc-wang' })
  expect(settled!.history.map((entry) => entry.event)).toEqual(['assignAnomaly', 'resolveAnomaly'])
  expect((await stage.rowAtCentre<BagRow>('bag', bag.id)).state).toBe('reconciled')
})

test('due dates are moved together with exceptions, and back again', async () => {
  const { handlers, core } = desk
  const move = { lentFrom: '2020-01-01', dueFrom: null, dueTo: null, due: '2031-03-07', except: ['PKU'] }
  const { moves, excepted } = await handlers['due.preview'](move)
  const mine = moves.filter((one) => ids.includes(one.requestId)).map((one) => one.requestId)
  expect(mine.sort()).toEqual([ids[3], ids[5]].sort())
  expect(excepted.map((one) => one.partner)).toEqual(['PKU'])
  const before = core.views.request(ids[3]!)!.row.dueAt
  const { batchId, moved } = await handlers['due.apply']({ move, reason: '寒假' })
  expect(moved).toBe(moves.length)
  expect(core.views.request(ids[3]!)!.row.dueAt).toBe(Date.UTC(2031, 2, 7, 16) - 1)
  expect(await handlers['due.undo']({ batchId })).toEqual({ restored: moved, left: 0 })
  expect(core.views.request(ids[3]!)!.row.dueAt).toBe(before)
})

test('a form filled in by hand is typed in once, and a spoilt one stays void', async () => {
  const { handlers } = desk
  const spoilt = await handlers['paper.reserve']({ bags: 1 })
  await handlers['paper.void']({ number: spoilt.number })
  expect(await handlers['manifest.voids']({})).toEqual([{ number: spoilt.number, why: 'paper_void' }])
  const form = await handlers['paper.reserve']({ bags: 1 })
  const bags = [{ code: form.codes[0]!, destination: 'PKU', seal: 'S-9', items: ['NOBODYS-1'] }]
  const entered = await handlers['paper.enter']({ number: form.number, driver: '李师傅', bags })
  expect(entered).toMatchObject({ items: 0, unknown: ['NOBODYS-1'] })
  await expect(async () => handlers['paper.enter']({ number: form.number, driver: '李师傅', bags })).rejects.toMatchObject({ code: 'paper_used' }) // prettier-ignore
})
