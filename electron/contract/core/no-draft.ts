import type { AskingDraft } from './asking.contract.ts'

/** Nothing filled in yet. */
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
