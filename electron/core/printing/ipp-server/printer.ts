import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  attribute,
  booleanOf,
  find,
  group,
  numberOf,
  stringOf,
  stringsOf,
  type IppAttribute,
  type IppMessage,
} from '../ipp/message.ts'
import { GROUP, JOB_STATE, OPERATION, PRINTER_STATE, STATUS } from '../ipp/tags.ts'
import {
  COMPRESSIONS,
  COPIES_MAX,
  describePrinter,
  JOB_CREATION,
  OPERATIONS,
  selectAttributes,
  SIDES,
  type PrinterIdentity,
} from './description.ts'
import { WAITING_FAULTS, type PrinterFault } from './faults.ts'
import { describeJob, ended, JobList, moveJob, type ServerJob } from './jobs.ts'
import { type Convert, DocumentTooLarge, keepAsPdf, NotThatFormat, receiveDocument } from './receive.ts'

/** A document that came out of our printer. */
export interface ReceivedDocument {
  jobId: number
  name: string
  user: string
  /** Always a PDF now; `receivedAs` is what was sent. */
  mime: 'application/pdf'
  receivedAs: string
  path: string
  bytes: number
  copies: number
  /** Pages asked for, from 1; absent: all. */
  pageRanges?: readonly PageSpan[]
}

export interface PageSpan {
  lower: number
  upper: number
}

export interface PrinterSettings {
  identity: PrinterIdentity
  folder: string
  /** Pretended time per job, ms. */
  delayMs: number
  largestBytes: number
  now: () => number
  convert: Convert
  onDocument: (document: ReceivedDocument) => void | Promise<void>
}

/** State, reasons and message of a job that ended. */
type JobEnd = [state: number, reasons: string[], message?: string]

type Reply = { code: number; groups?: IppMessage['groups'] }

class Refusal extends Error {
  readonly code: number
  readonly unsupported: IppAttribute[]

  constructor(code: number, unsupported: IppAttribute[] = []) {
    super(`0x${code.toString(16)}`)
    this.code = code
    this.unsupported = unsupported
  }
}

/** An IPP printer that keeps what it is given as PDF. It knows IPP but not HTTP (see http.ts). */
export class DeskPrinter {
  readonly #settings: PrinterSettings
  readonly #jobs: JobList
  #fault: PrinterFault | undefined
  #changedAt: number
  #work: Promise<void> = Promise.resolve()
  readonly #closed = new AbortController()

  constructor(settings: PrinterSettings) {
    this.#settings = settings
    this.#changedAt = settings.identity.startedAt
    this.#jobs = new JobList(settings.identity.startedAt)
    mkdirSync(settings.folder, { recursive: true })
  }

  get fault(): PrinterFault | undefined {
    return this.#fault
  }

  setFault(fault: PrinterFault | undefined): void {
    this.#fault = fault
    this.#changedAt = this.#settings.now()
  }

  /** Stops after the job in hand is dropped; waiting jobs are aborted. */
  async close(): Promise<void> {
    this.#closed.abort()
    for (const job of this.#jobs.list('not-completed')) job.abort.abort()
    await this.#work
  }

  /** Answers one request; `document` are the bytes after its attributes. Never throws for bad input. */
  async answer(request: IppMessage, document: AsyncIterable<Uint8Array>): Promise<IppMessage> {
    let reply: Reply
    try {
      this.#checkFrame(request)
      reply = await this.#dispatch(request, document)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const groups = error.unsupported.length > 0 ? [{ tag: GROUP.unsupported, attributes: error.unsupported }] : []
      reply = { code: error.code, groups }
    }
    const frame = [
      attribute.charset('attributes-charset', 'utf-8'),
      attribute.naturalLanguage('attributes-natural-language', 'en'),
    ]
    return {
      version: request.version[0] === 2 ? [2, 0] : [1, 1],
      code: reply.code,
      requestId: request.requestId,
      groups: [{ tag: GROUP.operation, attributes: frame }, ...(reply.groups ?? [])],
    }
  }

  /** The rules every request must keep (RFC 8011 section 4.1). */
  #checkFrame(request: IppMessage): void {
    if (request.version[0] !== 1 && request.version[0] !== 2) throw new Refusal(STATUS.versionNotSupported)
    if (request.requestId < 1) throw new Refusal(STATUS.badRequest)
    const [first, second] = request.groups[0]?.tag === GROUP.operation ? request.groups[0].attributes : []
    if (first?.name !== 'attributes-charset' || second?.name !== 'attributes-natural-language') {
      throw new Refusal(STATUS.badRequest)
    }
    const charset = stringOf([first], 'attributes-charset')?.toLowerCase()
    if (charset !== 'utf-8' && charset !== 'us-ascii') throw new Refusal(STATUS.charsetNotSupported)
    const operation = request.groups[0]!.attributes
    if (!find(operation, 'printer-uri') && !find(operation, 'job-uri')) throw new Refusal(STATUS.badRequest)
    const last = request.groups.map(({ tag }) => tag)
    if (last.filter((tag) => tag === GROUP.operation).length !== 1) throw new Refusal(STATUS.badRequest)
    if (!OPERATIONS.includes(request.code as (typeof OPERATIONS)[number])) {
      throw new Refusal(STATUS.operationNotSupported)
    }
  }

  #dispatch(request: IppMessage, document: AsyncIterable<Uint8Array>): Reply | Promise<Reply> {
    const operation = group(request, GROUP.operation)!
    switch (request.code) {
      case OPERATION.printJob:
        return this.#printJob(request, document)
      case OPERATION.validateJob:
        this.#checkJob(request)
        return { code: STATUS.ok }
      case OPERATION.createJob:
        return this.#createJob(request)
      case OPERATION.sendDocument:
        return this.#sendDocument(request, document)
      case OPERATION.closeJob:
        this.#job(operation)
        return { code: STATUS.ok }
      case OPERATION.cancelJob:
        return this.#cancelJob(operation)
      case OPERATION.cancelMyJobs:
        for (const job of this.#jobs.list('not-completed')) this.#cancel(job)
        return { code: STATUS.ok }
      case OPERATION.getJobAttributes:
        return this.#jobReply(this.#job(operation), stringsOf(operation, 'requested-attributes'))
      case OPERATION.getJobs:
        return this.#getJobs(operation)
      case OPERATION.identifyPrinter:
        return { code: STATUS.ok }
      default:
        return this.#describe(operation)
    }
  }

  #describe(operation: IppAttribute[]): Reply {
    const { identity, now } = this.#settings
    const waiting = this.#fault && WAITING_FAULTS[this.#fault]
    const jammed = this.#fault === 'media-jam'
    const working = this.#jobs.list('not-completed').some(({ state }) => state === JOB_STATE.processing)
    const condition = {
      state: waiting ? PRINTER_STATE.stopped : working ? PRINTER_STATE.processing : PRINTER_STATE.idle,
      reasons: waiting?.reasons ?? (jammed ? ['media-jam-error'] : []),
      message: waiting?.message ?? (jammed ? 'Paper jam' : ''),
      accepting: this.#fault !== 'not-accepting',
      queued: this.#jobs.active,
      changedAt: this.#changedAt,
    }
    const all = describePrinter(identity, condition, now())
    const attributes = selectAttributes(all, stringsOf(operation, 'requested-attributes'))
    return { code: STATUS.ok, groups: [{ tag: GROUP.printer, attributes }] }
  }

  /** Refuses what this printer cannot do; gives the job attributes it will honour. */
  #checkJob(request: IppMessage): { asked: IppAttribute[]; ignored: IppAttribute[]; format: string } {
    if (this.#fault === 'not-accepting') throw new Refusal(STATUS.notAcceptingJobs)
    if (this.#fault === 'busy') throw new Refusal(STATUS.busy)
    const operation = group(request, GROUP.operation)!
    const { identity } = this.#settings
    // Without a format the document is sensed when it is there (Create-Job names none).
    const named = stringOf(operation, 'document-format')
    const format = named ?? 'application/octet-stream'
    if (named !== undefined && !identity.formats.includes(named)) {
      throw new Refusal(STATUS.documentFormatNotSupported, [attribute.mimeType('document-format', named)])
    }
    const compression = stringOf(operation, 'compression') ?? 'none'
    if (!COMPRESSIONS.includes(compression)) throw new Refusal(STATUS.compressionNotSupported)
    const job = group(request, GROUP.job) ?? []
    const ignored = job.filter((entry) => !this.#honours(entry))
    if (ignored.length > 0 && booleanOf(operation, 'ipp-attribute-fidelity')) {
      throw new Refusal(STATUS.attributesNotSupported, ignored)
    }
    return { asked: job.filter((entry) => !ignored.includes(entry)), ignored, format }
  }

  #honours(entry: IppAttribute): boolean {
    const only = [entry]
    if (entry.name === 'page-ranges') return this.#settings.identity.pageRanges
    if (!JOB_CREATION.includes(entry.name)) return false
    if (entry.name === 'copies') {
      const copies = numberOf(only, 'copies') ?? 0
      return copies >= 1 && copies <= COPIES_MAX
    }
    if (entry.name === 'sides') return SIDES.includes(stringOf(only, 'sides') ?? '')
    if (entry.name === 'media') return this.#settings.identity.media.includes(stringOf(only, 'media') ?? '')
    return true
  }

  #newJob(request: IppMessage): { job: ServerJob; ignored: IppAttribute[]; format: string } {
    const { asked, ignored, format } = this.#checkJob(request)
    const operation = group(request, GROUP.operation)!
    const job = this.#jobs.create({
      name: stringOf(operation, 'job-name') ?? 'Untitled',
      user: stringOf(operation, 'requesting-user-name') ?? 'anonymous',
      copies: numberOf(asked, 'copies') ?? 1,
      asked,
      format: '',
      createdAt: this.#settings.now(),
    })
    return { job, ignored, format }
  }

  async #printJob(request: IppMessage, document: AsyncIterable<Uint8Array>): Promise<Reply> {
    const { job, ignored, format } = this.#newJob(request)
    await this.#receive(job, group(request, GROUP.operation)!, format, document)
    return this.#jobReply(job, SHORT_JOB, ignored)
  }

  #createJob(request: IppMessage): Reply {
    const { job, ignored } = this.#newJob(request)
    return this.#jobReply(job, SHORT_JOB, ignored)
  }

  async #sendDocument(request: IppMessage, document: AsyncIterable<Uint8Array>): Promise<Reply> {
    const operation = group(request, GROUP.operation)!
    const job = this.#job(operation)
    if (booleanOf(operation, 'last-document') === undefined) throw new Refusal(STATUS.badRequest)
    if (ended(job) || job.format !== '') throw new Refusal(STATUS.notPossible)
    const { format } = this.#checkJob({ ...request, groups: [{ tag: GROUP.operation, attributes: operation }] })
    await this.#receive(job, operation, format, document)
    return this.#jobReply(job, SHORT_JOB)
  }

  async #receive(
    job: ServerJob,
    operation: IppAttribute[],
    format: string,
    document: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { folder, largestBytes } = this.#settings
    const part = join(folder, `.job-${job.id}.part`)
    job.format = format
    try {
      const compression = stringOf(operation, 'compression') ?? 'none'
      job.bytes = await receiveDocument(document, compression, part, largestBytes, job.abort.signal)
    } catch (error) {
      await rm(part, { force: true })
      this.#end(job, JOB_STATE.aborted, ['aborted-by-system'])
      throw new Refusal(error instanceof DocumentTooLarge ? STATUS.requestEntityTooLarge : STATUS.documentFormatError)
    }
    moveJob(job, JOB_STATE.pending, [], this.#settings.now())
    this.#work = this.#work.then(() => this.#process(job, part))
  }

  /** One job at a time, like paper. It ends only when nothing half of it lies in the folder any more. */
  async #process(job: ServerJob, part: string): Promise<void> {
    const end = await this.#print(job, part)
    await rm(part, { force: true })
    if (end) this.#end(job, ...end)
  }

  /** Prints: waits while the printer is in trouble, then keeps the document. Gives how the job ended, unless it had. */
  async #print(job: ServerJob, part: string): Promise<JobEnd | undefined> {
    const { folder, delayMs, now, onDocument } = this.#settings
    try {
      if (ended(job)) return undefined
      moveJob(job, JOB_STATE.processing, ['job-printing'], now())
      if (delayMs > 0) await wait(delayMs, undefined, { signal: job.abort.signal })
      while (this.#fault && WAITING_FAULTS[this.#fault]) {
        job.message = WAITING_FAULTS[this.#fault]!.message
        await wait(50, undefined, { signal: job.abort.signal })
      }
      if (this.#fault === 'media-jam') return [JOB_STATE.aborted, ['aborted-by-system'], 'Paper jam']
      const { path, pages } = await keepAsPdf(part, job.format, folder, job.id, job.name, this.#settings.convert)
      job.pages = pages
      const { id: jobId, name, user, bytes, copies, format } = job
      const spans = pageSpans(job.asked)
      const document = { jobId, name, user, mime: 'application/pdf' as const, receivedAs: format, path, bytes, copies }
      await onDocument({ ...document, ...(spans.length > 0 ? { pageRanges: spans } : {}) })
      return [JOB_STATE.completed, ['job-completed-successfully']]
    } catch (error) {
      if (job.abort.signal.aborted) {
        return this.#closed.signal.aborted ? [JOB_STATE.aborted, ['aborted-by-system']] : undefined
      }
      const reason = error instanceof NotThatFormat ? 'document-format-error' : 'aborted-by-system'
      return [JOB_STATE.aborted, [reason], String(error)]
    }
  }

  #end(job: ServerJob, state: number, reasons: string[], message = ''): void {
    moveJob(job, state, reasons, this.#settings.now(), message)
  }

  #job(operation: IppAttribute[]): ServerJob {
    const fromUri = /\/job-(\d+)$/.exec(stringOf(operation, 'job-uri') ?? '')?.[1]
    const id = numberOf(operation, 'job-id') ?? (fromUri === undefined ? undefined : Number(fromUri))
    const job = this.#jobs.get(id)
    if (!job) throw new Refusal(id === undefined ? STATUS.badRequest : STATUS.notFound)
    return job
  }

  #cancelJob(operation: IppAttribute[]): Reply {
    const job = this.#job(operation)
    if (ended(job)) throw new Refusal(STATUS.notPossible)
    this.#cancel(job)
    return { code: STATUS.ok }
  }

  #cancel(job: ServerJob): void {
    this.#end(job, JOB_STATE.canceled, ['job-canceled-by-user'])
    job.abort.abort()
  }

  #getJobs(operation: IppAttribute[]): Reply {
    const which = stringOf(operation, 'which-jobs') ?? 'not-completed'
    if (!['completed', 'not-completed', 'all'].includes(which)) {
      throw new Refusal(STATUS.attributesNotSupported, [attribute.keyword('which-jobs', which)])
    }
    const limit = numberOf(operation, 'limit') ?? Number.POSITIVE_INFINITY
    const mine = booleanOf(operation, 'my-jobs') ? stringOf(operation, 'requesting-user-name') : undefined
    const requested = stringsOf(operation, 'requested-attributes')
    const jobs = this.#jobs.list(which).filter(({ user }) => mine === undefined || user === mine)
    const wanted = requested.length > 0 ? requested : ['job-id', 'job-uri']
    const groups = jobs.slice(0, limit).map((job) => ({ tag: GROUP.job, attributes: this.#describeJob(job, wanted) }))
    return { code: STATUS.ok, groups }
  }

  #jobReply(job: ServerJob, requested: readonly string[], ignored: IppAttribute[] = []): Reply {
    const groups: IppMessage['groups'] = [{ tag: GROUP.job, attributes: this.#describeJob(job, requested) }]
    if (ignored.length === 0) return { code: STATUS.ok, groups }
    return {
      code: STATUS.okIgnoredOrSubstituted,
      groups: [{ tag: GROUP.unsupported, attributes: ignored }, ...groups],
    }
  }

  #describeJob(job: ServerJob, requested: readonly string[]): IppAttribute[] {
    const { identity, now } = this.#settings
    const all = describeJob(job, identity.uri, identity.startedAt, now())
    const wanted = new Set(requested)
    if (wanted.size === 0 || wanted.has('all')) return all
    const asked = new Set(job.asked.map((entry) => entry.name))
    return all.filter(
      ({ name }) => wanted.has(name) || wanted.has(asked.has(name) ? 'job-template' : 'job-description'),
    )
  }
}

function pageSpans(asked: readonly IppAttribute[]): PageSpan[] {
  const values = asked.find(({ name }) => name === 'page-ranges')?.values ?? []
  return values.flatMap((value) => (value.tag === 'rangeOfInteger' ? [value.value] : []))
}

const SHORT_JOB = ['job-id', 'job-uri', 'job-state', 'job-state-reasons', 'job-state-message']
