/**
 * What the desk shows: `fold(pending operations over base)`. Base is the centre's word and is never changed here;
 * operations are folded in the order they were done, each with the actor and the time of its doing, so that a restart
 * shows the same rows (invariant I8).
 */
import type { OpKind } from '../../contract/ops.contract.ts'
import { isFact, operate, type Operation } from './operate.ts'
import type { Actor, Refusal } from './rule.ts'
import { World, type Key, type RowSource } from './world.ts'

export interface PendingOp extends Operation<OpKind> {
  opId: string
  actor: Actor
  /** Ops of this device it builds on; refused when one of them is. */
  after: readonly string[]
  needsPrev: boolean
  /** One of `after` is already known to be refused. */
  prevRejected: boolean
}

export class Overlay {
  readonly world: World
  /** Pending intentions that do not stand on the rows as they are now: the centre will refuse them. */
  readonly refused = new Map<string, Refusal>()
  /** Pending facts that do not fit: the centre will make an anomaly of each. */
  readonly misfits = new Set<string>()

  constructor(base: RowSource) {
    this.world = new World(base)
  }

  /** One more operation on top. */
  add(op: PendingOp): void {
    const fallen = op.prevRejected || op.after.some((opId) => this.refused.has(opId))
    if (op.needsPrev && fallen && !isFact(op.kind)) {
      this.refused.set(op.opId, { code: 'prev_rejected' })
      return
    }
    const verdict = operate(this.world, op, op.actor)
    if (verdict.outcome === 'rejected') {
      const { outcome: _, ...refusal } = verdict
      this.refused.set(op.opId, refusal)
    } else if (verdict.anomaly) this.misfits.add(op.opId)
  }

  keys(): Set<Key> {
    return this.world.keys()
  }
}

export function fold(pending: Iterable<PendingOp>, base: RowSource): Overlay {
  const overlay = new Overlay(base)
  for (const op of pending) overlay.add(op)
  return overlay
}
