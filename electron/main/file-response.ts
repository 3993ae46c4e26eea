/** A file as a response with ranges, streamed: a large PDF is never read whole. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { BlobPlace } from '../contract/host-link.ts'

/** Types that a page may be shown; all others are bytes without meaning. */
const SHOWN = /^(image\/(png|jpeg|webp)|application\/pdf)$/

/** @param range the Range header, of which single ranges are served */
export async function respondWithFile({ path, type }: BlobPlace, range: string | null): Promise<Response> {
  const { size } = await stat(path)
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    'Content-Type': SHOWN.test(type) ? type : 'application/octet-stream',
    'Content-Security-Policy': `default-src 'none'; sandbox`,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, max-age=31536000, immutable',
  }
  const part = range === null ? { from: 0, to: size - 1 } : parseRange(range, size)
  if (!part) return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } })
  headers['Content-Length'] = String(part.to - part.from + 1)
  if (range !== null) headers['Content-Range'] = `bytes ${part.from}-${part.to}/${size}`
  const status = range === null ? 200 : 206
  if (size === 0) return new Response(null, { status: 200, headers })
  const body = Readable.toWeb(createReadStream(path, { start: part.from, end: part.to })) as ReadableStream
  return new Response(body, { status, headers })
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
