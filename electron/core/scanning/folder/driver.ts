import { constants, copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  nativeId,
  type ScanEvent,
  type ScannedPage,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScannerInfo,
  type ScanRequest,
} from '../driver.ts'
import { refuseIfAborted, ScanError, toScanError } from '../scan-error.ts'
import { commitPage, partName } from '../spool.ts'
import { isFolderName, type Refusal } from './rules.ts'
import { type ClaimedFile, WatchedFolder } from './watched-folder.ts'

export interface FolderSetting {
  /** Stable and short; part of the scanner id. */
  id: string
  name: string
  path: string
}

export interface FolderDriverOptions {
  /** Folders as set up by the library; asked again at every list. */
  folders: () => readonly FolderSetting[]
  stableMs?: number
  deadlineMs?: number
  /** Milliseconds between two looks. */
  pollMs?: number
  /** Milliseconds without any file after which a job ends, where the request does not say. */
  idleMs?: number
  /** Files put aside, for the desk to tell. */
  onRefused?: (folder: FolderSetting, name: string, why: Refusal) => void
  now?: () => number
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/**
 * Watched folders as scanners: overhead book scanners and their own programs write there. A job takes what is there
 * and what comes, and ends when nothing came for a while. Options: `folder` (the request's own folder inside; without
 * it only files right in the watched folder are taken, so no other request's pages come along) and `idle` (seconds).
 */
export class FolderDriver implements ScannerDriver {
  readonly id = 'folder'
  readonly #options: Required<Omit<FolderDriverOptions, 'stableMs' | 'deadlineMs'>>
  readonly #limits: { stableMs?: number; deadlineMs?: number }

  constructor(options: FolderDriverOptions) {
    const { stableMs, deadlineMs, ...rest } = options
    this.#limits = {
      ...(stableMs === undefined ? {} : { stableMs }),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    }
    this.#options = {
      pollMs: 500,
      idleMs: 30_000,
      onRefused: () => {},
      now: Date.now,
      wait: (ms, signal) => sleep(ms, undefined, { signal }),
      ...rest,
    }
  }

  async availability(): Promise<'ready'> {
    return 'ready'
  }

  /** Folders that can be reached now: one on a share that is away is not listed. */
  async list(): Promise<ScannerInfo[]> {
    const checked = this.#options.folders().map(async (folder) => ((await isFolder(folder.path)) ? [folder] : []))
    const present = (await Promise.all(checked)).flat()
    return present.map(({ id, name }) => ({ id: `${this.id}:${id}`, driver: this.id, name, connection: 'folder' }))
  }

  async capabilities(scannerId: string): Promise<ScannerCapabilities> {
    if (!(await isFolder(this.#setting(scannerId).path))) throw new ScanError('offline', scannerId)
    const source = { source: 'feeder' as const, dpi: { values: [] }, maxArea: null }
    return { sources: [{ ...source, modes: ['lineart', 'grey', 'colour'] }], options: ['folder', 'idle'] }
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    refuseIfAborted(signal)
    const setting = this.#setting(request.scannerId)
    const { folder, idle, ...unknown } = request.options ?? {}
    const idleMs = idle === undefined ? this.#options.idleMs : Number(idle) * 1000
    const sane = Object.keys(unknown).length === 0 && idleMs >= 0 && (folder === undefined || isFolderName(folder))
    if (!sane || request.source !== 'feeder') throw new ScanError('unsupported', 'options of a watched folder')
    if (!(await isFolder(setting.path))) throw new ScanError('offline', setting.path)
    const { now, onRefused, pollMs, wait } = this.#options
    const within = folder === undefined ? {} : { folder }
    const watched = new WatchedFolder({ root: setting.path, ...within, ...this.#limits, now })
    const limit = request.maxPages ?? Infinity
    let seq = request.firstSeq
    let waiting: ClaimedFile[] = []
    try {
      for (let quietSince = now(); now() - quietSince <= idleMs;) {
        const look = await watched.look()
        waiting = look.claimed
        for (const { name, why } of look.refused) onRefused(setting, name, why)
        if (look.claimed.length + look.pending + look.refused.length > 0) quietSince = now()
        while (waiting.length > 0) {
          refuseIfAborted(signal)
          if (seq - request.firstSeq >= limit) break
          const file = waiting[0] as ClaimedFile
          const page = await toSpool(file, request, seq)
          seq += 1
          waiting.shift()
          await file.done()
          yield page
        }
        if (seq - request.firstSeq >= limit) return yield { type: 'end', reason: 'complete' }
        await wait(pollMs, signal)
      }
      if (seq === request.firstSeq) throw new ScanError('no_documents')
      yield { type: 'end', reason: 'feeder_empty' }
    } catch (error) {
      if (!signal.aborted && !(await isFolder(setting.path))) throw new ScanError('offline', setting.path)
      throw toScanError(error, signal)
    } finally {
      for (const file of waiting) await file.giveBack().catch(() => {})
    }
  }

  #setting(scannerId: string): FolderSetting {
    const found = this.#options.folders().find(({ id }) => id === nativeId(scannerId))
    if (!found) throw new ScanError('offline', scannerId)
    return found
  }
}

/** Copies rather than moves: the spool may lie on another volume, and until it is safe there the claim stays here. */
async function toSpool(file: ClaimedFile, request: ScanRequest, seq: number): Promise<ScannedPage> {
  const part = join(request.spoolDir, partName())
  try {
    await copyFile(file.path, part, constants.COPYFILE_EXCL)
    return await commitPage(part, request.spoolDir, { seq, side: 'front', dpi: request.dpi })
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
