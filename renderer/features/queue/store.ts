/** How the queue is looked at, and what is marked in it. */
import { create } from 'zustand'
import { FIRST_QUERY, type QueueGrouping, type QueueRow, type QueueSort, type SavedView } from '../../../electron/contract/core/queue.contract.ts' // prettier-ignore
import { setSearch } from '../../app/routes.ts'
import { lookAhead } from '../request/reads.ts'
import type { View } from './query.ts'
import { noAnswer, rowAt, type QueueAnswer } from './reader.ts'

/** The request the keyboard is on, and its place among the rows. */
export interface Cursor {
  id: string
  index: number
  /** Another question brought it here; nobody chose it. */
  brought?: boolean
}

interface QueueState {
  view: View
  /** The saved view that is open, if it is one. */
  saved: string | null
  sort: QueueSort
  reversed: boolean
  grouping: QueueGrouping
  everywhere: boolean
  partner: string | null
  /** The rows that are there; of the question before until those of the next are read. */
  answer: QueueAnswer
  /** Of these rows; null only when there are none. */
  cursor: Cursor | null
  /** Marked rows as they were when they were marked: they need not be on the screen. */
  marked: ReadonlyMap<string, QueueRow>
}

export const useQueue = create<QueueState>(() => ({
  view: 'all',
  saved: null,
  sort: 'due',
  reversed: false,
  grouping: 'due',
  everywhere: false,
  partner: null,
  answer: noAnswer(FIRST_QUERY),
  cursor: null,
  marked: new Map(),
}))

const AFRESH = { everywhere: false, marked: new Map() as ReadonlyMap<string, QueueRow>, saved: null }

export function setView(view: View): void {
  useQueue.setState({ ...AFRESH, view, reversed: false, partner: null })
}

/** Opens a view that was kept. */
export function openSaved(kept: SavedView): void {
  const { id, view, sort, reversed, grouping, partner } = kept
  useQueue.setState({ ...AFRESH, view, sort, reversed, grouping, partner })
  setSearch(kept.text)
  // After the search: a text of one's own is no longer the kept view.
  useQueue.setState({ saved: id })
}

/** Orders by a column; the same again turns it round. */
export function sortBy(sort: QueueSort): void {
  useQueue.setState((state) => ({
    sort,
    reversed: state.sort === sort ? !state.reversed : false,
    // Rows stay gathered by what they are ordered by.
    grouping: state.grouping === 'none' ? 'none' : sort === 'partner' ? 'partner' : sort === 'due' ? 'due' : 'none',
    saved: null,
  }))
}

/** Gathers rows, in the order that gathers them so. */
export function groupBy(grouping: QueueGrouping): void {
  useQueue.setState(({ sort }) => ({
    grouping,
    sort: grouping === 'none' ? sort : grouping,
    saved: null,
  }))
}

export function onlyPartner(partner: string | null): void {
  useQueue.setState({ partner, saved: null })
}

/** The keyboard goes to this row; what is known of the request is read while it is drawn. */
export function moveCursor(row: QueueRow, index: number): void {
  lookAhead(row)
  useQueue.setState({ cursor: { id: row.id, index } })
}

export const cursorIndex = (): number => useQueue.getState().cursor?.index ?? -1

/** The row the keyboard is on, if it is among those that were read. */
export function rowUnderCursor({ answer, cursor }: Pick<QueueState, 'answer' | 'cursor'>): QueueRow | undefined {
  const row = cursor ? rowAt(answer, cursor.index) : undefined
  return row?.id === cursor?.id ? row : undefined
}

export function toggleMark(row: QueueRow): void {
  useQueue.setState(({ marked }) => {
    const next = new Map(marked)
    if (!next.delete(row.id)) next.set(row.id, row)
    return { marked: next }
  })
}

export function mark(rows: readonly QueueRow[]): void {
  useQueue.setState(({ marked }) => {
    const next = new Map(marked)
    for (const row of rows) next.set(row.id, row)
    return { marked: next }
  })
}

export function clearMarks(): void {
  useQueue.setState({ marked: new Map() })
}
