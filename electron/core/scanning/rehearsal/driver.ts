import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ScanEvent, ScannerCapabilities, ScannerDriver, ScannerInfo, ScanRequest } from '../driver.ts'
import { refuseIfAborted, ScanError, type ScanErrorCode, toScanError } from '../scan-error.ts'
import { writePage } from '../spool.ts'

/** A mishap to rehearse. It happens once, after so many further pages; clearing it is up to the rehearsing person. */
export interface RehearsalFault {
  code: Extract<ScanErrorCode, 'jam' | 'cover_open' | 'busy' | 'io' | 'offline'>
  afterPages: number
}

export interface RehearsalOptions {
  /** Folder with the pages to play (.jpg .png .tif), in the order of their names. */
  folder: string
  /** Milliseconds a page takes; a real feeder at 300 dpi needs about as long as the default. */
  pageDelayMs?: number
  /** Sheets in the feeder when it is filled. */
  feederPages?: number
  /** Somebody fills the feeder again before each job that finds it empty; off: `refill()` does. */
  autoRefill?: boolean
  /** The clock, for tests. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

const SCANNER = 'desk'
const STEPS_PER_PAGE = 10
const PICTURE = /\.(jpe?g|png|tiff?)$/i
const RESOLUTIONS = [75, 100, 150, 200, 300, 400, 600]

/**
 * A scanner for training and demonstration: plays pictures of a folder with a real feeder's delays, on every system.
 * Option `stack`: the feeder holds just the pictures whose names begin so (after a jam the rest of that stack).
 */
export class RehearsalDriver implements ScannerDriver {
  readonly id = 'rehearsal'
  readonly #options: Required<RehearsalOptions>
  #feeder: string[] | null = null
  #stack: string | undefined
  #shown = 0
  #fault: RehearsalFault | null = null

  constructor(options: RehearsalOptions) {
    this.#options = {
      pageDelayMs: 700,
      feederPages: 8,
      autoRefill: true,
      wait: (ms, signal) => sleep(ms, undefined, { signal }),
      ...options,
    }
  }

  /** Sheets left in the feeder; null before it was ever filled. */
  get sheets(): number | null {
    return this.#feeder?.length ?? null
  }

  /** Puts the next so many pictures into the feeder, going round when the folder is played through. */
  async refill(pages = this.#options.feederPages): Promise<void> {
    const all = await this.#pictures()
    this.#stack = undefined
    this.#feeder = Array.from({ length: pages }, () => this.#next(all))
  }

  /** Takes every sheet out of the feeder. */
  empty(): void {
    this.#feeder = []
    this.#stack = undefined
  }

  /** Makes a mishap happen in a coming scan; null takes it back. */
  setFault(fault: RehearsalFault | null): void {
    this.#fault = fault && { ...fault }
  }

  async availability(): Promise<'ready' | 'not_installed'> {
    return (await this.#pictures().catch(() => [])).length > 0 ? 'ready' : 'not_installed'
  }

  async list(): Promise<ScannerInfo[]> {
    if ((await this.availability()) === 'not_installed') return []
    return [{ id: `${this.id}:${SCANNER}`, driver: this.id, name: 'Rehearsal scanner', connection: 'virtual' }]
  }

  async capabilities(): Promise<ScannerCapabilities> {
    const sources = (['flatbed', 'feeder', 'feeder_duplex'] as const).map((source) => ({
      source,
      modes: ['lineart' as const, 'grey' as const, 'colour' as const],
      dpi: { values: RESOLUTIONS },
      maxArea: { width: 297, height: 420 },
    }))
    return { sources, options: ['stack'] }
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    refuseIfAborted(signal)
    const unknown = Object.keys(request.options ?? {}).find((name) => name !== 'stack')
    if (unknown !== undefined) throw new ScanError('unsupported', `option ${unknown}`)
    try {
      if (request.source === 'flatbed') {
        yield* this.#page(request, signal, this.#next(await this.#pictures(request.options?.stack)), request.firstSeq)
        yield { type: 'end', reason: 'complete' }
      } else {
        yield* this.#feed(request, signal)
      }
    } catch (error) {
      throw toScanError(error, signal)
    }
  }

  async *#feed(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    const feeder = await this.#load(request.options?.stack)
    if (feeder.length === 0) throw new ScanError('no_documents')
    const limit = request.maxPages ?? Infinity
    for (let seq = request.firstSeq; feeder.length > 0; seq++) {
      if (seq - request.firstSeq >= limit) return yield { type: 'end', reason: 'complete' }
      yield* this.#page(request, signal, feeder[0] as string, seq)
      // A sheet that jammed stays: it is laid in again and scanned with the next job.
      feeder.shift()
    }
    yield { type: 'end', reason: limit < Infinity ? 'complete' : 'feeder_empty' }
  }

  /** The sheets of this job: what is left of the stack asked for, that stack anew, or what lies in the feeder. */
  async #load(stack: string | undefined): Promise<string[]> {
    if (stack !== undefined && (stack !== this.#stack || this.#feeder?.length === 0)) {
      this.#feeder = await this.#pictures(stack)
      this.#stack = stack
    } else if (
      stack === undefined &&
      (this.#feeder === null || (this.#options.autoRefill && this.#feeder.length === 0))
    ) {
      await this.refill()
    }
    return this.#feeder as string[]
  }

  async *#page(request: ScanRequest, signal: AbortSignal, picture: string, seq: number): AsyncGenerator<ScanEvent> {
    const fault = this.#fault
    if (fault && fault.afterPages-- <= 0) {
      this.#fault = null
      throw new ScanError(fault.code, 'rehearsed')
    }
    const { pageDelayMs, folder, wait } = this.#options
    const { dpi, mode, area } = request
    const rendering = import('./picture.ts').then(({ renderAsScan }) => renderAsScan(join(folder, picture), { dpi, mode, area })) // prettier-ignore
    // Its failure is met by the await below, also when a cancel leaves before.
    rendering.catch(() => {})
    for (let step = 1; step <= STEPS_PER_PAGE; step++) {
      await wait(pageDelayMs / STEPS_PER_PAGE, signal)
      refuseIfAborted(signal)
      yield { type: 'progress', pct: (step * 100) / STEPS_PER_PAGE, page: seq }
    }
    const side = request.source === 'feeder_duplex' && (seq - request.firstSeq) % 2 === 1 ? 'back' : 'front'
    yield await writePage(await rendering, request.spoolDir, { seq, side, dpi })
  }

  #next(pictures: readonly string[]): string {
    const picture = pictures[this.#shown++ % pictures.length]
    if (picture === undefined) throw new ScanError('no_documents')
    return picture
  }

  async #pictures(prefix = ''): Promise<string[]> {
    const names = await readdir(this.#options.folder)
    return names.filter((name) => PICTURE.test(name) && name.startsWith(prefix)).sort()
  }
}
