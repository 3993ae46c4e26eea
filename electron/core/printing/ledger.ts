/**
 * The print ledger: every job is in the database before it is sent, and its state is only what the printer itself said.
 * A printer that is away makes jobs wait; an answer that never came makes a job "not confirmed", never "printed", and it
 * is not sent a second time unasked.
 */
import { randomUUID } from 'node:crypto'
import {
  addPrintJob,
  findPrintJob,
  listPrintJobs,
  nextCopyNo,
  openPrintJobs,
  printedObjects,
  setPrintState,
  type PrintJobRow,
} from '../../../db/queries/print-jobs.ts'
import type { PrintJobView, PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { JobRef, PrinterDriver, PrintState } from './driver.ts'
import { PrintError } from './errors.ts'

/** How often a job that waits for its printer is tried again, ms. */
const RETRY_MS = 15_000

export interface PrintOrder {
  kind: PrintKind
  title: string
  objectIds: readonly string[]
  printer: { id: string; name: string }
  copies: number
  /** The rendered PDF, already in the blob store. */
  sha256: string
}

export interface PrintLedger {
  submit(order: PrintOrder): string
  list(limit: number): PrintJobView[]
  cancel(id: string): Promise<void>
  /** Sends a failed or unconfirmed job again, as a new job of the same bytes. */
  retry(id: string): string
  /** Jobs that wait for a printer. */
  waiting(): number
  /** Goes on with what was open when the desk stopped. */
  resume(): void
  close(): void
}

/** Requests whose printed slips are told to the centre; bags and manifests carry their own operations. */
const TOLD: ReadonlySet<PrintKind> = new Set(['pullSlip', 'bookSlip', 'addressLabel'])

export function createLedger(core: Core, driverOf: (printerId: string) => PrinterDriver | undefined): PrintLedger {
  const running = new Map<string, AbortController>()
  let timer: NodeJS.Timeout | undefined

  function record(id: string, change: Parameters<typeof setPrintState>[2]): void {
    setPrintState(core.db, id, change, core.now())
    core.events.emit('print', id)
    core.events.emit('status')
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

  function take(job: PrintJobRow, state: PrintState): void {
    if (state.state === 'completed') {
      core.db.write(() => {
        record(job.id, { state: 'confirmed', reasons: [] })
        told(job)
      })
    } else if (state.state === 'handed_over' && state.final) {
      core.db.write(() => {
        record(job.id, { state: 'handed_over', reasons: state.reasons })
        told(job)
      })
    } else if (state.state === 'aborted') {
      record(job.id, { state: 'failed', reasons: state.reasons, error: { code: 'printer_aborted', params: {} } })
    } else if (state.state === 'cancelled') {
      record(job.id, { state: 'cancelled', reasons: state.reasons })
    } else if (state.state === 'needs_attention') {
      record(job.id, { state: 'attention', reasons: state.reasons })
    } else {
      record(job.id, { state: 'printing', reasons: state.reasons })
    }
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
    const document = {
      path: core.blobs.path(job.sha256),
      mime: 'application/pdf',
      name: `${job.title}${job.copy_no > 1 ? ` (${job.copy_no})` : ''}`,
    }
    const ref = await driver.submit(job.printer_id, document, { copies: job.copies }, signal)
    faultPoint('after-print-sent')
    record(job.id, { state: 'printing', deviceJob: JSON.stringify(ref) })
    await watch(job, driver, ref, signal)
  }

  async function run(id: string): Promise<void> {
    const job = findPrintJob(core.db, id)
    if (!job || job.settled_at !== null || running.has(id)) return
    const abort = new AbortController()
    running.set(id, abort)
    try {
      await send(job, abort.signal)
    } catch (error) {
      if (abort.signal.aborted) return
      failed(id, error)
    } finally {
      running.delete(id)
    }
  }

  /** An away or busy printer makes the job wait; everything else is told and needs a person. */
  function failed(id: string, error: unknown): void {
    const away = error instanceof PrintError && (error.code === 'offline' || error.code === 'busy')
    if (away && !error.uncertain) {
      record(id, { state: 'waiting', error: { code: `printer_${error.code}`, params: {} } })
      timer ??= setTimeout(retryWaiting, RETRY_MS)
      return
    }
    const known = toDeskError(error)
    const shown =
      known instanceof DeskError ? { code: known.code, params: known.params } : { code: 'internal', params: {} }
    if (!(known instanceof DeskError)) core.log.error({ err: error }, 'printing failed')
    const uncertain = error instanceof PrintError && error.uncertain
    record(
      id,
      uncertain ? { state: 'attention', reasons: ['not-confirmed'], error: shown } : { state: 'failed', error: shown },
    )
  }

  function retryWaiting(): void {
    timer = undefined
    for (const job of openPrintJobs(core.db)) if (job.state === 'waiting') void run(job.id)
  }

  function submit(order: PrintOrder): string {
    const id = randomUUID()
    core.db.write(() => {
      addPrintJob(
        core.db,
        {
          id,
          kind: order.kind,
          title: order.title,
          printer_id: order.printer.id,
          printer_name: order.printer.name,
          copies: order.copies,
          copy_no: nextCopyNo(core.db, order.objectIds, order.kind),
          sha256: order.sha256,
          state: 'waiting',
          reasons: '[]',
          error: null,
          device_job: null,
          at: core.now(),
          settled_at: null,
        },
        order.objectIds,
      )
      core.blobs.retain(order.sha256, `print:${id}`)
    })
    core.events.emit('print', id)
    void run(id)
    return id
  }

  return {
    submit,
    list: (limit) => listPrintJobs(core.db, limit).map((job) => viewOf(job, printedObjects(core.db, job.id))),
    waiting: () => openPrintJobs(core.db).filter((job) => job.state === 'waiting').length,

    async cancel(id) {
      const job = findPrintJob(core.db, id)
      if (!job) throw new DeskError('not_found')
      if (job.settled_at !== null) return
      const driver = driverOf(job.printer_id)
      const ref = findPrintJob(core.db, id)?.device_job
      if (driver && ref) {
        try {
          await driver.cancel(JSON.parse(ref) as JobRef)
        } catch (error) {
          throw toDeskError(error)
        }
        return
      }
      running.get(id)?.abort()
      record(id, { state: 'cancelled' })
    },

    retry(id) {
      const job = findPrintJob(core.db, id)
      if (!job) throw new DeskError('not_found')
      if (job.state === 'waiting') {
        void run(id)
        return id
      }
      if (job.settled_at === null) setPrintState(core.db, id, { state: 'failed' }, core.now())
      return submit({
        kind: job.kind,
        title: job.title,
        objectIds: printedObjects(core.db, id),
        printer: { id: job.printer_id, name: job.printer_name },
        copies: job.copies,
        sha256: job.sha256,
      })
    },

    resume() {
      for (const job of openPrintJobs(core.db)) {
        // Sent or not? Nobody can say after a crash between the two: a person looks at the tray, nothing is sent twice.
        if (job.state === 'sending' && job.device_job === null)
          record(job.id, {
            state: 'attention',
            reasons: ['not-confirmed'],
            error: { code: 'printer_unknown', params: {} },
          })
        else if (job.state !== 'attention' || job.device_job !== null) void run(job.id)
      }
    },

    close() {
      clearTimeout(timer)
      for (const abort of running.values()) abort.abort()
    },
  }
}

function viewOf(job: PrintJobRow, objectIds: string[]): PrintJobView {
  return {
    id: job.id,
    kind: job.kind,
    title: job.title,
    objectIds,
    printerName: job.printer_name,
    copies: job.copies,
    copyNo: job.copy_no,
    state: job.state,
    reasons: JSON.parse(job.reasons) as string[],
    error: job.error === null ? null : (JSON.parse(job.error) as PrintJobView['error']),
    at: job.at,
    blob: job.sha256,
  }
}
