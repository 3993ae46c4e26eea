import { attribute, type IppAttribute } from '../ipp/message.ts'
import { isFinal } from '../ipp/states.ts'
import { JOB_STATE } from '../ipp/tags.ts'

/** A job in our own printer. Times are ms since 1970. */
export interface ServerJob {
  id: number
  name: string
  user: string
  state: number
  reasons: string[]
  message: string
  copies: number
  /** Job attributes as they were asked for. */
  asked: IppAttribute[]
  format: string
  /** Bytes of the document as received. */
  bytes: number
  pages: number | undefined
  createdAt: number
  startedAt: number | undefined
  endedAt: number | undefined
  /** Cancels work on it. */
  abort: AbortController
}

/** How many finished jobs are kept to be asked after. */
const KEPT = 500

/** 2023-11-14; keeps job numbers short. */
const EPOCH_SECONDS = 1_700_000_000

export class JobList {
  readonly #jobs = new Map<number, ServerJob>()
  #last: number

  /**
   * Numbers go on from the second of the start: a job of before a restart is never mistaken for one
   * of after it, and its file is never written over. Fits an IPP integer beyond 2090.
   */
  constructor(startedAt: number) {
    this.#last = Math.floor(startedAt / 1000 - EPOCH_SECONDS)
  }

  create(facts: Pick<ServerJob, 'name' | 'user' | 'asked' | 'format' | 'copies' | 'createdAt'>): ServerJob {
    const job: ServerJob = {
      ...facts,
      id: ++this.#last,
      state: JOB_STATE.pending,
      reasons: ['job-incoming'],
      message: '',
      bytes: 0,
      pages: undefined,
      startedAt: undefined,
      endedAt: undefined,
      abort: new AbortController(),
    }
    this.#jobs.set(job.id, job)
    this.#forget()
    return job
  }

  get(id: number | undefined): ServerJob | undefined {
    return id === undefined ? undefined : this.#jobs.get(id)
  }

  /** Newest first for finished jobs, oldest first for waiting ones (RFC 8011 section 4.2.6.2). */
  list(which: string): ServerJob[] {
    const all = [...this.#jobs.values()]
    if (which === 'completed') return all.filter(ended).reverse()
    if (which === 'all') return all
    return all.filter((job) => !ended(job))
  }

  get active(): number {
    return this.list('not-completed').length
  }

  #forget(): void {
    const done = [...this.#jobs.values()].filter(ended)
    for (const job of done.slice(0, Math.max(0, done.length - KEPT))) this.#jobs.delete(job.id)
  }
}

export function ended(job: ServerJob): boolean {
  return isFinal(job.state)
}

/** Moves a job on; an ended job never changes again. */
export function moveJob(job: ServerJob, state: number, reasons: string[], now: number, message = ''): void {
  if (ended(job)) return
  job.state = state
  job.reasons = reasons
  job.message = message
  if (state === JOB_STATE.processing) job.startedAt ??= now
  if (isFinal(state)) job.endedAt = now
}

/** The attributes of a job as Get-Job-Attributes gives them. */
export function describeJob(job: ServerJob, printerUri: string, startedAt: number, now: number): IppAttribute[] {
  const { integer, name, uri, keyword, enum: enums, text, dateTime, none } = attribute
  const seconds = (at: number) => Math.max(1, Math.floor((at - startedAt) / 1000) + 1)
  const moment = (base: string, at: number | undefined) =>
    at === undefined
      ? [none(`time-at-${base}`), none(`date-time-at-${base}`)]
      : [integer(`time-at-${base}`, seconds(at)), dateTime(`date-time-at-${base}`, at)]
  return [
    integer('job-id', job.id),
    uri('job-uri', jobUri(printerUri, job.id)),
    uri('job-printer-uri', printerUri),
    name('job-name', job.name),
    name('job-originating-user-name', job.user),
    enums('job-state', job.state),
    keyword('job-state-reasons', ...(job.reasons.length > 0 ? job.reasons : ['none'])),
    text('job-state-message', job.message),
    text('job-printer-state-message', job.message),
    integer('job-k-octets', Math.ceil(job.bytes / 1024)),
    ...(job.pages === undefined ? [] : [integer('job-impressions', job.pages)]),
    integer('job-impressions-completed', job.state === JOB_STATE.completed ? (job.pages ?? 0) * job.copies : 0),
    integer('job-printer-up-time', seconds(now)),
    ...moment('creation', job.createdAt),
    ...moment('processing', job.startedAt),
    ...moment('completed', job.endedAt),
    ...(job.format === '' ? [] : [attribute.mimeType('document-format', job.format)]),
    ...job.asked,
  ]
}

export function jobUri(printerUri: string, id: number): string {
  return `${printerUri}/job-${id}`
}
