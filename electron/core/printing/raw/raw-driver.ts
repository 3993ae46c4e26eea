import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type {
  JobRef,
  PrintDocument,
  PrinterCapabilities,
  PrinterDriver,
  PrinterInfo,
  PrintOptions,
  PrintState,
} from '../driver.ts'
import { PrintError } from '../errors.ts'
import { ESCPOS_STATUS_QUERY, escPosAttention } from './escpos.ts'
import { ZPL_STATUS_QUERY, zplAttention } from './zpl.ts'

/** What raw printers take; slips are rendered for them with renderRaw (templates/raw.ts). */
export const ESCPOS_MIME = 'application/x-escpos'
export const ZPL_MIME = 'application/x-zpl'

/** A receipt or label printer reached at a TCP port. */
export interface RawPrinterSetting {
  id: string
  name: string
  host: string
  /** Usually 9100. */
  port: number
  language: 'escpos' | 'zpl'
  dpi: number
  /** Printable width in mm. */
  widthMm: number
}

/** Limits in ms. */
export interface RawTimes {
  connect: number
  /** How long a status answer is waited for; many printers never give one. */
  status: number
  /** How long the printer may take no bytes before the job is given up. */
  idle: number
}

export const RAW_TIMES: RawTimes = { connect: 4_000, status: 600, idle: 30_000 }

const LANGUAGES = {
  escpos: { mime: ESCPOS_MIME, query: ESCPOS_STATUS_QUERY, attention: escPosAttention },
  zpl: { mime: ZPL_MIME, query: ZPL_STATUS_QUERY, attention: zplAttention },
}

/**
 * Sends bytes to port 9100. Such a printer says nothing about paper coming out: the best that can be known is that it
 * took all bytes and reported no trouble, so a job ends as handed over, never as completed.
 */
export class RawDriver implements PrinterDriver {
  readonly id = 'raw'
  readonly #printers: () => readonly RawPrinterSetting[]
  readonly #times: RawTimes
  #last = 0

  constructor(printers: () => readonly RawPrinterSetting[], times: RawTimes = RAW_TIMES) {
    this.#printers = printers
    this.#times = times
  }

  async list(): Promise<PrinterInfo[]> {
    return this.#printers().map(({ id, name, host, port }) => ({
      id,
      name,
      kind: 'raw',
      uri: `socket://${host}:${port}`,
    }))
  }

  async capabilities(printerId: string, signal?: AbortSignal): Promise<PrinterCapabilities> {
    const printer = this.#printer(printerId)
    const attention = await this.#attention(printer, signal)
    return {
      makeAndModel: printer.language === 'zpl' ? 'ZPL' : 'ESC/POS',
      formats: [LANGUAGES[printer.language].mime],
      media: [],
      mediaDefault: undefined,
      sources: [],
      dpi: [printer.dpi],
      sides: ['one-sided'],
      copiesMax: 99,
      colour: false,
      accepting: true,
      state: attention === undefined ? 'unknown' : attention.length > 0 ? 'stopped' : 'idle',
      attention: attention ?? [],
      queue: false,
    }
  }

  /** Copies must be in the document already (escPos, zpl): the wire has no job settings. */
  async submit(
    printerId: string,
    document: PrintDocument,
    _options: PrintOptions,
    signal?: AbortSignal,
  ): Promise<JobRef> {
    const printer = this.#printer(printerId)
    if (document.mime !== LANGUAGES[printer.language].mime) {
      throw new PrintError('unsupported_media', { detail: document.mime })
    }
    const socket = await this.#connect(printer, signal)
    let sent = false
    try {
      socket.setTimeout(this.#times.idle, () => socket.destroy(new Error('the printer takes no more bytes')))
      const source = 'path' in document ? createReadStream(document.path) : Readable.from([document.bytes])
      source.once('data', () => (sent = true))
      // Its talk back is read away, else a chatty printer would block.
      socket.resume()
      await pipeline(source, socket, signal ? { signal } : {})
    } catch (cause) {
      if (signal?.aborted) throw signal.reason
      throw new PrintError('offline', { detail: (cause as Error).message, uncertain: sent, cause })
    } finally {
      socket.destroy()
    }
    return { driver: this.id, printerId, jobId: String(++this.#last), name: document.name }
  }

  async *watch(job: JobRef, signal?: AbortSignal): AsyncIterable<PrintState> {
    const attention = await this.#attention(this.#printer(job.printerId), signal).catch((error: unknown) => {
      if (error instanceof PrintError) return ['unreachable']
      throw error
    })
    if (attention && attention.length > 0) yield { state: 'needs_attention', reasons: attention, final: false }
    yield { state: 'handed_over', reasons: ['bytes-accepted'], final: true }
  }

  async cancel(): Promise<void> {
    throw new PrintError('not_found', { detail: 'a raw printer cannot take back what it has' })
  }

  #printer(id: string): RawPrinterSetting {
    const found = this.#printers().find((candidate) => candidate.id === id)
    if (!found) throw new PrintError('not_found', { detail: 'no such printer is set up' })
    return found
  }

  #connect({ host, port }: RawPrinterSetting, signal?: AbortSignal): Promise<Socket> {
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, ...(signal ? { signal } : {}) })
      const fail = (cause: unknown) => {
        socket.destroy()
        const detail = (cause as NodeJS.ErrnoException).code ?? 'no answer'
        reject(signal?.aborted ? signal.reason : new PrintError('offline', { detail, cause }))
      }
      socket.setTimeout(this.#times.connect, () => fail(new Error('no answer')))
      socket.once('error', fail)
      socket.once('connect', () => {
        socket.removeListener('error', fail)
        socket.setTimeout(0)
        resolve(socket)
      })
    })
  }

  /** Reasons to look at the printer; undefined when it does not answer questions. */
  async #attention(printer: RawPrinterSetting, signal?: AbortSignal): Promise<string[] | undefined> {
    const { query, attention } = LANGUAGES[printer.language]
    const socket = await this.#connect(printer, signal)
    try {
      let answer = Buffer.alloc(0)
      return await new Promise((resolve) => {
        const end = () => resolve(attention(answer))
        socket.setTimeout(this.#times.status, end)
        socket.on('error', end)
        socket.on('close', end)
        socket.on('data', (chunk) => {
          answer = Buffer.concat([answer, chunk]).subarray(0, 1_000)
          const found = attention(answer)
          if (found) resolve(found)
        })
        socket.write(query)
      })
    } finally {
      socket.destroy()
    }
  }
}
