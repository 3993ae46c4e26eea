/** A request with nothing in it but what every request has; whoever makes one fills in the rest. */
import type { RequestRow } from '../contract/centre.contract.ts'
import { promiseOf } from './calendar.ts'

type Given = Pick<RequestRow, 'id' | 'service' | 'appliedAt'> &
  Partial<Omit<RequestRow, 'fields'>> & {
    fields: Pick<RequestRow['fields'], 'centreNo' | 'title' | 'partner'> & Partial<RequestRow['fields']>
    /** Labels of the volumes of a loan; default one without a label. */
    labels?: string[]
  }

export function requestRow({ fields, labels, ...given }: Given): RequestRow {
  const loan = given.service === 'loan'
  return {
    type: 'request',
    version: 1,
    seq: 1,
    role: 'supplier',
    status: 'RequestReceived',
    stage: 'queued',
    claim: null,
    allotted: null,
    urgent: false,
    promiseAt: promiseOf(given.appliedAt, given.urgent ?? false),
    dueAt: null,
    finishedAt: null,
    reason: '',
    cancelAsked: false,
    renewAsked: null,
    complaint: null,
    delivery: null,
    volumes: loan
      ? (labels ?? ['']).map((label, i) => ({
          volume: i + 1,
          label,
          barcode: null,
          bagId: null,
          place: 'shelf',
          condition: 'good',
        }))
      : [],
    pickupCode: null,
    history: [],
    ...given,
    fields: {
      articleTitle: '',
      author: '',
      journal: '',
      publisher: '',
      edition: '',
      year: '',
      volumeNo: '',
      issueNo: '',
      pages: '',
      isbn: '',
      issn: '',
      callNumber: '',
      location: '',
      notePartner: '',
      deliveryMethod: loan ? 'courier' : 'electronic',
      readerCategory: '',
      readerKey: '',
      readerNote: '',
      ...fields,
    },
  }
}
