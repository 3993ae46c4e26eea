/** Where versions are taken from: a plain static server, or a folder (a stick, a share of the house). */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fetch } from 'undici'
import { DeskError } from '../../contract/errors.ts'
import { connectThrough, type Network, type SystemProxy } from '../sync/network.ts'
import { LARGEST_FEED } from './feed.ts'

export interface UpdateSource {
  /** A small file, whole. @throws DeskError offline, not_found */
  read(name: string, signal: AbortSignal): Promise<Uint8Array>
  /**
   * Bytes of a file from an offset on; `from` is the offset they really begin at, 0 where a server knows no ranges.
   * @throws DeskError offline, not_found
   */
  stream(name: string, offset: number, signal: AbortSignal): Promise<{ from: number; bytes: AsyncIterable<Uint8Array> }>
  close(): Promise<void>
}

/**
 * @param feed `https://…`, or `http://` on loopback
 * @throws DeskError insecure_centre for any other address
 */
export async function openServer(feed: string, network: Network, systemProxy?: SystemProxy): Promise<UpdateSource> {
  const base = new URL(feed.endsWith('/') ? feed : `${feed}/`)
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(base.hostname)
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && local)) throw new DeskError('insecure_centre')
  const dispatcher = await connectThrough(base, network, systemProxy)

  async function get(name: string, signal: AbortSignal, headers: Record<string, string> = {}) {
    const response = await fetch(new URL(name, base), { dispatcher, signal, headers, redirect: 'error' }).catch(
      (error: unknown) => {
        signal.throwIfAborted()
        throw new DeskError('offline', {}, { cause: error })
      },
    )
    if (response.ok && response.body) return { response, body: response.body }
    await response.body?.cancel()
    if (response.status === 416) return null
    throw new DeskError(response.status === 404 ? 'not_found' : 'offline', { status: response.status })
  }

  const server: UpdateSource = {
    async read(name, signal) {
      const got = await get(name, signal, { 'Cache-Control': 'no-cache' })
      if (!got) throw new DeskError('offline')
      return collect(reading(got.body, signal))
    },
    async stream(name, offset, signal) {
      const got = await get(name, signal, offset > 0 ? { Range: `bytes=${offset}-` } : {})
      // More is here than there: not the same file.
      if (!got) return server.stream(name, 0, signal)
      const from = got.response.status === 206 ? firstByte(got.response.headers.get('content-range')) : 0
      return { from, bytes: reading(got.body, signal) }
    },
    close: () => dispatcher.close(),
  }
  return server
}

/** @param folder chosen by a person */
export function openFolder(folder: string): UpdateSource {
  const missing = (error: unknown): never => {
    throw new DeskError('not_found', {}, { cause: error })
  }
  return {
    async read(name, signal) {
      return collect(reading(createReadStream(join(folder, name)), signal)).catch(missing)
    },
    async stream(name, offset, signal) {
      const file = await open(join(folder, name)).catch(missing)
      return { from: offset, bytes: reading(file.createReadStream({ start: offset }), signal) }
    },
    close: async () => {},
  }
}

const firstByte = (range: string | null): number => Number(/^bytes (\d+)-/.exec(range ?? '')?.[1] ?? 0)

/** A line that breaks in the middle, a stick that is pulled out: `offline`. */
async function* reading(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk
  } catch (error) {
    signal.throwIfAborted()
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? error : new DeskError('offline', {}, { cause: error })
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    length += chunk.length
    if (length > LARGEST_FEED) throw new DeskError('update_unsigned')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
