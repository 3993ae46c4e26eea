/**
 * Watched folders: what an overhead scanner, a copier or another program writes there comes in by itself. A file is
 * taken over whole or waits; it goes to the request that its name or folder says, to the one on the scan desk, or to
 * the tray; and it leaves its folder only when its pages are safe.
 */
import { randomUUID } from 'node:crypto'
import { sep } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findBundle } from '../../../db/queries/tray.ts'
import { keepWatchedFolders, watchedFolders, type WatchedFolderRow } from '../../../db/queries/watched-folders.ts'
import type { TrayReason, WatchedFolderView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { routeFile } from '../scanning/folder/route.ts'
import { type ClaimedFile, WatchedFolder } from '../scanning/folder/watched-folder.ts'
import type { ScanDesk } from './scan-desk.ts'
import { type PageFile, takeIn } from './take-in.ts'
import { openBundle, takesPages, trayChanged } from './tray.ts'

/** Between two looks, and after a look that failed (a share that is away, a full disk); ms. */
const LOOK_MS = 1000
const TROUBLE_MS = 10_000
/** Files of one folder without a request that come within this time are one bundle, ms. */
const ONE_BUNDLE_MS = 120_000

type FolderState = Pick<WatchedFolderView, 'state' | 'pending' | 'lastRefused'>
type Target = { requestId: string } | { reason: TrayReason; hint: string }
type FolderChange = Partial<Pick<WatchedFolderRow, 'how' | 'naming' | 'otherwise' | 'taken'>>

export interface FolderIntake {
  start(): void
  views(): WatchedFolderView[]
  /** @throws DeskError not_allowed for a folder that is watched already */
  add(path: string): void
  change(id: string, change: FolderChange): void
  remove(id: string): void
  close(): Promise<void>
}

/** @param times for tests; ms */
export function createFolderIntake(
  core: Core,
  engine: DocumentEngine,
  desk: ScanDesk,
  times: { lookMs?: number; troubleMs?: number; stableMs?: number; deadlineMs?: number } = {},
): FolderIntake {
  const { lookMs = LOOK_MS, troubleMs = TROUBLE_MS, ...limits } = times
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>()
  const states = new Map<string, FolderState>()
  const bundles = new Map<string, { id: string; at: number }>()
  let started = false

  function tell(id: string, change: Partial<FolderState>): void {
    const before = states.get(id) ?? { state: 'watching', pending: 0, lastRefused: null }
    const after = { ...before, ...change }
    states.set(id, after)
    if (JSON.stringify(before) !== JSON.stringify(after)) core.events.emit('intake')
  }

  async function watch(row: WatchedFolderRow, signal: AbortSignal): Promise<void> {
    const folder = new WatchedFolder({ root: row.path, deep: true, leaveUnsupported: true, keepTaken: row.taken === 'keep', ...limits }) // prettier-ignore
    while (!signal.aborted) {
      let pause = lookMs
      try {
        const look = await folder.look()
        const refused = look.refused.at(-1)
        const idle = look.claimed.length + look.pending === 0
        tell(row.id, {
          // A file that is back where it was, and waits to be tried again, is no sign that the trouble is over.
          ...(idle || states.get(row.id)?.state === 'away' ? { state: 'watching' } : {}),
          pending: look.pending,
          ...(refused ? { lastRefused: { ...refused, name: refused.name.slice(-200) } } : {}),
        })
        for (const [index, file] of look.claimed.entries()) {
          if (signal.aborted) await file.giveBack()
          else if (!(await take(row, file))) {
            for (const later of look.claimed.slice(index + 1)) await later.giveBack()
            pause = troubleMs
            break
          } else tell(row.id, { state: 'watching' })
        }
      } catch (error) {
        tell(row.id, { state: 'away', pending: 0 })
        core.log.warn({ err: error, folder: row.id }, 'a watched folder cannot be read')
        pause = troubleMs
      }
      await wait(pause, undefined, { signal }).catch(() => {})
    }
  }

  /** @returns false when nothing can be taken in for a while; the file is back where it was */
  async function take(row: WatchedFolderRow, file: ClaimedFile): Promise<boolean> {
    try {
      const to = targetOf(row, file)
      const owner = 'requestId' in to ? to.requestId : bundleFor(row, file, to)
      const origin = `folder/${row.id}/${file.sha256}/${file.name}`
      const page: PageFile = { path: file.path, mime: file.facts.mime, dpi: file.facts.dpi, origin, source: 'folder' }
      let pages = await takeIn(core, engine, owner, page, null)
      // The same file put here anew some day later is wanted anew; only one that a crash put back is the same one.
      if (pages === 0 && !file.again)
        pages = await takeIn(core, engine, owner, { ...page, origin: `${origin}/${randomUUID()}` }, null)
      if (!('requestId' in to)) trayChanged(core)
      // Whoever just signed out leaves no record; the pages are where they belong.
      else if (pages > 0 && core.actorOrNull()) core.act({ objectId: owner, kind: 'scanned', args: { pages } })
      // Last of all: a file that a crash leaves here is recognised, one that is gone could not be.
      await file.done()
      desk.arrived({ way: 'folder', name: file.name.slice(-200), pages, requestId: 'requestId' in to ? owner : null })
      return true
    } catch (error) {
      const code = error instanceof DeskError ? error.code : 'internal'
      core.log.warn({ err: error, folder: row.id, code }, 'a file of a watched folder could not be taken in')
      if (['disk_full', 'read_only', 'timeout', 'worker_died', 'out_of_memory', 'sign_in_needed'].includes(code)) {
        await file.giveBack()
        tell(row.id, { state: code === 'disk_full' || code === 'read_only' ? code : 'watching' })
        return false
      }
      await file.refuse()
      tell(row.id, { lastRefused: { name: file.name.slice(-200), why: 'unreadable' } })
      return true
    }
  }

  function targetOf(row: WatchedFolderRow, file: ClaimedFile): Target {
    const route = routeFile(file.name, row.naming)
    if (route.kind === 'request') {
      if (core.actorOrNull() === null) return { reason: 'signed_out', hint: route.id }
      if (!core.views.request(route.id)) return { reason: 'unknown_code', hint: route.id }
      return takesPages(core, route.id) ? { requestId: route.id } : { reason: 'request_closed', hint: route.id }
    }
    if (route.kind === 'unknown_folder') return { reason: 'unknown_folder', hint: route.folder }
    return row.otherwise === 'desk' ? desk.target() : { reason: 'unknown_folder', hint: placeOf(row.path) }
  }

  /** A document is a bundle of its own; pictures that come one after the other are one. */
  function bundleFor(row: WatchedFolderRow, file: ClaimedFile, to: { reason: TrayReason; hint: string }): string {
    const name = file.name.slice(-200)
    const arrival = { name, source: 'folder', ...to } as const
    if (file.facts.mime === 'application/pdf')
      return openBundle(core, { ...arrival, origin: `folder/${row.id}/${file.sha256}/${file.name}/${core.now()}` })
    const key = `${row.id} ${to.reason} ${to.hint} ${file.name.split('/').slice(0, -1).join('/')}`
    const last = bundles.get(key)
    const goesOn = last && core.now() - last.at < ONE_BUNDLE_MS && findBundle(core.db, last.id)?.state === 'waiting'
    const id = goesOn ? last.id : openBundle(core, { ...arrival, origin: `folder/${row.id}/${randomUUID()}` })
    bundles.set(key, { id, at: core.now() })
    return id
  }

  async function stop(id: string): Promise<void> {
    const one = running.get(id)
    running.delete(id)
    one?.stop.abort()
    await one?.ended
  }

  function begin(row: WatchedFolderRow, after: Promise<void> = Promise.resolve()): void {
    if (!started || row.how !== 'auto') return
    const abort = new AbortController()
    running.set(row.id, { stop: abort, ended: after.then(() => watch(row, abort.signal)) })
  }

  function keep(rows: WatchedFolderRow[]): void {
    keepWatchedFolders(core.db, rows)
    for (const topic of ['intake', 'devices'] as const) core.events.emit(topic)
  }

  return {
    start() {
      started = true
      for (const row of watchedFolders(core.db)) begin(row)
    },
    views: () =>
      watchedFolders(core.db).map(({ path, ...row }) => ({
        ...row,
        place: placeOf(path),
        ...(states.get(row.id) ?? { state: 'watching', pending: 0, lastRefused: null }),
      })),
    add(path) {
      const rows = watchedFolders(core.db)
      const nested = (a: string, b: string) => a === b || a.startsWith(b.endsWith(sep) ? b : b + sep)
      if (rows.some((row) => nested(row.path, path) || nested(path, row.path))) throw new DeskError('folder_watched')
      const row: WatchedFolderRow = { id: randomUUID(), path, how: 'auto', naming: 'folder', otherwise: 'desk', taken: 'remove' } // prettier-ignore
      keep([...rows, row])
      begin(row)
    },
    change(id, change) {
      const rows = watchedFolders(core.db)
      const row = rows.find((one) => one.id === id)
      if (!row) throw new DeskError('not_found', { id })
      const changed = { ...row, ...change }
      keep(rows.map((one) => (one.id === id ? changed : one)))
      begin(changed, stop(id))
    },
    remove(id) {
      void stop(id)
      states.delete(id)
      keep(watchedFolders(core.db).filter((row) => row.id !== id))
    },
    async close() {
      await Promise.all([...running.keys()].map(stop))
    },
  }
}

/** The end of a path, enough to know a folder by; whole paths stay in core. */
function placeOf(path: string): string {
  const parts = path.split(sep).filter(Boolean)
  return (parts.length > 3 ? `…${sep}${parts.slice(-3).join(sep)}` : path).slice(-200)
}
