/** What is searched and filled in, kept while one goes elsewhere. */
import { create } from 'zustand'
import type { AskingDraft, SearchAsk } from '../../../electron/contract/core.contract.ts'
import { go } from '../../app/routes.ts'

export const NO_SEARCH: SearchAsk = { title: '', author: '', code: '', year: '' }

export const NO_DRAFT: AskingDraft = {
  service: 'loan',
  title: '',
  articleTitle: '',
  author: '',
  year: '',
  edition: '',
  volumeNo: '',
  issueNo: '',
  pages: '',
  isbn: '',
  issn: '',
  supplier: '',
  callNumber: '',
  deliveryMethod: 'courier',
  readerKey: '',
}

interface AskingState {
  ask: SearchAsk
  searchId: string | null
  /** The inbound request that a holder is looked for, null when one searches for a reader. */
  forRequest: string | null
  /** The request that is being filled in. */
  form: { id: string; draft: AskingDraft } | null
}

export const useAsking = create<AskingState>(() => ({ ask: NO_SEARCH, searchId: null, forRequest: null, form: null }))

/** Looks for who holds what an inbound request asks for. */
export function findHolders(requestId: string, ask: SearchAsk): void {
  useAsking.setState({ ask, searchId: null, forRequest: requestId })
  go('asking', undefined, 'search')
}

export function fillForm(draft: Partial<AskingDraft>): void {
  useAsking.setState({ form: { id: crypto.randomUUID(), draft: { ...NO_DRAFT, ...draft } } })
}
