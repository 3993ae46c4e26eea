import { randomBytes } from 'node:crypto'
import type {
  JobRef,
  PrintDocument,
  PrinterCapabilities,
  PrinterDriver,
  PrinterInfo,
  PrintOptions,
  RememberedJob,
} from '../driver.ts'
import { PrintError } from '../errors.ts'
import { capabilitiesOf, mediaSize } from './capabilities.ts'
import { IppClient, shortName } from './client.ts'
import { askDevice, deviceWord } from './device-word.ts'
import { attribute, stringOf, stringsOf, type IppAttribute } from './message.ts'
import { isFinal, printStateOf } from './states.ts'
import { TRANSPORT_LIMITS, type IppTarget, type TransportLimits } from './transport.ts'
import { watchJob, WATCH_TIMES, type WatchTimes } from './watch.ts'

/** A printer somebody has set up by its address. */
export interface IppPrinterSetting extends IppTarget {
  id: string
  name: string
}

export interface IppDriverOptions {
  /** Read anew on every use, so a changed setting counts at once. */
  printers: () => readonly IppPrinterSetting[]
  /** Address of this computer's CUPS server whose queues are offered too, for instance `ipp://localhost:631/`. */
  cups?: string
  user?: string
  limits?: TransportLimits
  times?: WatchTimes
}

const QUEUE = 'cups:'

/** What is asked of a printer while a job is watched. */
const WATCHED = [
  'printer-state',
  'printer-state-reasons',
  'printer-state-message',
  'printer-type',
  'cups-version',
  'device-uri',
]

/** Tells a queue's job from all others at the device behind it. */
const uniqueMark = () => `#${randomBytes(3).toString('hex')}`
const MARK = / #[0-9a-f]{6}$/

interface Known {
  client: IppClient
  key: string
  description?: IppAttribute[]
}

/** Prints through IPP: network printers without a driver, and the queues of CUPS. */
export class IppDriver implements PrinterDriver {
  readonly id = 'ipp'
  readonly #options: IppDriverOptions
  readonly #known = new Map<string, Known>()

  constructor(options: IppDriverOptions) {
    this.#options = options
  }

  async list(signal?: AbortSignal): Promise<PrinterInfo[]> {
    const own = this.#options.printers().map(({ id, name, uri }): PrinterInfo => ({ id, name, uri, kind: 'network' }))
    return [...own, ...(await this.#queues(signal))]
  }

  async capabilities(printerId: string, signal?: AbortSignal): Promise<PrinterCapabilities> {
    return capabilitiesOf(await this.#describe(this.#printer(printerId), signal))
  }

  async submit(
    printerId: string,
    document: PrintDocument,
    options: PrintOptions,
    signal?: AbortSignal,
  ): Promise<JobRef> {
    const known = this.#printer(printerId)
    const description = await this.#describe(known, signal)
    const job = jobAttributes(description, document.mime, options)
    // The ledger marks its names; others are marked for queues, where the device behind is asked by name.
    const marked = MARK.test(document.name) || !capabilitiesOf(description).queue
    const name = marked ? document.name : `${document.name} ${uniqueMark()}`
    const made = await known.client.printJob(document, document.mime, name, job, signal)
    return { driver: this.id, printerId, jobId: String(made.id), name }
  }

  async *watch(job: JobRef, signal?: AbortSignal) {
    const known = this.#printer(job.printerId)
    yield* watchJob(
      async (inner) => {
        const { attributes } = await known.client.jobAttributes(Number(job.jobId), inner)
        // Printers that were switched off may count from 1 again: another's job must not speak for ours.
        if (!sameName(stringOf(attributes, 'job-name'), job.name)) throw new PrintError('not_found')
        const printer = await known.client.printerAttributes(WATCHED, inner)
        const { queue } = capabilitiesOf(printer)
        const state = printStateOf(attributes, printer, queue)
        const { user, limits = TRANSPORT_LIMITS } = this.#options
        if (queue && state.state === 'printing' && waitsForDevice(printer)) {
          await askDevice(stringOf(printer, 'device-uri'), user, limits, inner)
        }
        if (!queue || state.state !== 'handed_over' || !state.final) return state
        return (await deviceWord(stringOf(printer, 'device-uri'), job.name, user, limits, inner)) ?? state
      },
      this.#options.times ?? WATCH_TIMES,
      signal,
    )
  }

  async cancel(job: JobRef, signal?: AbortSignal): Promise<void> {
    const { client } = this.#printer(job.printerId)
    const id = Number(job.jobId)
    try {
      await client.cancelJob(id, signal)
    } catch (error) {
      // A job that ended while this was on its way needs it no more: `watch` tells how it ended.
      if (await isOver(client, id, signal)) return
      throw error instanceof PrintError && error.code === 'unknown' ? cannotCancel(error) : error
    }
  }

  /**
   * The job of that name, if the printer still knows it: how to learn, after an uncertain submit, whether the
   * document arrived. Names must be made unique by the caller.
   */
  async findByName(printerId: string, name: string, signal?: AbortSignal): Promise<JobRef | undefined> {
    const { client } = this.#printer(printerId)
    for (const which of ['not-completed', 'completed'] as const) {
      const found = (await client.jobs(which, signal)).find(({ attributes }) => {
        const listed = stringOf(attributes, 'job-name')
        return listed === name || listed?.replace(MARK, '') === name
      })
      if (found)
        return {
          driver: this.id,
          printerId,
          jobId: String(found.id),
          name: stringOf(found.attributes, 'job-name') ?? name,
        }
    }
    return undefined
  }

  async history(printerId: string, signal?: AbortSignal): Promise<RememberedJob[]> {
    const { client } = this.#printer(printerId)
    const found = new Map<number, RememberedJob>()
    // Some devices list every job under both headings.
    for (const which of ['not-completed', 'completed'] as const) {
      for (const { id, attributes } of await client.jobs(which, signal)) {
        const { state } = printStateOf(attributes, [], false)
        found.set(id, { jobId: String(id), name: stringOf(attributes, 'job-name') ?? '', state })
      }
    }
    return [...found.values()].sort((a, b) => Number(b.jobId) - Number(a.jobId))
  }

  async close(): Promise<void> {
    const all = [...this.#known.values()]
    this.#known.clear()
    await Promise.all(all.map(({ client }) => client.close()))
  }

  async #queues(signal?: AbortSignal): Promise<PrinterInfo[]> {
    if (!this.#options.cups) return []
    try {
      const queues = await this.#client(QUEUE, { uri: this.#options.cups }).client.cupsPrinters(signal)
      return queues.flatMap((queue) => {
        const queueName = stringOf(queue, 'printer-name')
        if (!queueName) return []
        const name = stringOf(queue, 'printer-info') || queueName
        return [{ id: QUEUE + queueName, name, uri: this.#queueUri(queueName), kind: 'queue' as const }]
      })
    } catch (error) {
      // No CUPS on this computer is the normal case on Windows and no reason to hide the other printers.
      if (error instanceof PrintError) return []
      throw error
    }
  }

  #queueUri(queue: string): string {
    return new URL(`printers/${encodeURIComponent(queue)}`, `${this.#options.cups!.replace(/\/?$/, '/')}`).href
  }

  #printer(printerId: string): Known {
    if (printerId.startsWith(QUEUE) && printerId.length > QUEUE.length && this.#options.cups) {
      return this.#client(printerId, { uri: this.#queueUri(printerId.slice(QUEUE.length)) })
    }
    const setting = this.#options.printers().find((candidate) => candidate.id === printerId)
    if (!setting) throw new PrintError('not_found', { detail: 'no such printer is set up' })
    return this.#client(printerId, setting)
  }

  #client(id: string, target: IppTarget): Known {
    const key = JSON.stringify([target.uri, target.fingerprint, target.auth])
    const known = this.#known.get(id)
    if (known?.key === key) return known
    void known?.client.close()
    const fresh = { client: new IppClient(target, this.#options.user, this.#options.limits ?? TRANSPORT_LIMITS), key }
    this.#known.set(id, fresh)
    return fresh
  }

  async #describe(known: Known, signal?: AbortSignal): Promise<IppAttribute[]> {
    return known.client.printerAttributes(['all', 'media-col-database'], signal)
  }
}

const cannotCancel = (cause: PrintError) => new PrintError('cannot_cancel', { detail: cause.message, cause })

/** The printer says that the job has ended, or knows it no more. */
async function isOver(client: IppClient, jobId: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return isFinal((await client.jobAttributes(jobId, signal)).state)
  } catch (error) {
    return error instanceof PrintError && error.code === 'not_found'
  }
}

/** The queue has given everything to its device and waits for its word. */
function waitsForDevice(printer: IppAttribute[]): boolean {
  return stringsOf(printer, 'printer-state-reasons').includes('cups-waiting-for-job-completed')
}

/** Devices may cut a job's name, so one may be the other's beginning; a device that keeps no names says nothing. */
function sameName(listed: string | undefined, ours: string): boolean {
  if (listed === undefined || listed === '') return true
  return ours.startsWith(listed) || listed.startsWith(shortName(ours))
}

/**
 * Job attributes for a printer with this description. What it cannot do is refused here with PrintError
 * `unsupported_media`, before a sheet is wasted: printers (and CUPS always) silently print something else instead.
 */
export function jobAttributes(description: IppAttribute[], mime: string, options: PrintOptions): IppAttribute[] {
  const able = capabilitiesOf(description)
  const refuse = (detail: string) => new PrintError('unsupported_media', { detail })
  if (!able.accepting) throw new PrintError('not_accepting', { detail: able.makeAndModel })
  if (!able.formats.includes(mime)) throw refuse(mime)
  const job: IppAttribute[] = []
  const copies = options.copies ?? 1
  if (copies > able.copiesMax) throw refuse(`copies ${copies} > ${able.copiesMax}`)
  if (copies !== 1) job.push(attribute.integer('copies', copies))
  const sides = options.sides ?? 'one-sided'
  if (able.sides.includes(sides)) job.push(attribute.keyword('sides', sides))
  else if (sides !== 'one-sided') throw refuse(sides)
  job.push(...mediaAttributes(options, able, stringsOf(description, 'media-supported')))
  // Codes are laid on whole printer dots; a printer that "fits to page" would blur them.
  if (stringsOf(description, 'print-scaling-supported').includes('none')) {
    job.push(attribute.keyword('print-scaling', 'none'))
  }
  return job
}

function mediaAttributes(
  { media, source }: PrintOptions,
  able: PrinterCapabilities,
  supported: readonly string[],
): IppAttribute[] {
  if (media !== undefined && !supported.includes(media)) throw new PrintError('unsupported_media', { detail: media })
  if (source === undefined) return media === undefined ? [] : [attribute.keyword('media', media)]
  if (!able.sources.includes(source)) throw new PrintError('unsupported_media', { detail: source })
  const members = [attribute.keyword('media-source', source)]
  const size = media === undefined ? undefined : mediaSize(media)
  if (size) {
    // Hundredths of a millimetre (PWG 5100.7). `media` and `media-col` must not stand in one job.
    const dimensions = [
      attribute.integer('x-dimension', Math.round(size.widthMm * 100)),
      attribute.integer('y-dimension', Math.round(size.heightMm * 100)),
    ]
    members.push(attribute.collection('media-size', dimensions))
  }
  return [attribute.collection('media-col', members)]
}
