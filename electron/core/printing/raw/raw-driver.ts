import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
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
import { ESCPOS_STATUS_QUERY, escPosStatus, PROCESSED_ANSWER, PROCESSED_QUERY } from './escpos.ts'
import type { RawStatus } from './status.ts'
import { ZPL_STATUS_QUERY, zplStatus } from './zpl.ts'

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
  /** Height of a label in mm, where it is not the usual one. */
  heightMm?: number
  /** ESC/POS: the printer answers GS ( H, so that it can say itself that it has printed. */
  confirms?: boolean
}

/** Limits in ms. */
export interface RawTimes {
  connect: number
  /** How long a status answer is waited for; many printers never give one. */
  status: number
  /** How long the printer may take no bytes before the job is given up. */
  idle: number
  /** How long it may take to say that it has printed; after that the job is told as handed over. */
  printed: number
}

export const RAW_TIMES: RawTimes = { connect: 4_000, status: 600, idle: 30_000, printed: 20_000 }

const LANGUAGES = {
  escpos: { mime: ESCPOS_MIME, query: ESCPOS_STATUS_QUERY, status: escPosStatus },
  zpl: { mime: ZPL_MIME, query: ZPL_STATUS_QUERY, status: zplStatus },
}

/** How often a label printer is asked whether it is done, ms. */
const POLL_MS = 400
/** Ends the id of a job that the printer said is on paper. */
const PRINTED = '-printed'

/**
 * Sends bytes to port 9100. A label printer that answers ~HS, and a receipt printer that is known to answer GS ( H, say
 * themselves when all is printed. Of others the best that can be known is that they took all bytes and reported no
 * trouble: such a job ends as handed over, never as completed.
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
    const attention = await this.#attention(this.#printer(printerId), signal)
    const state = attention === undefined ? 'unknown' : attention.length > 0 ? 'stopped' : 'idle'
    return { ...this.known(printerId), state, attention: attention ?? [] }
  }

  known(printerId: string): PrinterCapabilities {
    const { language, dpi, widthMm, heightMm } = this.#printer(printerId)
    return {
      makeAndModel: language === 'zpl' ? 'ZPL' : 'ESC/POS',
      formats: [LANGUAGES[language].mime],
      media: [],
      mediaDefault: undefined,
      sources: [],
      dpi: [dpi],
      sides: ['one-sided'],
      copiesMax: 99,
      colour: false,
      accepting: true,
      state: 'unknown',
      attention: [],
      queue: false,
      widthMm,
      ...(heightMm === undefined ? {} : { heightMm }),
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
    let printed: boolean | undefined
    try {
      socket.setTimeout(this.#times.idle, () => socket.destroy(new Error('the printer takes no more bytes')))
      const source = 'path' in document ? createReadStream(document.path) : Readable.from([document.bytes])
      source.once('data', () => (sent = true))
      const asks = printer.language === 'escpos' && printer.confirms === true
      const said = asks ? answered(socket, this.#times.printed, signal) : undefined
      // Its talk back is read away, else a chatty printer would block.
      socket.resume()
      await pipeline(source, socket, { ...(signal ? { signal } : {}), end: !asks })
      if (said) {
        socket.write(PROCESSED_QUERY)
        printed = await said
      }
    } catch (cause) {
      if (signal?.aborted) throw signal.reason
      throw new PrintError('offline', { detail: (cause as Error).message, uncertain: sent, cause })
    } finally {
      socket.destroy()
    }
    const jobId = `${++this.#last}${printed ? PRINTED : ''}`
    return { driver: this.id, printerId, jobId, name: document.name }
  }

  async *watch(job: JobRef, signal?: AbortSignal): AsyncIterable<PrintState> {
    if (job.jobId.endsWith(PRINTED)) return yield { state: 'completed', reasons: ['device-said'], final: true }
    const printer = this.#printer(job.printerId)
    let told = ''
    // A label printer is asked until it has nothing more to print; trouble is told as it comes and goes.
    for (let waited = 0; ;) {
      const began = performance.now()
      const found = await this.#status(printer, signal).catch((error: unknown) => {
        if (error instanceof PrintError) return { attention: ['unreachable'], pending: undefined }
        throw error
      })
      const { attention = [], pending } = found ?? {}
      if (attention.length > 0 && attention.join() !== told) {
        told = attention.join()
        yield { state: 'needs_attention', reasons: attention, final: false }
      } else if (attention.length === 0 && told !== '') {
        told = ''
        yield { state: 'printing', reasons: [], final: false }
      }
      if (pending === 0 && attention.length === 0) {
        return yield { state: 'completed', reasons: ['device-said'], final: true }
      }
      // Paper that is out may stay out for hours; a printer that says nothing of its jobs is not waited for.
      if (pending === undefined) break
      await wait(POLL_MS, undefined, signal ? { signal } : {})
      if (attention.length === 0) waited += performance.now() - began
      if (waited > this.#times.printed) break
    }
    yield { state: 'handed_over', reasons: ['bytes-accepted'], final: true }
  }

  async cancel(): Promise<void> {
    throw new PrintError('cannot_cancel', { detail: 'a raw printer cannot take back what it has' })
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

  async #attention(printer: RawPrinterSetting, signal?: AbortSignal): Promise<string[] | undefined> {
    return (await this.#status(printer, signal))?.attention
  }

  /** How the printer says it is; undefined when it does not answer questions. */
  async #status(printer: RawPrinterSetting, signal?: AbortSignal): Promise<RawStatus | undefined> {
    const { query, status } = LANGUAGES[printer.language]
    const socket = await this.#connect(printer, signal)
    try {
      let answer = Buffer.alloc(0)
      return await new Promise((resolve) => {
        const end = () => resolve(status(answer))
        socket.setTimeout(this.#times.status, end)
        socket.on('error', end)
        socket.on('close', end)
        socket.on('data', (chunk) => {
          answer = Buffer.concat([answer, chunk]).subarray(0, 1_000)
          const found = status(answer)
          if (found) resolve(found)
        })
        socket.write(query)
      })
    } finally {
      socket.destroy()
    }
  }
}

/** Whether the printer answers within `ms` that it has processed everything before the question. */
function answered(socket: Socket, ms: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0)
    const timer = setTimeout(() => resolve(false), ms)
    const end = (said: boolean) => {
      clearTimeout(timer)
      resolve(said)
    }
    signal?.addEventListener('abort', () => end(false), { once: true })
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]).subarray(-200)
      if (answer.includes(PROCESSED_ANSWER)) end(true)
    })
    for (const gone of ['close', 'error', 'end'] as const) socket.on(gone, () => end(false))
  })
}
