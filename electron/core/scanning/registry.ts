import { DeviceQueue } from './device-queue.ts'
import type { ScanEvent, ScannerCapabilities, ScannerDriver, ScannerInfo, ScanRequest } from './driver.ts'
import { type ScanErrorCode, ScanError, toScanError } from './scan-error.ts'

export interface DriverState {
  driver: string
  state: 'ready' | 'not_installed' | 'failed'
  /** Why it failed, where it did. */
  code?: ScanErrorCode
}

export interface ScannerSnapshot {
  scanners: ScannerInfo[]
  drivers: DriverState[]
}

/** Milliseconds a driver may take to answer for its list or a device's capabilities. */
const DEFAULT_TIME_LIMIT = 15_000

/**
 * All scanners of the desk as one list. A driver that fails or hangs loses its own devices, never the others'.
 * Each device has one job at a time; a scan or a question to a busy device waits its turn.
 */
export class ScannerRegistry {
  readonly #drivers: Map<string, ScannerDriver>
  readonly #queue = new DeviceQueue()
  readonly #timeLimit: number
  readonly #known = new Map<string, ScannerInfo[]>()
  readonly #capabilities = new Map<string, ScannerCapabilities>()

  constructor(drivers: readonly ScannerDriver[], options: { timeLimitMs?: number } = {}) {
    this.#drivers = new Map(drivers.map((driver) => [driver.id, driver]))
    this.#timeLimit = options.timeLimitMs ?? DEFAULT_TIME_LIMIT
  }

  /** Asks every driver at once what is there now. Never throws but `cancelled`. */
  async list(signal: AbortSignal): Promise<ScannerSnapshot> {
    const drivers = [...this.#drivers.values()]
    const states = await Promise.all(drivers.map((driver) => this.#ask(driver, signal)))
    if (signal.aborted) throw new ScanError('cancelled')
    const scanners = drivers.flatMap((driver) => this.#known.get(driver.id) ?? [])
    const present = new Set(scanners.map((scanner) => scanner.id))
    for (const id of this.#capabilities.keys()) if (!present.has(id)) this.#capabilities.delete(id)
    return { scanners, drivers: states }
  }

  async #ask(driver: ScannerDriver, signal: AbortSignal): Promise<DriverState> {
    const id = driver.id
    const inUse = this.#queue.busy().some((device) => device.startsWith(`${id}:`))
    if (driver.listDisturbsScans && inUse && this.#known.has(id)) return { driver: id, state: 'ready' }
    try {
      const state = await this.#limited(signal, (s) => driver.availability(s))
      this.#known.set(id, state === 'ready' ? await this.#limited(signal, (s) => driver.list(s)) : [])
      return { driver: id, state }
    } catch (error) {
      this.#known.set(id, [])
      return { driver: id, state: 'failed', code: toScanError(error, signal).code }
    }
  }

  /** What a device can do; remembered while the device stays in the list. Errors: `ScanError`. */
  async capabilities(scannerId: string, signal: AbortSignal): Promise<ScannerCapabilities> {
    const remembered = this.#capabilities.get(scannerId)
    if (remembered) return remembered
    const driver = this.#driverOf(scannerId)
    const free = await this.#queue.acquire(scannerId, signal)
    try {
      const found = await this.#limited(signal, (s) => driver.capabilities(scannerId, s))
      this.#capabilities.set(scannerId, found)
      return found
    } catch (error) {
      throw toScanError(error, signal)
    } finally {
      free()
    }
  }

  /** Runs a job when its device is free. Errors: `ScanError` only; pages given out before stay valid. */
  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent> {
    const driver = this.#driverOf(request.scannerId)
    const free = await this.#queue.acquire(request.scannerId, signal)
    try {
      yield* driver.scan(request, signal)
    } catch (error) {
      throw toScanError(error, signal)
    } finally {
      free()
    }
  }

  #driverOf(scannerId: string): ScannerDriver {
    const driver = this.#drivers.get(scannerId.slice(0, scannerId.indexOf(':')))
    if (!driver) throw new ScanError('offline', `no driver for ${scannerId}`)
    return driver
  }

  /** Gives up on a driver that does not answer, even if it ignores its signal. */
  async #limited<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController()
    const limit = AbortSignal.any([signal, stop.signal])
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () =>
        reject(new ScanError(signal.aborted ? 'cancelled' : 'offline', 'time limit')),
      )
      timer = setTimeout(() => stop.abort(), this.#timeLimit)
    })
    if (limit.aborted) throw new ScanError('cancelled')
    try {
      return await Promise.race([ask(limit), late])
    } finally {
      clearTimeout(timer)
    }
  }
}
