/** The outcome of an action on many requests, kept until the person has read it. */
import { create } from 'zustand'
import type { ErrorCode, ErrorParams } from '../../../electron/contract/errors.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'

export interface BulkOutcome {
  kind: OpKind
  done: number
  failed: readonly { id: string; title: string; error: { code: ErrorCode; params: ErrorParams } }[]
}

export const useBulk = create<{ outcome: BulkOutcome | null }>(() => ({ outcome: null }))

export function showBulk(outcome: BulkOutcome | null): void {
  useBulk.setState({ outcome })
}
