/**
 * The central service over HTTP. Everything that is not plainly the centre's own answer counts as "no network": an HTML
 * page, a redirect, JSON of another shape. Tokens live in the encrypted database and are refreshed here.
 */
import { fetch, type Dispatcher, type Response } from 'undici'
import * as z from 'zod'
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
import { isFeedReply } from './feed-page.ts'
import { LinkError, type CentreLink, type LinkFailure } from './link.ts'
import { connectThrough, LOOPBACK, type Network, type SystemProxy } from './network.ts'
import { bytesOf, REPLY_LIMITS, type ReplyLimits } from './reply-bytes.ts'

/** Tokens of this device; kept by the caller, changed by a refresh. */
export interface TokenStore {
  get(): { token: string; refresh: string; staffToken: string | null; library: string } | null
  setPair(token: string, refresh: string): void
  /** The centre does not take the refresh token: it was revoked, or is of a time this desk was put back from. */
  refused?(): void
}

export interface HttpLinkOptions {
  /** `https://…`, or `http://` on loopback. */
  url: string
  tokens: TokenStore
  /** How the line is made; default: as the environment says. */
  network?: Network
  systemProxy?: SystemProxy
  /** Called with every reply that carries the centre's clock: ms UTC. */
  onServerTime?: (sentAt: number, receivedAt: number, serverTime: number) => void
  /** How much of a reply is read, and for how long. */
  limits?: ReplyLimits
}

interface CallOptions {
  method?: 'GET' | 'POST' | 'HEAD' | 'PATCH'
  json?: unknown
  bytes?: Uint8Array
  headers?: Record<string, string>
  /** Without the device's token: enrolment and refresh. */
  anonymous?: boolean
  signal?: AbortSignal
}

/** @throws DeskError insecure_centre for plain http to anywhere but this machine, bad_call for no address at all */
export function checkCentreUrl(text: string): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new DeskError('bad_call', { at: 'url' })
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  if (!secure) throw new DeskError('insecure_centre', { url: url.origin })
  return url
}

export class HttpLink implements CentreLink {
  private readonly base: URL
  private readonly options: HttpLinkOptions
  private line: Promise<Dispatcher> | null = null
  private closed = false
  private readonly local: boolean
  private readonly limits: ReplyLimits
  private refreshing: Promise<void> | null = null

  /** @throws DeskError insecure_centre, bad_call */
  constructor(options: HttpLinkOptions) {
    this.base = checkCentreUrl(options.url)
    this.options = options
    this.local = LOOPBACK.test(this.base.hostname)
    this.limits = options.limits ?? REPLY_LIMITS
  }

  async close(): Promise<void> {
    this.closed = true
    await (await this.line)?.destroy()
  }

  private dispatcher(): Promise<Dispatcher> {
    if (this.closed) throw new LinkError('offline')
    const { network = { proxy: '', ca: '' }, systemProxy } = this.options
    return (this.line ??= connectThrough(this.base, network, systemProxy))
  }

  // ---- identity

  enrol(code: string, deskName: string): Promise<z.infer<typeof EnrolReply>> {
    return this.json(EnrolReply, '/v1/enrol', { json: { code, deskName }, anonymous: true })
  }

  signIn(staff: string, password: string): Promise<z.infer<typeof SignInReply>> {
    return this.json(SignInReply, `${this.library()}/signin`, { json: { staff, password } })
  }

  // ---- CentreLink

  feed(cursor: string, limit: number): Promise<FeedReply> {
    return this.page(limit, (rows) => this.json(FeedReply, this.feedPath(cursor, rows), {}, isFeedReply))
  }

  feedThrough<Page extends { serverTime: number }>(
    cursor: string,
    limit: number,
    read: (bytes: Uint8Array<ArrayBuffer>) => Promise<Page | null>,
  ): Promise<Page> {
    return this.page(limit, async (rows) => {
      const sentAt = Date.now()
      const response = await this.call(this.feedPath(cursor, rows), {})
      requireJson(response)
      const bytes = await bytesOf(response, this.limits)
      const receivedAt = Date.now()
      const page = await read(bytes)
      if (!page) throw new LinkError('portal', { status: response.status, error: 'not_the_centre' })
      this.options.onServerTime?.(sentAt, receivedAt, page.serverTime)
      return page
    })
  }

  private feedPath(cursor: string, limit: number): string {
    return `${this.library()}/feed?cursor=${encodeURIComponent(cursor)}&limit=${limit}`
  }

  /** A page that is too large to be read at once is asked for again in smaller ones. */
  private async page<Page>(limit: number, ask: (limit: number) => Promise<Page>): Promise<Page> {
    try {
      return await ask(limit)
    } catch (error) {
      if (limit === 1 || !(error instanceof LinkError) || error.error !== 'too_large') throw error
      return this.page(Math.ceil(limit / 8), ask)
    }
  }

  push(call: OpsCall): Promise<OpsReply> {
    const staff = this.options.tokens.get()?.staffToken
    if (!staff) throw new LinkError('staff_sign_in')
    return this.json(OpsReply, `${this.library()}/ops`, { json: call, headers: { 'Desk-Staff': staff } })
  }

  beginUpload(mime: string, size: number): Promise<{ uploadUrl: string }> {
    return this.json(BlobReply, `${this.library()}/blobs`, { json: { mime, size } })
  }

  async uploadOffset(url: string): Promise<number> {
    const response = await this.call(url, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
    return offsetOf(response)
  }

  async uploadChunk(url: string, offset: number, bytes: Uint8Array, signal?: AbortSignal): Promise<number> {
    const headers = {
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
    }
    return offsetOf(await this.call(url, { method: 'PATCH', bytes, headers, ...(signal ? { signal } : {}) }))
  }

  async completeUpload(url: string, sha256: string, size: number): Promise<void> {
    await this.json(CompleteReply, `${url}/complete`, { json: { sha256, size } })
  }

  /**
   * Bytes of a delivered document. @param link as the centre gave it; one to another address is not followed
   * @throws LinkError
   */
  async document(link: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.call(link, { signal, headers: { 'Accept-Encoding': 'identity' } })
    if (response.headers.get('content-type')?.startsWith('text/') || !response.body)
      throw new LinkError('portal', { status: response.status })
    return response.body
  }

  /** An open line of server-sent events; the caller reads and closes it. */
  async wake(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.call(`${this.library()}/wake`, { signal, headers: { Accept: 'text/event-stream' } })
    if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
      throw new LinkError('portal', { status: response.status })
    return response.body as unknown as ReadableStream<Uint8Array>
  }

  // ---- inside

  private library(): string {
    const tokens = this.options.tokens.get()
    if (!tokens) throw new LinkError('device_sign_in')
    return `/v1/lib/${encodeURIComponent(tokens.library)}`
  }

  /** @param quick tells at little cost that an answer needs no parsing */
  private async json<T>(
    schema: z.ZodType<T>,
    path: string,
    options: CallOptions = {},
    quick?: (value: unknown) => boolean,
  ): Promise<T> {
    const sentAt = Date.now()
    const response = await this.call(path, { method: options.json === undefined ? 'GET' : 'POST', ...options })
    const json = await jsonOf(response, this.limits)
    const parsed = quick?.(json) ? { success: true as const, data: json as T } : schema.safeParse(json)
    if (!parsed.success) throw new LinkError('portal', { status: response.status, error: 'not_the_centre' })
    const { serverTime } = parsed.data as { serverTime?: number }
    if (serverTime !== undefined) this.options.onServerTime?.(sentAt, Date.now(), serverTime)
    return parsed.data
  }

  private async call(path: string, options: CallOptions): Promise<Response> {
    const response = await this.once(path, options)
    if (response.ok) return response
    const failed = await failureOf(response, this.limits)
    if (failed.failure !== 'device_sign_in' || options.anonymous) throw failed
    await this.refresh()
    const again = await this.once(path, options)
    if (again.ok) return again
    throw await failureOf(again, this.limits)
  }

  private async once(path: string, options: CallOptions): Promise<Response> {
    const url = new URL(path, this.base)
    // An upload address comes from the centre: the token goes to the centre only.
    if (url.origin !== this.base.origin) throw new LinkError('refused', { error: 'foreign_address' })
    const token = options.anonymous ? undefined : this.options.tokens.get()?.token
    const headers: Record<string, string> = {
      'Desk-Protocol': String(PROTOCOL),
      // On this machine compressing costs more than it saves.
      'Accept-Encoding': this.local ? 'identity' : 'gzip',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(options.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    }
    const dispatcher = await this.dispatcher()
    try {
      return await fetch(url, {
        method: options.method ?? 'GET',
        headers,
        redirect: 'manual',
        dispatcher,
        ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
        ...(options.bytes === undefined ? {} : { body: options.bytes }),
        ...(options.signal ? { signal: options.signal } : {}),
      })
    } catch (error) {
      this.wayLost()
      throw isStranger(error) ? new LinkError('portal', { error: 'certificate', cause: error }) : new LinkError('offline', { cause: error }) // prettier-ignore
    }
  }

  /** Where the system says which way leads out, it is asked again: a laptop changes its network and with it its proxy. */
  private wayLost(): void {
    const { systemProxy, network } = this.options
    if (!systemProxy || (network?.proxy ?? '') !== '') return
    const old = this.line
    this.line = null
    void old?.then((line) => line.close())
  }

  /** One refresh at a time; the new pair is on the disk before it is used. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.refreshNow().finally(() => (this.refreshing = null))
    return this.refreshing
  }

  private async refreshNow(): Promise<void> {
    const refresh = this.options.tokens.get()?.refresh
    if (!refresh) throw new LinkError('device_sign_in')
    const pair = await this.json(TokenReply, '/v1/token', { json: { refresh }, anonymous: true }).catch(
      (error: unknown) => {
        // A gateway says 401 in JSON too; only what bears the centre's stamp makes a person enrol this desk again.
        if (error instanceof LinkError && error.failure === 'device_sign_in' && 'epoch' in error.details)
          this.options.tokens.refused?.()
        throw error
      },
    )
    this.options.tokens.setPair(pair.token, pair.refresh)
  }
}

function offsetOf(response: Response): number {
  // All that matters is in the head; a body nobody reads would hold the line.
  void response.body?.cancel().catch(() => undefined)
  const offset = Number(response.headers.get('upload-offset') ?? NaN)
  if (!Number.isSafeInteger(offset) || offset < 0) throw new LinkError('portal', { status: response.status })
  return offset
}

/** Somebody answered who cannot show that they are the centre: a log-in page in its place, a proxy that opens what is sealed. */
function isStranger(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
  return typeof code === 'string' && /CERT|SELF_SIGNED|ERR_SSL_|UNABLE_TO_VERIFY/.test(code)
}

function requireJson(response: Response): void {
  if (response.headers.get('content-type')?.startsWith('application/json')) return
  void response.body?.cancel().catch(() => undefined)
  throw new LinkError('portal', { status: response.status })
}

async function jsonOf(response: Response, limits: ReplyLimits): Promise<unknown> {
  requireJson(response)
  const text = Buffer.from((await bytesOf(response, limits)).buffer).toString()
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LinkError('portal', { status: response.status, cause: error })
  }
}

/** What an answer that is not 2xx means. Only JSON in the centre's own shape is believed. */
async function failureOf(response: Response, limits: ReplyLimits): Promise<LinkError> {
  const { status } = response
  const retryAfterMs = retryAfter(response.headers.get('retry-after'))
  if (status >= 300 && status < 400) return new LinkError('portal', { status })
  let body: z.infer<typeof ErrorReply> | undefined
  let details: Record<string, unknown> = {}
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    const json = await jsonOf(response, limits).catch(() => null)
    body = ErrorReply.safeParse(json).data
    details = (json ?? {}) as Record<string, unknown>
  } else await response.body?.cancel().catch(() => undefined)
  // tus answers in plain text, with its own header.
  const centre = body !== undefined || response.headers.has('tus-resumable') || response.headers.has('server-epoch')
  const error = body?.error ?? ''
  if (!centre) return new LinkError(status >= 500 || status === 429 ? 'busy' : 'portal', { status, retryAfterMs })
  return new LinkError(meaning(status, error), { status, error, details, retryAfterMs })
}

function meaning(status: number, error: string): LinkFailure {
  if (status === 401) return error === 'staff_invalid' ? 'staff_sign_in' : 'device_sign_in'
  if (status === 410 && error === 'resync_required') return 'resync_required'
  if (status === 426) return 'protocol'
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'busy'
  return 'refused'
}

/** Seconds or an HTTP date, as ms from now; at most one hour is obeyed. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, Math.min(ms, 3_600_000)) : null
}
