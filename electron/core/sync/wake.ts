/** Hints from the centre by server-sent events. A lost hint costs nothing (the desk polls), so every failure only waits. */
import { Backoff } from './backoff.ts'

/** The centre writes at least a comment every 25 s; a line that is silent this long (ms) is dead. */
const SILENCE_MS = 70_000

export interface WakeOptions {
  /** Opens the line; rejects when there is none. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
  onHint(): void
}

/** Keeps a line open until stopped. @returns how to stop */
export function listenForWake({ open, onHint }: WakeOptions): () => void {
  const stop = new AbortController()
  const backoff = new Backoff()
  void (async () => {
    while (!stop.signal.aborted) {
      const heard = await listenOnce(open, stop.signal, () => {
        backoff.succeeded()
        onHint()
      }).catch(() => false)
      if (heard) backoff.succeeded()
      await pause(backoff.failed(), stop.signal)
    }
  })()
  return () => stop.abort()
}

async function listenOnce(open: WakeOptions['open'], stop: AbortSignal, onHint: () => void): Promise<boolean> {
  const line = new AbortController()
  const end = () => line.abort()
  stop.addEventListener('abort', end)
  let silence = setTimeout(end, SILENCE_MS)
  let heard = false
  try {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of await open(line.signal)) {
      heard = true
      clearTimeout(silence)
      silence = setTimeout(end, SILENCE_MS)
      const events = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n\r?\n/)
      // A line that never ends an event is not a wake line; what it says does not matter.
      rest = events.pop()!.slice(-1000)
      if (events.some((event) => /^data:/m.test(event))) onHint()
    }
    return heard
  } finally {
    clearTimeout(silence)
    stop.removeEventListener('abort', end)
    line.abort()
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
