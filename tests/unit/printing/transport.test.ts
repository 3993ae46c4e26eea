import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { IppClient, shortName } from '../../../electron/core/printing/ipp/client.ts'
import { encodeMessage } from '../../../electron/core/printing/ipp/encode.ts'
import { httpUrl } from '../../../electron/core/printing/ipp/transport.ts'

const LIMITS = { connectMs: 500, answerMs: 500, answerBytes: 10_000 }
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return `ipp://127.0.0.1:${(server.address() as AddressInfo).port}/ipp/print`
}

function client(uri: string, auth?: { user: string; password: string }): IppClient {
  const made = new IppClient(auth ? { uri, auth } : { uri }, 'desk', LIMITS)
  open.push(made)
  return made
}

const OK = encodeMessage({ version: [2, 0], code: 0, requestId: 1, groups: [{ tag: 1, attributes: [] }] })
const print = (to: IppClient) => to.printJob({ bytes: Buffer.alloc(100_000) }, 'application/pdf', 'x', [])

describe('what a failed call says', () => {
  it('nobody there: offline, and surely nothing was printed', async () => {
    await expect(print(client('ipp://127.0.0.1:1/ipp/print'))).rejects.toMatchObject({
      name: 'PrintError',
      code: 'offline',
      uncertain: false,
    })
  })

  it('the answer to a sent document got lost: offline, but it may have been printed', async () => {
    const hangUp = (socket: Socket) => {
      let size = 0
      socket.on('data', (chunk) => (size += chunk.length) > 100_000 && socket.destroy())
      socket.on('error', () => {})
    }
    await expect(print(client(await listen(createServer(hangUp))))).rejects.toMatchObject({
      code: 'offline',
      uncertain: true,
    })
  })

  it('a printer that never answers is offline after its time', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}).resume())
    await expect(client(await listen(silent)).printerAttributes()).rejects.toMatchObject({ code: 'offline' })
    // Held connections would keep the server open.
    silent.unref()
    open.splice(open.indexOf(silent), 1)
    silent.close()
  })

  it('an endless answer is cut off', async () => {
    const endless = createHttpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/ipp' })
      response.end(Buffer.alloc(100_000))
    })
    await expect(client(await listen(endless)).printerAttributes()).rejects.toMatchObject({
      code: 'unknown',
      detail: 'answer too large',
    })
  })

  it('an answer that is not IPP is no success', async () => {
    const web = createHttpServer((_request, response) => response.end('<html>sign in to the campus network</html>'))
    await expect(client(await listen(web)).printerAttributes()).rejects.toMatchObject({ code: 'unknown' })
  })

  it('a wrong password is told as such, the right one goes through', async () => {
    const guarded = createHttpServer((request, response) => {
      const wanted = `Basic ${Buffer.from('libra:书').toString('base64')}`
      response.statusCode = request.headers.authorization === wanted ? 200 : 401
      request.resume().on('end', () => response.end(response.statusCode === 200 ? OK : ''))
    })
    const uri = await listen(guarded)
    const wrong = client(uri, { user: 'libra', password: 'no' })
    await expect(wrong.printerAttributes()).rejects.toMatchObject({ code: 'auth' })
    const right = client(uri, { user: 'libra', password: '书' })
    await expect(right.printerAttributes()).resolves.toEqual([])
  })

  it('a cancelled call ends with the reason it was cancelled for', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}).resume())
    const uri = await listen(silent)
    const reason = new Error('closed the dialog')
    const to = client(uri)
    await expect(to.printerAttributes(['all'], AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})

describe('addresses', () => {
  it('mean port 631 unless they say otherwise', () => {
    expect(httpUrl('ipp://printer.lib.cn/ipp/print').href).toBe('http://printer.lib.cn:631/ipp/print')
    expect(httpUrl('ipps://printer.lib.cn/ipp/print').href).toBe('https://printer.lib.cn:631/ipp/print')
    expect(httpUrl('ipp://printer.lib.cn:80/ipp').href).toBe('http://printer.lib.cn/ipp')
    expect(httpUrl('ipp://[::1]:8631/').href).toBe('http://[::1]:8631/')
  })

  it('of other kinds are refused', () => {
    for (const uri of ['file:///etc/passwd', 'ftp://x/', 'printer', '']) expect(() => httpUrl(uri)).toThrow('not')
  })
})

describe('a job name', () => {
  it('is cut to 255 octets between characters', () => {
    expect(shortName('书'.repeat(200))).toBe('书'.repeat(85))
    expect(shortName('short')).toBe('short')
  })
})
