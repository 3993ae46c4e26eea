import type { ScanEvent } from './driver.ts'
import { EventChannel } from './event-channel.ts'
import { toScanError } from './scan-error.ts'

/**
 * The events of a job whose work is one async function. A reader that walks away aborts the work, and is let go only
 * when the work has cleaned up behind itself. Errors: `ScanError`.
 */
export async function* jobStream(
  signal: AbortSignal,
  work: (signal: AbortSignal, emit: (event: ScanEvent) => void) => Promise<void>,
): AsyncGenerator<ScanEvent> {
  const stop = new AbortController()
  const limit = AbortSignal.any([signal, stop.signal])
  const events = new EventChannel<ScanEvent>()
  const working = work(limit, (event) => events.push(event)).then(
    () => events.end(),
    (error: unknown) => events.fail(toScanError(error, limit)),
  )
  try {
    yield* events
  } finally {
    stop.abort()
    await working
  }
}
