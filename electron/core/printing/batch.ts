/**
 * Many slips, one after the other: progress, pause, and going on at the sheet that failed. Slips go out in small jobs of
 * the ledger, so that a jam costs a few sheets to look through and not five hundred; what came of each slip is written in
 * the transaction that writes the end of its job. So after any crash the database knows which slips are confirmed, which
 * are with the printer and which are open.
 */
import { randomUUID } from 'node:crypto'
import {
  addPrintBatch,
  countOutcomes,
  findPrintBatch,
  jobAtPrinter,
  listPrintBatches,
  markGone,
  markSent,
  openItems,
  runningBatches,
  setBatchState,
  settleItems,
  type PrintBatchRow,
} from '../../../db/queries/print-batches.ts'
import { batchJobs, findPrintJob, type PrintJobRow } from '../../../db/queries/print-jobs.ts'
import type { PrintBatchView, PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import { faultPoint } from '../fault-point.ts'
import { isUnsure, type PrintLedger } from './ledger.ts'
import { prepare, targetOf, type Target } from './prepare.ts'
import type { Printers } from '../devices/printers.ts'
import { slipData } from './slip-data.ts'
import type { SlipData } from './templates/data.ts'
import { viewOfJob } from './views.ts'

/** Sheets a job. */
const SHEETS = 10
/** From so many slips on they are printed as a batch. */
export const BATCH_FROM = 25

/** Kinds with one page for each object: only there does the printer's count of sheets tell which slips are out. */
export type BatchKind = 'pullSlip' | 'separatorSheet' | 'coverPage' | 'addressLabel' | 'bagLabel'
const KINDS: ReadonlySet<PrintKind> = new Set<BatchKind>([
  'pullSlip',
  'separatorSheet',
  'coverPage',
  'addressLabel',
  'bagLabel',
])
export const isBatchKind = (kind: PrintKind): kind is BatchKind => KINDS.has(kind)

export interface Batches {
  start(kind: BatchKind, objectIds: readonly string[], target: Target, copies: number): string
  control(id: string, action: 'pause' | 'resume' | 'cancel'): Promise<void>
  list(limit: number): PrintBatchView[]
  /** Goes on with batches that ran when the desk stopped. */
  resume(): void
}

interface Plan {
  asked: string
  copies: number
}

/** The end of a job, taken over into its batch; runs in the transaction that writes that end. */
export function settleBatch(core: Core, job: PrintJobRow): void {
  if (job.batch === null || isUnsureOfAll(job)) return
  if (job.state === 'confirmed') settleItems(core.db, job.id, 'confirmed')
  else if (job.state === 'handed_over') settleItems(core.db, job.id, 'unconfirmed')
  // Sheets that the printer counted before it stopped are out; with copies nobody knows which ones they were.
  else if (job.state === 'failed' || job.state === 'cancelled') {
    const said = (JSON.parse(job.reasons) as string[]).includes('not-printed')
    settleItems(core.db, job.id, 'confirmed', job.copies === 1 && !said ? job.impressions : 0)
  }
}

/** Sent, and not a word came back: its slips stay "with the printer" until a person has looked. */
const isUnsureOfAll = (job: PrintJobRow) => job.state === 'attention'

/** Reasons after which the next sheets are not sent before a person has looked. */
const STOPS = ['lost-contact', 'job-forgotten', 'not-confirmed']

export function createBatches(core: Core, printers: Printers, ledger: PrintLedger): Batches {
  const running = new Set<string>()

  function told(id: string): void {
    core.events.emit('print', id)
    core.events.emit('status')
  }

  function become(id: string, ...[change]: [Parameters<typeof setBatchState>[2]]): void {
    setBatchState(core.db, id, change, core.now())
    told(id)
  }

  /** Data of the next slips; a request that is no longer ours is left out and counted. */
  function nextSlips(batch: PrintBatchRow, total: number, most: number) {
    const kind = batch.kind as BatchKind
    const slips: { place: number; objectId: string; data: SlipData[BatchKind] }[] = []
    for (const { place, object_id: objectId } of openItems(core.db, batch.id, most)) {
      try {
        const [data] = slipData(core, kind, [objectId])
        const numbered = 'sheet' in data! ? { ...data, sheet: { n: place + 1, of: total } } : data!
        slips.push({ place, objectId, data: numbered })
      } catch (error) {
        if (!(error instanceof DeskError)) throw error
        markGone(core.db, batch.id, place)
      }
    }
    return slips
  }

  /** Renders and sends the next few slips. @returns the job, undefined when none is left */
  async function sendNext(batch: PrintBatchRow): Promise<string | undefined> {
    const { asked, copies } = JSON.parse(batch.route) as Plan
    const target = await targetOf(core, printers, batch.kind, asked)
    if (!target) throw new DeskError('no_printer')
    const { sheet } = target.output
    const aSheet = sheet ? sheet.columns * sheet.rows : 1
    const { total } = countOutcomes(core.db, batch.id)
    const slips = nextSlips(batch, total, SHEETS * aSheet)
    const [first, last] = [slips[0], slips.at(-1)]
    if (!first || !last) return openItems(core.db, batch.id, 1).length > 0 ? sendNext(batch) : undefined
    const kind = batch.kind as BatchKind
    const data = slips.map((slip) => slip.data) as SlipData[typeof kind][]
    const made = await prepare(core, kind, data as never, target.output, { copies, start: sheet ? 1 : null })
    // Paused or cancelled while it was drawn.
    if (findPrintBatch(core.db, batch.id)?.state !== 'running') return undefined
    return core.db.write(() => {
      const job = ledger.submit({
        kind,
        title: `${batch.title} ${first.place + 1}-${last.place + 1}`,
        objectIds: slips.map(({ objectId }) => objectId),
        printer: { id: batch.printer_id, name: batch.printer_name },
        copies,
        sha256: made.sha256,
        sent: made.sent,
        mime: made.mime,
        options: made.options,
        batch: batch.id,
      })
      markSent(core.db, batch.id, slips.map(({ place }) => place), job) // prettier-ignore
      return job
    })
  }

  async function run(id: string): Promise<void> {
    if (running.has(id)) return
    running.add(id)
    try {
      for (;;) {
        const batch = findPrintBatch(core.db, id)
        if (batch?.state !== 'running') return
        const job = jobAtPrinter(core.db, id) ?? (await sendNext(batch))
        if (job === undefined) {
          if (findPrintBatch(core.db, id)?.state === 'running') become(id, { state: 'done' })
          return
        }
        faultPoint('batch-job-sent')
        const end = await ledger.over(job)
        told(id)
        const stop = stopOf(end)
        // Cancelling a batch cancels its job: that end is no news.
        if (stop && findPrintBatch(core.db, id)?.state === 'running') return become(id, stop)
      }
    } catch (error) {
      const known = toDeskError(error)
      if (!(known instanceof DeskError)) core.log.error({ err: error }, 'a batch of prints stopped')
      const shown =
        known instanceof DeskError ? { code: known.code, params: known.params } : { code: 'internal', params: {} }
      become(id, { state: 'stopped', error: shown })
    } finally {
      running.delete(id)
    }
  }

  return {
    start(kind, objectIds, target, copies) {
      const id = randomUUID()
      const plan: Plan = { asked: target.printerId, copies }
      // Drawn once for the order in which one walks along the shelves.
      const order = kind === 'pullSlip' ? slipData(core, kind, objectIds).map(({ requestNo }) => requestNo) : objectIds
      addPrintBatch(
        core.db,
        {
          id,
          kind,
          title: `${order.length} × ${kind}`,
          printer_id: target.printerId,
          printer_name: target.name,
          route: JSON.stringify(plan),
          state: 'running',
          reasons: '[]',
          error: null,
          at: core.now(),
          ended_at: null,
        },
        order,
      )
      told(id)
      void run(id)
      return id
    },

    async control(id, action) {
      const batch = findPrintBatch(core.db, id)
      if (!batch) throw new DeskError('not_found')
      if (batch.state === 'done' || batch.state === 'cancelled') return
      if (action === 'resume') {
        const job = jobAtPrinter(core.db, id)
        const row = job === undefined ? undefined : findPrintJob(core.db, job)
        // First a person says whether those sheets are on paper.
        if (row && isUnsureOfAll(row) && isUnsure(row)) throw new DeskError('action_refused', { code: 'state' })
        become(id, { state: 'running' })
        void run(id)
        return
      }
      become(id, { state: action === 'pause' ? 'paused' : 'cancelled' })
      const job = jobAtPrinter(core.db, id)
      if (action === 'cancel' && job !== undefined) await ledger.cancel(job)
    },

    list: (limit) => listPrintBatches(core.db, limit).map((batch) => viewOf(core, batch)),

    resume() {
      for (const { id } of runningBatches(core.db)) void run(id)
    },
  }
}

/** What stops the batch after this end of a job; undefined: go on. */
function stopOf(job: PrintJobRow): Parameters<typeof setBatchState>[2] | undefined {
  const reasons = JSON.parse(job.reasons) as string[]
  const error = job.error === null ? null : (JSON.parse(job.error) as object)
  const lost = STOPS.some((reason) => reasons.includes(reason)) && !reasons.includes('seen-by-person')
  if (job.state === 'confirmed' || (job.state === 'handed_over' && !lost)) return undefined
  return { state: 'stopped', reasons, error }
}

function viewOf(core: Core, batch: PrintBatchRow): PrintBatchView {
  const counts = countOutcomes(core.db, batch.id)
  const next = openItems(core.db, batch.id, 1)[0]
  const jobs = batchJobs(core.db, batch.id)
  const current = jobs.findLast((job) => job.settled_at === null) ?? jobs.at(-1)
  const out = counts.confirmed + counts.unconfirmed
  const spent = core.now() - batch.at
  const going = batch.state === 'running' && out > 0
  return {
    id: batch.id,
    kind: batch.kind,
    title: batch.title,
    printerName: batch.printer_name,
    state: batch.state,
    total: counts.total,
    confirmed: counts.confirmed,
    unconfirmed: counts.unconfirmed,
    sent: counts.sent,
    gone: counts.gone,
    next: next ? next.place + 1 : null,
    reasons: JSON.parse(batch.reasons) as string[],
    error: batch.error === null ? null : (JSON.parse(batch.error) as PrintBatchView['error']),
    job: current ? viewOfJob(core.db, current) : null,
    etaMs: going ? Math.round((spent / out) * (counts.open + counts.sent)) : null,
    at: batch.at,
  }
}
