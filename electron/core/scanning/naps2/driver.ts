import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  nativeId,
  nearestDpi,
  type ScanEvent,
  type ScanMode,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScannerInfo,
  type ScanRequest,
  type ScanSource,
} from '../driver.ts'
import { jobStream } from '../job-stream.ts'
import { refuseIfAborted, ScanError } from '../scan-error.ts'
import { commitPage, diskIsFull } from '../spool.ts'
import { runTool, type ToolResult } from '../tool.ts'
import { decodeConsole, naps2Error, scannedPage } from './messages.ts'

export interface Naps2Options {
  /** The program and what comes before its options; as installed on this system unless told. */
  command?: readonly [string, ...string[]]
  /** The driver systems of NAPS2 to use: wia, twain, apple, sane, escl. */
  systems?: readonly string[]
  silenceMs?: number
  graceMs?: number
}

const SOURCES: Record<ScanSource, string> = { flatbed: 'glass', feeder: 'feeder', feeder_duplex: 'duplex' }
const MODES: Record<ScanMode, string> = { lineart: 'bw', grey: 'gray', colour: 'color' }
const DPI = { values: [100, 150, 200, 300, 400, 600] }
const A4 = { width: 210, height: 297 }
/** NAPS2 saves JPEG at 75 unless told, which shows on small print. */
const JPEG_QUALITY = '95'

/** Where an installed NAPS2 keeps its console program. */
export function naps2Command(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  if (platform === 'win32') return [join(env.ProgramFiles ?? 'C:\\Program Files', 'NAPS2', 'NAPS2.Console.exe')]
  if (platform === 'darwin') return ['/Applications/NAPS2.app/Contents/MacOS/NAPS2', 'console']
  return ['naps2', 'console']
}

/**
 * USB scanners of Windows (WIA, TWAIN) and macOS through NAPS2.Console, where a library has installed it. Written to
 * its documented options and texts; not run on hardware. NAPS2 writes its files when the whole job is over, so pages
 * come together at the end, and a cancelled job gives none.
 */
export class Naps2Driver implements ScannerDriver {
  readonly id = 'naps2'
  readonly listDisturbsScans = true
  readonly #command: readonly [string, ...string[]]
  readonly #systems: readonly string[]
  readonly #options: Naps2Options

  constructor(options: Naps2Options = {}) {
    this.#options = options
    this.#command = options.command ?? naps2Command(process.platform, process.env)
    this.#systems = options.systems ?? (process.platform === 'darwin' ? ['apple'] : ['wia', 'twain'])
  }

  async availability(signal: AbortSignal): Promise<'ready' | 'not_installed'> {
    try {
      return (await this.#run(['--version'], signal)).exit === 0 ? 'ready' : 'not_installed'
    } catch {
      return 'not_installed'
    }
  }

  async list(signal: AbortSignal): Promise<ScannerInfo[]> {
    if ((await this.availability(signal)) === 'not_installed') return []
    const found: ScannerInfo[] = []
    for (const system of this.#systems) {
      const { exit, stdout } = await this.#run(['--listdevices', '--driver', system], signal)
      refuseIfAborted(signal)
      // A driver system that this computer lacks is said so, in words and with 1; its words are no devices.
      if (exit !== 0) continue
      for (const line of stdout.split(/\r?\n/)) {
        const name = decodeConsole(line).trim()
        if (name) found.push({ id: `${this.id}:${system}:${name}`, driver: this.id, name, connection: 'unknown' })
      }
    }
    return found
  }

  /** NAPS2 does not say what a device can do; what it cannot, the scan itself refuses as `unsupported`. */
  async capabilities(): Promise<ScannerCapabilities> {
    const sources = (['flatbed', 'feeder', 'feeder_duplex'] as const).map((source) => ({
      source,
      modes: ['lineart' as const, 'grey' as const, 'colour' as const],
      dpi: DPI,
      maxArea: null,
    }))
    return { sources, options: [] }
  }

  scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    return jobStream(signal, (limit, emit) => this.#work(request, limit, emit))
  }

  async #work(request: ScanRequest, signal: AbortSignal, emit: (event: ScanEvent) => void): Promise<void> {
    refuseIfAborted(signal)
    const dpi = nearestDpi(DPI, request.dpi)
    const folder = await mkdtemp(join(request.spoolDir, '.scan-'))
    try {
      const result = await this.#run(scanArgs(request, dpi, folder), signal, (line) => {
        const page = scannedPage(decodeConsole(line))
        if (page !== null) emit({ type: 'progress', pct: 100, page: request.firstSeq + page - 1 })
      })
      if (signal.aborted) throw new ScanError('cancelled')
      let seq = request.firstSeq
      for (const name of (await readdir(folder)).sort()) {
        const side = request.source === 'feeder_duplex' && (seq - request.firstSeq) % 2 === 1 ? 'back' : 'front'
        emit(await commitPage(join(folder, name), request.spoolDir, { seq, side, dpi }))
        seq += 1
      }
      const said = decodeConsole(result.stdout) + decodeConsole(result.stderr)
      if (result.stopped === 'silent') throw new ScanError('offline', 'the tool fell silent')
      if (result.exit !== 0 || seq === request.firstSeq) {
        const failure = naps2Error(said, 'unknown')
        const vague = failure.code === 'io' || failure.code === 'unknown'
        throw vague && (await diskIsFull(request.spoolDir)) ? new ScanError('disk_full', said) : failure
      }
      emit({ type: 'end', reason: request.source === 'flatbed' ? 'complete' : 'feeder_empty' })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  #run(args: readonly string[], signal: AbortSignal, onStdout?: (line: string) => void): Promise<ToolResult> {
    const [command, ...before] = this.#command
    const { silenceMs = 300_000, graceMs } = this.#options
    return runTool({
      command,
      args: [...before, ...args],
      encoding: 'latin1',
      dieWithParent: true,
      signal,
      silenceMs,
      ...(onStdout ? { onStdout } : {}),
      ...(graceMs === undefined ? {} : { graceMs }),
    })
  }
}

function scanArgs(request: ScanRequest, dpi: number, folder: string): string[] {
  const { area = { x: 0, y: 0, ...A4 }, mode, source, maxPages } = request
  if (Object.keys(request.options ?? {}).length > 0) throw new ScanError('unsupported', 'options')
  if (area.x !== 0 || area.y !== 0) throw new ScanError('unsupported', 'an area away from the corner')
  // NAPS2 always empties the feeder: a single page is rescanned from the glass.
  if (source !== 'flatbed' && maxPages !== undefined) throw new ScanError('unsupported', 'part of a stack')
  const native = nativeId(request.scannerId)
  const [system, device] = [native.slice(0, native.indexOf(':')), native.slice(native.indexOf(':') + 1)]
  return [
    '--noprofile',
    ...['--driver', system, '--device', device],
    ...['--source', SOURCES[source], '--pagesize', `${area.width}x${area.height}mm`],
    ...['--dpi', String(dpi), '--bitdepth', MODES[mode], '--jpegquality', JPEG_QUALITY],
    // Many pages into one TIFF is what NAPS2 does by itself, so line art goes as PNG.
    ...['-o', join(folder, `p$(nnnn).${mode === 'lineart' ? 'png' : 'jpg'}`), '-f', '-v'],
  ]
}
