/** A bare desk that speaks the wire as written, with every header in reach: for the conformance suite and contract tests. */
import { createHash, randomUUID } from 'node:crypto'
import {
  BlobReply,
  EnrolReply,
  FeedReply,
  OpsReply,
  PROTOCOL,
  RequestRow,
  SignInReply,
  TokenReply,
  type OpResult,
  type RowEnvelope,
} from '../../contract/centre.contract.ts'
import type { Op, OpArgsOf, OpKind } from '../../contract/ops.contract.ts'

export interface Answer {
  status: number
  headers: Headers
  /** Parsed JSON, or null where the reply has no JSON body. */
  json: Record<string, unknown> | null
  bytes: Uint8Array
}

export interface CallOptions {
  body?: unknown
  raw?: Uint8Array<ArrayBuffer> | string
  headers?: Record<string, string>
  token?: string | null
  protocol?: number | null
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export class WireDesk {
  readonly url: string
  deviceId = ''
  library = ''
  token: string | null = null
  refresh = ''
  staffToken: string | null = null
  user = ''
  private n = 0
  /** Newest rows this desk has read, and how far. */
  private readonly known = new Map<string, RowEnvelope>()
  private cursor = ''

  constructor(url: string) {
    this.url = url.replace(/\/$/, '')
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const headers: Record<string, string> = {}
    const protocol = options.protocol === undefined ? PROTOCOL : options.protocol
    if (protocol !== null) headers['Desk-Protocol'] = String(protocol)
    const token = options.token === undefined ? this.token : options.token
    if (token !== null) headers.Authorization = `Bearer ${token}`
    if (this.staffToken !== null) headers['Desk-Staff'] = this.staffToken
    if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    const body = options.body === undefined ? options.raw : JSON.stringify(options.body)
    const res = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      headers: { ...headers, ...options.headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    })
    const bytes = new Uint8Array(await res.arrayBuffer())
    const isJson = /\bjson\b/.test(res.headers.get('content-type') ?? '')
    const json = isJson && bytes.length > 0 ? (JSON.parse(new TextDecoder().decode(bytes)) as Answer['json']) : null
    return { status: res.status, headers: res.headers, json, bytes }
  }

  lib(path: string): string {
    return `/v1/lib/${this.library}${path}`
  }

  async enrol(code: string, deskName: string): Promise<void> {
    const answer = await this.call('POST', '/v1/enrol', { body: { code, deskName }, token: null })
    const reply = EnrolReply.parse(answer.json)
    this.deviceId = reply.deviceId
    this.library = reply.library.id
    this.token = reply.token
    this.refresh = reply.refresh
  }

  async renew(): Promise<void> {
    const answer = await this.call('POST', '/v1/token', { body: { refresh: this.refresh }, token: null })
    const reply = TokenReply.parse(answer.json)
    this.token = reply.token
    this.refresh = reply.refresh
  }

  async signIn(staff: string, password: string): Promise<void> {
    const answer = await this.call('POST', this.lib('/signin'), { body: { staff, password } })
    this.staffToken = SignInReply.parse(answer.json).staffToken
    this.user = staff
  }

  async page(cursor: string, limit = 500): Promise<FeedReply> {
    const query = new URLSearchParams({ cursor, limit: String(limit) })
    const answer = await this.call('GET', this.lib(`/feed?${query}`))
    if (answer.status !== 200) throw new Error(`feed answered ${answer.status}`)
    return FeedReply.parse(answer.json)
  }

  /** The whole feed after a cursor, and where it ends. */
  async feed(cursor = '', limit = 500): Promise<{ rows: RowEnvelope[]; next: string }> {
    const rows: RowEnvelope[] = []
    for (;;) {
      const page = await this.page(cursor, limit)
      if (page.more && (page.rows.length === 0 || page.next === cursor))
        throw new Error('a page that says `more` brings no rows, or the same cursor')
      rows.push(...page.rows)
      cursor = page.next
      if (!page.more) return { rows, next: cursor }
    }
  }

  /** The row as the feed has it now; reads on from where the last look ended. */
  async row(type: string, id: string): Promise<RowEnvelope | undefined> {
    const { rows, next } = await this.feed(this.cursor)
    for (const row of rows) this.known.set(`${row.type} ${row.id}`, row)
    this.cursor = next
    return this.known.get(`${type} ${id}`)
  }

  async request(id: string): Promise<RequestRow> {
    return RequestRow.parse(await this.row('request', id))
  }

  /** Requests nobody works on yet. */
  async openRequests(service: 'copy' | 'loan'): Promise<RequestRow[]> {
    const { rows } = await this.feed()
    return rows
      .filter((row) => row.type === 'request' && !row.gone)
      .map((row) => RequestRow.parse(row))
      .filter((row) => row.service === service && row.role === 'supplier')
      .filter((row) => row.status === 'RequestReceived' && row.stage === 'queued' && row.claim === null)
  }

  /** A well-formed op with the device's next number. */
  op<K extends OpKind>(kind: K, objectId: string, args: OpArgsOf<K>, more: Partial<Op> = {}): Op {
    this.n++
    const blobs = (args as { blobs?: string[] }).blobs ?? []
    return {
      opId: randomUUID(),
      n: this.n,
      objectId,
      touches: [objectId],
      kind,
      args,
      seen: { version: 1 },
      after: [],
      needsPrev: false,
      blobs,
      at: { wall: Date.now(), monotonicMs: 1, bootId: 'conformance' },
      actor: { desk: this.deviceId, user: this.user },
      ...more,
    }
  }

  /** @param epoch of the feed this desk has read; the centre does not look where none is told */
  pushRaw(ops: unknown[], ackThrough = 0, epoch?: string): Promise<Answer> {
    const body = {
      deviceId: this.deviceId,
      protocol: PROTOCOL,
      ackThrough,
      ops,
      ...(epoch === undefined ? {} : { epoch }),
    }
    return this.call('POST', this.lib('/ops'), { body })
  }

  async push(ops: Op[], ackThrough = 0): Promise<OpResult[]> {
    return (await this.pushed(ops, ackThrough)).results
  }

  /** The whole reply. */
  async pushed(ops: Op[], ackThrough = 0): Promise<OpsReply> {
    const answer = await this.pushRaw(ops, ackThrough)
    if (answer.status !== 200) throw new Error(`ops answered ${answer.status} ${JSON.stringify(answer.json)}`)
    return OpsReply.parse(answer.json)
  }

  async begin(mime: string, size?: number): Promise<string> {
    const answer = await this.call('POST', this.lib('/blobs'), { body: { mime, ...(size ? { size } : {}) } })
    return BlobReply.parse(answer.json).uploadUrl
  }

  patch(upload: string, offset: number, bytes: Uint8Array<ArrayBuffer>, length?: number): Promise<Answer> {
    return this.call('PATCH', upload, {
      raw: bytes,
      headers: {
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': String(offset),
        'Content-Type': 'application/offset+octet-stream',
        ...(length === undefined ? {} : { 'Upload-Length': String(length) }),
      },
    })
  }

  head(upload: string): Promise<Answer> {
    return this.call('HEAD', upload, { headers: { 'Tus-Resumable': '1.0.0' } })
  }

  complete(upload: string, sha256: string, size: number): Promise<Answer> {
    return this.call('POST', `${upload}/complete`, { body: { sha256, size } })
  }

  /** Uploads in one piece and completes; returns the hash. */
  async upload(bytes: Uint8Array<ArrayBuffer>, mime = 'application/pdf'): Promise<string> {
    const url = await this.begin(mime, bytes.length)
    await this.patch(url, 0, bytes)
    const sha256 = sha256Of(bytes)
    const answer = await this.complete(url, sha256, bytes.length)
    if (answer.status !== 200) throw new Error(`complete answered ${answer.status}`)
    return sha256
  }
}
