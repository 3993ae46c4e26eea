import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { decodeMessage } from '../../electron/core/printing/ipp/decode.ts'
import { encodeMessage } from '../../electron/core/printing/ipp/encode.ts'
import { attribute } from '../../electron/core/printing/ipp/message.ts'
import { GROUP, JOB_STATE, OPERATION, STATUS } from '../../electron/core/printing/ipp/tags.ts'
import { IppDriver } from '../../electron/core/printing/ipp/ipp-driver.ts'
import { startIppPrinter, type RunningIppPrinter } from '../../electron/core/printing/ipp-server/http.ts'
import { QUEUE_NAME, queueSetup } from '../../electron/core/printing/ipp-server/queue-setup.ts'
import type { ReceivedDocument } from '../../electron/core/printing/ipp-server/printer.ts'
import type { PrintState } from '../../electron/core/printing/driver.ts'
import { startCupsd, whyNoCups } from '../devices/ipp.ts'
import { missingPrograms, run, until } from '../devices/programs.ts'
import { drawn } from '../support/poppler.ts'

async function samplePdf(pages = 2): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (let i = 1; i <= pages; i++) pdf.addPage([595, 842]).drawText(`sheet ${i}`, { x: 72, y: 700, size: 30 })
  return pdf.save()
}

let folder: string
let printer: RunningIppPrinter
let driver: IppDriver
let received: ReceivedDocument[]

async function start(formats?: string[]) {
  received = []
  const onDocument = (document: ReceivedDocument) => void received.push(document)
  const options = { name: 'Rehearsal', folder: join(folder, 'out'), onDocument }
  printer = await startIppPrinter(formats ? { ...options, formats } : options)
  driver = new IppDriver({
    printers: () => [{ id: 'own', name: 'Own', uri: printer.uri }],
    times: { first: 20, longest: 50, giveUp: 500 },
    limits: { connectMs: 2_000, answerMs: 5_000, answerBytes: 1024 * 1024 },
  })
}

async function print(name = '书条 HG00003902', copies = 1) {
  const bytes = await samplePdf()
  const job = await driver.submit('own', { bytes, mime: 'application/pdf', name }, { copies })
  const states: PrintState[] = []
  return { bytes, job, states }
}

async function watchAll(job: Awaited<ReturnType<typeof print>>['job'], onState?: (state: PrintState) => unknown) {
  const states: PrintState[] = []
  for await (const state of driver.watch(job)) {
    states.push(state)
    await onState?.(state)
  }
  return states
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-rehearsal-'))
  await start()
})
afterEach(async () => {
  await driver.close()
  await printer.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the rehearsal printer through our own driver', () => {
  it('keeps exactly the bytes that were sent and confirms them', async () => {
    const { bytes, job } = await print('书条 HG00003902', 2)
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'completed', final: true })
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ name: '书条 HG00003902', mime: 'application/pdf', copies: 2 })
    expect(Buffer.from(bytes).equals(await readFile(received[0]!.path))).toBe(true)
  })

  it('sends a file from disk as it is', async () => {
    const bytes = await samplePdf(30)
    const path = join(folder, 'in.pdf')
    await writeFile(path, bytes)
    const job = await driver.submit('own', { path, mime: 'application/pdf', name: 'file' }, {})
    await watchAll(job)
    expect(Buffer.from(bytes).equals(await readFile(received[0]!.path))).toBe(true)
  })

  it('tells its abilities', async () => {
    expect(await driver.capabilities('own')).toMatchObject({
      accepting: true,
      state: 'idle',
      dpi: [300, 600],
      copiesMax: 99,
      queue: false,
      attention: [],
      sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
    })
    const { media } = await driver.capabilities('own')
    expect(media).toContainEqual({ name: 'iso_a4_210x297mm', widthMm: 210, heightMm: 297, ready: true })
  })

  it('asks for paper, waits, and finishes when paper is there', async () => {
    printer.setFault('media-empty')
    const { job } = await print()
    const states = await watchAll(job, (state) => state.state === 'needs_attention' && printer.setFault(undefined))
    const attention = states.find(({ state }) => state === 'needs_attention')
    expect(attention).toMatchObject({ reasons: ['media-empty', 'media-needed'], message: 'Out of paper' })
    expect(states.at(-1)).toMatchObject({ state: 'completed' })
    expect(received).toHaveLength(1)
  })

  it('tells a jam as aborted and keeps nothing', async () => {
    printer.setFault('media-jam')
    const { job } = await print()
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'aborted', message: 'Paper jam' })
    expect(await readdir(join(folder, 'out'))).toEqual([])
  })

  it('a job that has ended while its cancel was on the way, or is forgotten, needs none', async () => {
    const { job } = await print()
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'completed' })
    await driver.cancel(job)
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'completed' })
    await driver.cancel({ ...job, jobId: '99999' })
  })

  it('a printer that will not give a job back is told as such, one that is off as off', async () => {
    // Answers every question with a job that prints, and no cancel with yes.
    const stubborn = createServer((request, response) => {
      const parts: Buffer[] = []
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const { code, requestId } = decodeMessage(Buffer.concat(parts))
          const groups = [
            { tag: GROUP.operation as number, attributes: [attribute.charset('attributes-charset', 'utf-8')] },
            { tag: GROUP.job as number, attributes: [attribute.integer('job-id', 7), attribute.enum('job-state', JOB_STATE.processing)] }, // prettier-ignore
          ]
          const answer = code === OPERATION.cancelJob ? STATUS.notPossible : STATUS.ok
          response.setHeader('Content-Type', 'application/ipp')
          response.end(encodeMessage({ version: [2, 0], code: answer, requestId, groups }))
        })
    })
    await new Promise<void>((resolve) => stubborn.listen(0, '127.0.0.1', resolve))
    const { port } = stubborn.address() as AddressInfo
    const uri = `ipp://127.0.0.1:${port}/ipp/print`
    const own = new IppDriver({ printers: () => [{ id: 'own', name: 'Own', uri }], limits: { connectMs: 2_000, answerMs: 5_000, answerBytes: 1e6 } }) // prettier-ignore
    const job = { driver: own.id, printerId: 'own', jobId: '7', name: 'x' }
    await expect(own.cancel(job)).rejects.toMatchObject({ name: 'PrintError', code: 'cannot_cancel' })
    stubborn.closeAllConnections()
    await new Promise((resolve) => stubborn.close(resolve))
    await expect(own.cancel(job)).rejects.toMatchObject({ name: 'PrintError', code: 'offline' })
    await own.close()
  })

  it('forgets a cancelled job and prints the next', async () => {
    printer.setFault('cover-open')
    const { job } = await print()
    await driver.cancel(job)
    printer.setFault(undefined)
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'cancelled' })
    const next = await print('next')
    expect((await watchAll(next.job)).at(-1)).toMatchObject({ state: 'completed' })
    expect(received.map(({ name }) => name)).toEqual(['next'])
  })

  it.each([
    ['busy', 'busy'],
    ['not-accepting', 'not_accepting'],
    ['unauthorized', 'auth'],
    ['offline', 'offline'],
  ] as const)('refuses plainly when it is %s', async (fault, code) => {
    printer.setFault(fault)
    await expect(print()).rejects.toMatchObject({ name: 'PrintError', code })
    expect(received).toEqual([])
  })

  it('refuses what it cannot do before a sheet is used', async () => {
    const bytes = await samplePdf()
    const pdf = { bytes, mime: 'application/pdf', name: 'x' }
    const send = (document: typeof pdf, options: object) => driver.submit('own', document, options)
    const refusal = { code: 'unsupported_media' }
    await expect(send(pdf, { media: 'iso_a0_841x1189mm' })).rejects.toMatchObject(refusal)
    await expect(send(pdf, { copies: 100 })).rejects.toMatchObject(refusal)
    await expect(send({ ...pdf, mime: 'text/plain' }, {})).rejects.toMatchObject(refusal)
    await expect(send(pdf, { source: 'tray-9' })).rejects.toMatchObject(refusal)
    expect(received).toEqual([])
  })

  it('finds a job again by its name, for an answer that got lost', async () => {
    const { job } = await print('名 42')
    await watchAll(job)
    expect(await driver.findByName('own', '名 42')).toEqual(job)
    expect(await driver.findByName('own', 'never sent')).toBeUndefined()
  })

  it('a job of before a restart is never mistaken for one of after it', async () => {
    const { job } = await print('before')
    await watchAll(job)
    await printer.close()
    const port = Number(new URL(printer.uri.replace('ipp:', 'http:')).port)
    const later = { name: 'Rehearsal', folder: join(folder, 'out'), port, now: () => Date.now() + 60_000 }
    printer = await startIppPrinter(later)
    await watchAll((await print('after')).job)
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'handed_over', reasons: ['job-forgotten'] })
    // Nor is it where a printer counts from the same number again.
    const { job: other } = await print('other')
    const confused = { ...other, name: 'mine' }
    expect((await watchAll(confused)).at(-1)).toMatchObject({ state: 'handed_over', reasons: ['job-forgotten'] })
    expect(await readdir(join(folder, 'out'))).toHaveLength(3)
  })

  it('turns a JPEG into a page and aborts what only claims to be a PDF', async () => {
    const jpeg = await sharp({ create: { width: 300, height: 150, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer()
    const job = await driver.submit('own', { bytes: jpeg, mime: 'image/jpeg', name: 'photo' }, {})
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'completed', impressions: 1 })
    const kept = await PDFDocument.load(await readFile(received[0]!.path))
    expect(kept.getPage(0).getSize()).toEqual({ width: 144, height: 72 })
    const fake = { bytes: Buffer.from('<html>'), mime: 'application/pdf', name: 'fake' }
    const wrong = await driver.submit('own', fake, {})
    expect((await watchAll(wrong)).at(-1)).toMatchObject({ state: 'aborted', reasons: ['document-format-error'] })
  })

  it('answers junk with an error and goes on working', async () => {
    const url = printer.uri.replace('ipp:', 'http:')
    const post = (body: Uint8Array, type = 'application/ipp') =>
      fetch(url, { method: 'POST', body: body as unknown as BodyInit, headers: { 'content-type': type } })
    expect((await post(Buffer.from('hello world'))).status).toBe(400)
    expect(await post(Buffer.from([2, 0, 0, 11, 0, 0, 0, 1, 3])).then((answer) => answer.status)).toBe(200)
    expect((await post(Buffer.alloc(10), 'text/plain')).status).toBe(415)
    expect((await fetch(url)).status).toBe(404)
    const { job } = await print()
    expect((await watchAll(job)).at(-1)).toMatchObject({ state: 'completed' })
  })
})

const noTool = whyNoCups(missingPrograms('ipptool'))
describe.skipIf(noTool !== undefined)(`the rehearsal printer against ipptool ${noTool ?? ''}`, () => {
  it.each([
    'get-printer-attributes',
    'print-job',
    'print-job-and-wait',
    'validate-job',
    'create-job',
    'get-jobs',
    'get-completed-jobs',
    'identify-printer',
    'print-job-gzip',
    'print-job-deflate',
    'print-job-media-col',
  ])('passes %s.test', async (name) => {
    const path = join(folder, 'doc.pdf')
    await writeFile(path, await samplePdf())
    const { code, stdout } = await run('ipptool', ['-t', '-f', path, printer.uri, `${name}.test`])
    expect(stdout).not.toContain('[FAIL]')
    expect(code).toBe(0)
  })
})

const noCups = whyNoCups(missingPrograms('cupsd', 'lpadmin', 'lp', 'pdftotext', 'pdftoppm'))
describe.skipIf(noCups !== undefined)(`print into the desk from a real CUPS queue ${noCups ?? ''}`, () => {
  it.each([
    ['PDF', undefined],
    ['PWG raster', ['image/pwg-raster']],
  ])(
    'another program prints through a driverless queue and the desk gets it (%s)',
    async (_what, formats) => {
      if (formats) {
        await driver.close()
        await printer.close()
        await start(formats)
      }
      const cups = await startCupsd()
      try {
        // The very command that staff are shown.
        const made = await run('sh', ['-c', queueSetup('linux', printer.uri).add], cups.env)
        expect(made.code, made.stderr).toBe(0)
        const path = join(folder, 'article.pdf')
        await writeFile(path, await samplePdf(3))
        const sent = await run('lp', ['-d', QUEUE_NAME, '-t', '论文 article', path], cups.env)
        expect(sent.code, sent.stderr).toBe(0)
        const document = await until('the printed document', () => received[0], 40_000)
        expect(document.name).toContain('article')
        expect(document.receivedAs).toBe(formats ? 'image/pwg-raster' : 'application/pdf')
        const info = await run('pdfinfo', [document.path])
        expect(info.stdout).toMatch(/Pages:\s+3/)
        expect(info.stdout).toMatch(/Page size:\s+59\d\.?\d* x 84\d/)
        const { data } = await drawn(document.path, 50, { page: 2 })
        expect(data.reduce((sum, value) => sum + value, 0) / data.length).toBeGreaterThan(240)
        expect(data.some((value) => value < 150)).toBe(true)
      } finally {
        await cups.close()
      }
    },
    90_000,
  )
})
