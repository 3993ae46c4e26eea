/** Replies: JSON with serverTime and epoch on every one of them, gzip where the caller takes it and it pays. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

const gzipText = promisify<Buffer, { level: number }, Buffer>(gzip)
const GZIP_ABOVE = 1024

export interface Stamp {
  serverTime: number
  epoch: string
}

/** Replies without a JSON body (uploads, bytes) carry the same in headers. */
export function stampHeaders(res: ServerResponse, stamp: Stamp): void {
  res.setHeader('Server-Time', String(stamp.serverTime))
  res.setHeader('Server-Epoch', stamp.epoch)
}

/** Sends a JSON text that already carries the stamp. */
export async function sendText(req: IncomingMessage, res: ServerResponse, status: number, text: string): Promise<void> {
  if (res.headersSent || res.destroyed) return
  res.statusCode = status
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('Cache-Control', 'no-store')
  let body: Buffer = Buffer.from(text)
  const takesGzip = /\bgzip\b/.test(String(req.headers['accept-encoding'] ?? ''))
  if (takesGzip && body.length > GZIP_ABOVE) {
    body = await gzipText(body, { level: constants.Z_BEST_SPEED })
    res.setHeader('Content-Encoding', 'gzip')
    res.setHeader('Vary', 'Accept-Encoding')
  }
  res.setHeader('Content-Length', body.length)
  res.end(req.method === 'HEAD' ? undefined : body)
}

export function sendJson(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  stamp: Stamp,
  body: Record<string, unknown>,
): Promise<void> {
  stampHeaders(res, stamp)
  return sendText(req, res, status, JSON.stringify({ ...stamp, ...body }))
}
