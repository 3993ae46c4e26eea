/** What is searched and filled in, kept while one goes elsewhere. */
import { create } from 'zustand'
import type {
  AskingDraft,
  QueueFilter,
  QueueQuery,
  RequestDetail,
  SearchAsk,
} from '../../../electron/contract/core.contract.ts'
import { NO_DRAFT } from '../../../electron/contract/core/no-draft.ts'
import { go } from '../../app/routes.ts'

export const NO_SEARCH: SearchAsk = { title: '', author: '', code: '', year: '' }

const STATES = {
  all: {},
  waiting: { status: ['RequestReceived', 'RetryPossible', 'WillSupply'] },
  out: { status: ['Loaned', 'Overdue', 'Recalled'] },
  done: { status: ['CopyCompleted', 'LoanCompleted', 'CompletedWithoutReturn', 'Unfilled', 'Cancelled'] },
} satisfies Record<string, QueueFilter>
export type AskedFilter = keyof typeof STATES
export const ASKED_FILTERS = Object.keys(STATES) as AskedFilter[]

/** Which of our requests are listed. */
export interface Listed {
  filter: AskedFilter
  text: string
}

/** Our requests, the newest first: what the list shows and what is saved from it. */
export const askedQuery = ({ filter, text }: Listed): QueueQuery => ({
  text,
  filter: { role: 'requester', ...STATES[filter] },
  sort: 'applied',
  descending: true,
})

interface AskingState {
  ask: SearchAsk
  searchId: string | null
  /** The inbound request that a holder is looked for, null when one searches for a reader. */
  forRequest: string | null
  /** The request that is being filled in. */
  form: { id: string; draft: AskingDraft } | null
  /** Which of our requests are listed. */
  listed: Listed
}

export const useAsking = create<AskingState>(() => ({
  ask: NO_SEARCH,
  searchId: null,
  forRequest: null,
  form: null,
  listed: { filter: 'all', text: '' },
}))

/** Looks for who holds what an inbound request asks for. */
export function findHolders(requestId: string, ask: SearchAsk): void {
  useAsking.setState({ ask, searchId: null, forRequest: requestId })
  go('asking', undefined, 'search')
}

export function fillForm(draft: Partial<AskingDraft>): void {
  useAsking.setState({ form: { id: crypto.randomUUID(), draft: { ...NO_DRAFT, ...draft } } })
}

/** The same once more, at another library: what was refused is filled in, who supplies it is not. */
export function askElsewhere({ row, fields }: RequestDetail): void {
  const { articleTitle, author, year, edition, volumeNo, issueNo, pages, isbn, issn, deliveryMethod, readerKey } =
    fields
  const work = { articleTitle, author, year, edition, volumeNo, issueNo, pages, isbn, issn }
  fillForm({ ...work, service: row.service, title: fields.title, deliveryMethod, readerKey })
}
