import type { QueueQuery } from '../../../electron/contract/core.contract.ts'

/** Books of ours that are out, the latest first. */
export const OUT: QueueQuery = {
  text: '',
  filter: { service: 'loan', role: 'supplier', status: ['Loaned', 'Overdue', 'Recalled'] },
  sort: 'due',
  descending: false,
}
