/**
 * The working side of core, put together: scanners, pages, documents, printers, bags. The sync side knows nothing of it;
 * both meet in the outbox.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findPrintJob } from '../../db/queries/print-jobs.ts'
import type { GrantedFile, SystemPrinting } from '../contract/host-link.ts'
import type { Core } from './context.ts'
import { createCertificates } from './devices/certificates.ts'
import { createPrinters } from './devices/printers.ts'
import { createScanners } from './devices/scanners.ts'
import { createDocumentEngine } from './documents/index.ts'
import { askingHandlers } from './handlers/asking.ts'
import { courierHandlers } from './handlers/courier.ts'
import { custodyHandlers } from './handlers/custody.ts'
import { documentHandlers } from './handlers/documents.ts'
import { networkHandlers } from './handlers/network.ts'
import { listHandlers } from './handlers/lists.ts'
import { pageHandlers } from './handlers/pages.ts'
import { printHandlers } from './handlers/print.ts'
import { reportHandlers } from './handlers/reports.ts'
import { scanHandlers } from './handlers/scan.ts'
import { holdingsHandlers } from './handlers/holdings.ts'
import { intakeHandlers } from './handlers/intake.ts'
import { trayHandlers } from './handlers/tray.ts'
import { settlementHandlers } from './handlers/settlement.ts'
import { slipHandlers } from './handlers/slips.ts'
import { HoldingsBackground } from './holdings/background.ts'
import { Catalogues } from './holdings/catalogues.ts'
import { JointSearch } from './holdings/joint-search.ts'
import { assetPath } from './host/places.ts'
import type { WorkerForker } from './host/workers.ts'
import { startIppPrinter, type RunningIppPrinter } from './printing/ipp-server/http.ts'
import { createBatches, settleBatch } from './printing/batch.ts'
import { openPrinterDrivers, REHEARSAL_PRINTER_NAME } from './printing/drivers.ts'
import { createLedger } from './printing/ledger.ts'
import { FactKeeper } from './reports/fact-keeper.ts'
import { createMonthly } from './reports/monthly.ts'
import { openScannerDrivers } from './scanning/drivers.ts'
import { createTableReader } from './sheets/granted-table.ts'
import { createPrintIntake } from './workbench/print-intake.ts'
import { createScanDesk } from './workbench/scan-desk.ts'
import { createFolderIntake } from './workbench/folder-intake.ts'
import { GrantedFiles } from './workbench/granted-files.ts'
import { createAnalyser } from './workbench/analyser.ts'
import { createBatchDesk } from './workbench/batch-job.ts'
import { recoverSpool } from './workbench/scan-job.ts'
import { sweepPages } from './workbench/sweep.ts'
import { sweepTray } from './workbench/tray.ts'

/** How often the usual printer is asked how it is while nothing is printed, ms. */
const PRINTER_LOOK_MS = 60_000

export type Work = Awaited<ReturnType<typeof openWork>>

/** How often pages of long ended requests are looked for, ms. */
const SWEEP_MS = 6 * 3_600_000

/** Starts the devices and goes on with what a crash interrupted. */
export async function openWork(core: Core, fork: WorkerForker, system?: SystemPrinting) {
  const { dataDir, rehearsal } = core.options
  const scratch = join(dataDir, 'making')
  // What a crash left half-made is made again from its pages.
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  const engine = createDocumentEngine({ fork, scratch, keepPagesIn: join(scratch, 'pages') })
  const rehearsalPrinter = rehearsal ? await startRehearsalPrinter(core) : null
  const rehearsalPages = rehearsal ? (core.options.rehearsalPages ?? assetPath('demo')) : null
  const certificates = createCertificates(core)
  const scannerDrivers = openScannerDrivers(core, certificates, rehearsalPages)
  const scanners = createScanners(core, scannerDrivers.drivers)
  const printers = createPrinters(core, openPrinterDrivers(core, rehearsalPrinter, system))
  const ledger = createLedger(core, printers.driverOf, (job) => settleBatch(core, job))
  const batches = createBatches(core, printers, ledger)
  const files = new GrantedFiles()
  const tableOf = createTableReader(files, engine)
  const facts = new FactKeeper(core.db, () => core.events.emit('reports'))
  const stopCounting = countAlong(core, facts)
  const monthly = createMonthly(core, facts)
  // A printer that makes a job wait, or goes on with it, is asked how it is: the truth line follows.
  const follow = core.events.subscribe(({ topic, id }) => {
    const job = topic === 'print' && id ? findPrintJob(core.db, id) : undefined
    if (job) void printers.recheck(job.printer_id)
  })
  const lookAgain = setInterval(() => {
    const usual = printers.chosenId()
    if (usual) void printers.recheck(usual)
  }, PRINTER_LOOK_MS).unref()
  const analyser = createAnalyser(core, engine)
  const stacks = createBatchDesk(core, engine, analyser)
  const sweep = () => {
    sweepTray(core)
    sweepPages(core)
  }
  const sweeping = setInterval(sweep, SWEEP_MS).unref()
  const scanDesk = createScanDesk(core)
  const printIntake = createPrintIntake(core, engine, scanDesk)
  const folderIntake = createFolderIntake(core, engine, scanDesk)
  const catalogues = new Catalogues(core)
  const background = new HoldingsBackground(core, catalogues)
  const search = new JointSearch(core, catalogues)

  return {
    handlers: {
      ...scanHandlers(core, scanners, engine, stacks),
      ...pageHandlers(core, engine, files),
      ...networkHandlers(core, files),
      ...trayHandlers(core, engine, files),
      ...intakeHandlers(scanDesk, printIntake, folderIntake, files, certificates),
      ...documentHandlers(core, engine),
      ...printHandlers(core, printers, ledger, batches),
      ...slipHandlers(core, files),
      ...reportHandlers(core, facts, monthly, files, tableOf),
      ...courierHandlers(core),
      ...custodyHandlers(core),
      ...settlementHandlers(core, tableOf),
      ...holdingsHandlers(core, catalogues, background),
      ...askingHandlers(core, search, tableOf),
      ...listHandlers(core, search),
    },
    /** Ends when every page that has come in was looked at. */
    pagesSeen: () => analyser.settled(),
    /** Lets pages of long ended requests go now; else it happens by itself. */
    sweepPages: () => sweepPages(core),
    /** Makes the monthly reports that are due now; else it happens by itself. */
    lookForReports: () => monthly.look(),
    files,
    takeFile: (file: GrantedFile) => files.add(file),
    /** The part of the truth line that devices and paper have. */
    status: () => ({ scanner: scanners.chosen(), printer: printers.chosen(), printWaiting: ledger.waiting() }),
    /** Takes in pages and print jobs that were open when the desk stopped, and looks for devices. */
    async resume(): Promise<void> {
      const pages = await recoverSpool(core, engine, stacks)
      if (pages > 0) core.log.info({ pages }, 'pages left by the last run were taken in')
      sweep()
      analyser.wake()
      await printIntake.start()
      folderIntake.start()
      background.start()
      await printers.list(true)
      ledger.resume()
      batches.resume()
      await scanners.list(true)
    },
    async close(): Promise<void> {
      stopCounting()
      await monthly.close()
      await facts.close()
      clearInterval(lookAgain)
      follow()
      clearInterval(sweeping)
      ledger.close()
      search.close()
      await background.close()
      await catalogues.close()
      await folderIntake.close()
      await printIntake.close()
      await Promise.all([engine.close(), analyser.close()])
      await rehearsalPrinter?.close()
      await scannerDrivers.close()
    },
  }
}

function startRehearsalPrinter(core: Core): Promise<RunningIppPrinter | null> {
  const folder = join(core.options.dataDir, 'rehearsal-printer')
  return startIppPrinter({ name: REHEARSAL_PRINTER_NAME, folder, delayMs: 300 }).catch((error: unknown) => {
    core.log.warn({ err: error }, 'the rehearsal printer did not start')
    return null
  })
}

/** Rows settle for so long (ms) before they are counted: statistics never stand in the way of a sync. */
const SETTLE_MS = 3000

/** Facts follow the feed while the desk is quiet. @returns stops it */
function countAlong(core: Core, facts: FactKeeper): () => void {
  let timer: NodeJS.Timeout | undefined
  const later = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (core.sync.status.syncing) later()
      else void facts.follow().catch((error: unknown) => core.log.error({ err: error }, 'counting'))
    }, SETTLE_MS)
    timer.unref()
  }
  const stop = core.events.subscribe((event) => {
    if (event.topic === 'queue') later()
  })
  later()
  return () => {
    stop()
    clearTimeout(timer)
  }
}
