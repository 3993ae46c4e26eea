import type { TargetState } from '../../contract/core.contract.ts'

/** Why a catalogue gave no answer. */
export class CatalogueError extends Error {
  readonly state: Exclude<TargetState, 'ok' | 'waiting' | 'off'>
  /** Number of an SRU diagnostic, where it is one. */
  readonly diagnostic: number | null

  constructor(state: CatalogueError['state'], detail = '', diagnostic: number | null = null) {
    super(detail.slice(0, 500))
    this.state = state
    this.diagnostic = diagnostic
  }
}
