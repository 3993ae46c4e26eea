/**
 * The print ledger: every job is in the database before it is sent, and its state is only what the printer itself said.
 * A printer that is away makes jobs wait; an answer that never came makes a job "not confirmed", never "printed", and it
 * is not sent a second time unasked.
 */
import { randomUUID } from 'node:crypto'
import {
  addPrintJob,
  countWaiting,
  findPrintJob,
  nextCopyNo,
  openPrintJobs,
  printedObjects,
  setPrintState,
  type PrintChange,
  type PrintJobRow,
} from '../../../db/queries/print-jobs.ts'
import type { PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { JobRef, PrinterDriver, PrintOptions, PrintState } from './driver.ts'
import { PrintError } from './errors.ts'

/** How often a job that waits for its printer is tried again, ms. */
const RETRY_MS = 15_000
const HOUR_MS = 3_600_000

export interface PrintOrder {
  kind: PrintKind
  title: string
  objectIds: readonly string[]
  printer: { id: string; name: string }
  copies: number
  /** The PDF of it, already in the blob store. */
  sha256: string
  /** What is sent, where that is not the PDF; already in the blob store. */
  sent: string | null
  mime: string
  options: PrintOptions
  batch?: string
}

export interface PrintLedger {
  /** Written down in the caller's transaction where there is one; sent once that is on the disk. */
  submit(order: PrintOrder): string
  cancel(id: string): Promise<void>
  /** Tries a waiting job at once, or sends a failed one again as a new job of the same bytes. */
  again(id: string): string
  /** A person looked whether paper came out. */
  settle(id: string, printed: boolean): void
  /** Ends an open or unsure job without asking the printer, because another takes its place. */
  replace(id: string): void
  /** Resolves when nothing more will be heard of the job by itself. */
  over(id: string): Promise<PrintJobRow>
  /** Jobs that wait for a printer. */
  waiting(): number
  /** Goes on with what was open when the desk stopped. */
  resume(): void
  close(): void
}

/** Called in the transaction that writes the end of a job down. */
export type OnEnd = (job: PrintJobRow) => void

/** Requests whose printed slips are told to the centre; bags and manifests carry their own operations. */
const TOLD: ReadonlySet<PrintKind> = new Set(['pullSlip', 'bookSlip', 'addressLabel'])

/** Nobody can say whether paper came out; only a person can look. */
export function isUnsure(job: PrintJobRow): boolean {
  const reasons = JSON.parse(job.reasons) as string[]
  if (reasons.includes('seen-by-person') || reasons.includes('printed-again')) return false
  return job.state === 'handed_over' || (job.state === 'attention' && job.device_job === null)
}

const isOver = (job: PrintJobRow) => job.settled_at !== null || isUnsure(job)

/** What the job is called at the printer; the mark tells it from all others, so that it can be found again. */
export function jobName(job: Pick<PrintJobRow, 'id' | 'title' | 'copy_no'>): string {
  return `${job.title}${job.copy_no > 1 ? ` (${job.copy_no})` : ''} #${job.id.replaceAll('-', '').slice(0, 6)}`
}

export function createLedger(
  core: Core,
  driverOf: (printerId: string) => PrinterDriver | undefined,
  onEnd: OnEnd = () => {},
): PrintLedger {
  const running = new Map<string, AbortController>()
  const listeners = new Map<string, ((job: PrintJobRow) => void)[]>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function record(id: string, change: PrintChange): void {
    const job = core.db.write(() => {
      setPrintState(core.db, id, change, core.now())
      const now = findPrintJob(core.db, id)!
      if (isOver(now)) onEnd(now)
      return now
    })
    core.events.emit('print', id)
    core.events.emit('status')
    if (!isOver(job)) return
    for (const listener of listeners.get(id) ?? []) listener(job)
    listeners.delete(id)
  }

  /** Tells the centre once that the slip is on paper (or at least in the queue's hands). */
  function told(job: PrintJobRow): void {
    if (!TOLD.has(job.kind)) return
    for (const objectId of printedObjects(core.db, job.id)) {
      if (!core.views.request(objectId)) continue
      const kind = job.kind as 'pullSlip' | 'bookSlip' | 'addressLabel'
      core.act({ objectId, kind: 'printed', args: { kind, copy: Math.min(99, job.copy_no) } })
    }
  }

  function take(job: PrintJobRow, { state, reasons, message, impressions, final }: PrintState): void {
    const words = { message, impressions }
    if (state === 'completed' || (state === 'handed_over' && final)) {
      core.db.write(() => {
        const done = state === 'completed'
        record(job.id, { state: done ? 'confirmed' : 'handed_over', reasons: done ? [] : reasons, ...words })
        told(job)
      })
    } else if (state === 'aborted') {
      record(job.id, { state: 'failed', reasons, error: { code: 'printer_aborted', params: {} }, ...words })
    } else if (state === 'cancelled') record(job.id, { state: 'cancelled', reasons, ...words })
    else if (state === 'needs_attention') record(job.id, { state: 'attention', reasons, ...words })
    else record(job.id, { state: 'printing', reasons, ...words })
  }

  async function watch(job: PrintJobRow, driver: PrinterDriver, ref: JobRef, signal: AbortSignal): Promise<void> {
    for await (const state of driver.watch(ref, signal)) take(job, state)
  }

  async function send(job: PrintJobRow, signal: AbortSignal): Promise<void> {
    const driver = driverOf(job.printer_id)
    if (!driver) throw new PrintError('not_found')
    if (job.device_job !== null) return watch(job, driver, JSON.parse(job.device_job) as JobRef, signal)
    record(job.id, { state: 'sending' })
    faultPoint('before-print-sent')
    const document = { path: core.blobs.path(job.sent_sha256 ?? job.sha256), mime: job.mime, name: jobName(job) }
    const ref = await driver.submit(job.printer_id, document, JSON.parse(job.options) as PrintOptions, signal)
    faultPoint('after-print-sent')
    record(job.id, { state: 'printing', reasons: [], deviceJob: JSON.stringify(ref) })
    await watch(job, driver, ref, signal)
  }

  async function run(id: string): Promise<void> {
    const job = findPrintJob(core.db, id)
    if (!job || isOver(job) || running.has(id) || closed || expired(job)) return
    const abort = new AbortController()
    running.set(id, abort)
    try {
      await send(job, abort.signal)
    } catch (error) {
      if (abort.signal.aborted) return
      if (error instanceof PrintError && error.uncertain && (await adopted(job, abort.signal))) return
      failed(id, error)
    } finally {
      running.delete(id)
    }
  }

  /** By rule, a slip of last week is not printed when the printer is switched on at last. */
  function expired(job: PrintJobRow): boolean {
    if (job.state !== 'waiting' || core.now() - job.at < core.settings.get().printExpireHours * HOUR_MS) return false
    record(job.id, { state: 'cancelled', reasons: ['expired'] })
    return true
  }

  /** After an answer that never came: the printer itself is asked whether it has the job. */
  async function adopted(job: PrintJobRow, signal: AbortSignal): Promise<boolean> {
    const driver = driverOf(job.printer_id)
    const ref = await driver?.findByName?.(job.printer_id, jobName(job), signal).catch(() => undefined)
    if (!driver || !ref || signal.aborted) return false
    record(job.id, { state: 'printing', reasons: [], deviceJob: JSON.stringify(ref) })
    await watch(job, driver, ref, signal)
    return true
  }

  /** An away or busy printer makes the job wait; everything else is told and needs a person. */
  function failed(id: string, error: unknown): void {
    const known = toDeskError(error)
    const shown =
      known instanceof DeskError ? { code: known.code, params: known.params } : { code: 'internal', params: {} }
    if (!(known instanceof DeskError)) core.log.error({ err: error }, 'printing failed')
    const sent = findPrintJob(core.db, id)?.device_job !== null
    if (error instanceof PrintError && (error.uncertain || sent)) {
      record(id, { state: sent ? 'handed_over' : 'attention', reasons: ['not-confirmed'], error: shown })
    } else if (error instanceof PrintError && WAITS.has(error.code)) {
      record(id, { state: 'waiting', reasons: [], error: shown })
      if (!closed) timer ??= setTimeout(retryWaiting, RETRY_MS)
    } else record(id, { state: 'failed', reasons: [], error: shown })
  }

  function retryWaiting(): void {
    timer = undefined
    for (const job of openPrintJobs(core.db)) if (job.state === 'waiting') void run(job.id)
  }

  function existing(id: string): PrintJobRow {
    const job = findPrintJob(core.db, id)
    if (!job) throw new DeskError('not_found')
    return job
  }

  function submit(order: PrintOrder): string {
    const id = randomUUID()
    const { sha256, sent, printer } = order
    core.db.write(() => {
      const job: PrintJobRow = {
        id,
        kind: order.kind,
        title: order.title,
        printer_id: printer.id,
        printer_name: printer.name,
        copies: order.copies,
        copy_no: nextCopyNo(core.db, order.objectIds, order.kind),
        sha256,
        sent_sha256: sent,
        mime: order.mime,
        options: JSON.stringify(order.options),
        message: null,
        impressions: 0,
        batch: order.batch ?? null,
        state: 'waiting',
        reasons: '[]',
        error: null,
        device_job: null,
        at: core.now(),
        settled_at: null,
      }
      addPrintJob(core.db, job, order.objectIds)
      for (const blob of new Set([sha256, sent ?? sha256])) core.blobs.retain(blob, `print:${id}`)
    })
    core.events.emit('print', id)
    // After the caller's transaction, so that nothing goes out that is not on the disk.
    queueMicrotask(() => void run(id))
    return id
  }

  return {
    submit,
    waiting: () => countWaiting(core.db),

    async cancel(id) {
      const job = existing(id)
      if (job.settled_at !== null) return
      const driver = driverOf(job.printer_id)
      if (driver && job.device_job) {
        try {
          await driver.cancel(JSON.parse(job.device_job) as JobRef)
        } catch (error) {
          throw toDeskError(error)
        }
        return
      }
      running.get(id)?.abort()
      record(id, { state: 'cancelled' })
    },

    again(id) {
      const job = existing(id)
      if (job.state === 'waiting') {
        void run(id)
        return id
      }
      return submit({
        kind: job.kind,
        title: job.title,
        objectIds: printedObjects(core.db, id),
        printer: { id: job.printer_id, name: job.printer_name },
        copies: job.copies,
        sha256: job.sha256,
        sent: job.sent_sha256,
        mime: job.mime,
        options: JSON.parse(job.options) as PrintOptions,
      })
    },

    settle(id, printed) {
      const job = existing(id)
      if (!isUnsure(job)) throw new DeskError('action_refused', { code: 'state' })
      core.db.write(() => {
        if (!printed) return record(id, { state: 'failed', reasons: ['not-printed'] })
        record(id, { state: 'handed_over', reasons: ['seen-by-person'] })
        if (job.state === 'attention') told(job)
      })
    },

    replace(id) {
      const job = existing(id)
      running.get(id)?.abort()
      if (job.state === 'waiting') record(id, { state: 'cancelled', reasons: ['moved'] })
      else if (isUnsure(job)) record(id, { state: 'handed_over', reasons: ['not-confirmed', 'printed-again'] })
    },

    over(id) {
      const job = existing(id)
      if (isOver(job)) return Promise.resolve(job)
      return new Promise((resolve) => listeners.set(id, [...(listeners.get(id) ?? []), resolve]))
    },

    resume() {
      for (const job of openPrintJobs(core.db)) {
        if (isUnsure(job)) continue
        if (job.state === 'sending' && job.device_job === null) void lookUp(job)
        else void run(job.id)
      }
    },

    close() {
      closed = true
      clearTimeout(timer)
      for (const abort of running.values()) abort.abort()
    },
  }

  /** Sent or not? After a crash between the two only the printer knows, or a person who looks: nothing is sent twice. */
  async function lookUp(job: PrintJobRow): Promise<void> {
    const abort = new AbortController()
    running.set(job.id, abort)
    try {
      if (await adopted(job, abort.signal)) return
      const error = { code: 'printer_unknown', params: {} }
      if (!abort.signal.aborted) record(job.id, { state: 'attention', reasons: ['not-confirmed'], error })
    } catch (error) {
      if (!abort.signal.aborted) failed(job.id, error)
    } finally {
      running.delete(job.id)
    }
  }
}

/** Errors that pass by themselves: the job waits and is tried again. */
const WAITS: ReadonlySet<string> = new Set(['offline', 'busy', 'not_accepting'])
