import { ScanError } from './scan-error.ts'

/**
 * One job at a time for each device, in the order asked for. SANE and many network scanners let two jobs in at
 * once and mix them up, so the order is kept here.
 */
export class DeviceQueue {
  #tails = new Map<string, Promise<void>>()

  /** Devices with a job running or waiting. */
  busy(): string[] {
    return [...this.#tails.keys()]
  }

  /**
   * Waits for the device and returns the function that frees it again (calling it twice is harmless).
   * Errors: `cancelled` when the signal aborts while waiting; the place in the queue is then given up.
   */
  async acquire(device: string, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new ScanError('cancelled')
    const before = this.#tails.get(device) ?? Promise.resolve()
    let free = (): void => {}
    const mine = new Promise<void>((resolve) => (free = resolve))
    const tail = before.then(() => mine)
    this.#tails.set(device, tail)
    void tail.then(() => {
      if (this.#tails.get(device) === tail) this.#tails.delete(device)
    })
    let onAbort = (): void => {}
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(new ScanError('cancelled'))
      signal.addEventListener('abort', onAbort, { once: true })
    })
    try {
      await Promise.race([before, aborted])
    } catch (error) {
      free()
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
    return () => {
      free()
      if (this.#tails.get(device) === tail) this.#tails.delete(device)
    }
  }
}
