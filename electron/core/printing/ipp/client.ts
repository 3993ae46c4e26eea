import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { PrintError, type PrintErrorCode } from '../errors.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage, IppFormatError } from './encode.ts'
import { attribute, group, numberOf, stringOf, type IppAttribute, type IppMessage } from './message.ts'
import { GROUP, OPERATION, STATUS } from './tags.ts'
import { IppTransport, TRANSPORT_LIMITS, type IppTarget, type TransportLimits } from './transport.ts'

/** What is printed: bytes in memory or a file that is streamed. */
export type IppDocument = { bytes: Uint8Array } | { path: string }

/** What a printer says about a job it has taken. */
export interface IppJob {
  id: number
  uri: string | undefined
  state: number | undefined
  attributes: IppAttribute[]
}

const CODES: ReadonlyMap<number, PrintErrorCode> = new Map<number, PrintErrorCode>([
  [STATUS.forbidden, 'auth'],
  [STATUS.notAuthenticated, 'auth'],
  [STATUS.notAuthorized, 'auth'],
  [STATUS.notFound, 'not_found'],
  [STATUS.gone, 'not_found'],
  [STATUS.requestEntityTooLarge, 'unsupported_media'],
  [STATUS.documentFormatNotSupported, 'unsupported_media'],
  [STATUS.attributesNotSupported, 'unsupported_media'],
  [STATUS.compressionNotSupported, 'unsupported_media'],
  [STATUS.documentFormatError, 'unsupported_media'],
  [STATUS.serviceUnavailable, 'not_accepting'],
  [STATUS.notAcceptingJobs, 'not_accepting'],
  [STATUS.busy, 'busy'],
  [STATUS.temporaryError, 'busy'],
])

function statusError(answer: IppMessage): PrintError {
  const operation = group(answer, GROUP.operation)
  const refused = (group(answer, GROUP.unsupported) ?? []).map((entry) => entry.name)
  const hex = `0x${answer.code.toString(16).padStart(4, '0')}`
  const words = [hex, stringOf(operation, 'status-message'), refused.join(', ')].filter(Boolean).join(' ')
  return new PrintError(CODES.get(answer.code) ?? 'unknown', { detail: words })
}

/** Speaks IPP/2.0 (RFC 8011) with one printer or queue. Every method throws PrintError or the signal's reason. */
export class IppClient {
  readonly uri: string
  readonly #transport: IppTransport
  readonly #user: string
  #requestId = 0

  constructor(target: IppTarget, user = 'balis-desk', limits: TransportLimits = TRANSPORT_LIMITS) {
    this.uri = target.uri
    this.#user = user
    this.#transport = new IppTransport(target, limits)
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  /** The printer's description; `requested` as in RFC 8011 section 4.2.5.1, default everything. */
  async printerAttributes(requested: string[] = ['all'], signal?: AbortSignal): Promise<IppAttribute[]> {
    const answer = await this.#call(
      OPERATION.getPrinterAttributes,
      [attribute.keyword('requested-attributes', ...requested)],
      [],
      undefined,
      signal,
    )
    return group(answer, GROUP.printer) ?? []
  }

  /** Asks whether a job with these attributes would be taken, without sending it. */
  async validateJob(format: string, job: IppAttribute[], signal?: AbortSignal): Promise<void> {
    const operation = [attribute.mimeType('document-format', format), attribute.boolean('ipp-attribute-fidelity', true)]
    await this.#call(OPERATION.validateJob, operation, job, undefined, signal)
  }

  /** Hands a document over in one step. A PrintError with `uncertain` means that it may have arrived. */
  async printJob(
    document: IppDocument,
    format: string,
    name: string,
    job: IppAttribute[],
    signal?: AbortSignal,
  ): Promise<IppJob> {
    const operation = [attribute.name('job-name', shortName(name)), attribute.mimeType('document-format', format)]
    return asJob(await this.#call(OPERATION.printJob, operation, job, document, signal))
  }

  /** Makes a job without a document; follow with sendDocument. */
  async createJob(name: string, job: IppAttribute[], signal?: AbortSignal): Promise<IppJob> {
    const operation = [attribute.name('job-name', shortName(name))]
    return asJob(await this.#call(OPERATION.createJob, operation, job, undefined, signal))
  }

  async sendDocument(
    jobId: number,
    document: IppDocument,
    format: string,
    last = true,
    signal?: AbortSignal,
  ): Promise<IppJob> {
    const operation = [
      attribute.integer('job-id', jobId),
      attribute.mimeType('document-format', format),
      attribute.boolean('last-document', last),
    ]
    return asJob(await this.#call(OPERATION.sendDocument, operation, [], document, signal))
  }

  async jobAttributes(jobId: number, signal?: AbortSignal): Promise<IppJob> {
    const operation = [attribute.integer('job-id', jobId), attribute.keyword('requested-attributes', 'all')]
    return asJob(await this.#call(OPERATION.getJobAttributes, operation, [], undefined, signal))
  }

  async jobs(which: 'completed' | 'not-completed', signal?: AbortSignal): Promise<IppJob[]> {
    const operation = [attribute.keyword('requested-attributes', 'all'), attribute.keyword('which-jobs', which)]
    const answer = await this.#call(OPERATION.getJobs, operation, [], undefined, signal)
    return answer.groups.filter((entry) => entry.tag === GROUP.job).map((entry) => jobOf(entry.attributes))
  }

  async cancelJob(jobId: number, signal?: AbortSignal): Promise<void> {
    await this.#call(OPERATION.cancelJob, [attribute.integer('job-id', jobId)], [], undefined, signal)
  }

  /** The queues of a CUPS server (the target is the server itself, `ipp://host/`). */
  async cupsPrinters(signal?: AbortSignal): Promise<IppAttribute[][]> {
    const requested = attribute.keyword('requested-attributes', 'printer-name', 'printer-info', 'printer-uri-supported')
    const answer = await this.#call(OPERATION.cupsGetPrinters, [requested], [], undefined, signal)
    return answer.groups.filter((entry) => entry.tag === GROUP.printer).map((entry) => entry.attributes)
  }

  async #call(
    code: number,
    operation: IppAttribute[],
    job: IppAttribute[],
    document: IppDocument | undefined,
    signal: AbortSignal | undefined,
  ): Promise<IppMessage> {
    const requestId = (this.#requestId = (this.#requestId % 0x7ffffffe) + 1)
    const targetFirst = [
      attribute.charset('attributes-charset', 'utf-8'),
      attribute.naturalLanguage('attributes-natural-language', 'zh-cn'),
      attribute.uri('printer-uri', this.uri),
    ]
    // RFC 8011 wants the job id right after the target.
    const jobId = operation.filter((entry) => entry.name === 'job-id')
    const rest = operation.filter((entry) => entry.name !== 'job-id')
    const groups = [
      {
        tag: GROUP.operation as number,
        attributes: [...targetFirst, ...jobId, attribute.name('requesting-user-name', this.#user), ...rest],
      },
    ]
    if (job.length > 0) groups.push({ tag: GROUP.job, attributes: job })
    const head = encodeMessage({ version: [2, 0], code, requestId, groups })
    const answer = document
      ? await this.#transport.post(withDocument(head, document), head.length + (await size(document)), signal)
      : await this.#transport.post(head, head.length, signal)
    let message: IppMessage
    try {
      message = decodeMessage(answer)
    } catch (cause) {
      if (!(cause instanceof IppFormatError)) throw cause
      throw new PrintError('unknown', { detail: cause.message, uncertain: document !== undefined, cause })
    }
    if (message.code >= 0x0100) throw statusError(message)
    return message
  }
}

async function size(document: IppDocument): Promise<number> {
  if ('bytes' in document) return document.bytes.length
  try {
    return (await stat(document.path)).size
  } catch (cause) {
    throw new PrintError('unknown', { detail: 'the document could not be read', cause })
  }
}

async function* withDocument(head: Uint8Array, document: IppDocument): AsyncIterable<Uint8Array> {
  yield head
  if ('bytes' in document) yield document.bytes
  else yield* createReadStream(document.path, { highWaterMark: 256 * 1024 })
}

/** job-name holds at most 255 octets (RFC 8011 section 5.1.3); a cut never splits a character. */
export function shortName(name: string): string {
  let kept = ''
  let octets = 0
  for (const character of name) {
    octets += Buffer.byteLength(character)
    if (octets > 255) break
    kept += character
  }
  return kept
}

function jobOf(attributes: IppAttribute[]): IppJob {
  const id = numberOf(attributes, 'job-id')
  if (id === undefined) throw new PrintError('unknown', { detail: 'the printer named no job', uncertain: true })
  return { id, uri: stringOf(attributes, 'job-uri'), state: numberOf(attributes, 'job-state'), attributes }
}

function asJob(answer: IppMessage): IppJob {
  return jobOf(group(answer, GROUP.job) ?? [])
}
