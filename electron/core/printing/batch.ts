/**
 * Many slips, one after the other: progress, pause, and going on at the sheet that failed. Slips go out in small jobs, so
 * that a jam costs a few sheets to look through and not five hundred.
 */
import type { PrinterDriver, PrintOptions, PrintState } from './driver.ts'
import { PrintError } from './errors.ts'

export interface Batch {
  /** Slips in the batch, each one page. */
  total: number
  /** First slip to print, counted from 0: `next` of the progress it stopped at. */
  from?: number
  /** Slips a job. */
  chunk?: number
  name: string
  printerId: string
  mime: string
  options: PrintOptions
  /** Bytes of slips `from` up to but not including `to`. */
  render: (from: number, to: number) => Promise<Uint8Array>
}

export interface BatchProgress {
  state: 'printing' | 'needs_attention' | 'paused' | 'failed' | 'done'
  /** Slips the printer has confirmed. */
  confirmed: number
  /** Slips it was given without ever saying that they came out (queues and raw printers). */
  unconfirmed: number
  /** The first slip that is not known to be on paper or with the printer: where to go on. */
  next: number
  total: number
  reasons: string[]
}

export interface BatchControl {
  /** Asked before each job; true stops there, and the batch can be gone on with later. */
  paused?: () => boolean
  signal?: AbortSignal
}

/** Sheets of a broken job that the printer counted before it stopped. */
function sheetsOut(state: PrintState | undefined, most: number): number {
  return Math.min(most, Math.max(0, state?.impressions ?? 0))
}

/**
 * Prints the batch and tells every change. It ends with `done`, `paused` or `failed`; after the latter two start again
 * with `from: next`. Nothing is counted as confirmed that the printer did not confirm. Throws only the signal's reason.
 */
export async function* printBatch(
  driver: PrinterDriver,
  batch: Batch,
  { paused = () => false, signal }: BatchControl = {},
): AsyncIterable<BatchProgress> {
  const { total, chunk = 10, name, printerId, mime, options } = batch
  let next = batch.from ?? 0
  let confirmed = 0
  let unconfirmed = 0
  const tell = (state: BatchProgress['state'], reasons: string[] = []): BatchProgress => ({
    state,
    confirmed,
    unconfirmed,
    next,
    total,
    reasons,
  })
  while (next < total) {
    signal?.throwIfAborted()
    if (paused()) return yield tell('paused')
    const to = Math.min(total, next + chunk)
    let last: PrintState | undefined
    try {
      const bytes = await batch.render(next, to)
      const document = { bytes, mime, name: `${name} ${next + 1}-${to}` }
      const job = await driver.submit(printerId, document, options, signal)
      yield tell('printing')
      for await (const state of driver.watch(job, signal)) {
        last = state
        if (state.state === 'needs_attention') yield tell('needs_attention', state.reasons)
        else if (!state.final) yield tell('printing', state.reasons)
      }
    } catch (error) {
      if (!(error instanceof PrintError)) throw error
      // Whether an uncertain job is on paper only a person can see: the batch stops before it, and says so.
      return yield tell('failed', error.uncertain ? [error.code, 'not-confirmed'] : [error.code])
    }
    if (last?.state === 'completed') confirmed += to - next
    else if (last?.state === 'handed_over') {
      unconfirmed += to - next
      const lost = ['lost-contact', 'job-forgotten'].find((reason) => last?.reasons.includes(reason))
      if (lost) {
        next = to
        return yield tell('failed', last.reasons)
      }
    } else {
      const out = sheetsOut(last, to - next)
      confirmed += out
      next += out
      return yield tell('failed', last?.reasons ?? [])
    }
    next = to
  }
  yield tell('done')
}
