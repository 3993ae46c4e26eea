/** The operations on their way, in order of commit and by the objects they touch; read from the outbox when asked anew. */
import type { OutboxState } from '../electron/contract/core.contract.ts'
import type { OpArgsOf, OpKind } from '../electron/contract/ops.contract.ts'
import type { PendingOp } from '../electron/domain/machine/fold.ts'
import type { Db } from './driver.ts'
import { getMeta } from './queries/meta.ts'
import { activeOps, prevsOf, touchesOf, type OutboxRow } from './queries/outbox.ts'

export interface ActiveOp extends PendingOp {
  place: number
  state: OutboxState
  touches: readonly string[]
}

export class PendingOps {
  private readonly db: Db
  private ops: ActiveOp[] = []
  private byObject = new Map<string, ActiveOp[]>()

  constructor(db: Db) {
    this.db = db
  }

  get all(): readonly ActiveOp[] {
    return this.ops
  }

  /** Those that touch an object, in order. */
  on(id: string): readonly ActiveOp[] {
    return this.byObject.get(id) ?? []
  }

  touch(id: string): boolean {
    return this.byObject.has(id)
  }

  /** Forgets what is known and reads the outbox. */
  reload(): readonly ActiveOp[] {
    this.ops = []
    this.byObject = new Map()
    for (const row of activeOps(this.db)) this.add(this.load(row))
    return this.ops
  }

  add(op: ActiveOp): void {
    this.ops.push(op)
    for (const id of op.touches) {
      const ops = this.byObject.get(id)
      if (ops) ops.push(op)
      else this.byObject.set(id, [op])
    }
  }

  load(row: OutboxRow): ActiveOp {
    const prevs = prevsOf(this.db, row.place)
    return {
      opId: row.opId,
      place: row.place,
      state: row.state,
      kind: row.kind,
      objectId: row.objectId,
      args: JSON.parse(row.args) as OpArgsOf<OpKind>,
      needsPrev: row.needsPrev === 1,
      after: prevs.map((prev) => prev.opId),
      prevRejected: prevs.some((prev) => prev.state === 'rejected'),
      touches: touchesOf(this.db, row.place),
      actor: {
        library: getMeta(this.db, 'library')?.id ?? '',
        desk: row.desk,
        deskName: getMeta(this.db, 'deskName') ?? '',
        user: row.user,
        userName: row.userName,
        role: row.role,
        at: row.wall,
      },
    }
  }

  /** The objects and every object that shares an operation on its way with one of them, directly or by others. */
  related(ids: ReadonlySet<string>): Set<string> {
    const found = new Set(ids)
    if (this.ops.length === 0) return found
    const open = [...ids]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const op of this.on(id))
        for (const other of op.touches)
          if (!found.has(other)) {
            found.add(other)
            open.push(other)
          }
    }
    return found
  }
}
