/** 300 returns scanned in a row at one desk: every one is on the disk before its answer, and all are the centre's afterwards. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { requestRow } from '../../electron/centre/request-row.ts'
import { plantRequests } from '../../electron/centre/seed/plant.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const RETURNS = 300
const DAY_MS = 86_400_000
const stage = new Stage()
let desk: TestDesk
const idOf = (n: number) => `HG${70_000_000 + n}`
const barcode = (n: number) => `RUC9${String(n).padStart(6, '0')}`

beforeAll(async () => {
  const { centre } = await stage.startCentre()
  const now = Date.now()
  const out = Array.from({ length: RETURNS }, (_, n): RequestRow => {
    const fields = { centreNo: `zx${8_000_000_000 + n}`, partner: 'BUCT', title: `在外第 ${n} 种`, deliveryMethod: 'courier' as const } // prettier-ignore
    const row = requestRow({ id: idOf(n), service: 'loan', appliedAt: now - 9 * DAY_MS, urgent: false, fields })
    const volumes = row.volumes.map((one) => ({ ...one, barcode: barcode(n), place: 'borrower' as const }))
    return { ...row, volumes, status: n % 7 ? 'Loaned' : 'Overdue', stage: 'at_borrower', dueAt: now + DAY_MS }
  })
  plantRequests(centre.db, 'RUC', out, true)
  desk = await stage.desk('returns', 'ruc-wang')
  await desk.core.sync.settle()
}, 60_000)
afterAll(() => stage.end())

test(
  '300 books in a row are taken in, a second scan of one is told, and nothing is done twice',
  { timeout: 60_000 },
  async () => {
    const { handlers, core } = desk
    for (let n = 0; n < RETURNS; n++)
    expect(await handlers['courier.return']({ code: barcode(n), condition: 'good' })).toMatchObject({ requestId: idOf(n), came: 'back', complete: true, anomaly: false }) // prettier-ignore
    expect(await handlers['courier.return']({ code: barcode(5), condition: 'good' })).toMatchObject({ anomaly: true })
    await core.sync.settle()
    const states = Array.from({ length: RETURNS }, (_, n) => core.views.request(idOf(n))!.row)
    expect(states.filter((row) => row.status === 'LoanCompleted')).toHaveLength(RETURNS)
    expect(states.flatMap((row) => row.history.filter((one) => one.event === 'checkedIn'))).toHaveLength(RETURNS + 1)
    expect(await handlers['anomaly.list']({ state: 'open' })).toMatchObject([{ about: idOf(5), event: 'checkedIn' }])
  },
)
