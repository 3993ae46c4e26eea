/**
 * Speaks to the central service. Every answer is bounded, must be JSON and must fit its schema; what a captive portal or a
 * proxy says is never taken for data. An expired device token is renewed once and the call repeated.
 */
import { Agent, type Dispatcher, request } from 'undici'
import type { z } from 'zod'
import {
  BlobReply,
  CompleteReply,
  EnrolReply,
  ErrorReply,
  FeedReply,
  OpsReply,
  PROTOCOL,
  SignInReply,
  TokenReply,
  type OpsCall,
} from '../../contract/centre.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { CentreError, retryAfter, troubleOf } from './centre-error.ts'

/** Largest answer that is parsed: 500 rows with long histories stay far below. */
const LONGEST_ANSWER = 64 * 1024 * 1024
const CONNECT_MS = 10_000
const ANSWER_MS = 30_000

/** What this desk proves itself with; kept by the system's key store (keys.ts). */
export interface Credentials {
  get(): { token: string; refresh: string; staffToken: string | null } | null
  set(tokens: { token: string; refresh: string }): void
}

/** One look at the centre's clock: `serverTime` was true somewhere between `sentAt` and `receivedAt`. */
export interface ClockSample {
  serverTime: number
  sentAt: number
  receivedAt: number
}

export interface CentreClientOptions {
  /** Root of the service, without a slash at the end. */
  url: string
  library: string
  credentials: Credentials
  /** Respects proxies and custom authorities; undici's own where absent. */
  dispatcher?: Dispatcher
  /** The machine's clock, ms. */
  wall?: () => number
  onClock?: (sample: ClockSample) => void
  /** Shorter in tests. */
  answerMs?: number
}

export interface UploadState {
  offset: number
}

interface Ask {
  method: 'GET' | 'POST' | 'HEAD' | 'PATCH'
  path: string
  json?: unknown
  body?: Buffer
  headers?: Record<string, string>
  anonymous?: boolean
  signal?: AbortSignal
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** @throws DeskError insecure_centre: only https, except on this computer */
export function centreRoot(typed: string): string {
  let url: URL
  try {
    url = new URL(typed.includes('://') ? typed : `https://${typed}`)
  } catch (error) {
    throw new DeskError('insecure_centre', { url: typed.slice(0, 200) }, { cause: error })
  }
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new DeskError('insecure_centre', { url: url.origin })
  return url.origin + url.pathname.replace(/\/+$/, '')
}

export class CentreClient {
  readonly #options: CentreClientOptions
  readonly #dispatcher: Dispatcher
  readonly #wall: () => number
  #renewing: Promise<void> | undefined

  constructor(options: CentreClientOptions) {
    this.#options = options
    this.#dispatcher =
      options.dispatcher ?? new Agent({ connect: { timeout: CONNECT_MS }, maxResponseSize: LONGEST_ANSWER })
    this.#wall = options.wall ?? Date.now
  }

  get library(): string {
    return `/v1/lib/${this.#options.library}`
  }

  enrol(code: string, deskName: string, signal?: AbortSignal): Promise<z.infer<typeof EnrolReply>> {
    return this.#json(
      { method: 'POST', path: '/v1/enrol', json: { code, deskName }, anonymous: true, ...has(signal) },
      EnrolReply,
    )
  }

  signIn(staff: string, password: string, signal?: AbortSignal): Promise<z.infer<typeof SignInReply>> {
    const ask: Ask = { method: 'POST', path: `${this.library}/signin`, json: { staff, password }, ...has(signal) }
    return this.#json(ask, SignInReply)
  }

  feed(cursor: string, limit: number, signal?: AbortSignal): Promise<FeedReply> {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor === '' ? {} : { cursor }) })
    return this.#json({ method: 'GET', path: `${this.library}/feed?${query}`, ...has(signal) }, FeedReply)
  }

  ops(call: OpsCall, signal?: AbortSignal): Promise<OpsReply> {
    return this.#json({ method: 'POST', path: `${this.library}/ops`, json: call, ...has(signal) }, OpsReply)
  }

  /** Begins an upload. @returns its path at this centre: what the centre names is resolved against its own root only */
  async beginUpload(mime: string, size: number, signal?: AbortSignal): Promise<string> {
    const ask: Ask = { method: 'POST', path: `${this.library}/blobs`, json: { mime, size }, ...has(signal) }
    const { uploadUrl } = await this.#json(ask, BlobReply)
    const root = `${this.#options.url}/`
    return new URL(uploadUrl, root).pathname.slice(new URL(root).pathname.length - 1)
  }

  /** How far an upload has come (tus `HEAD`). @throws CentreError refused 404, resync 410: it is gone */
  async uploadState(path: string, signal?: AbortSignal): Promise<UploadState> {
    const { headers } = await this.#answer({ method: 'HEAD', path, headers: TUS, ...has(signal) })
    return { offset: offsetOf(headers) }
  }

  /** Sends one chunk at an offset (tus `PATCH`). @returns where the next one goes @throws CentreError refused 409 */
  async uploadChunk(path: string, offset: number, chunk: Buffer, signal?: AbortSignal): Promise<UploadState> {
    const headers = { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    const answer = await this.#answer({ method: 'PATCH', path, headers, body: chunk, ...has(signal) })
    return { offset: offsetOf(answer.headers) }
  }

  /** The centre hashes what it has. @throws CentreError refused 409 `hash_mismatch` or `upload_incomplete` */
  async completeUpload(path: string, sha256: string, size: number, signal?: AbortSignal): Promise<void> {
    await this.#json(
      { method: 'POST', path: `${path}/complete`, json: { sha256, size }, ...has(signal) },
      CompleteReply,
    )
  }

  /**
   * Listens for hints that the feed moved (server-sent events). Ends when the line breaks; a lost hint costs nothing.
   * @throws CentreError
   */
  async *wake(signal: AbortSignal): AsyncGenerator<void> {
    const reply = await this.#send({ method: 'GET', path: `${this.library}/wake`, signal }, 0)
    if (reply.statusCode !== 200 || !/^text\/event-stream/.test(String(reply.headers['content-type'] ?? ''))) {
      await reply.body.dump()
      throw new CentreError('portal', { status: reply.statusCode })
    }
    reply.body.setEncoding('utf8')
    for await (const text of reply.body) if (/^data:/m.test(String(text))) yield
  }

  async close(): Promise<void> {
    if (!this.#options.dispatcher) await this.#dispatcher.close()
  }

  /** Parses an answer; one that does not fit its schema is not the centre's word. */
  async #json<T extends z.ZodType>(ask: Ask, schema: T): Promise<z.infer<T>> {
    const { text, status } = await this.#answer(ask)
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      throw new CentreError('portal', { status, cause: error })
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) throw new CentreError('offline', { status, error: 'malformed', cause: parsed.error })
    return parsed.data
  }

  /** One call with at most one renewal of the token. */
  async #answer(ask: Ask): Promise<Answer> {
    try {
      return await this.#once(ask)
    } catch (error) {
      const expired = error instanceof CentreError && error.trouble === 'sign_in' && error.error === 'token_invalid'
      if (!expired || ask.anonymous) throw error
      await (this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined)))
      return this.#once(ask)
    }
  }

  async #renew(): Promise<void> {
    const held = this.#options.credentials.get()
    if (!held) throw new CentreError('sign_in', { error: 'not_enrolled' })
    const ask: Ask = { method: 'POST', path: '/v1/token', json: { refresh: held.refresh }, anonymous: true }
    const { text } = await this.#once(ask)
    const parsed = TokenReply.safeParse(JSON.parse(text))
    if (!parsed.success) throw new CentreError('offline', { error: 'malformed', cause: parsed.error })
    this.#options.credentials.set({ token: parsed.data.token, refresh: parsed.data.refresh })
  }

  async #once(ask: Ask): Promise<Answer> {
    const sentAt = this.#wall()
    const reply = await this.#send(ask, this.#options.answerMs ?? ANSWER_MS)
    const text = await reply.body.text().catch((error: unknown) => {
      throw new CentreError('offline', { cause: error })
    })
    const { statusCode: status, headers } = reply
    this.#sampleClock(headers, sentAt)
    if (status >= 200 && status < 300) return { status, headers, text }
    throw refusal(status, headers, text, this.#wall())
  }

  #sampleClock(headers: Answer['headers'], sentAt: number): void {
    const serverTime = Number(headers['server-time'])
    if (Number.isFinite(serverTime) && serverTime > 0)
      this.#options.onClock?.({ serverTime, sentAt, receivedAt: this.#wall() })
  }

  async #send(ask: Ask, answerMs: number): Promise<Dispatcher.ResponseData> {
    const held = this.#options.credentials.get()
    if (!held && !ask.anonymous) throw new CentreError('sign_in', { error: 'not_enrolled' })
    const headers: Record<string, string> = {
      accept: 'application/json',
      'desk-protocol': String(PROTOCOL),
      ...ask.headers,
    }
    if (held && !ask.anonymous) {
      headers['authorization'] = `Bearer ${held.token}`
      if (held.staffToken) headers['desk-staff'] = held.staffToken
    }
    if (ask.json !== undefined) headers['content-type'] = 'application/json'
    try {
      return await request(this.#options.url + ask.path, {
        method: ask.method,
        headers,
        body: ask.body ?? (ask.json === undefined ? null : JSON.stringify(ask.json)),
        dispatcher: this.#dispatcher,
        headersTimeout: answerMs,
        bodyTimeout: answerMs,
        ...(ask.signal ? { signal: ask.signal } : {}),
      })
    } catch (error) {
      if (ask.signal?.aborted) throw ask.signal.reason
      throw new CentreError('offline', { cause: error })
    }
  }
}

const TUS = { 'tus-resumable': '1.0.0' }

const has = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {})

function offsetOf(headers: Answer['headers']): number {
  const offset = Number(headers['upload-offset'])
  if (!Number.isInteger(offset) || offset < 0) throw new CentreError('portal')
  return offset
}

/** An error answer: the centre's own JSON says why; anything else came from something in between. */
function refusal(status: number, headers: Answer['headers'], text: string, now: number): CentreError {
  const after = retryAfter(typeof headers['retry-after'] === 'string' ? headers['retry-after'] : undefined, now)
  const facts = { status, ...(after === undefined ? {} : { retryAfterMs: after }) }
  // tus answers its errors as plain text, and HEAD has no body at all: there the centre's own header vouches for it.
  const ours = headers['server-epoch'] !== undefined
  try {
    const value = JSON.parse(text) as { opId?: unknown }
    const { error } = ErrorReply.parse(value)
    const opId = typeof value.opId === 'string' ? { opId: value.opId } : {}
    return new CentreError(troubleOf(status), { ...facts, error, ...opId })
  } catch {
    if (ours) return new CentreError(troubleOf(status), facts)
    return new CentreError(status >= 500 ? 'offline' : 'portal', facts)
  }
}
