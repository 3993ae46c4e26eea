/** An outbox row as it travels. The body of an operation is the same each time it is sent: the centre keeps its hash. */
import type { Op } from '../../contract/ops.contract.ts'
import type { Db } from '../../../db/driver.ts'
import { blobsOf, prevsOf, touchesOf, type OutboxRow } from '../../../db/queries/outbox.ts'

/** @param row an operation that has its number */
export function wireOp(db: Db, row: OutboxRow): Op {
  return {
    opId: row.opId,
    n: row.n!,
    objectId: row.objectId,
    touches: touchesOf(db, row.place),
    kind: row.kind,
    args: JSON.parse(row.args) as unknown,
    seen: { version: row.seen },
    after: prevsOf(db, row.place)
      .filter((prev) => prev.state !== 'withdrawn')
      .map((prev) => prev.opId),
    needsPrev: row.needsPrev === 1,
    blobs: blobsOf(db, row.place),
    at: { wall: row.wall, monotonicMs: row.monotonic, bootId: row.boot },
    actor: { desk: row.desk, user: row.user },
  }
}
