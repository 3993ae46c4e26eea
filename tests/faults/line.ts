/**
 * A line between desk and centre that speaks HTTP and misbehaves as it is told: it drops requests and replies, delays,
 * doubles, cuts in mid-body, changes bytes, and lets a captive portal or a tired server answer in the centre's place.
 */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

export type Fault =
  /** The centre never hears of it. */
  | { kind: 'dropRequest' }
  /** The centre does it, the desk never hears so. */
  | { kind: 'dropReply' }
  | { kind: 'delay'; ms: number }
  /** The centre gets it twice; the second answer is the one that comes back. */
  | { kind: 'double' }
  /** The line breaks after this share (0..1) of the reply's body. */
  | { kind: 'cutReply'; share: number }
  /** The line breaks after so many bytes of the request's body have gone through. */
  | { kind: 'cutRequest'; bytes: number }
  /** One bit of the request's body is another one at the far end. */
  | { kind: 'flip' }
  /** 64 MB of blanks in 64 KB. */
  | { kind: 'bomb' }
  /** A campus network that wants a log-in first. */
  | { kind: 'portal' }
  | { kind: 'redirect' }
  /** Something between answers with this status. */
  | { kind: 'status'; status: number; retryAfter?: number; error?: string; more?: object }
  /** One header of the reply is another one. */
  | { kind: 'header'; name: string; value: string }
  /** The reply's JSON is another one. */
  | { kind: 'rewrite'; change: (json: Record<string, unknown>) => unknown }

export interface Call {
  method: string
  path: string
  /** 1 for the first call through this line. */
  n: number
  at: number
}

export class FaultLine {
  url = ''
  /** What happens to a call; null = nothing. */
  plan: (call: Call) => Fault | null = () => null
  readonly calls: Call[] = []
  /** How often each kind of fault was done. */
  readonly done = new Map<Fault['kind'], number>()
  /** Bytes of request bodies that went through to the centre. */
  bytesUp = 0
  private readonly server: Server
  private readonly centre: string

  constructor(centre: string) {
    this.centre = centre
    this.server = createServer((req, res) => void this.carry(req, res).catch(() => res.destroy()))
    this.server.keepAliveTimeout = 0
  }

  /** @returns the address that desks use in place of the centre's */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this.url
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async carry(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const call = { method: req.method ?? '', path: req.url ?? '', n: this.calls.length + 1, at: performance.now() }
    this.calls.push(call)
    const fault = this.plan(call)
    if (fault) this.done.set(fault.kind, (this.done.get(fault.kind) ?? 0) + 1)
    switch (fault?.kind) {
      case 'dropRequest':
        return void req.socket.destroy()
      case 'portal':
        return answer(res, 200, { 'Content-Type': 'text/html' }, '<!doctype html><title>校园网登录</title>')
      case 'bomb':
        return answer(res, 200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, bomb())
      case 'redirect':
        return answer(res, 302, { Location: 'http://portal.invalid/login' }, '')
      case 'status': {
        const headers: Record<string, string> = { 'Content-Type': 'application/json' }
        if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter)
        return answer(res, fault.status, headers, JSON.stringify({ error: fault.error ?? 'trouble', ...fault.more }))
      }
      case 'cutRequest':
        return this.cutRequest(req, fault.bytes)
      case 'delay':
        await sleep(fault.ms)
    }
    const body = req.method === 'GET' ? Buffer.alloc(0) : await bytesOf(req)
    if (fault?.kind === 'flip' && body.length > 0) body[body.length >> 1]! ^= 1
    if (fault?.kind === 'double') await bytesOf(await this.forward(req, body))
    const reply = await this.forward(req, body, res)
    if (fault?.kind === 'dropReply') {
      await bytesOf(reply)
      return void req.socket.destroy()
    }
    if (fault?.kind === 'rewrite') {
      const json = fault.change(JSON.parse((await bytesOf(reply)).toString()) as Record<string, unknown>)
      return answer(res, reply.statusCode!, { 'Content-Type': 'application/json' }, JSON.stringify(json))
    }
    res.writeHead(
      reply.statusCode!,
      fault?.kind === 'header' ? { ...reply.headers, [fault.name]: fault.value } : reply.headers,
    )
    if (fault?.kind !== 'cutReply') return void reply.pipe(res)
    const bytes = await bytesOf(reply)
    res.flushHeaders()
    res.write(bytes.subarray(0, Math.floor(bytes.length * fault.share)), () => res.destroy())
  }

  /** @param caller whose going away ends the call to the centre too (an open wake line) */
  private forward(req: IncomingMessage, body: Buffer, caller?: ServerResponse): Promise<IncomingMessage> {
    this.bytesUp += body.length
    return new Promise((resolve, reject) => {
      const up = this.to(req, { 'content-length': String(body.length) })
      up.once('response', resolve).once('error', reject)
      caller?.once('close', () => up.destroy())
      up.end(body)
    })
  }

  /** Lets so many bytes through, then breaks the line on both sides. */
  private async cutRequest(req: IncomingMessage, bytes: number): Promise<void> {
    const up = this.to(req, {})
    up.on('error', () => undefined)
    let left = bytes
    for await (const chunk of req as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, left)
      left -= part.length
      this.bytesUp += part.length
      await new Promise((resolve) => up.write(part, resolve))
      if (left === 0) break
    }
    // What was written is at the centre before the line breaks there.
    await new Promise((resolve) => setImmediate(resolve))
    up.destroy()
    req.socket.destroy()
  }

  private to(req: IncomingMessage, headers: Record<string, string>) {
    const url = new URL(req.url ?? '/', this.centre)
    return request(url, { method: req.method, headers: { ...req.headers, ...headers, host: url.host }, agent: false })
  }
}

let packed: Buffer | undefined
const bomb = () => (packed ??= gzipSync(`{"serverTime":1,"padding":"${' '.repeat(64 * 1024 * 1024)}"}`))

function answer(res: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer): void {
  res.writeHead(status, headers).end(body)
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
