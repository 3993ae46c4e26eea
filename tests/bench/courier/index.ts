/** From the barcode to the answer: returns scanned one after the other while 50,000 loans are out, each on the disk. */
import { join } from 'node:path'
import { requestRow } from '../../../electron/centre/request-row.ts'
import { courierHandlers } from '../../../electron/core/handlers/courier.ts'
import { applyRows } from '../../../electron/core/sync/apply.ts'
import { readRow } from '../../../electron/core/sync/read-row.ts'
import type { DeskCore } from '../../../electron/core/desk-core.ts'
import type { BenchContext, Measured } from '../line.ts'
import { percentile } from '../line.ts'
import { closeBenchDesk, openBenchDesk, startBenchCentre } from '../sync/stage.ts'

const LOANS = 50_000
const SCANS = 500
const DAY_MS = 86_400_000
const barcode = (n: number) => `RUC${String(n).padStart(9, '0')}`

export async function measure(context: BenchContext): Promise<Measured[]> {
  const centre = await startBenchCentre(join(context.dir), 0)
  try {
    const desk = await openBenchDesk(context.dir, centre)
    await desk.core.sync.cycle()
    context.log(`courier: ${LOANS} loans that are out`)
    lend(desk)
    const handlers = courierHandlers(desk.core)
    const times: number[] = []
    for (let n = 0; n < SCANS; n++) {
      // As the returns screen asks: what is it, then take it in.
      const code = barcode((n * 97) % LOANS)
      const from = performance.now()
      const found = await handlers['code.resolve']({ text: code })
      const back = await handlers['courier.return']({ code, condition: 'good' })
      times.push(performance.now() - from)
      if (found.kind !== 'item' || !back.complete || back.anomaly) throw new Error(`${code} was not taken back`)
    }
    await closeBenchDesk(desk)
    return [{ id: 'courier.scan.p95', value: percentile(times, 0.95), n: times.length }]
  } finally {
    await centre.end()
  }
}

/** Rows as the centre would send them, straight into base. */
function lend({ core }: DeskCore): void {
  const now = core.now()
  const rows = Array.from({ length: LOANS }, (_, n) => {
    const id = `HG${String(60_000_000 + n)}`
    const fields = { centreNo: `zx${String(5_000_000_000 + n)}`, partner: 'BUCT', title: `图书 ${n}`, deliveryMethod: 'courier' as const } // prettier-ignore
    const row = requestRow({ id, service: 'loan', appliedAt: now - 9 * DAY_MS, urgent: false, labels: [''], fields })
    const volumes = row.volumes.map((volume) => ({ ...volume, barcode: barcode(n), place: 'borrower' as const }))
    return readRow({ ...row, version: 1, seq: n + 1, volumes, status: 'Loaned', stage: 'at_borrower', dueAt: now + 20 * DAY_MS }) // prettier-ignore
  })
  for (let from = 0; from < rows.length; from += 1000)
    core.db.write(() => applyRows(core.db, core.views, rows.slice(from, from + 1000), now))
}
