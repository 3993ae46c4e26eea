/** A scanner and a printer are tried out: a page to look at and a slip to throw away, and no request hears of either. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { REHEARSAL_PRINTER_NAME } from '../../electron/core/printing/drivers.ts'
import { startEsclSimulator, type EsclSimulator } from '../devices/escl-simulator.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
let sim: EsclSimulator

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
  desk = await stage.desk('one')
  sim = await startEsclSimulator({ name: 'Office MFP' })
  desk.core.settings.set({ scannerAddresses: [sim.url] })
})
afterAll(async () => {
  await sim.close()
  await stage.end()
})

test('one page is scanned, can be looked at, and lies in no request, no tray and no folder', async () => {
  const scanner = (await desk.handlers['scanner.list']({ refresh: true })).find(({ driver }) => driver === 'escl')!
  const profile = { scannerId: scanner.id, source: scanner.sources[0]!, mode: scanner.modes[0]!, dpi: scanner.dpi[0]! }
  const before = desk.handlers['counts.get']({})
  const page = coreContract['scan.test'].out.parse(
    await desk.handlers['scan.test'](coreContract['scan.test'].in.parse({ profile })),
  )
  expect(page.bytes).toBeGreaterThan(0)
  expect(page.width * page.height).toBeGreaterThan(0)
  if (page.blob !== null) expect((await desk.core.blobs.openBlobForWindow(page.blob)).bytes).toBe(page.bytes)
  expect(desk.handlers['counts.get']({})).toEqual(before)
  const left = join(desk.core.options.dataDir, 'test-scan')
  expect(existsSync(left) ? readdirSync(left) : []).toEqual([])
})

test('a scanner that is gone is said to be so', async () => {
  const profile = { scannerId: 'escl:http://127.0.0.1:9/eSCL', source: 'flatbed', mode: 'grey', dpi: 300 } as const
  await expect(desk.handlers['scan.test']({ profile })).rejects.toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^scanner_/) }),
  )
})

test('the test slip says that it is one, is confirmed by the printer, and names no request', async () => {
  const printer = (await desk.handlers['printer.list']({ refresh: true })).find(
    ({ name }) => name === REHEARSAL_PRINTER_NAME,
  )!
  const { printJobId } = await desk.handlers['print.test']({ printerId: printer.id })
  const job = async () => (await desk.handlers['print.jobs']({ limit: 10 })).find(({ id }) => id === printJobId)
  await expect.poll(async () => (await job())?.state, { timeout: 30_000 }).toBe('confirmed')
  expect(await job()).toMatchObject({ title: 'TEST-0000', objectIds: [] })
})
