/** The outcome of an action on many requests, kept until the person has read it. */
import { create } from 'zustand'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import type { ErrorCode, ErrorParams } from '../../../electron/contract/errors.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'

export interface BulkOutcome {
  kind: OpKind
  done: number
  /** Marked as well, but not in a state that takes it. */
  left: readonly Pick<QueueRow, 'id' | 'title'>[]
  failed: readonly { id: string; title: string; error: { code: ErrorCode; params: ErrorParams } }[]
}

export interface BulkProgress {
  kind: OpKind
  done: number
  total: number
}

export const useBulk = create<{ outcome: BulkOutcome | null; progress: BulkProgress | null; stopped: boolean }>(() => ({
  outcome: null,
  progress: null,
  stopped: false,
}))

export function showBulk(outcome: BulkOutcome | null): void {
  useBulk.setState({ outcome })
}

/** Says how far an action on many is; null = it is over. @returns false when the person has stopped it */
export function showProgress(progress: BulkProgress | null): boolean {
  const { stopped } = useBulk.getState()
  useBulk.setState(progress === null || stopped ? { progress: null, stopped: false } : { progress })
  return !stopped
}

export function stopBulk(): void {
  useBulk.setState({ stopped: true })
}
