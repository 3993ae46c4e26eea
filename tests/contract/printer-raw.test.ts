import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { PrintState } from '../../electron/core/printing/driver.ts'
import { ESCPOS_MIME, RawDriver, ZPL_MIME } from '../../electron/core/printing/raw/raw-driver.ts'
import { renderForPrinter } from '../../electron/core/printing/output.ts'
import { chooseOutput } from '../../electron/core/printing/routing.ts'
import { SAMPLES } from '../unit/printing/slip-samples.ts'

const TIMES = { connect: 500, status: 150, idle: 400, printed: 2_000 }
const sockets = new Set<Socket>()
let server: Server | undefined
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server?.close()
})

/** A printer on loopback: what it does with a connection is the test's. */
async function printer(
  serve: (socket: Socket) => void,
  language: 'escpos' | 'zpl' = 'escpos',
  confirms = false,
): Promise<RawDriver> {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const setting = { id: 'raw', name: 'Receipt', host: '127.0.0.1', port, language, dpi: 203, widthMm: 72, confirms }
  return new RawDriver(() => [setting], TIMES)
}

async function watchAll(driver: RawDriver, job: Awaited<ReturnType<RawDriver['submit']>>) {
  const states: PrintState[] = []
  for await (const state of driver.watch(job)) states.push(state)
  return states
}

describe('a receipt printer at port 9100', () => {
  it('gets exactly the bytes, and the job is handed over but never called printed', async () => {
    const got: Buffer[] = []
    let whole!: () => void
    const ended = new Promise<void>((resolve) => (whole = resolve))
    let connections = 0
    const driver = await printer((socket) => {
      if (connections++ > 0) return
      socket.on('data', (chunk) => got.push(chunk)).on('end', whole)
    })
    const output = chooseOutput('pullSlip', driver.known('raw'))
    const made = await renderForPrinter('pullSlip', [SAMPLES.pullSlip], output, { locale: 'zh-CN' })
    const bytes = made.sent!
    const job = await driver.submit('raw', { bytes, mime: made.mime, name: 'slip' }, {})
    await ended
    expect(Buffer.concat(got).equals(Buffer.from(bytes))).toBe(true)
    expect(await watchAll(driver, job)).toEqual([{ state: 'handed_over', reasons: ['bytes-accepted'], final: true }])
    await expect(driver.cancel()).rejects.toMatchObject({ name: 'PrintError', code: 'cannot_cancel' })
  })

  it('that tells of missing paper is listened to', async () => {
    const driver = await printer((socket) => socket.on('data', () => socket.write(Buffer.from([0x32, 0x12, 0x72]))))
    expect(await driver.capabilities('raw')).toMatchObject({ state: 'stopped', attention: ['media-empty'] })
    const job = await driver.submit('raw', { bytes: Buffer.from('x'), mime: ESCPOS_MIME, name: 'x' }, {})
    expect(await watchAll(driver, job)).toMatchObject([
      { state: 'needs_attention', reasons: ['media-empty'] },
      { state: 'handed_over', final: true },
    ])
  })

  it('that never speaks is of unknown state, not idle', async () => {
    const driver = await printer((socket) => socket.resume())
    expect(await driver.capabilities('raw')).toMatchObject({ state: 'unknown', attention: [], formats: [ESCPOS_MIME] })
  })

  it('that is off is offline, and surely nothing was printed', async () => {
    const driver = await printer(() => {})
    await new Promise((resolve) => server!.close(resolve))
    const send = driver.submit('raw', { bytes: Buffer.from('x'), mime: ESCPOS_MIME, name: 'x' }, {})
    await expect(send).rejects.toMatchObject({ name: 'PrintError', code: 'offline', uncertain: false })
  })

  it('that stops taking bytes is given up, and the job may be half on paper', async () => {
    const driver = await printer((socket) => socket.pause())
    const bytes = Buffer.alloc(64 * 1024 * 1024)
    const send = driver.submit('raw', { bytes, mime: ESCPOS_MIME, name: 'x' }, {})
    await expect(send).rejects.toMatchObject({ code: 'offline', uncertain: true })
  })

  it('gets nothing that it could only print as rubbish', async () => {
    const driver = await printer(() => {}, 'zpl')
    const send = (mime: string) => driver.submit('raw', { bytes: Buffer.from('x'), mime, name: 'x' }, {})
    await expect(send('application/pdf')).rejects.toMatchObject({ code: 'unsupported_media' })
    await expect(send(ESCPOS_MIME)).rejects.toMatchObject({ code: 'unsupported_media' })
    expect((await driver.capabilities('raw')).formats).toEqual([ZPL_MIME])
  })

  it('that answers GS ( H says itself that it has printed; one that stays silent is not believed', async () => {
    const question = Buffer.from([0x1d, 0x28, 0x48, 6, 0, 48, 48])
    const honest = await printer(
      (socket) => {
        socket.on('data', (chunk) => {
          const at = chunk.indexOf(question)
          if (at >= 0)
            socket.write(Buffer.concat([Buffer.from([0x37, 0x22]), chunk.subarray(at + 7, at + 11), Buffer.from([0])]))
        })
      },
      'escpos',
      true,
    )
    const document = { bytes: Buffer.from('slip'), mime: ESCPOS_MIME, name: 'slip' }
    const job = await honest.submit('raw', document, {})
    expect(await watchAll(honest, job)).toEqual([{ state: 'completed', reasons: ['device-said'], final: true }])
    server?.close()
    const silent = await printer((socket) => socket.on('data', () => {}), 'escpos', true)
    const unsure = await silent.submit('raw', document, {})
    expect(await watchAll(silent, unsure)).toMatchObject([{ state: 'handed_over', final: true }])
  })

  it('a label printer is asked until nothing is left: out of paper, paper back, printed', async () => {
    let asked = 0
    const answer = (paper: number, left: number) =>
      `\x02030,${paper},0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,0000000${left},1,000\x03\r\n\x020000,0\x03\r\n`
    const driver = await printer(
      (socket) =>
        socket.on('data', (chunk) => {
          if (!chunk.includes('~HS')) return
          asked++
          socket.write(answer(asked === 2 ? 1 : 0, asked < 4 ? 1 : 0))
        }),
      'zpl',
    )
    const job = await driver.submit('raw', { bytes: Buffer.from('^XA^XZ'), mime: ZPL_MIME, name: 'label' }, {})
    expect(await watchAll(driver, job)).toEqual([
      { state: 'needs_attention', reasons: ['media-empty'], final: false },
      { state: 'printing', reasons: [], final: false },
      { state: 'completed', reasons: ['device-said'], final: true },
    ])
  })
})
