import type { Dispatcher } from 'undici'
import { ScanError, toScanError } from '../scan-error.ts'
import { type EsclCapabilities, type EsclStatus, parseCapabilities, parseStatus } from './messages.ts'
import { MAX_XML_BYTES } from './xml.ts'

/** Bytes of one page; an A3 page in colour at 600 dpi as JPEG stays far below. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024
/** Milliseconds until a device begins to answer: questions at once, a page when its lamp is warm and the sheet is in. */
const ANSWER_MS = 10_000
const PAGE_MS = 120_000
/** Milliseconds of silence within an answer. */
const SILENCE_MS = 60_000

export interface EsclPageResponse {
  status: number
  /** The page's bytes, when the status is 200. */
  body: AsyncIterable<Uint8Array> | null
  contentLength: number | null
  /** After so many milliseconds the device wants to be asked again; null where it does not say. */
  retryAfterMs: number | null
}

/** One eSCL device's requests, each with limits on time and size. Errors: `ScanError`; a refusal is a status, not an error. */
export class EsclClient {
  /** The eSCL root without a slash at its end, e.g. http://192.168.1.20/eSCL */
  readonly #base: URL
  readonly #dispatcher: Dispatcher

  constructor(base: string, dispatcher: Dispatcher) {
    this.#base = new URL(base)
    this.#dispatcher = dispatcher
  }

  async capabilities(signal: AbortSignal): Promise<EsclCapabilities> {
    return parseCapabilities(await this.#getXml('ScannerCapabilities', signal))
  }

  async status(signal: AbortSignal): Promise<EsclStatus> {
    return parseStatus(await this.#getXml('ScannerStatus', signal))
  }

  /** Asks for a job: the job's path when the device made one (201), null with the status when it refused. */
  async createJob(
    settings: string,
    signal: AbortSignal,
  ): Promise<{ status: number; job: string | null; retryAfterMs: number | null }> {
    const path = `${this.#base.pathname}/ScanJobs`
    const answer = await this.#send({ method: 'POST', path, body: settings }, signal, PAGE_MS)
    await answer.body.dump()
    const { location } = answer.headers
    const retryAfterMs = retryAfter(answer)
    if (answer.statusCode !== 201 || typeof location !== 'string')
      return { status: answer.statusCode, job: null, retryAfterMs }
    // Some devices name a host that is not theirs, some only a path: the path alone is taken.
    const job = URL.canParse(location, this.#base) ? new URL(location, this.#base).pathname.replace(/\/+$/, '') : ''
    if (!job.startsWith('/') || job === '') throw new ScanError('io', `job location ${location}`)
    return { status: 201, job, retryAfterMs }
  }

  /** The job's next page. The body must be read to its end or given up with the signal. */
  async nextDocument(job: string, signal: AbortSignal): Promise<EsclPageResponse> {
    const answer = await this.#send({ method: 'GET', path: `${job}/NextDocument` }, signal, PAGE_MS)
    if (answer.statusCode !== 200) {
      await answer.body.dump()
      return { status: answer.statusCode, body: null, contentLength: null, retryAfterMs: retryAfter(answer) }
    }
    const length = Number(answer.headers['content-length'])
    const body = capped(answer.body, MAX_PAGE_BYTES)
    return { status: 200, body, contentLength: length > 0 ? length : null, retryAfterMs: null }
  }

  /** Ends a job; a device that does not know it any more is content too. */
  async deleteJob(job: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#send({ method: 'DELETE', path: job }, signal, ANSWER_MS)
    await answer.body.dump()
  }

  async #getXml(name: string, signal: AbortSignal): Promise<string> {
    const path = `${this.#base.pathname}/${name}`
    const answer = await this.#send({ method: 'GET', path }, signal, ANSWER_MS)
    if (answer.statusCode !== 200) {
      await answer.body.dump()
      const denied = answer.statusCode === 401 || answer.statusCode === 403
      const busy = answer.statusCode === 503
      throw new ScanError(denied ? 'access_denied' : busy ? 'busy' : 'io', `${name}: HTTP ${answer.statusCode}`)
    }
    const parts: Uint8Array[] = []
    try {
      for await (const part of capped(answer.body, MAX_XML_BYTES)) parts.push(part)
    } catch (error) {
      throw esclError(error, signal)
    }
    return Buffer.concat(parts).toString('utf8')
  }

  async #send(
    request: { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: string },
    signal: AbortSignal,
    headersTimeout: number,
  ): Promise<Dispatcher.ResponseData> {
    try {
      return await this.#dispatcher.request({
        origin: this.#base.origin,
        ...request,
        headers: request.body === undefined ? {} : { 'content-type': 'text/xml' },
        headersTimeout,
        bodyTimeout: SILENCE_MS,
        signal,
      })
    } catch (error) {
      throw esclError(error, signal)
    }
  }
}

/** Seconds only; the other form, a date, depends on the clock of a device that has often none. */
function retryAfter({ headers }: Dispatcher.ResponseData): number | null {
  const seconds = Number(headers['retry-after'])
  return headers['retry-after'] !== undefined && seconds >= 0 ? seconds * 1000 : null
}

async function* capped(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let taken = 0
  for await (const part of body) {
    taken += part.length
    if (taken > limit) throw new ScanError('io', `answer beyond ${limit} bytes`)
    yield part
  }
}

/** An error of the connection in our words: no answer is `offline`, a torn or senseless answer is `io`. */
export function esclError(error: unknown, signal: AbortSignal): ScanError {
  if (error instanceof ScanError) return error
  if (signal.aborted) return new ScanError('cancelled')
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/^UND_ERR_(CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT)$/.test(code)) return new ScanError('offline', message)
  if (code.startsWith('UND_ERR_') || code.startsWith('HPE_') || code === 'ECONNRESET')
    return new ScanError('io', message)
  return toScanError(error, signal)
}
