import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from 'undici'
import {
  nativeId,
  nearestDpi,
  type ScanEvent,
  type ScannedPage,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScannerInfo,
  type ScanRequest,
  type ScanSource,
} from '../driver.ts'
import { EventChannel } from '../event-channel.ts'
import { refuseIfAborted, ScanError, type ScanErrorCode, toScanError } from '../scan-error.ts'
import { writePage } from '../spool.ts'
import { EsclClient, esclError, type EsclPageResponse } from './client.ts'
import { deskCapabilities, type EsclStatus, feederTrouble, scanSettings } from './messages.ts'
import { type AddressCheck, type CertificateBook, deviceAgent, houseAddresses } from './private-network.ts'

export interface EsclDriverOptions {
  /** Addresses an administrator typed, as `eSCL roots`; asked again at every list. */
  manual?: () => readonly string[]
  /** eSCL roots the network announces now. */
  announced?: (signal: AbortSignal) => Promise<readonly string[]>
  allowed?: AddressCheck
  /** Whose certificates are trusted; without it none is. */
  certificates?: CertificateBook
  /** The clock, for tests. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/** A busy device is asked again so often, at least a second apart; a jam or an open cover ends the asking at once. */
const JOB_TRIES = 10
const PAGE_TRIES = 30
const PAUSE_MS = 1000
/** A device that names a time of its own (warming its lamp, say) is asked after that, but never later than this. */
const LONGEST_PAUSE_MS = 30_000
const pauseMs = (wished: number | null): number => Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, wished ?? 0))
const FAREWELL_MS = 5000

/** Network scanners that speak eSCL (AirScan, Mopria): no driver to install, the same on every system. */
export class EsclDriver implements ScannerDriver {
  readonly id = 'escl'
  readonly #options: EsclDriverOptions
  readonly #agent: Agent
  readonly #wait: (ms: number, signal: AbortSignal) => Promise<unknown>

  constructor(options: EsclDriverOptions = {}) {
    this.#options = options
    const { allowed = houseAddresses(), certificates } = options
    this.#agent = deviceAgent({ allowed, ...(certificates ? { certificates } : {}) })
    this.#wait = options.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }))
  }

  /** Ends every connection; the driver is not used after it. */
  close(): Promise<void> {
    return this.#agent.destroy()
  }

  async availability(): Promise<'ready'> {
    return 'ready'
  }

  /** Devices that answer now. One that is announced and typed in, or has two addresses, is listed once. */
  async list(signal: AbortSignal): Promise<ScannerInfo[]> {
    const announced = await this.#announced(signal)
    const roots = new Set([...(this.#options.manual?.() ?? []), ...announced].flatMap((root) => esclRoot(root) ?? []))
    const asked = [...roots].map(async (root) => {
      const { name, uuid } = await new EsclClient(root, this.#agent).capabilities(signal)
      return { root, name, uuid }
    })
    const answers = await Promise.allSettled(asked)
    refuseIfAborted(signal)
    const found = new Map<string, ScannerInfo>()
    for (const answer of answers) {
      if (answer.status !== 'fulfilled') continue
      const { root, name, uuid } = answer.value
      const key = uuid || root
      if (!found.has(key)) found.set(key, { id: `${this.id}:${root}`, driver: this.id, name, connection: 'network' })
    }
    return [...found.values()]
  }

  async #announced(signal: AbortSignal): Promise<readonly string[]> {
    try {
      return (await this.#options.announced?.(signal)) ?? []
    } catch (error) {
      throw toScanError(error, signal)
    }
  }

  async capabilities(scannerId: string, signal: AbortSignal): Promise<ScannerCapabilities> {
    return deskCapabilities(await this.#client(scannerId).capabilities(signal))
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    refuseIfAborted(signal)
    if (Object.keys(request.options ?? {}).length > 0) throw new ScanError('unsupported', 'options')
    const client = this.#client(request.scannerId)
    const stop = new AbortController()
    const limit = AbortSignal.any([signal, stop.signal])
    let job: string | null = null
    let done = false
    try {
      const caps = await client.capabilities(limit)
      const offered = caps.sources.find((s) => s.source === request.source)
      if (!offered) throw new ScanError('unsupported', `source ${request.source}`)
      const dpi = nearestDpi(offered.dpi, request.dpi)
      const settings = scanSettings(caps, { source: request.source, mode: request.mode, dpi, area: request.area })
      job = await this.#begin(client, settings, request, limit)
      refuseIfAborted(limit)
      done = yield* this.#pages(client, job, { ...request, dpi }, stop, limit)
    } catch (error) {
      throw esclError(error, limit)
    } finally {
      stop.abort()
      // Also after an error: a job nobody ends keeps some devices busy for minutes.
      if (job !== null && !done) await client.deleteJob(job, AbortSignal.timeout(FAREWELL_MS)).catch(() => {})
    }
  }

  /** Makes the job, waiting for a busy device. Errors: what the feeder says, else `busy`, `access_denied`, `io`. */
  async #begin(client: EsclClient, settings: string, request: ScanRequest, signal: AbortSignal): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      // An order once sent is waited for even by a cancel: of a job without its address nobody could end it.
      const { status, job, retryAfterMs } = await client.createJob(settings, somewhatLater(signal))
      if (job !== null) return job
      refuseIfAborted(signal)
      if (status === 401 || status === 403) throw new ScanError('access_denied', `HTTP ${status}`)
      const trouble = feederTrouble(await client.status(signal), request.source)
      if (trouble) throw new ScanError(trouble, `HTTP ${status}`)
      if (status !== 503) throw new ScanError('io', `job refused: HTTP ${status}`)
      if (attempt >= JOB_TRIES) throw new ScanError('busy', `HTTP 503 ${attempt} times`)
      await this.#wait(pauseMs(retryAfterMs), signal)
    }
  }

  /** Fetches page after page; true when the device has ended the job itself. */
  async *#pages(
    client: EsclClient,
    job: string,
    request: ScanRequest,
    stop: AbortController,
    signal: AbortSignal,
  ): AsyncGenerator<ScanEvent, boolean> {
    const limit = request.source === 'flatbed' ? 1 : (request.maxPages ?? Infinity)
    let usualBytes = 0
    for (let taken = 0; taken < limit; taken++) {
      const answer = await this.#next(client, job, request, signal)
      if (answer === null) {
        const failure = whyNoPage(await client.status(signal), request.source, job, taken)
        if (failure) throw new ScanError(failure, `no page after ${taken}`)
        yield { type: 'end', reason: 'feeder_empty' }
        return true
      }
      const page = yield* this.#receive(answer, request, request.firstSeq + taken, usualBytes, stop)
      usualBytes = page.bytes
      yield page
    }
    yield { type: 'end', reason: 'complete' }
    return false
  }

  /** The next page's answer, or null when there is none (404, 409, 410 as the maker likes). */
  async #next(
    client: EsclClient,
    job: string,
    request: ScanRequest,
    signal: AbortSignal,
  ): Promise<EsclPageResponse | null> {
    for (let attempt = 1; ; attempt++) {
      const answer = await client.nextDocument(job, signal)
      if (answer.status === 200) return answer
      if (answer.status === 404 || answer.status === 409 || answer.status === 410) return null
      if (answer.status !== 503) throw new ScanError('io', `NextDocument: HTTP ${answer.status}`)
      const trouble = feederTrouble(await client.status(signal), request.source)
      // "Empty" while the last sheet is under the lamp is no trouble; the device says 404 when it is.
      if (trouble && trouble !== 'no_documents') throw new ScanError(trouble)
      if (attempt >= PAGE_TRIES) throw new ScanError('busy', `HTTP 503 ${attempt} times`)
      await this.#wait(pauseMs(answer.retryAfterMs), signal)
    }
  }

  /** Writes a page while it arrives and tells how far it is, as well as the device lets one know. */
  async *#receive(
    answer: EsclPageResponse,
    request: ScanRequest,
    seq: number,
    usualBytes: number,
    stop: AbortController,
  ): AsyncGenerator<ScanEvent, ScannedPage> {
    const progress = new EventChannel<ScanEvent>()
    const expected = answer.contentLength ?? usualBytes
    async function* watched(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      let taken = 0
      let told = -1
      for await (const part of body) {
        taken += part.length
        const pct = expected > 0 ? Math.min(99, Math.floor((taken * 100) / expected)) : 0
        if (pct > told) progress.push({ type: 'progress', pct: (told = pct), page: seq })
        yield part
      }
    }
    const side = request.source === 'feeder_duplex' && (seq - request.firstSeq) % 2 === 1 ? 'back' : 'front'
    const body = answer.body as AsyncIterable<Uint8Array>
    const written = writePage(watched(body), request.spoolDir, { seq, side, dpi: request.dpi })
    let settled = false
    const settle = (): void => {
      settled = true
      progress.end()
    }
    written.then(settle, settle)
    try {
      yield* progress
    } finally {
      // The reader walked away: give the page up, and wait until nothing of it is left.
      if (!settled) stop.abort()
      await written.catch(() => {})
    }
    // Devices' JPEG headers often say 72 or nothing; what was ordered is what came.
    return { ...(await written), dpi: request.dpi }
  }

  #client(scannerId: string): EsclClient {
    const root = esclRoot(nativeId(scannerId))
    if (root === null) throw new ScanError('offline', `not an address: ${scannerId}`)
    return new EsclClient(root, this.#agent)
  }
}

/** Aborts a little after the given signal does. */
function somewhatLater(signal: AbortSignal): AbortSignal {
  const later = new AbortController()
  signal.addEventListener('abort', () => setTimeout(() => later.abort(), FAREWELL_MS).unref(), { once: true })
  return later.signal
}

/** What a "no (more) page" means; null for the ordinary end of a stack. */
function whyNoPage(status: EsclStatus, source: ScanSource, job: string, taken: number): ScanErrorCode | null {
  const trouble = feederTrouble(status, source)
  if (trouble && trouble !== 'no_documents') return trouble
  const state = status.jobs.get(job.split('/').at(-1) ?? '')
  if (state === 'Canceled') return 'cancelled'
  if (state === 'Aborted') return 'io'
  return taken > 0 ? null : (trouble ?? 'io')
}

/**
 * The eSCL root of an address as a person types it: "192.168.1.20", "scanner.local:8080", "https://10.0.0.5/eSCL".
 * Null for what is no address of that kind (other protocols, user names, queries).
 */
export function esclRoot(address: string): string | null {
  const typed = address.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`
  if (!URL.canParse(full)) return null
  const url = new URL(full)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return null
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path === '' ? '/eSCL' : path}`
}
