/** Request bodies: JSON only, bounded before and after decompression, parsed strictly. Anything else is a 4xx and no write. */
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import { HttpRefusal } from '../refusal.ts'

/** A hundred ops with signatures fit; nothing sensible is bigger. */
export const BODY_LIMIT = 8 * 1024 * 1024
const unzip = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? 0)
  if (announced > BODY_LIMIT) throw new HttpRefusal(413, 'too_large')
  const parts: Buffer[] = []
  let size = 0
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length
    if (size > BODY_LIMIT) throw new HttpRefusal(413, 'too_large')
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  if (req.headers['content-encoding'] !== 'gzip') return bytes
  return unzip(bytes, { maxOutputLength: BODY_LIMIT }).catch(() => {
    throw new HttpRefusal(400, 'bad_body')
  })
}

/**
 * The body as the schema says.
 * @throws HttpRefusal 415 (not JSON), 413 (too large), 400 (malformed or of wrong shape)
 */
export async function readJson<T extends z.ZodType>(req: IncomingMessage, schema: T): Promise<z.infer<T>> {
  if (!/^application\/json\b/i.test(String(req.headers['content-type'] ?? ''))) throw new HttpRefusal(415, 'not_json')
  const bytes = await readBytes(req)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new HttpRefusal(400, 'bad_body')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new HttpRefusal(400, 'bad_body', { message: JSON.stringify(parsed.error.issues).slice(0, 2000) })
  return parsed.data
}
