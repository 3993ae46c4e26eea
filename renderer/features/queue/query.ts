/** The views of the queue and the question each asks of core. Pure. */
import type { QueueFilter, QueueQuery, QueueSort, Urgency } from '../../../electron/contract/core.contract.ts'

export const VIEWS = ['all', 'mine', 'new', 'urgent', 'loan', 'copy', 'out', 'done'] as const
export type View = (typeof VIEWS)[number]

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

/** The question for a view; searching in "all" also finds what is finished. */
export function queryOf(view: View, text: string, sort: QueueSort, everywhere: boolean): QueueQuery {
  return {
    text: text.trim().slice(0, 200),
    filter: everywhere ? {} : FILTERS[view],
    sort: view === 'done' && sort === 'due' ? 'applied' : sort,
    descending: view === 'done',
  }
}

/** The same question narrowed to one urgency, to learn how long a group is. */
export function narrowed(query: QueueQuery, urgency: Urgency): QueueQuery {
  return { ...query, filter: { ...query.filter, urgency } }
}

/** True where rows stand late, today, safe one after the other, so group headers make sense. */
export function groupable(view: View, sort: QueueSort, everywhere: boolean): boolean {
  return sort === 'due' && view !== 'done' && view !== 'out' && !everywhere
}
