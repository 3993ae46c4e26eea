/**
 * Printing into the desk: a printer of our own on loopback. Whatever another program prints lands in the request on the
 * scan desk, else in the tray. The print job ends as done only when its pages are safe here; a job that could not be
 * taken is aborted, so the printing program still has the document and says so.
 */
import { randomUUID } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import type { DeskPrinterState } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { type RunningIppPrinter, startIppPrinter } from '../printing/ipp-server/http.ts'
import type { ReceivedDocument } from '../printing/ipp-server/printer.ts'
import { deskPrinterUri, QUEUE_NAME, queueSetup } from '../printing/ipp-server/queue-setup.ts'
import { PRINTER_NOTE } from '../printing/ipp-server/setup-command.ts'
import type { ScanDesk } from './scan-desk.ts'
import { type PageFile, takeIn } from './take-in.ts'
import { putIntoTray } from './tray.ts'

export interface PrintIntake {
  /** Takes in what a crash left, then listens if the settings say so. */
  start(): Promise<void>
  state(): DeskPrinterState
  close(): Promise<void>
}

/** A port somebody else has may be free again later, ms. */
const RETRY_MS = 30_000
/** Largest document taken, bytes: a book of 600 pages in raster. */
const LARGEST = 512 * 1024 * 1024

export function createPrintIntake(core: Core, engine: DocumentEngine, desk: ScanDesk): PrintIntake {
  const root = join(core.options.dataDir, 'print-intake')
  // A folder a run: a file left by an earlier one is never written over.
  const run = `${core.now()}-${randomUUID().slice(0, 8)}`
  let printer: RunningIppPrinter | null = null
  let state: DeskPrinterState['state'] = 'off'
  let applied = ''
  let work: Promise<void> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined
  let unsubscribe = () => {}

  async function deliver(path: string, name: string, origin: string, only?: PageFile['only']): Promise<void> {
    const to = desk.target()
    const requestId = 'requestId' in to ? to.requestId : null
    const file = { path, mime: 'application/pdf', dpi: null, origin, source: 'print', ...(only ? { only } : {}) }
    let pages = 0
    const jobId = core.jobs.start('import', requestId, async () => {
      if ('reason' in to) pages = await putIntoTray(core, engine, { origin, name, source: 'print', ...to }, file)
      else {
        pages = await takeIn(core, engine, to.requestId, file, null)
        if (pages > 0) core.act({ objectId: to.requestId, kind: 'scanned', args: { pages } })
      }
    })
    const { error } = await core.jobs.settled(jobId)
    if (error) throw new DeskError(error.code, error.params)
    desk.arrived({ way: 'print', name, pages, requestId })
  }

  async function received({ path, name, jobId, pageRanges }: ReceivedDocument): Promise<void> {
    try {
      await deliver(path, name, `print/${run}/${jobId}`, pageRanges)
    } finally {
      await rm(path, { force: true })
    }
  }

  /** What was complete on the disk but not yet taken in when the desk stopped. */
  async function recover(): Promise<void> {
    for (const folder of await readdir(root).catch(() => [] as string[])) {
      if (folder === run) continue
      for (const file of (await readdir(join(root, folder)).catch(() => [] as string[])).sort()) {
        const [, jobId, name] = /^(\d+)-(.*)\.pdf$/.exec(file) ?? []
        if (jobId === undefined) continue
        await deliver(join(root, folder, file), name ?? '', `print/${folder}/${jobId}`).catch((error: unknown) =>
          core.log.warn({ err: error, file }, 'a document printed before the last stop could not be read'),
        )
      }
      await rm(join(root, folder), { recursive: true, force: true })
    }
  }

  async function apply(): Promise<void> {
    const wanted = core.settings.get().printIntoDesk
    const key = JSON.stringify(wanted)
    if (key === applied && state !== 'port_in_use') return
    applied = key
    clearTimeout(retry)
    await printer?.close()
    printer = null
    state = wanted.on ? await listen(wanted.port) : 'off'
    if (state === 'port_in_use') retry = setTimeout(schedule, RETRY_MS).unref()
    core.events.emit('intake')
  }

  async function listen(port: number): Promise<DeskPrinterState['state']> {
    try {
      printer = await startIppPrinter({
        name: QUEUE_NAME,
        folder: join(root, run),
        port,
        uuid: ownUuid(core),
        makeAndModel: 'BALIS Desk',
        largestBytes: LARGEST,
        pageRanges: true,
        convert: engine.printed,
        onDocument: received,
      })
      await writeFile(join(core.options.dataDir, PRINTER_NOTE), JSON.stringify({ port }))
      return 'listening'
    } catch (error) {
      core.log.warn({ err: error, port }, 'the desk printer does not listen')
      return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'port_in_use' : 'failed'
    }
  }

  const schedule = (): void => {
    work = work.then(apply).catch((error: unknown) => core.log.error({ err: error }, 'the desk printer'))
  }

  return {
    async start() {
      await recover()
      unsubscribe = core.events.subscribe(({ topic }) => topic === 'settings' && schedule())
      schedule()
      await work
    },
    state() {
      const { port } = core.settings.get().printIntoDesk
      return { state, port, queue: QUEUE_NAME, ...queueSetup(process.platform, deskPrinterUri(port)) }
    },
    async close() {
      unsubscribe()
      clearTimeout(retry)
      await work
      await printer?.close()
    },
  }
}

/** Stable across starts, so that systems recognise the printer. */
function ownUuid(core: Core): string {
  const known = getMeta(core.db, 'deskPrinterUuid')
  if (known !== undefined) return known
  const made = randomUUID()
  setMeta(core.db, 'deskPrinterUuid', made)
  return made
}
