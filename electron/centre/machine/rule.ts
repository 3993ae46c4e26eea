/** The shape of a guard: an intention names what refuses it, a fact names when it fits and is recorded either way. */
import type { OpArgsOf, OpKind } from '../../contract/ops.contract.ts'
import type { EntityType, RequestRow } from '../../contract/centre.contract.ts'
import type { Draft, RowOf } from '../store/rows.ts'
import type { Role } from '../../contract/words.ts'
import { type Check, type Refusal, type Turn, refuse } from './turn.ts'

export interface Intention<K extends OpKind, T extends EntityType> {
  sort: 'intention'
  about: T
  /** Checked in this order; the first answer refuses. */
  unless: Check<T, K>[]
  effect: (turn: Turn, draft: Draft<RowOf<T>>, args: OpArgsOf<K>) => void
}
/** Made by the desk: `objectId` is a new id. Returns the row to answer with. */
export interface Creation<K extends OpKind> {
  sort: 'creation'
  unless: ((turn: Turn, args: OpArgsOf<K>) => Refusal | null)[]
  effect: (turn: Turn, args: OpArgsOf<K>) => { type: EntityType; id: string }
}
export interface Fact<K extends OpKind, T extends EntityType> {
  sort: 'fact'
  about: T
  fits: (turn: Turn, draft: Draft<RowOf<T>>, args: OpArgsOf<K>) => boolean
  /** Carried out whether it fits or not; must leave alone what the state forbids. */
  effect: (turn: Turn, draft: Draft<RowOf<T>>, args: OpArgsOf<K>, fits: boolean) => void
  /** About an object that is in nobody's feed here, beside the anomaly. */
  unknown?: (turn: Turn) => void
}
/** Always possible, about whatever the object is; on what is gone it is kept in the results only. */
export interface Always<K extends OpKind> {
  sort: 'always'
  about: readonly EntityType[]
  effect: (turn: Turn, draft: Draft, args: OpArgsOf<K>) => void
}
export type Rule<K extends OpKind> =
  | { [T in EntityType]: Intention<K, T> }[EntityType]
  | { [T in EntityType]: Fact<K, T> }[EntityType]
  | Creation<K>
  | Always<K>

/** Refuses with `state` unless the condition holds. */
export function only<T extends EntityType, K extends OpKind>(
  holds: (row: RowOf<T>, args: OpArgsOf<K>, turn: Turn) => boolean,
): Check<T, K> {
  return (turn, draft, args) => (holds(draft.row, args, turn) ? null : refuse('state'))
}

/** This side of a request only: the asking library does not accept its own request. */
export function side(role: Role): Check<'request', OpKind> {
  return (_turn, draft) => (draft.row.role === role ? null : refuse('state'))
}

/** A claim holds others off while its lease runs by server time; "mine" is the desk, whoever sits at it. */
export function heldByOther(turn: Turn, row: RequestRow): boolean {
  return row.claim !== null && row.claim.desk !== turn.actor.desk && row.claim.leaseUntil > turn.now
}

export const mineOrFree: Check<'request', OpKind> = (turn, draft) =>
  heldByOther(turn, draft.row) && !turn.mutants.has('no-guard-claim')
    ? refuse('already_claimed', {
        by: draft.row.claim!.userName,
        at: draft.meta.claimedAt ?? 0,
        desk: draft.row.claim!.deskName,
        leaseUntil: draft.row.claim!.leaseUntil,
      })
    : null
