/** Runs one operation through the machine: judges it and, when it stands, changes the world. */
import { OBJECT_TYPE_OF_KIND, type OpArgsOf, type OpKind } from '../../contract/ops.contract.ts'
import type { EntityType, RequestRow } from '../../contract/centre.contract.ts'
import type { Action } from '../../contract/core.contract.ts'
import type { Actor, Refusal, Rule, Turn } from './rule.ts'
import { isFinal, isLent } from './guards.ts'
import { MACHINE } from './table.ts'
import type { World } from './world.ts'

export interface Operation<K extends OpKind = OpKind> {
  kind: K
  objectId: string
  args: OpArgsOf<K>
}

export type Verdict = { outcome: 'applied'; anomaly: boolean } | ({ outcome: 'rejected' } & Refusal)

export const typeOfKind = (kind: OpKind): EntityType => OBJECT_TYPE_OF_KIND[kind] ?? 'request'
export const isFact = (kind: OpKind): boolean => MACHINE[kind].fact
export const isHeld = (kind: OpKind): boolean => {
  const rule = MACHINE[kind]
  return !rule.fact && rule.held === true
}
/** The operation that takes this one back once it was sent, if there is one. */
export const undoOf = (kind: OpKind): OpKind | undefined => {
  const rule = MACHINE[kind]
  return rule.fact ? undefined : rule.undo
}

/** The rows of a table by kind lose the tie between kind and arguments; it is restored here, in one place. */
interface AnyRule {
  on: EntityType
  fact: boolean
  makes?: true
  when: readonly ((row: unknown, actor: Actor) => Refusal | null)[]
  unless?(turn: unknown, row: unknown): Refusal | null
  then(turn: unknown, row: unknown): void
  record(turn: unknown): boolean
}
const ruleOf = (kind: OpKind): AnyRule => MACHINE[kind] as Rule<OpKind> as unknown as AnyRule

function refusal(rule: AnyRule, turn: Turn): Refusal | null {
  const { world, id, actor } = turn
  const row = world.get(rule.on, id)
  if (!row && !rule.makes) return { code: world.gone(rule.on, id) === undefined ? 'not_found' : 'no_longer_ours' }
  for (const guard of row ? rule.when : []) {
    const no = guard(row, actor)
    if (no) return no
  }
  return rule.unless?.(turn, row) ?? null
}

/** Facts are always applied; an intention that is refused leaves the world as it was. */
export function operate(world: World, op: Operation, actor: Actor): Verdict {
  const rule = ruleOf(op.kind)
  const turn: Turn = { world, id: op.objectId, args: op.args, actor }
  if (rule.fact) return { outcome: 'applied', anomaly: !rule.record(turn) }
  const no = refusal(rule, turn)
  if (no) return { outcome: 'rejected', ...no }
  rule.then(turn, world.get(rule.on, op.objectId))
  return { outcome: 'applied', anomaly: false }
}

/** A loan for a reader of ours that is out of its library. */
const borrowed = (row: RequestRow) => row.role === 'requester' && isLent(row.status)

/** Actions that are drawn as buttons although they are no operations, or make sense less often than they are allowed. */
const EXTRA: Partial<Record<Action, (row: RequestRow, actor: Actor) => boolean>> = {
  claim: (row, actor) => row.claim?.desk !== actor.desk && !isFinal(row.status),
  takeOver: (row, actor) => row.claim !== null && row.claim.desk !== actor.desk && !isFinal(row.status),
  pack: (row) =>
    row.volumes.some((item) =>
      row.role === 'supplier'
        ? item.barcode !== null && item.bagId === null && item.place === 'desk'
        : borrowed(row) && item.place === 'borrower',
    ),
  unpack: (row) => row.status === 'WillSupply' && row.volumes.some((item) => item.bagId !== null),
  bindItem: (row) =>
    row.volumes.length === 0 || row.volumes.some((item) => item.bagId === null && (!isLent(row.status) || item.barcode === null)), // prettier-ignore
  unbindItem: (row) =>
    row.volumes.some((item) => item.barcode !== null && item.bagId === null && (!isLent(row.status) || item.place === 'desk')), // prettier-ignore
  checkedIn: (row) => row.role === 'supplier' && row.dueAt !== null && !isFinal(row.status),
  lost: (row) => row.dueAt !== null && !isFinal(row.status),
  damaged: (row) => row.volumes.some((item) => item.barcode !== null),
  pickedUp: (row) => row.stage === 'awaiting_pickup',
  received: (row) => borrowed(row) && row.stage === 'handed_over',
  lentToReader: (row) => borrowed(row) && row.volumes.some((item) => item.place === 'borrower'),
  returnedByReader: (row) => borrowed(row) && row.volumes.some((item) => item.place === 'reader'),
  shippedBack: (row) => borrowed(row) && row.stage === 'at_borrower' && row.volumes.every((item) => item.place !== 'reader'), // prettier-ignore
  renewAsk: (row) => row.renewAsked === null,
  // Once it is out, giving it up means sending it back.
  requestCancel: (row) => !borrowed(row) && !row.cancelAsked,
  complain: (row) => row.complaint === null,
  chase: (row) => !row.cancelAsked,
  setField: (row) => !isFinal(row.status),
}
const isOpenCopy = (row: RequestRow) =>
  row.role === 'supplier' && row.service === 'copy' && (!isFinal(row.status) || row.complaint !== null)
const ALONE: Partial<Record<Action, (row: RequestRow) => boolean>> = {
  scan: (row) => isOpenCopy(row) && row.status !== 'Cancelled',
  printPullSlip: (row) => row.role === 'supplier' && !isFinal(row.status) && row.dueAt === null,
  printBookSlip: (row) => row.role === 'supplier' && row.volumes.some((item) => item.barcode !== null),
}

/** What this person at this desk may do with a request now, in the order of the contract's list. */
export function can(row: RequestRow, actor: Actor, actions: readonly Action[]): Action[] {
  return actions.filter((action) => {
    const alone = ALONE[action]
    if (alone) return alone(row)
    if (EXTRA[action]?.(row, actor) === false) return false
    const rule = ruleOf(action as OpKind)
    return rule.fact || rule.when.every((guard) => guard(row, actor) === null)
  })
}
