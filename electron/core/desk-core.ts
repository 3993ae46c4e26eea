/**
 * The sync side of core: database, what is shown, who acts, the engine. It stands alone (command line, fault tests); the
 * working side with scanners, documents and printers is put on top in index.ts. Opening reads like a list.
 */
import type { CoreEvent, StatusLine } from '../contract/core.contract.ts'
import { DeskError } from '../contract/errors.ts'
import { ClockOffset, JUMP_MS } from '../domain/clock-offset.ts'
import type { Operation } from '../domain/machine/operate.ts'
import type { Actor } from '../domain/machine/rule.ts'
import { DeskViews, VIEW_VERSION } from '../../db/desk-views.ts'
import { asDeskError } from '../../db/driver.ts'
import { openDesk } from '../../db/open.ts'
import { getMeta, setMeta } from '../../db/queries/meta.ts'
import { sendParked } from '../../db/queries/again.ts'
import { opsInStates } from '../../db/queries/outbox.ts'
import { createBackups } from './backup/index.ts'
import { ownBackups } from './backup/places.ts'
import { BlobStore } from './blobs/blob-store.ts'
import type { Core, CoreOptions } from './context.ts'
import { prepareFolder, refuseOthers } from './data-folder.ts'
import { act, parseOperation } from './desk/act.ts'
import { Identity, toDeskError } from './desk/identity.ts'
import { enrolAtRehearsal } from './desk/rehearsal.ts'
import { createSettings } from './desk/settings.ts'
import { warmQueue } from './desk/warm.ts'
import { createEvents } from './events.ts'
import { enrolUnattended } from './fleet/enrol.ts'
import { NO_MACHINE } from './fleet/machine.ts'
import { deskHandlers } from './handlers/desk.ts'
import { opHandlers } from './handlers/ops.ts'
import { queueHandlers } from './handlers/queue.ts'
import { statusHandlers } from './handlers/status.ts'
import { createJobs } from './jobs.ts'
import { openKey } from './keys.ts'
import { openLog } from './log.ts'
import { createPrivacy } from './privacy.ts'
import { steadyMs } from './steady.ts'
import { SLICE_ROWS, SyncEngine } from './sync/engine.ts'
import { PageThread } from './sync/page-thread.ts'
import { listenForWake } from './sync/wake.ts'

const GARBAGE_MS = 3_600_000
const REHEARSAL_RETRY_MS = 700
/** The other orders of the queue are made once the first screen stands, ms. */
const WARM_AFTER_MS = 1500
const NO_DEVICES: Pick<StatusLine, 'scanner' | 'printer' | 'printWaiting'> = {
  scanner: null,
  printer: null,
  printWaiting: 0,
}

/** The files of the data folder. @throws DeskError */
function openFolder({ dataDir, within, rehearsal }: CoreOptions) {
  try {
    if (within) refuseOthers(within)
    prepareFolder(dataDir)
    const log = openLog(dataDir)
    const { key, store } = openKey(dataDir, rehearsal)
    return { log, key, store, desk: openDesk(dataDir, key) }
  } catch (error) {
    throw asDeskError(error)
  }
}

export type DeskCore = ReturnType<typeof openDeskCore>

/**
 * Opens the sync side on a data folder.
 * @param devices the part of the truth line that devices have, asked each time
 * @throws DeskError data_folder_in_use, database_newer, database_damaged, read_only, disk_full
 */
export function openDeskCore(options: CoreOptions, devices: () => typeof NO_DEVICES = () => NO_DEVICES) {
  const { log, key, desk, store } = openFolder(options)
  const { db } = desk

  const clock = new ClockOffset()
  let heard: { wall: number; steady: number } | undefined
  /** The centre told the time in this run, and nobody has set this machine's clock since. */
  const timeIsKnown = () =>
    heard !== undefined && Math.abs(Date.now() - heard.wall - (steadyMs() - heard.steady)) < JUMP_MS
  const now = () => Date.now() + (clock.ms ?? 0)
  const events = createEvents()
  const { locale, rehearsal, machine = NO_MACHINE } = options
  const settings = createSettings(db, { locale, rehearsal, machine }, () => events.emit('settings'))
  const jobs = createJobs(events, log, now)
  const blobs = new BlobStore(db, options.dataDir, now)
  const views = new DeskViews(db)
  if (getMeta(db, 'viewVersion') !== VIEW_VERSION) {
    db.write(() => {
      views.rebuild()
      setMeta(db, 'viewVersion', VIEW_VERSION)
    })
  }

  // What the centre could not read may have been this program's mistake: another version of it tries once more.
  if (getMeta(db, 'program') !== options.version) {
    db.write(() => {
      for (const op of opsInStates(db, ['parked'])) sendParked(db, op)
      setMeta(db, 'program', options.version)
    })
  }

  let centreUrl = options.centreUrl
  const urlOfCentre = () => centreUrl ?? settings.get().centreUrl
  const network = () => {
    const { proxy, ca } = settings.get().network
    return { proxy, ca: machine.authority + (ca?.pem ?? '') }
  }
  const identity = new Identity(
    db,
    urlOfCentre,
    (sent, received, server) => {
      clock.add(sent, received, server)
      heard = { wall: received, steady: steadyMs() }
    },
    network,
    now,
    () => settings.get().offlineSignInDays,
    () => events.emit('desk'),
    options.systemProxy,
  )
  const uploadRate = () => {
    const { uploadKBps } = settings.get().network
    return uploadKBps === null ? null : uploadKBps * 1000
  }
  const sync = new SyncEngine({
    db,
    views,
    link: () => identity.http(),
    readBlob: (sha256, offset, length) => blobs.readAt(sha256, offset, length),
    uploadRate,
    checkpoints: desk.checkpoints,
    pageThread: new PageThread(SLICE_ROWS),
    now,
    steady: steadyMs,
    emit: (topic, id) => events.emit(topic, id),
    log,
  })

  function actor(): Actor {
    const { id, name, library } = identity.desk()
    const me = identity.me()
    if (!me) throw new DeskError('sign_in_needed')
    return { library: library.id, desk: id, deskName: name, user: me.id, userName: me.name, role: me.role, at: now() }
  }

  const core: Core = {
    db,
    blobs,
    settings,
    views,
    sync,
    events,
    jobs,
    now,
    log,
    options,
    me: () => identity.me(),
    desk: () => identity.desk(),
    deskId: () => getMeta(db, 'deskId') ?? '',
    centreUrl: () => urlOfCentre() ?? '',
    document: async (link, signal) => {
      const line = identity.http()
      if (!line) throw new DeskError('not_enrolled')
      return line.document(link, signal).catch((error: unknown) => {
        throw toDeskError(error)
      })
    },
    deskLibrary: () => getMeta(db, 'library')?.id ?? '',
    actorOrNull: () => (identity.enrolled && identity.me() ? actor() : null),
    act: (call) => {
      const holdMs = () => settings.get().holdSeconds * 1000
      const online = () => sync.status.connection === 'online'
      const operation: Operation = parseOperation(call)
      const acted = act({ db, views, actor, holdMs, online, steady: steadyMs }, operation)
      for (const topic of ['queue', 'counts', 'outbox', 'status'] as const) events.emit(topic, operation.objectId)
      if (acted.heldUntil === null) sync.nudge()
      else sync.held()
      // The window counts down by this machine's clock, which may be far from the centre's.
      return { ...acted, heldUntil: acted.heldUntil && Date.now() + holdMs() }
    },
  }

  const backups = createBackups(core, key)
  const privacy = createPrivacy(core, key, ownBackups(options.dataDir))
  const sources = { keyStore: store, cleanExit: desk.cleanExit, clockOffsetMs: () => clock.ms, devices, backups }
  const handlers = {
    ...deskHandlers(core, identity),
    ...queueHandlers(core),
    ...opHandlers(core),
    ...statusHandlers(core, sources),
    'job.list': () => jobs.list(),
    'job.cancel': ({ jobId }: { jobId: string }) => {
      jobs.cancel(jobId)
      return { ok: true } as const
    },
  }

  let closing = false
  let warming: NodeJS.Timeout | undefined
  let stopWake = () => {}
  const garbage = setInterval(() => void collectGarbage(), GARBAGE_MS)
  garbage.unref()
  async function collectGarbage(): Promise<void> {
    identity.known.noteTime(timeIsKnown())
    // A clock set weeks ahead must not end the 30 days that a file is kept.
    if (!timeIsKnown()) return
    const gone = await blobs.collectGarbage().catch((error: unknown) => log.error({ err: error }, 'blob garbage'))
    if (gone) log.info({ gone }, 'unused files deleted')
  }

  /** The centre is simulated on this machine: tries until it listens, then enrols and signs in by itself. */
  async function rehearse(): Promise<void> {
    while (!closing && options.rehearsal && !(identity.enrolled && identity.me())) {
      const url = urlOfCentre()
      const done = await enrolAtRehearsal(identity, url, '一号台').then(
        () => true,
        () => false,
      )
      if (!done) await new Promise((resolve) => setTimeout(resolve, REHEARSAL_RETRY_MS))
    }
    for (const topic of ['desk', 'status', 'queue', 'counts'] as const) events.emit(topic)
    sync.goodMoment()
  }

  /** An administrator laid down a code: the desk enrols with it, once. */
  async function enrolByItself(): Promise<void> {
    const live = () => !closing
    const done = await enrolUnattended({ db, identity, machine, url: urlOfCentre, env: process.env, log, live })
    if (!done || closing) return
    for (const topic of ['desk', 'status', 'queue', 'counts'] as const) events.emit(topic)
    sync.goodMoment()
  }

  const warm = () => warmQueue(views.queue, handlers, () => closing)

  /** Begins to work by itself: sync, hints, house-keeping. */
  function start(): void {
    if (options.autoSync) {
      sync.start()
      stopWake = listenForWake({
        open: (signal) => identity.http()?.wake(signal) ?? Promise.reject(new Error('not enrolled')),
        onHint: () => sync.nudge(),
      })
    }
    if (rehearsal && options.autoSync) void rehearse()
    else if (options.autoSync && !identity.enrolled) void enrolByItself()
    warming = setTimeout(
      () => void warm().catch((err: unknown) => log.warn({ err }, 'the queue was not warmed')),
      WARM_AFTER_MS,
    ).unref()
    backups.start()
    privacy.start()
  }

  return {
    core,
    backups,
    privacy,
    key,
    keyStore: store,
    identity,
    handlers,
    start,
    warm,
    subscribe: (listener: (event: CoreEvent) => void) => events.subscribe(listener),
    /** A good moment for a sync; with the centre's address when it has just begun to listen. */
    goodMoment: (url?: string) => {
      if (url !== undefined) centreUrl = url
      sync.goodMoment()
    },
    /** Ends the sync; the database stays open for what is still being finished. */
    async quiet(): Promise<void> {
      closing = true
      clearInterval(garbage)
      clearTimeout(warming)
      stopWake()
      await Promise.all([backups.close(), privacy.close()])
      await sync.stop()
      await identity.close()
    },
    close(): void {
      desk.close()
      log.close()
    },
  }
}
