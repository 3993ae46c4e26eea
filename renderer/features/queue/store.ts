import { create } from 'zustand'
import type { QueueSort } from '../../../electron/contract/core.contract.ts'
import type { View } from './query.ts'

interface QueueState {
  view: View
  sort: QueueSort
  grouped: boolean
  everywhere: boolean
  /** Where the keyboard is. */
  cursor: { id: string; index: number } | null
  marked: ReadonlySet<string>
}

export const useQueue = create<QueueState>(() => ({
  view: 'all',
  sort: 'due',
  grouped: true,
  everywhere: false,
  cursor: null,
  marked: new Set(),
}))

export function setView(view: View): void {
  useQueue.setState({ view, everywhere: false, cursor: null, marked: new Set() })
}

export function toggleMark(id: string): void {
  useQueue.setState(({ marked }) => {
    const next = new Set(marked)
    if (!next.delete(id)) next.add(id)
    return { marked: next }
  })
}

export function clearMarks(): void {
  useQueue.setState({ marked: new Set() })
}
