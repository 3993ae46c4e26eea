/**
 * New versions of the desk: looked for and brought in the background, offered when they lie ready, installed by main (the
 * platform's own installer) when a person says so and nothing is interrupted.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asDeskError } from '../../../db/driver.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import type { UpdateView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { compareVersions, VERSION } from '../../contract/version.ts'
import type { Core } from '../context.ts'
import { announced } from './announced.ts'
import { busyNow } from './busy.ts'
import { feedName, type FeedFile, isOffered, newerFile, readFeed } from './feed.ts'
import { fetchPackage, isWhole } from './fetch.ts'
import type { PackageInfo } from './package-info.ts'
import { openFolder, openServer, type UpdateSource } from './sources.ts'

const FIRST_LOOK_MS = 3 * 60_000
const LOOK_MS = 6 * 3_600_000
/** How long "later" lasts. */
const LATER_MS = 4 * 3_600_000

export type Updates = ReturnType<typeof createUpdates>

interface Offer {
  version: string
  released: number | null
  file: FeedFile
}

/** @param own what this package is; null: there is nothing to update here */
export function createUpdates(core: Core, own: PackageInfo | null) {
  const { db, options, log } = core
  const home = join(options.dataDir, 'updates')
  /** The administrator installs new versions. */
  const managed = own?.feed === 'none'
  const name = feedName(process.platform, process.arch)
  const ending = new AbortController()
  let state: UpdateView['state'] = 'idle'
  let offer: Offer | null = null
  let fetched = 0
  /** The offered package is here, and its hash held. */
  let whole = false
  let running: Promise<void> | null = null
  let timers: NodeJS.Timeout[] = []

  const changed = () => core.events.emit('update')

  function become(next: UpdateView['state']): void {
    state = next
    changed()
  }

  /** @throws DeskError update_unsigned; @returns null when it says nothing new for this desk */
  function offerIn(bytes: Uint8Array, signature: string, staged: boolean): Offer | null {
    const { kind, key } = own!
    const feed = readFeed(bytes, signature, key)
    const file = newerFile(feed, options.version, kind, process.arch)
    if (!file || (staged && !isOffered(feed, core.deskId()))) return null
    return { version: feed.version, released: feed.releaseDate ? Date.parse(feed.releaseDate) : null, file }
  }

  /** What was signed is kept with the package, so that a start finds again what lies ready. */
  function keep(bytes: Uint8Array, signature: string): void {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    for (const [file, content] of [
      ['feed', bytes],
      ['feed.sig', signature],
    ] as const) {
      writeFileSync(join(home, `${file}.new`), content)
      renameSync(join(home, `${file}.new`), join(home, file))
    }
  }

  const folderOf = (version: string) => join(home, version)

  async function readFrom(source: UpdateSource, staged: boolean): Promise<Offer | null> {
    const bytes = await source.read(name, ending.signal)
    const signature = Buffer.from(await source.read(`${name}.sig`, ending.signal)).toString('latin1')
    const found = offerIn(bytes, signature, staged)
    if (found) keep(bytes, signature)
    return found
  }

  async function bring(source: UpdateSource, found: Offer): Promise<void> {
    offer = found
    fetched = 0
    whole = false
    become('fetching')
    let told = 0
    await fetchPackage({
      source,
      file: found.file,
      folder: folderOf(found.version),
      signal: ending.signal,
      onProgress(bytes) {
        fetched = bytes
        // A hundred steps are enough for a bar.
        if (bytes - told < found.file.size / 100) return
        told = bytes
        changed()
      },
    })
    fetched = found.file.size
    whole = true
    log.info({ version: found.version }, 'a new version lies ready')
  }

  /** Looks, and brings what there is. What goes wrong is kept for the view, never thrown. */
  async function run(source: UpdateSource, staged: boolean): Promise<void> {
    const before = offer
    let code: DeskError['code'] | null = null
    try {
      const found = await readFrom(source, staged)
      if (found && !(whole && found.file.sha512 === before?.file.sha512)) await bring(source, found)
    } catch (error) {
      if (ending.signal.aborted) return
      const known = asDeskError(error)
      code = known instanceof DeskError ? known.code : 'internal'
      log.warn({ err: error }, 'update')
    } finally {
      await source.close().catch(() => {})
    }
    if (ending.signal.aborted) return
    setMeta(db, 'lastUpdateCheck', { at: core.now(), code })
    become(whole ? 'ready' : 'idle')
  }

  const once = (work: () => Promise<void>): Promise<void> => (running ??= work().finally(() => (running = null)))

  function look(): Promise<void> {
    const feed = own?.feed
    if (!feed || managed) return Promise.resolve()
    return once(async () => {
      become('checking')
      const { proxy, ca } = core.settings.get().network
      const network = { proxy, ca: (options.machine?.authority ?? '') + (ca?.pem ?? '') }
      const source = await openServer(feed, network, options.systemProxy).catch((error: unknown) => {
        log.error({ err: error }, 'update')
        return null
      })
      if (source) await run(source, true)
      else become('idle')
    })
  }

  /** What lay ready when the desk was closed; what is installed or older goes. */
  function recall(): void {
    if (!own) return
    try {
      offer = offerIn(readFileSync(join(home, 'feed')), readFileSync(join(home, 'feed.sig'), 'latin1'), false)
      if (offer) fetched = statSync(join(folderOf(offer.version), offer.file.url)).size
      // Its hash is looked at again before it is installed.
      whole = fetched === offer?.file.size
    } catch {
      // Nothing was brought, or not to its end: the next look goes on.
    }
    state = whole ? 'ready' : 'idle'
    const gone = (version: string) =>
      VERSION.test(version) && version !== offer?.version && compareVersions(version, kept(own.kind)) < 0
    try {
      for (const version of readdirSync(home).filter(gone)) rmSync(folderOf(version), { recursive: true, force: true })
    } catch {
      // There is no such folder yet.
    }
  }

  /** Packages older than this are of no use: Linux keeps the version before as a folder, others as its installer. */
  function kept(kind: PackageInfo['kind']): string {
    if (kind === 'deb') return '99999.0.0'
    const older = readdirSync(home).filter((version) => compareVersions(version, options.version) < 0)
    return older.toSorted(compareVersions).at(-1) ?? options.version
  }

  recall()

  return {
    view(): UpdateView {
      return {
        version: options.version,
        source: !own ? 'none' : managed ? 'administrator' : own.feed ? 'server' : 'folder',
        state,
        offer: offer && { version: offer.version, released: offer.released, bytes: offer.file.size },
        fetched,
        lastCheck: getMeta(db, 'lastUpdateCheck') ?? null,
        laterUntil: getMeta(db, 'updateLaterUntil') ?? null,
        busy: busyNow(core),
        announced: announced(db, options.version),
        goneBackFrom: options.goneBackFrom ?? null,
      }
    },
    /** Ends when what there is was looked at and brought; the view tells how. */
    look,
    /**
     * Returns when the folder's feed was believed; its package is brought in the background.
     * @throws DeskError update_none, update_unsigned, not_found
     */
    async fromFolder(folder: string): Promise<void> {
      if (!own || managed) throw new DeskError('update_none')
      await running
      if (!(await readFrom(openFolder(folder), false))) throw new DeskError('update_none')
      void once(() => run(openFolder(folder), false))
    },
    /** Ends when nothing is being looked for or brought. */
    settled: async (): Promise<void> => running ?? undefined,
    heard(version: string): void {
      setMeta(db, 'heardVersion', version)
      changed()
    },
    later(): void {
      setMeta(db, 'updateLaterUntil', core.now() + LATER_MS)
      changed()
    },
    /**
     * The package for main to install, held against the signed feed once more.
     * @throws DeskError update_none, update_busy, update_damaged
     */
    async ready(): Promise<{ path: string; version: string }> {
      if (!own || !offer || state !== 'ready') throw new DeskError('update_none')
      const [busy] = busyNow(core)
      if (busy) throw new DeskError('update_busy', { work: busy })
      const path = join(folderOf(offer.version), offer.file.url)
      if (await isWhole(path, offer.file)) return { path, version: offer.version }
      fetched = 0
      whole = false
      rmSync(path, { force: true })
      become('idle')
      throw new DeskError('update_damaged')
    },
    start(): void {
      if (!own?.feed || managed) return
      timers = [setTimeout(() => void look(), FIRST_LOOK_MS).unref(), setInterval(() => void look(), LOOK_MS).unref()]
    },
    async close(): Promise<void> {
      for (const timer of timers) clearTimeout(timer)
      ending.abort()
      await running
    },
  }
}
