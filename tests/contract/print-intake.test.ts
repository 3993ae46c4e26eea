/** Printing into the desk, through core: from a real CUPS queue and from our own driver into the request that lies open. */
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IppDriver } from '../../electron/core/printing/ipp/ipp-driver.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { startCupsd, whyNoCups } from '../devices/ipp.ts'
import { missingPrograms, run, until } from '../devices/programs.ts'

let stage: Stage
let desk: TestDesk
let copies: string[]
let port: number

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: free } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return free
}

async function samplePdf(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (let i = 1; i <= pages; i++) pdf.addPage([595, 842]).drawText(`sheet ${i}`, { x: 72, y: 700, size: 30 })
  return pdf.save()
}

const state = async () => (await desk.handlers['intake.get']({})).printer.state
const listening = () => until('the desk printer', async () => (await state()) === 'listening')
const pagesOf = async (requestId: string) => (await desk.handlers['pages.list']({ requestId })).pages
const tray = () => desk.handlers['tray.list']({ state: 'waiting' })

/** Prints through our own IPP client, as another program would. @returns how the job ended */
async function print(bytes: Uint8Array, name: string, mime = 'application/pdf'): Promise<string> {
  const uri = `ipp://127.0.0.1:${port}/ipp/print`
  const driver = new IppDriver({
    printers: () => [{ id: 'own', name: 'Own', uri }],
    times: { first: 20, longest: 50, giveUp: 10_000 },
  })
  try {
    const job = await driver.submit('own', { bytes, mime, name }, {})
    let last = ''
    for await (const step of driver.watch(job)) last = step.state
    return last
  } finally {
    await driver.close()
  }
}

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
  const query = { text: '', filter: { service: 'copy', role: 'supplier', open: true }, sort: 'due', descending: false } as const // prettier-ignore
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
  copies = rows.filter((row) => row.can.includes('scan')).map((row) => row.id)
  port = await freePort()
  desk.core.settings.set({ printIntoDesk: { on: true, port } })
  desk.running.start()
  await listening()
})
afterAll(() => stage.end())

describe('what is printed into the desk', () => {
  it('goes to the request on the scan desk, and is recorded there', async () => {
    const id = copies[0]!
    await desk.handlers['intake.onDesk']({ requestId: id })
    expect(await print(await samplePdf(3), '论文一')).toBe('completed')
    expect(await pagesOf(id)).toHaveLength(3)
    const { row } = await desk.handlers['request.get']({ id })
    expect(row.stage).toBe('scanning')
    expect((await desk.handlers['intake.get']({})).last).toMatchObject({ name: '论文一', pages: 3, requestId: id })
  })

  it('goes to the tray with its name when no request lies there, or one that takes no pages', async () => {
    await desk.handlers['intake.onDesk']({ requestId: null })
    expect(await print(await samplePdf(1), 'nobody')).toBe('completed')
    const query = { text: '', filter: { service: 'loan' }, sort: 'due', descending: false } as const
    const loan = (await desk.handlers['queue.window']({ query, offset: 0, limit: 1 })).rows[0]!.id
    await desk.handlers['intake.onDesk']({ requestId: loan })
    expect(await print(await samplePdf(1), 'for a loan')).toBe('completed')
    expect((await tray()).map(({ name, reason, hint }) => [name, reason, hint])).toEqual([
      ['nobody', 'no_request', ''],
      ['for a loan', 'request_closed', loan],
    ])
    expect(await pagesOf(loan)).toEqual([])
  })

  it('may be pixels: they become a PDF in a worker, and broken ones are refused', async () => {
    await desk.handlers['intake.onDesk']({ requestId: null })
    const jpeg = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer()
    expect(await print(jpeg, 'photo', 'image/jpeg')).toBe('completed')
    expect((await tray()).at(-1)).toMatchObject({ name: 'photo', pageCount: 1 })
    expect(await print(Buffer.from('RaS2 and no raster'), 'no raster', 'image/pwg-raster')).toBe('aborted')
    expect(await print(jpeg.subarray(0, 12), 'no photo', 'image/jpeg')).toBe('aborted')
    expect((await tray()).at(-1)!.name).toBe('photo')
  })

  it('ends as failed for the printing program when it cannot be read, and the window is told', async () => {
    await desk.handlers['intake.onDesk']({ requestId: null })
    const before = (await tray()).length
    expect(await print(Buffer.from('%PDF-1.4\nnothing here\n%%EOF'), 'broken')).toBe('aborted')
    expect(await tray()).toHaveLength(before)
    const jobs = await desk.handlers['job.list']()
    expect(jobs.at(-1)).toMatchObject({ kind: 'import', state: 'failed', error: { code: 'damaged_pdf' } })
  })

  it('waits in the tray after a crash between the printing and the taking in, once', async () => {
    const left = join(desk.folder, 'print-intake', 'earlier')
    await mkdir(left, { recursive: true })
    await writeFile(join(left, '0007-left behind.pdf'), await samplePdf(2))
    desk = await desk.restart()
    desk.running.start()
    await listening()
    desk = await desk.restart()
    desk.running.start()
    await listening()
    const found = (await tray()).filter((one) => one.name === 'left behind')
    expect(found.map((one) => one.pageCount)).toEqual([2])
  })

  it('has its printer where the settings say, off when they say off, and says so when the port is taken', async () => {
    desk.core.settings.set({ printIntoDesk: { on: false, port } })
    await until('off', async () => (await state()) === 'off')
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const taken = (other.address() as AddressInfo).port
    desk.core.settings.set({ printIntoDesk: { on: true, port: taken } })
    await until('port in use', async () => (await state()) === 'port_in_use')
    desk.core.settings.set({ printIntoDesk: { on: true, port } })
    await listening()
    await new Promise((resolve) => other.close(resolve))
  })
})

const noTool = whyNoCups(missingPrograms('ipptool', 'cupsd', 'lpadmin', 'lp'))
describe.skipIf(noTool !== undefined)(`the desk printer against the real programs ${noTool ?? ''}`, () => {
  it('passes ipp-everywhere.test (1.1 and 2.0 within it) as far as its sample files are there', async () => {
    await desk.handlers['intake.onDesk']({ requestId: null })
    const path = join(stage.folder, 'doc.pdf')
    await writeFile(path, await samplePdf(1))
    const { stdout } = await run('ipptool', ['-t', '-f', path, `ipp://127.0.0.1:${port}/ipp/print`, 'ipp-everywhere.test']) // prettier-ignore
    expect(stdout).not.toContain('[FAIL]')
    // It ends at the first sample file that Debian does not ship, after every attribute was checked.
    expect(stdout).toMatch(/PWG 5100\.14 section 5\.1\/5\.2 .*\[PASS\]/)
    expect(stdout.match(/\[PASS\]/g)!.length).toBeGreaterThan(30)
  })

  it('the command of `desk printer-setup` makes a CUPS queue whose pages land in the open request', async () => {
    const id = copies[1]!
    // One job at a time: when this one is done, nothing of the programs before is on its way any more.
    expect(await print(await samplePdf(1), 'the last before')).toBe('completed')
    await desk.handlers['intake.onDesk']({ requestId: id })
    const cups = await startCupsd()
    try {
      const made = await run(
        'node',
        ['electron/core/cli.ts', 'printer-setup', '--run', '--data', desk.folder],
        cups.env,
      )
      expect(made.code, made.stderr).toBe(0)
      const path = join(stage.folder, 'article.pdf')
      await writeFile(path, await samplePdf(4))
      const sent = await run('lp', ['-d', 'BALIS-Desk', '-t', 'article', '-P', '2-3', path], cups.env)
      expect(sent.code, sent.stderr).toBe(0)
      const pages = await until('the printed pages', async () => {
        const found = await pagesOf(id)
        return found.length === 2 && found
      }, 40_000) // prettier-ignore
      expect(pages.map((page) => [page.kind, page.source])).toEqual([['pdf', 'print'], ['pdf', 'print']]) // prettier-ignore
    } finally {
      await cups.close()
    }
  }, 60_000)
})
