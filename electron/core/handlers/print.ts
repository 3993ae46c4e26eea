import { findPrintJob, listPrintJobs, printedObjects, printEvents } from '../../../db/queries/print-jobs.ts'
import { setPrinterLogin, trustPrinter } from '../../../db/queries/printer-access.ts'
import { LABELS_A_SHEET, type CoreContract, type PrintKind, type SlipPaper } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import type { Printers } from '../devices/printers.ts'
import { BATCH_FROM, isBatchKind, type Batches } from '../printing/batch.ts'
import { discoverPrinters } from '../printing/discovery.ts'
import { jobName, type PrintLedger } from '../printing/ledger.ts'
import { prepare, prepareObjects, targetOf, type Prepared, type Target } from '../printing/prepare.ts'
import { testSlip } from '../printing/samples.ts'
import { viewOfJob } from '../printing/views.ts'

type Methods = Extract<keyof CoreContract, `print.${string}` | `printer.${string}`>

/** Slips, labels and manifests: rendered once, kept, printed from what was kept, and written into the ledger. */
export function printHandlers(
  core: Core,
  printers: Printers,
  ledger: PrintLedger,
  batches: Batches,
): Handlers<Methods> {
  async function submit(
    kind: PrintKind,
    objectIds: readonly string[],
    target: Target,
    copies: number,
    start: number | null,
  ): Promise<string> {
    const made = await prepareObjects(core, kind, objectIds, target, { copies, start })
    const title = objectIds.length === 1 ? titleOf(core, objectIds[0]!) : `${objectIds.length} × ${kind}`
    return hand({ kind, title, objectIds, copies }, target, made)
  }

  /** Writes a job down, and where its label sheet goes on. @returns its id */
  function hand(
    job: { kind: PrintKind; title: string; objectIds: readonly string[]; copies: number },
    target: Target,
    made: Prepared,
  ): string {
    const { sha256, sent, mime, options } = made
    return core.db.write(() => {
      noteStart(target.output.paper, made)
      return ledger.submit({
        ...job,
        printer: { id: target.printerId, name: target.name },
        sha256,
        sent,
        mime,
        options,
      })
    })
  }

  /** What is left of the label sheet is where the next print begins. */
  function noteStart(paper: SlipPaper, { nextStart }: Prepared): void {
    if (nextStart === null) return
    core.settings.set({ labelStart: { ...core.settings.get().labelStart, [paper]: nextStart } })
  }

  const jobOf = (id: string) => {
    const job = findPrintJob(core.db, id)
    if (!job) throw new DeskError('not_found')
    return job
  }

  return {
    'printer.list': ({ refresh }) => printers.list(refresh),
    'printer.discover': () => discoverPrinters(),
    'printer.history': async ({ printerId }) => {
      const driver = printers.driverOf(printerId)
      if (!driver) throw new DeskError('no_printer')
      try {
        const jobs = (await driver.history?.(printerId, AbortSignal.timeout(8000))) ?? []
        const ours = new Set(listPrintJobs(core.db, 500).map(jobName))
        return jobs.slice(0, 100).map(({ jobId, name, state }) => ({
          jobId,
          name: name.slice(0, 400),
          state,
          ours: ours.has(name),
        }))
      } catch (error) {
        throw toDeskError(error)
      }
    },
    'printer.trust': async ({ printerId, fingerprint }) => {
      core.db.write(() => trustPrinter(core.db, printerId, fingerprint))
      await printers.list(true)
      return { ok: true }
    },
    'printer.login': async ({ printerId, user, password }) => {
      core.db.write(() => setPrinterLogin(core.db, printerId, user, password))
      await printers.list(true)
      return { ok: true }
    },

    'print.preview': async ({ kind, objectIds, printerId, start }) => {
      const target = await targetOf(core, printers, kind, printerId)
      const copies = target?.route.copies ?? 1
      const made = await prepareObjects(core, kind, objectIds, target, { copies, start })
      return {
        blob: made.sha256,
        pages: made.pages,
        printerId: target?.printerId ?? null,
        instead: target?.instead ?? false,
        copies,
        paper: target?.output.paper ?? 'a4',
        start: made.start,
      }
    },
    'print.submit': async ({ kind, objectIds, printerId, copies, start }) => {
      const target = await targetOf(core, printers, kind, printerId)
      if (!target) throw new DeskError('no_printer')
      const n = copies ?? target.route.copies
      const { paper } = target.output
      const aSheet = paper in LABELS_A_SHEET ? LABELS_A_SHEET[paper as keyof typeof LABELS_A_SHEET] : 1
      if (isBatchKind(kind) && objectIds.length >= BATCH_FROM * aSheet) {
        return { printJobId: batches.start(kind, objectIds, target, n), batch: true }
      }
      return { printJobId: await submit(kind, objectIds, target, n, start), batch: false }
    },
    'print.test': async ({ printerId }) => {
      const kind = 'pullSlip'
      const target = await targetOf(core, printers, kind, printerId)
      if (!target) throw new DeskError('no_printer')
      const slips = [testSlip(core.desk().library.name)]
      const made = await prepare(core, kind, slips, target.output, { copies: 1, start: null })
      return { printJobId: hand({ kind, title: slips[0]!.requestNo, objectIds: [], copies: 1 }, target, made) }
    },
    'print.jobs': ({ limit }) => listPrintJobs(core.db, limit).map((job) => viewOfJob(core.db, job)),
    'print.events': ({ printJobId }) => printEvents(core.db, printJobId),
    'print.cancel': async ({ printJobId }) => {
      await ledger.cancel(printJobId)
      return { ok: true }
    },
    'print.retry': async ({ printJobId, printerId }) => {
      const job = jobOf(printJobId)
      const elsewhere = printerId !== null && printerId !== job.printer_id
      const surelyNot = job.state === 'waiting' || job.state === 'failed' || job.state === 'cancelled'
      if (!elsewhere && surelyNot) return { printJobId: ledger.again(printJobId) }
      const target = await targetOf(core, printers, job.kind, printerId ?? job.printer_id)
      if (!target) throw new DeskError('no_printer')
      const next = await submit(job.kind, printedObjects(core.db, printJobId), target, job.copies, null)
      ledger.replace(printJobId)
      return { printJobId: next }
    },
    'print.settle': ({ printJobId, printed }) => {
      ledger.settle(printJobId, printed)
      return { ok: true }
    },
    'print.batches': ({ limit }) => batches.list(limit),
    'print.batchControl': async ({ batchId, action }) => {
      await batches.control(batchId, action)
      return { ok: true }
    },
  }
}

/** What the job is called at the printer and in the ledger: a number people know, never a reader. */
function titleOf(core: Core, id: string): string {
  const manifest = core.views.manifest(id)?.row.number
  return core.views.request(id)?.row.id ?? core.views.bag(id)?.row.code ?? manifest ?? id
}
