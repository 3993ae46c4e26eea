/** Batches of pull slips through a real desk and a printer of our own: every slip once, whatever happens on the way. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PrintBatchView } from '../../electron/contract/core.contract.ts'
import { startIppPrinter, type RunningIppPrinter } from '../../electron/core/printing/ipp-server/http.ts'
import type { ReceivedDocument } from '../../electron/core/printing/ipp-server/printer.ts'
import { until } from '../devices/programs.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const SLIPS = 47
const VICTIM = fileURLToPath(new URL('support/print-victim.ts', import.meta.url))

let stage: Stage
let desk: TestDesk
let printer: RunningIppPrinter
let received: ReceivedDocument[]
let ids: string[]
let printers = 0

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 300 })
  desk = await stage.desk('printing')
  while (!(await desk.core.sync.cycle()));
  ids = desk.core.db
    .sql<{ id: string }>(`SELECT id FROM base WHERE type = 'request' ORDER BY id LIMIT ${SLIPS}`)
    .all()
    .map(({ id }) => id)
  expect(ids).toHaveLength(SLIPS)
})
afterAll(() => stage.end())

beforeEach(async () => {
  received = []
  printer = await startIppPrinter({
    name: 'Batch',
    folder: join(stage.folder, `out-${++printers}`),
    onDocument: (document) => void received.push(document),
  })
  desk.core.settings.set({ printerAddresses: [printer.uri], printerId: printer.uri, printRoutes: {} })
  await desk.handlers['printer.list']({ refresh: true })
})
afterEach(() => printer.close())

const batchOf = (id: string, on = desk): PrintBatchView =>
  (on.handlers['print.batches']({ limit: 100 }) as PrintBatchView[]).find((one) => one.id === id)!
const start = async (on = desk) => {
  const order = { kind: 'pullSlip', objectIds: ids, printerId: null, copies: null, start: null } as const
  return (await on.handlers['print.submit'](order)) as { printJobId: string; batch: boolean }
}
const reach = (id: string, wanted: (view: PrintBatchView) => boolean, on = desk) =>
  until('the batch', () => wanted(batchOf(id, on)), 20_000)

/** Places of the slips in what the printer got, in the order it got them: "47 × pullSlip 11-20 #1a2b3c". */
function places(documents: readonly { name: string }[]): number[] {
  return documents.flatMap(({ name }) => {
    const [, from, to] = /(\d+)-(\d+)(?: \(\d+\))? #[0-9a-f]{6}$/.exec(name)!
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i)
  })
}
const every = Array.from({ length: SLIPS }, (_, i) => i + 1)

describe('a batch of pull slips', () => {
  it('comes out whole, each slip once, confirmed by the printer', async () => {
    const { printJobId, batch } = await start()
    expect(batch).toBe(true)
    await reach(printJobId, ({ state }) => state === 'done')
    expect(batchOf(printJobId)).toMatchObject({
      total: SLIPS,
      confirmed: SLIPS,
      unconfirmed: 0,
      next: null,
      error: null,
    })
    expect(places(received)).toEqual(every)
  })

  it('stops at a jam, says where, and goes on at the sheet that failed: nothing lost, nothing twice', async () => {
    const { printJobId } = await start()
    await reach(printJobId, ({ confirmed }) => confirmed >= 10)
    printer.setFault('media-jam')
    await reach(printJobId, ({ state }) => state === 'stopped')
    const stopped = batchOf(printJobId)
    expect(stopped.error).toMatchObject({ code: 'printer_aborted' })
    expect(stopped.next).toBe(stopped.confirmed + 1)
    expect(stopped.confirmed).toBe(received.length * 10)
    printer.setFault(undefined)
    await desk.handlers['print.batchControl']({ batchId: printJobId, action: 'resume' })
    await reach(printJobId, ({ state }) => state === 'done')
    expect(batchOf(printJobId).confirmed).toBe(SLIPS)
    expect(places(received)).toEqual(every)
  })

  it('waits for paper by itself, says so meanwhile, and goes on', async () => {
    printer.setFault('media-empty')
    const { printJobId } = await start()
    await reach(printJobId, ({ job }) => job?.state === 'attention' && job.reasons.includes('media-empty'))
    expect(batchOf(printJobId)).toMatchObject({ state: 'running', confirmed: 0, sent: 10 })
    printer.setFault(undefined)
    await reach(printJobId, ({ state }) => state === 'done')
    expect(places(received)).toEqual(every)
  })

  it('pauses between jobs and goes on later; cancelled, it leaves the rest unprinted', async () => {
    const { printJobId } = await start()
    await reach(printJobId, ({ sent }) => sent > 0)
    await desk.handlers['print.batchControl']({ batchId: printJobId, action: 'pause' })
    await reach(printJobId, ({ sent }) => sent === 0)
    const paused = batchOf(printJobId)
    expect(paused).toMatchObject({ state: 'paused', next: paused.confirmed + 1 })
    await desk.handlers['print.batchControl']({ batchId: printJobId, action: 'resume' })
    await reach(printJobId, ({ confirmed }) => confirmed >= 30)
    await desk.handlers['print.batchControl']({ batchId: printJobId, action: 'cancel' })
    await reach(printJobId, ({ sent }) => sent === 0)
    const ended = batchOf(printJobId)
    expect(ended.state).toBe('cancelled')
    expect(places(received).slice(0, ended.confirmed)).toEqual(every.slice(0, ended.confirmed))
  })

  it('a printer that is off makes it wait, counted in the status line, and it prints when the printer is back', async () => {
    printer.setFault('offline')
    const { printJobId } = await start()
    await reach(printJobId, ({ job }) => job?.state === 'waiting' && job.error?.code === 'printer_offline')
    const status = (await desk.handlers['status.get']({})) as { printWaiting: number }
    expect(status.printWaiting).toBe(1)
    printer.setFault(undefined)
    await desk.handlers['print.retry']({ printJobId: batchOf(printJobId).job!.id, printerId: null })
    await reach(printJobId, ({ state }) => state === 'done')
    expect(places(received)).toEqual(every)
  })
})

describe('core killed in the middle of a batch', () => {
  /** Runs a batch in a process of its own, which dies at the named place. @returns its desk, opened again */
  async function killedAt(fault: string): Promise<TestDesk> {
    const name = `victim-${fault.replace(/\W/g, '')}`
    const victim = await stage.desk(name)
    while (!(await victim.core.sync.cycle()));
    victim.core.settings.set({ printerAddresses: [printer.uri], printerId: printer.uri })
    await victim.running.close()
    const env = { ...process.env, BALIS_DESK_FAULT: fault, BALIS_DESK_LOG: 'silent' }
    const child = spawn(process.execPath, [VICTIM, victim.folder, ids.join()], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const code = await new Promise<number | null>((resolve) => child.once('exit', (exit) => resolve(exit)))
    expect(code, 'the place was never reached').toBeNull()
    return stage.open(name)
  }
  const only = (on: TestDesk) => (on.handlers['print.batches']({ limit: 1 }) as PrintBatchView[])[0]!

  it(
    'after a job went out: the printer is asked for it, and the batch goes on by itself',
    { timeout: 60_000 },
    async () => {
      const again = await killedAt('after-print-sent#3')
      // Two jobs were confirmed before; of the third the ledger knows that it does not know yet.
      expect(only(again)).toMatchObject({ state: 'running', confirmed: 20, sent: 10, unconfirmed: 0 })
      expect(places(received)).toEqual(every.slice(0, 30))
      again.running.start()
      await reach(only(again).id, ({ state }) => state === 'done', again)
      expect(only(again).confirmed).toBe(SLIPS)
      expect(places(received)).toEqual(every)
    },
  )

  it(
    'before a job went out: a person is asked, and what is not on paper is printed then',
    { timeout: 60_000 },
    async () => {
      const again = await killedAt('before-print-sent#2')
      expect(only(again)).toMatchObject({ confirmed: 10, sent: 10 })
      again.running.start()
      await reach(only(again).id, ({ state }) => state === 'stopped', again)
      const { id, job, reasons } = only(again)
      expect(reasons).toContain('not-confirmed')
      expect(job?.unsure).toBe(true)
      expect(received).toHaveLength(1)
      // Nothing goes out before a person has said what lies in the tray.
      await expect(async () =>
        again.handlers['print.batchControl']({ batchId: id, action: 'resume' }),
      ).rejects.toMatchObject({ code: 'action_refused' })
      again.handlers['print.settle']({ printJobId: job!.id, printed: false })
      await again.handlers['print.batchControl']({ batchId: id, action: 'resume' })
      await reach(id, ({ state }) => state === 'done', again)
      expect(only(again).confirmed).toBe(SLIPS)
      expect(places(received)).toEqual(every)
    },
  )
})
