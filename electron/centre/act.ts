/** What the centre does by itself, through the same guards as everybody: play the borrower, ask, complain, sweep. */
import { randomUUID } from 'node:crypto'
import type { Db } from '../../db/driver.ts'
import type { RequestRow } from '../contract/centre.contract.ts'
import { OpArgs, type Op, type OpArgsOf, type OpKind } from '../contract/ops.contract.ts'
import { judge } from './machine/judge.ts'
import { mirror, otherSide, remember, type Refusal, type Turn } from './machine/turn.ts'
import { Workspace, type Draft } from './store/rows.ts'

function turnOf(work: Workspace, library: string, event: string, op: Op, now: number): Turn {
  return {
    work,
    actor: { library, desk: 'centre', deskName: library, user: 'centre', userName: '', role: 'supervisor' },
    op,
    event,
    now,
    mutants: new Set(),
  }
}

function systemOp(kind: OpKind, objectId: string, args: unknown, now: number): Op {
  return {
    opId: randomUUID(),
    n: 1,
    objectId,
    touches: [objectId],
    kind,
    args,
    seen: { version: 0 },
    after: [],
    needsPrev: false,
    blobs: [],
    at: { wall: now, monotonicMs: 0, bootId: 'centre' },
    actor: { desk: 'centre', user: 'centre' },
  }
}

export interface Acted {
  refusal: Refusal | null
  moved: Set<string>
  id: string | null
}

/** Performs one operation as a library that has no desk of its own in this rehearsal. */
export function actAs<K extends OpKind>(
  db: Db,
  library: string,
  kind: K,
  objectId: string,
  args: OpArgsOf<K>,
  now: number,
): Acted {
  const parsed: unknown = OpArgs[kind].parse(args)
  return db.write(() => {
    const work = new Workspace(db)
    const turn = turnOf(work, library, kind, systemOp(kind, objectId, parsed, now), now)
    const verdict = judge(turn, parsed)
    verdict.carryOut?.()
    return { refusal: verdict.refusal, moved: work.flush(now), id: verdict.about?.id ?? null }
  })
}

/** Changes one request by the centre's own right, under a name for the history. */
export function change(
  db: Db,
  library: string,
  id: string,
  event: string,
  now: number,
  effect: (turn: Turn, draft: Draft<RequestRow>) => void,
): Set<string> {
  return db.write(() => {
    const work = new Workspace(db)
    const draft = work.find(library, 'request', id)
    if (!draft || draft.gone !== null) return new Set<string>()
    effect(turnOf(work, library, event, systemOp('note', id, {}, now), now), draft)
    return work.flush(now)
  })
}

/** The reader has opened the delivered document: both libraries learn it, once. */
export function markOpened(db: Db, supplier: string, id: string, now: number): Set<string> {
  return change(db, supplier, id, 'opened', now, (turn, draft) => {
    if (!draft.row.delivery || draft.row.delivery.openedAt !== null) return
    draft.row.delivery.openedAt = now
    remember(turn, draft)
    mirror(turn, draft)
  })
}

/** Makes sure that the asking library has its row too, so that it can act on it. Returns its id. */
export function askingSide(db: Db, supplier: string, id: string, now: number): string | null {
  let library: string | null = null
  change(db, supplier, id, 'mirrored', now, (turn, draft) => {
    otherSide(turn, draft)
    library = draft.row.fields.partner
  })
  return library
}
