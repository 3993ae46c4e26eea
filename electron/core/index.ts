/** Core, put together: the sync side, and the working side with scanners, documents, printers and bags. */
import type { GrantedFile, ReadyUpdate, SystemPrinting } from '../contract/host-link.ts'
import { CORE_PROTOCOL, coreContract, FIRST_QUERY, QUEUE_CHUNK } from '../contract/core.contract.ts'
import type { Handlers } from '../contract/rpc-server.ts'
import { DeskError } from '../contract/errors.ts'
import type { CoreOptions } from './context.ts'
import { openDeskCore } from './desk-core.ts'
import { guard } from './guard.ts'
import { safetyHandlers } from './handlers/safety.ts'
import { updateHandlers } from './handlers/update.ts'
import type { WorkerForker } from './host/workers.ts'
import { createUpdates } from './update/updates.ts'
import type { Work } from './work.ts'

export type RunningCore = Awaited<ReturnType<typeof openCore>>
type Answers = Handlers<typeof coreContract>

/** After its first rows the window draws them: what is read and synchronised then keeps nobody waiting, ms. */
const REST_AFTER_ROWS_MS = 900
/** A window that asks for no rows (first run, an error) does not keep the rest away for ever, ms. */
const PATIENCE_MS = 3000

/**
 * Opens core on a data folder; complete when it returns.
 * @param fork starts worker processes for bytes from outside
 * @param system the operating system's printers, where a window is there to print through
 * @throws DeskError data_folder_in_use, database_newer, database_damaged, read_only, disk_full
 */
export async function openCore(options: CoreOptions, fork: WorkerForker, system?: SystemPrinting) {
  const opened = openCoreAtOnce(options, fork, system)
  opened.readWork()
  const work = await opened.work
  return {
    ...opened,
    handlers: opened.guarded({ ...work.handlers, ...opened.deskHandlers }) satisfies Answers,
    takeFile: work.takeFile,
    pagesSeen: work.pagesSeen,
    sweepPages: work.sweepPages,
    lookForReports: work.lookForReports,
  }
}

/**
 * The same for a window that waits: the sync side answers at once; the working side (image, PDF and spreadsheet libraries,
 * drivers) is read a moment later, and what is asked of it meanwhile waits for it.
 */
export function openCoreAtOnce(options: CoreOptions, fork: WorkerForker, system?: SystemPrinting) {
  let opened: Work | undefined
  const desk = openDeskCore(options, () => opened?.status() ?? { scanner: null, printer: null, printWaiting: 0 })
  const { core, identity, subscribe, goodMoment, backups, privacy, key, keyStore } = desk
  const reading = Promise.withResolvers<void>()
  let asked = false
  const readWork = () => {
    asked = true
    reading.resolve()
  }
  const work = reading.promise
    .then(() => import('./work.ts'))
    .then(({ openWork }) => openWork(core, fork, system))
    .then((whole) => (opened = whole))
  // Whoever asks hears of it; nobody may have asked yet.
  work.catch((error: unknown) => core.log.error({ err: error }, 'the working side does not open'))
  let patience: NodeJS.Timeout | undefined
  const doctor = async () => desk.handlers['doctor.run']({})
  const takeChosen = async (id: string) => (await work).files.take([id])[0]!
  const safety = safetyHandlers({ core, identity, backups, privacy, key, takeChosen, doctor })
  const updates = createUpdates(core, options.updates ?? null)
  const deskHandlers = { ...desk.handlers, ...safety, ...updateHandlers(updates, takeChosen) }
  const guarded = <H extends Record<string, (...input: never[]) => unknown>>(handlers: H): H =>
    guard(handlers, () => identity.locked, core.log)
  let begin = () => {}
  let rows: Answers['queue.window'] = (input) => {
    rows = desk.handlers['queue.window']
    clearTimeout(patience)
    patience = setTimeout(() => begin(), REST_AFTER_ROWS_MS)
    return desk.handlers['queue.window'](input)
  }

  /**
   * Answers for nobody what a window asks first, and holds the answers against the contract: then the order of the queue and
   * the pages of the database are read, and the schemas have run once.
   */
  function readAhead(): void {
    if (identity.locked) return
    try {
      const { handlers } = desk
      coreContract['app.hello'].out.safeParse(handlers['app.hello']({ protocol: CORE_PROTOCOL }))
      const rows = handlers['queue.window']({ query: FIRST_QUERY, offset: 0, limit: QUEUE_CHUNK, by: 'due' })
      coreContract['queue.window'].out.safeParse(rows)
      coreContract['counts.get'].out.safeParse(handlers['counts.get']({}))
    } catch (error) {
      core.log.warn({ err: error }, 'first rows')
    }
  }

  return {
    core,
    identity,
    backups,
    privacy,
    updates,
    /** Of this data folder, and where it is kept. Never leaves core. */
    secret: { key, keyStore },
    deskHandlers,
    guarded,
    handlers: guarded({
      ...waitingFor(work),
      ...deskHandlers,
      'queue.window': (input: Parameters<Answers['queue.window']>[0]) => rows(input, undefined),
    }) as Answers,
    work,
    /** Reads the working side now. */
    readWork,
    subscribe,
    goodMoment,
    /** Begins to work by itself, once the window has its first rows: sync, hints, devices. */
    start(): void {
      begin = () => {
        begin = () => {}
        readWork()
        if (waits) desk.start()
      }
      // A desk without a centre has no rows to be shown first; one that is complete has nothing to wait for.
      const waits = identity.enrolled && !opened
      if (waits) setImmediate(readAhead)
      else desk.start()
      patience = setTimeout(() => begin(), PATIENCE_MS)
      updates.start()
      void work
        .then((whole) => {
          for (const topic of ['devices', 'status', 'print'] as const) core.events.emit(topic)
          return whole.resume()
        })
        .catch((error: unknown) => core.log.error({ err: error }, 'devices'))
    },
    findBlob: async (id: string) => {
      if (identity.locked) throw new DeskError('desk_locked')
      const { path, mime } = await core.blobs.openBlobForWindow(id)
      return { path, type: mime }
    },
    readyUpdate: (): Promise<ReadyUpdate> =>
      updates.ready().then(
        (found) => ({ ok: true as const, ...found }),
        (error: unknown) => {
          const { code, params } = error instanceof DeskError ? error : new DeskError('internal')
          return { ok: false as const, code, params }
        },
      ),
    takeFile: (file: GrantedFile) => void work.then((whole) => whole.takeFile(file)).catch(() => {}),
    logUnexpected: (method: string, error: unknown) => core.log.error({ err: error, method }, 'unexpected'),
    async close(): Promise<void> {
      clearTimeout(patience)
      begin = () => {}
      await updates.close()
      await desk.quiet()
      // What was never asked for need not be read to be closed; what is just being opened is opened first.
      if (asked)
        await work.then(
          (whole) => whole.close(),
          () => {},
        )
      desk.close()
    },
  }
}

/** Every method of the contract, answered once the working side is there. */
function waitingFor(work: Promise<Work>): Partial<Answers> {
  const waiting = (method: string) => async (input: unknown) => {
    const handlers = (await work).handlers as Record<string, (input: unknown) => unknown>
    return handlers[method]!(input)
  }
  return Object.fromEntries(Object.keys(coreContract).map((method) => [method, waiting(method)]))
}
