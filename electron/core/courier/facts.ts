/** Facts the way a scan needs them: recorded, and told at once whether they fit. */
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Act, Core } from '../context.ts'

/** @returns true when it did not fit: the centre will make an anomaly of it for a person */
export function record<K extends OpKind>(core: Core, call: Act<K>): boolean {
  const { opId } = core.act(call)
  return core.views.misfits().some((op) => op.opId === opId)
}
