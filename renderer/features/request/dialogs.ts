/** Which question about which requests is open. */
import { create } from 'zustand'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import type { ReasonRetry, ReasonUnfilled } from '../../../electron/contract/words.ts'

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
  | 'chase'
  | 'requestCancel'
  | 'complain'
  | 'notifyReader'
export type Asked = Pick<
  QueueRow,
  'id' | 'title' | 'service' | 'stage' | 'can' | 'cancelAsked' | 'complaint' | 'dueAt' | 'role' | 'notified'
>

/** What is filled in when the question opens. */
export interface AskPreset {
  reason?: ReasonUnfilled | ReasonRetry
  library?: string
  /** Day as `2026-11-22`. */
  date?: string
}

export const useAsk = create<{ open: { kind: AskKind; rows: readonly Asked[]; preset: AskPreset } | null }>(() => ({
  open: null,
}))

export function ask(kind: AskKind, rows: readonly Asked[], preset: AskPreset = {}): void {
  useAsk.setState({ open: { kind, rows, preset } })
}

export function closeAsk(): void {
  useAsk.setState({ open: null })
}
