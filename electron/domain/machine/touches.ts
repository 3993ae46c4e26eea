/** Every object an operation names or moves: what its order (`after`) is kept for, and what shows it as on its way. */
import type { OpArgsOf, OpKind } from '../../contract/ops.contract.ts'
import type { Operation } from './operate.ts'
import type { RowSource } from './world.ts'

type Finder = { [K in OpKind]?: (args: OpArgsOf<K>, id: string, rows: RowSource) => string[] }

const itemsOf = (rows: RowSource, bagId: string): string[] =>
  rows.get('bag', bagId)?.items.map((item) => item.requestId) ?? []

const BESIDE_THE_OBJECT: Finder = {
  pack: (args) => [args.bagId],
  unpack: (args) => [args.bagId],
  moveBag: (args, id, rows) => [args.manifestId, rows.get('bag', id)?.manifestId ?? args.manifestId],
  closeManifest: (args, id, rows) => [...args.bagIds, ...(rows.get('manifest', id)?.bagIds ?? [])],
  handedOver: (_args, id, rows) =>
    (rows.get('manifest', id)?.bagIds ?? []).flatMap((bagId) => [bagId, ...itemsOf(rows, bagId)]),
  itemArrived: (args) => [args.item.requestId],
  itemMissing: (args) => [args.item.requestId],
}

/** @param rows the desk's view before the operation */
export function touchesOf(op: Operation, rows: RowSource): string[] {
  const find = BESIDE_THE_OBJECT[op.kind] as ((args: unknown, id: string, rows: RowSource) => string[]) | undefined
  return [...new Set([op.objectId, ...(find?.(op.args, op.objectId, rows) ?? [])])]
}
