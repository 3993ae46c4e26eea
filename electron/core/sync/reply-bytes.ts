/** The bytes of a reply, however it was packed: no more of it than may be, and not for longer. */
import type { Response } from 'undici'
import { LinkError } from './link.ts'

export interface ReplyLimits {
  /** Unpacked: a megabyte of compressed blanks is a gigabyte of memory. */
  bytes: number
  /** From the head of the reply to its end: one that drips would hold up the sync for ever. */
  ms: number
}

/**
 * A page of 500 requests with long histories has some 2 MB; JSON of 16 MB made for harm takes 360 MB of memory, which core
 * has. On a line of 20 KB/s three minutes bring 3.6 MB, packed.
 */
export const REPLY_LIMITS: ReplyLimits = { bytes: 16 * 1024 * 1024, ms: 180_000 }

/** @throws LinkError portal `too_large`; offline when the line breaks or the reply does not end in time */
export async function bytesOf(response: Response, { bytes, ms }: ReplyLimits): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(0)
  const reader = response.body.getReader()
  const stop = () => void reader.cancel().catch(() => undefined)
  let tooSlow = false
  const patience = setTimeout(() => {
    tooSlow = true
    stop()
  }, ms)
  const parts: Uint8Array[] = []
  let read = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const part = value as Uint8Array
      read += part.length
      if (read > bytes) throw new LinkError('portal', { status: response.status, error: 'too_large' })
      parts.push(part)
    }
  } catch (error) {
    stop()
    throw error instanceof LinkError ? error : new LinkError('offline', { cause: error })
  } finally {
    clearTimeout(patience)
  }
  // A reader that was stopped ends like one that came to the end.
  if (tooSlow) throw new LinkError('offline', { error: 'too_slow' })
  // Memory of its own: it may be given to another thread whole.
  const all = new Uint8Array(read)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
