import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeMessage } from '../ipp/decode.ts'
import { encodeMessage, IppFormatError } from '../ipp/encode.ts'
import type { IppMessage } from '../ipp/message.ts'
import type { Convert } from './receive.ts'
import type { PrinterFault } from './faults.ts'
import { DeskPrinter, type ReceivedDocument } from './printer.ts'

/** Read with its libraries when the first file comes. */
const usualConvert: Convert = async (request) => (await import('../../documents/printed.ts')).printedToPdf(request)

export interface IppPrinterOptions {
  name: string
  /** Where the PDFs are kept; made when missing. */
  folder: string
  /** 0 takes a free port. */
  port?: number
  formats?: readonly string[]
  media?: readonly string[]
  makeAndModel?: string
  /** Stable across starts, so that systems recognise the printer. */
  uuid?: string
  /** Whether `page-ranges` is offered; whoever gets the document then honours it. */
  pageRanges?: boolean
  delayMs?: number
  largestBytes?: number
  /** Where pixels become a PDF; absent: in this process, which is right for a rehearsal only. */
  convert?: Convert
  now?: () => number
  /** Called once per document, after it is complete on disk. */
  onDocument?: (document: ReceivedDocument) => void | Promise<void>
}

export interface RunningIppPrinter {
  uri: string
  port: number
  fault: PrinterFault | undefined
  setFault(fault: PrinterFault | undefined): void
  close(): Promise<void>
}

const FORMATS = ['application/pdf', 'image/jpeg', 'image/pwg-raster', 'application/octet-stream']
const MEDIA = ['iso_a4_210x297mm', 'iso_a5_148x210mm', 'na_letter_8.5x11in', 'na_index-4x6_4x6in']
/** A request's attributes must fit in this; ours have under 2 KB. */
const LONGEST_HEAD = 256 * 1024
const PATH = '/ipp/print'

/**
 * Starts a driverless (IPP Everywhere) printer on loopback that keeps what it is given as PDF: the rehearsal printer,
 * and "print into the desk". It listens on 127.0.0.1 only. Sources: RFC 8010 section 4, PWG 5100.14.
 */
export async function startIppPrinter(options: IppPrinterOptions): Promise<RunningIppPrinter> {
  const now = options.now ?? Date.now
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const uri = `ipp://127.0.0.1:${port}${PATH}`
  const printer = new DeskPrinter({
    identity: {
      name: options.name,
      uri,
      uuid: options.uuid ?? randomUUID(),
      makeAndModel: options.makeAndModel ?? 'BALIS Desk Printer',
      formats: options.formats ?? FORMATS,
      media: options.media ?? MEDIA,
      pageRanges: options.pageRanges ?? false,
      startedAt: now(),
    },
    folder: options.folder,
    delayMs: options.delayMs ?? 0,
    largestBytes: options.largestBytes ?? 1024 * 1024 * 1024,
    now,
    convert: options.convert ?? usualConvert,
    onDocument: options.onDocument ?? (() => {}),
  })
  server.on('request', (request, response) => {
    if (printer.fault === 'offline') return void request.socket.destroy()
    serve(printer, request, response).catch(() => fail(response, 500))
  })
  return {
    uri,
    port,
    get fault() {
      return printer.fault
    },
    setFault: (fault) => printer.setFault(fault),
    close: async () => {
      await printer.close()
      await stop(server)
    },
  }
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

function fail(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { 'content-length': 0, connection: 'close' })
  response.end()
}

async function serve(printer: DeskPrinter, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (printer.fault === 'unauthorized') {
    request.resume()
    response.writeHead(401, { 'www-authenticate': 'Basic realm="printer"', 'content-length': 0, connection: 'close' })
    return void response.end()
  }
  if (!fromLoopback(request)) return fail(response, 403)
  if (request.method !== 'POST') return fail(response, request.method === 'GET' ? 404 : 405)
  if (request.headers['content-type'] !== 'application/ipp') return fail(response, 415)
  const chunks = request[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const head = await readHead(chunks)
  if (!head) return fail(response, 400)
  const answer = encodeMessage(await printer.answer(head.message, rest(head.data, chunks)))
  // A refused document is still on its way; take it, else some clients see a broken pipe instead of our answer.
  for await (const _ of rest(undefined, chunks));
  response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': answer.length })
  response.end(answer)
}

/** A web page whose name was rebound to this computer must not be able to print here. */
function fromLoopback(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]'
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<{ message: IppMessage; data: Buffer } | undefined> {
  let bytes = Buffer.alloc(0)
  while (bytes.length <= LONGEST_HEAD) {
    const next = await chunks.next()
    if (next.done) return undefined
    bytes = Buffer.concat([bytes, next.value])
    try {
      const { data, ...message } = decodeMessage(bytes)
      return { message, data }
    } catch (error) {
      // Attributes may come in several pieces: a cut message is read on, a wrong one is refused.
      if (!(error instanceof IppFormatError)) throw error
      if (!error.cut) return undefined
    }
  }
  return undefined
}

async function* rest(first: Buffer | undefined, chunks: AsyncIterator<Buffer>): AsyncIterable<Uint8Array> {
  if (first && first.length > 0) yield first
  for (;;) {
    const next = await chunks.next()
    if (next.done) return
    yield next.value
  }
}
