/** The views of the queue and the question each asks of core. Pure. */
import type { RequestColumn } from '../../../electron/contract/core.contract.ts'
import {
  QueueView,
  type QueueColumns,
  type QueueFilter,
  type QueueGrouping,
  type QueueQuery,
  type QueueSort,
} from '../../../electron/contract/core/queue.contract.ts'

export const VIEWS = QueueView.options
export type View = QueueView

const FILTERS: Record<View, QueueFilter> = {
  all: { open: true },
  mine: { open: true, mine: true },
  new: { open: true, status: ['RequestReceived'] },
  urgent: { open: true, urgent: true },
  loan: { open: true, service: 'loan' },
  copy: { open: true, service: 'copy' },
  out: { status: ['Loaned', 'Overdue', 'Recalled'] },
  done: {
    status: ['CopyCompleted', 'LoanCompleted', 'CompletedWithoutReturn', 'RetryPossible', 'Unfilled', 'Cancelled'],
  },
}

export interface Look {
  view: View
  sort: QueueSort
  /** The other way round than this view and order usually stand. */
  reversed?: boolean
  /** Searches what is finished too. */
  everywhere?: boolean
  /** Only this library's. */
  partner?: string | null
}

/** The question for a view; searching in "all" also finds what is finished. */
export function queryOf(look: Look, text: string): QueueQuery {
  const { view, sort, reversed = false, everywhere = false, partner = null } = look
  return {
    text: text.trim().slice(0, 200),
    filter: { ...(everywhere ? {} : FILTERS[view]), ...(partner === null ? {} : { partner }) },
    sort: view === 'done' && sort === 'due' ? 'applied' : sort,
    // What is finished stands with the newest first.
    descending: (view === 'done') !== reversed,
  }
}

/** How rows are gathered, where their order does gather them so. */
export function groupingOf(grouping: QueueGrouping, query: QueueQuery): 'due' | 'partner' | null {
  return grouping !== 'none' && query.sort === grouping ? grouping : null
}

/** What a file of the queue shows: which request and which service, then the columns that were chosen. */
export function exportedColumns(columns: QueueColumns): RequestColumn[] {
  return [...new Set<RequestColumn>(['id', 'service', ...columns.map(({ id }) => id)])]
}
