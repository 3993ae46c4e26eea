import type { SystemPrinting } from '../../../contract/host-link.ts'
import type {
  JobRef,
  PrintDocument,
  PrinterCapabilities,
  PrinterDriver,
  PrinterInfo,
  PrintOptions,
  PrintState,
} from '../driver.ts'
import { PrintError } from '../errors.ts'
import { mediaSize } from '../ipp/capabilities.ts'
import { SLIP_PAGES_MIME } from './pages.ts'

const PREFIX = 'system:'

/**
 * The printers that are set up in the operating system, printed to by main through a hidden window. The system says only
 * that it took the pages: such a job ends as handed over, never as completed.
 */
export class SystemDriver implements PrinterDriver {
  readonly id = 'system'
  readonly #system: SystemPrinting
  #last = 0

  constructor(system: SystemPrinting) {
    this.#system = system
  }

  async list(): Promise<PrinterInfo[]> {
    const printers = await this.#system.printers()
    return printers.map(({ name, displayName }) => ({
      id: PREFIX + name,
      name: displayName || name,
      kind: 'system',
      uri: `system:${encodeURIComponent(name)}`,
    }))
  }

  async capabilities(printerId: string): Promise<PrinterCapabilities> {
    const name = nameOf(printerId)
    const found = (await this.#system.printers()).find((printer) => printer.name === name)
    if (!found) throw new PrintError('not_found', { detail: 'the system knows no such printer' })
    return {
      makeAndModel: found.description,
      formats: [SLIP_PAGES_MIME],
      // The system does not tell its papers here; a route's paper is taken at its word.
      media: [],
      mediaDefault: undefined,
      sources: [],
      dpi: [600],
      sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
      copiesMax: 99,
      colour: true,
      accepting: true,
      state: 'unknown',
      attention: [],
      queue: true,
    }
  }

  async submit(printerId: string, document: PrintDocument, options: PrintOptions): Promise<JobRef> {
    if (document.mime !== SLIP_PAGES_MIME || !('path' in document)) {
      throw new PrintError('unsupported_media', { detail: document.mime })
    }
    const size = options.media === undefined ? undefined : mediaSize(options.media)
    const said = await this.#system.print({
      printer: nameOf(printerId),
      path: document.path,
      copies: options.copies ?? 1,
      sides: options.sides ?? 'one-sided',
      ...size,
    })
    if (!said.ok) {
      // Nothing was taken; what the system says of it is for the log.
      throw new PrintError(said.reason === 'timeout' ? 'unknown' : 'not_accepting', {
        detail: said.reason,
        uncertain: said.reason === 'timeout',
      })
    }
    return { driver: this.id, printerId, jobId: String(++this.#last), name: document.name }
  }

  async *watch(): AsyncIterable<PrintState> {
    yield { state: 'handed_over', reasons: ['queue-completed'], final: true }
  }

  async cancel(): Promise<void> {
    throw new PrintError('cannot_cancel', { detail: 'the system has the pages already' })
  }
}

const nameOf = (printerId: string) => printerId.slice(PREFIX.length)
