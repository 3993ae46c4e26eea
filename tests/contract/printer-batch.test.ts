import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import { printBatch, type Batch, type BatchProgress } from '../../electron/core/printing/batch.ts'
import { IppDriver } from '../../electron/core/printing/ipp/ipp-driver.ts'
import { startIppPrinter, type RunningIppPrinter } from '../../electron/core/printing/ipp-server/http.ts'

let folder: string
let printer: RunningIppPrinter
let driver: IppDriver
let names: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-batch-'))
  names = []
  const onDocument = async ({ path }: { path: string }) => {
    // What is on each sheet stands in its title.
    const pdf = await PDFDocument.load(await readFile(path), { updateMetadata: false })
    names.push(...(pdf.getTitle() ?? '').split(' '))
  }
  printer = await startIppPrinter({ name: 'Batch', folder, onDocument })
  driver = new IppDriver({
    printers: () => [{ id: 'own', name: 'Own', uri: printer.uri }],
    times: { first: 10, longest: 30, giveUp: 300 },
    limits: { connectMs: 500, answerMs: 2_000, answerBytes: 1_000_000 },
  })
})
afterEach(async () => {
  await driver.close()
  await printer.close()
  await rm(folder, { recursive: true, force: true })
})

const batch = (from: number): Batch => ({
  total: 47,
  from,
  name: 'pull slips',
  printerId: 'own',
  mime: 'application/pdf',
  options: {},
  render: async (first, to) => {
    const pdf = await PDFDocument.create()
    for (let i = first; i < to; i++) pdf.addPage([100, 100])
    pdf.setTitle(Array.from({ length: to - first }, (_, i) => first + i).join(' '))
    return pdf.save()
  },
})

async function all(steps: AsyncIterable<BatchProgress>, onStep?: (step: BatchProgress) => void) {
  const told: BatchProgress[] = []
  for await (const step of steps) {
    told.push(step)
    onStep?.(step)
  }
  return told
}

const everySheet = Array.from({ length: 47 }, (_, i) => String(i))

describe('a batch of slips', () => {
  it('comes out whole, in order, with progress', async () => {
    const told = await all(printBatch(driver, batch(0)))
    expect(told.at(-1)).toEqual({ state: 'done', confirmed: 47, unconfirmed: 0, next: 47, total: 47, reasons: [] })
    expect(names).toEqual(everySheet)
    expect(new Set(told.map(({ next }) => next))).toEqual(new Set([0, 10, 20, 30, 40, 47]))
  })

  it('stops at a jam and goes on at the sheet that failed: nothing lost, nothing twice', async () => {
    const plan = batch(0)
    const render = async (from: number, to: number) => {
      if (from === 20) printer.setFault('media-jam')
      return plan.render(from, to)
    }
    const first = await all(printBatch(driver, { ...plan, render }))
    expect(first.at(-1)).toMatchObject({ state: 'failed', confirmed: 20, next: 20 })
    printer.setFault(undefined)
    const second = await all(printBatch(driver, batch(first.at(-1)!.next)))
    expect(second.at(-1)).toMatchObject({ state: 'done', confirmed: 27 })
    expect(names).toEqual(everySheet)
  })

  it('waits out missing paper by itself', async () => {
    printer.setFault('media-empty')
    const told = await all(printBatch(driver, batch(0)), ({ state }) => {
      if (state === 'needs_attention') printer.setFault(undefined)
    })
    expect(told.some(({ reasons }) => reasons.includes('media-empty'))).toBe(true)
    expect(told.at(-1)).toMatchObject({ state: 'done', confirmed: 47 })
  })

  it('pauses between jobs and goes on later', async () => {
    let pause = false
    const steps = printBatch(driver, batch(0), { paused: () => pause })
    const first = await all(steps, ({ next }) => {
      if (next === 10) pause = true
    })
    expect(first.at(-1)).toMatchObject({ state: 'paused', confirmed: 20, next: 20 })
    await all(printBatch(driver, batch(20)))
    expect(names).toEqual(everySheet)
  })

  it('stops when the printer is gone and names the sheet to go on with', async () => {
    const told = await all(printBatch(driver, batch(0)), ({ next, state }) => {
      if (next === 30 && state === 'printing') printer.setFault('offline')
    })
    const end = told.at(-1)!
    expect(end.state).toBe('failed')
    expect(end.confirmed).toBe(30)
    // The job under way may be on paper: it is counted as not confirmed and not sent again unasked.
    expect(end.unconfirmed).toBe(10)
    expect(end.next).toBe(40)
  })
})
