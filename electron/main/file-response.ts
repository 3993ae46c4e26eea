/** A file as a response with ranges, streamed: a large PDF is never read whole. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ProtocolResponse } from 'electron'
import type { BlobPlace } from '../contract/host-link.ts'

/** Types that a page may be shown; all others are bytes without meaning. */
const SHOWN = /^(image\/(png|jpeg|webp)|application\/pdf)$/

/** Read at once, bytes. */
const PIECE = 256 * 1024

/** @param range the Range header, of which single ranges are served */
export async function respondWithFile({ path, type }: BlobPlace, range: string | null): Promise<ProtocolResponse> {
  const { size } = await stat(path)
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    'Content-Type': SHOWN.test(type) ? type : 'application/octet-stream',
    'Content-Security-Policy': `default-src 'none'; sandbox`,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, max-age=31536000, immutable',
  }
  const nothing = Readable.from([])
  const part = range === null ? { from: 0, to: size - 1 } : parseRange(range, size)
  if (!part) return { statusCode: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` }, data: nothing }
  headers['Content-Length'] = String(part.to - part.from + 1)
  if (range !== null) headers['Content-Range'] = `bytes ${part.from}-${part.to}/${size}`
  if (size === 0) return { statusCode: 200, headers, data: nothing }
  const data = createReadStream(path, { start: part.from, end: part.to, highWaterMark: PIECE })
  return { statusCode: range === null ? 200 : 206, headers, data }
}

/** @returns the inclusive range, or null when it cannot be met (RFC 9110, 14.1.2) */
export function parseRange(header: string, size: number): { from: number; to: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length > 0 ? { from: size - length, to: size - 1 } : null
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from <= to && from < size ? { from, to } : null
}
