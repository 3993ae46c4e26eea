import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  nativeId,
  type ScanEvent,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScannerInfo,
  type ScanRequest,
} from '../driver.ts'
import { jobStream } from '../job-stream.ts'
import { refuseIfAborted, ScanError } from '../scan-error.ts'
import { commitPage, diskIsFull } from '../spool.ts'
import { freeOptions, offeredSources, scanArgs, sourceArgs, sourceCapabilities } from './choose.ts'
import { saneError } from './errors.ts'
import { parseOptions, type SaneOption } from './options.ts'
import { runTool, type ToolResult, type ToolRun } from '../tool.ts'

export interface SaneDriverOptions {
  /** The program; found on the PATH unless told. */
  command?: string
  /** Added to the environment; SANE_CONFIG_DIR here or in core's own environment chooses the configuration. */
  env?: Record<string, string | undefined>
  /** Milliseconds of silence after which a scan counts as hung (lamps may warm up for a minute). */
  silenceMs?: number
  graceMs?: number
  /** Devices another driver of the desk reaches itself, and better; by SANE's name. */
  leaveOut?: RegExp
}

/** SANE's names of eSCL devices: `EsclDriver` lists them itself, and ends their jobs more cleanly than scanimage can. */
export const SANE_ESCL_DEVICES = /^(airscan:e|escl:)/

const SEPARATOR = '\u001f'
const LIST_FORMAT = ['%d', '%v', '%m', '%t'].join(SEPARATOR) + '%n'

/** Scanners of this computer and, where sane-airscan is there, of the network, through the program `scanimage`. */
export class SaneDriver implements ScannerDriver {
  readonly id = 'sane'
  /** Probing the USB bus while a page is read makes several backends lose the page. */
  readonly listDisturbsScans = true
  readonly #options: SaneDriverOptions
  /** Settings of a device with one source chosen; a device is opened for them once, not before every scan. */
  readonly #settings = new Map<string, ReadonlyMap<string, SaneOption>>()

  constructor(options: SaneDriverOptions = {}) {
    this.#options = options
  }

  async availability(signal: AbortSignal): Promise<'ready' | 'not_installed'> {
    try {
      const { exit } = await this.#run(['--version'], signal, 10_000)
      return exit === 0 ? 'ready' : 'not_installed'
    } catch {
      return 'not_installed'
    }
  }

  async list(signal: AbortSignal): Promise<ScannerInfo[]> {
    if ((await this.availability(signal)) === 'not_installed') return []
    const result = await this.#run(['-f', LIST_FORMAT], signal, 60_000)
    refuseIfAborted(signal)
    if (result.exit !== 0) throw saneError(result.exit, result.stderr)
    const devices = result.stdout.split('\n').flatMap((line) => {
      const [device, vendor, model, type] = line.split(SEPARATOR)
      const wanted = device && model !== undefined && !this.#options.leaveOut?.test(device)
      return wanted ? [{ device, vendor: vendor ?? '', model, type: type ?? '' }] : []
    })
    const present = new Set(devices.map(({ device }) => device))
    for (const key of this.#settings.keys()) {
      if (!present.has(key.split(SEPARATOR)[0] as string)) this.#settings.delete(key)
    }
    return devices.map(({ device, vendor, model, type }) => ({
      id: `${this.id}:${device}`,
      driver: this.id,
      name: /^(noname|unknown)?$/i.test(vendor) ? model : `${vendor} ${model}`,
      connection: connectionOf(device, type),
    }))
  }

  async capabilities(scannerId: string, signal: AbortSignal): Promise<ScannerCapabilities> {
    const device = nativeId(scannerId)
    const plain = await this.#read(device, [], signal)
    const sources = []
    for (const source of offeredSources(plain)) {
      const args = sourceArgs(plain, source) as string[]
      sources.push(sourceCapabilities(await this.#read(device, args, signal), source))
    }
    return { sources, options: freeOptions(plain) }
  }

  scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    return jobStream(signal, (limit, emit) => this.#work(request, limit, emit))
  }

  async #work(request: ScanRequest, signal: AbortSignal, emit: (event: ScanEvent) => void): Promise<void> {
    refuseIfAborted(signal)
    const device = nativeId(request.scannerId)
    const plain = await this.#read(device, [], signal)
    const source = sourceArgs(plain, request.source)
    if (!source) throw new ScanError('unsupported', `source ${request.source}`)
    const { args, dpi } = scanArgs(await this.#read(device, source, signal), request)
    const fromFeeder = request.source !== 'flatbed'
    // scanimage packs a PNG more slowly than many a feeder gives pages, and the feeder waits for it: bare pixels where there
    // are many, which whoever takes the page in packs beside the scan.
    const format = request.mode === 'lineart' ? 'png' : 'tiff'
    const limit = fromFeeder ? request.maxPages : 1
    // A folder on the spool's own volume, so that a finished page is only renamed; a leading dot hides it.
    const folder = await mkdtemp(join(request.spoolDir, '.scan-'))
    try {
      let seq = request.firstSeq
      let moving = request.firstSeq
      // Between "Scanning page" and its first bytes scanimage forgets a stop and takes the next sheet.
      let starting = false
      let committing = Promise.resolve()
      let broken: unknown = null
      const halt = new AbortController()
      const commit = async (path: string): Promise<void> => {
        if (broken) return
        try {
          const side = request.source === 'feeder_duplex' && (seq - request.firstSeq) % 2 === 1 ? 'back' : 'front'
          const page = await commitPage(join(folder, basename(path)), request.spoolDir, { seq, side, dpi })
          seq += 1
          emit(page)
        } catch (error) {
          broken = error
          // scanimage does not notice a disk that took half a page, and would let the whole stack run through.
          halt.abort()
        }
      }
      const result = await this.#run(
        [
          '-d',
          device,
          ...args,
          `--format=${format}`,
          `--batch=${join(folder, `p%d.${format}`)}`,
          `--batch-start=${request.firstSeq}`,
          ...(limit === undefined ? [] : [`--batch-count=${limit}`]),
          '--batch-print',
          '--progress',
        ],
        AbortSignal.any([signal, halt.signal]),
        this.#options.silenceMs ?? 180_000,
        {
          lastWords: /Batch terminated/,
          isDeaf: () => starting,
          onStdout: (line) => (committing = committing.then(() => commit(line))),
          onStderr: (line) => {
            // scanimage numbers its pages from --batch-start, so its number is our seq.
            starting = line.startsWith('Scanning page') || (starting && !line.startsWith('Progress:'))
            moving = Number(/^Scanning page (\d+)/.exec(line)?.[1] ?? moving)
            const pct = /^Progress: ([\d.]+)%/.exec(line)?.[1]
            if (pct !== undefined) emit({ type: 'progress', pct: Math.min(100, Number(pct)), page: moving })
          },
        },
      )
      await committing
      if (broken) throw broken
      const pages = seq - request.firstSeq
      const exit = exitOf(result)
      if (signal.aborted) throw new ScanError('cancelled')
      if (result.stopped === 'silent') throw new ScanError('offline', 'scanner fell silent')
      if (limit !== undefined && pages >= limit && exit === 0) return emit({ type: 'end', reason: 'complete' })
      if (fromFeeder && pages > 0 && emptied(exit, result.stderr)) return emit({ type: 'end', reason: 'feeder_empty' })
      const failure = saneError(exit, result.stderr)
      // scanimage does not say why it could not write a page.
      const vague = failure.code === 'io' || failure.code === 'unknown'
      throw vague && (await diskIsFull(request.spoolDir)) ? new ScanError('disk_full', failure.raw) : failure
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** The device's settings with these arguments set first, since one setting switches others on and off. */
  async #read(device: string, args: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, SaneOption>> {
    const key = [device, ...args].join(SEPARATOR)
    const remembered = this.#settings.get(key)
    if (remembered) return remembered
    const result = await this.#run(['-d', device, ...args, '-A'], signal, 60_000)
    refuseIfAborted(signal)
    if (result.exit !== 0) throw saneError(result.exit, result.stderr)
    const options = parseOptions(result.stdout)
    this.#settings.set(key, options)
    return options
  }

  #run(
    args: readonly string[],
    signal: AbortSignal,
    silenceMs: number,
    listeners: Pick<ToolRun, 'onStdout' | 'onStderr' | 'lastWords' | 'isDeaf'> = {},
  ): Promise<ToolResult> {
    const { command = 'scanimage', env, graceMs } = this.#options
    return runTool({
      command,
      args,
      dieWithParent: true,
      signal,
      silenceMs,
      ...listeners,
      ...(env ? { env } : {}),
      ...(graceMs === undefined ? {} : { graceMs }),
    })
  }
}

/**
 * The exit code, or what it would have been: about one run in eighty with an error hangs in the backend after
 * scanimage has said all, so there its last word about the page is taken (5 = end of page = good).
 */
function exitOf({ exit, stopped, stderr }: ToolResult): number | null {
  if (stopped !== 'lingering') return exit
  const status = Number([...stderr.matchAll(/\(scanner status = (\d+)\)/g)].at(-1)?.[1] ?? 9)
  return status === 5 ? 0 : status
}

/** scanimage ends a batch on an empty feeder with 0, or with 7 when a page count was asked for and not reached. */
function emptied(exit: number | null, stderr: string): boolean {
  return (exit === 0 || exit === 7) && /document feeder out of documents/i.test(stderr)
}

function connectionOf(device: string, type: string): ScannerInfo['connection'] {
  if (/virtual/i.test(type)) return 'virtual'
  if (/^(airscan|escl|net|epsonds:net|epson2:net|bjnp)|\bip=|:net:/.test(`${device} ${type}`)) return 'network'
  return /usb/i.test(device) ? 'usb' : 'unknown'
}
