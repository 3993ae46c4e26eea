/** Which question about which requests is open. */
import { create } from 'zustand'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'

export type AskKind =
  | 'cannotSupply'
  | 'retryLater'
  | 'forward'
  | 'note'
  | 'setField'
  | 'setDue'
  | 'answerCancel'
  | 'renewAnswer'
  | 'lost'
  | 'damaged'
  | 'pickedUp'
  | 'recall'
  | 'renewAsk'
export type Asked = Pick<QueueRow, 'id' | 'title' | 'service' | 'stage' | 'can' | 'cancelAsked' | 'complaint' | 'dueAt'>

export const useAsk = create<{ open: { kind: AskKind; rows: readonly Asked[] } | null }>(() => ({ open: null }))

export function ask(kind: AskKind, rows: readonly Asked[]): void {
  useAsk.setState({ open: { kind, rows } })
}

export function closeAsk(): void {
  useAsk.setState({ open: null })
}
