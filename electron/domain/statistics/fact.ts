/** One request as statistics count it: plain words and days, nothing that names a person. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { countPages, parsePages } from '../page-ranges.ts'
import { dayOf } from '../working-days.ts'

/** How a request stands for the counts. `forwarded` left our part for another library (转发). */
export type Outcome = 'open' | 'filled' | 'unfilled' | 'forwarded' | 'cancelled' | 'retry'
export const OUTCOMES: readonly Outcome[] = ['open', 'filled', 'unfilled', 'forwarded', 'cancelled', 'retry']

export type MaterialKind = 'article' | 'chapter' | 'book' | 'other'

export interface Fact {
  requestId: string
  service: 'copy' | 'loan'
  role: 'supplier' | 'requester'
  outcome: Outcome
  status: string
  /** ISO 18626 reason of what was not filled, '' otherwise. */
  reason: string
  partner: string
  /** Name of who finished it, '' while nobody did. */
  staff: string
  kind: MaterialKind
  /** Main class of the Chinese Library Classification (A … Z), '' unknown. */
  subject: string
  /** Days since 1970-01-01 in Beijing. */
  applied: number
  /** Day of delivery, hand-over or refusal; null while it is open. */
  finished: number | null
  volumes: number
  /** Delivered, else asked for. */
  pages: number
  bytes: number
  /** Fetched and returned at the counter (自取自还). */
  selfService: boolean
  /** Pseudonymous, '' unknown. */
  reader: string
  /** What was copied from: `isbn:…` of a book, `issue:ISSN/year/volume/issue` of a journal; '' unknown. */
  work: string
}

const FILLED = new Set(['CopyCompleted', 'Loaned', 'Overdue', 'Recalled', 'LoanCompleted', 'CompletedWithoutReturn'])
const OUTCOME_OF: Record<string, Outcome> = { Unfilled: 'unfilled', Cancelled: 'cancelled', RetryPossible: 'retry' }
/** Events that brought an outcome about, by the person who did them. A cancel answered "no" after a hand-over ends nothing. */
const ENDS: Record<Outcome, readonly string[]> = {
  open: [],
  filled: ['fulfil', 'handedOver', 'pickedUp'],
  unfilled: ['cannotSupply'],
  forwarded: ['forward', 'cannotSupply'],
  cancelled: ['answerCancel'],
  retry: ['retryLater'],
}

/** @param goneReason why the row left our part, when it did */
export function factOf(row: RequestRow, goneReason?: string): Fact {
  const { fields } = row
  const outcome = outcomeOf(row.status, goneReason)
  const end = row.history.findLast((entry) => ENDS[outcome].includes(entry.event))
  return {
    requestId: row.id,
    service: row.service,
    role: row.role,
    outcome,
    status: row.status,
    reason: outcome === 'filled' || outcome === 'open' ? '' : row.reason,
    partner: fields.partner,
    staff: end?.who ?? '',
    kind: kindOf(row),
    subject: /^[A-Z]/.exec(fields.callNumber.normalize('NFKC').trim().toUpperCase())?.[0] ?? '',
    applied: dayOf(row.appliedAt),
    finished: finishedDay(row, outcome, end?.at),
    volumes: Math.max(1, row.volumes.length),
    pages: pagesOf(row),
    bytes: row.delivery?.bytes ?? 0,
    selfService: fields.deliveryMethod === 'self',
    reader: fields.readerKey,
    work: workOf(row),
  }
}

function outcomeOf(status: string, goneReason: string | undefined): Outcome {
  if (goneReason === 'forwarded') return 'forwarded'
  if (goneReason === 'withdrawn') return 'cancelled'
  return FILLED.has(status) ? 'filled' : (OUTCOME_OF[status] ?? 'open')
}

/** A loan is finished for us when the book left; its return is another matter (dueAt, status). */
function finishedDay(row: RequestRow, outcome: Outcome, endedAt: number | undefined): number | null {
  if (outcome === 'open') return null
  const at = endedAt ?? (row.service === 'copy' || outcome !== 'filled' ? row.finishedAt : null)
  return at === null || at === undefined ? null : dayOf(at)
}

function kindOf({ service, fields }: RequestRow): MaterialKind {
  if (service === 'loan') return 'book'
  if (fields.journal !== '' || fields.issn !== '') return 'article'
  return fields.isbn !== '' || fields.publisher !== '' ? 'chapter' : 'other'
}

/** The unit a copyright rule counts in. */
function workOf({ service, fields }: RequestRow): string {
  if (service !== 'copy') return ''
  const plain = (text: string) => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (fields.isbn !== '') return `isbn:${plain(fields.isbn)}`
  const journal = plain(fields.issn) || plain(fields.journal)
  return journal === ''
    ? ''
    : `issue:${journal}/${plain(fields.year)}/${plain(fields.volumeNo)}/${plain(fields.issueNo)}`
}

/** Pages this request takes from its work: those delivered, else those asked for; 0 when neither can be counted. */
function pagesOf(row: RequestRow): number {
  if (row.delivery?.pages) return row.delivery.pages
  const asked = parsePages(row.fields.pages)
  return asked ? countPages(asked) : 0
}
