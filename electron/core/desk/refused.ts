/** Refused and parked actions, with both sides of the story and what a person may do next. */
import type { RefusedCard } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import { isFact, operate } from '../../domain/machine/operate.ts'
import type { Actor } from '../../domain/machine/rule.ts'
import { World } from '../../domain/machine/world.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import type { Db } from '../../../db/driver.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { releaseBlobs } from '../../../db/queries/blobs.ts'
import { blobsOf, dismiss, findOp, opsInStates, touchesOf, type OutboxRow } from '../../../db/queries/outbox.ts'

type Next = RefusedCard['next'][number]

function stands(views: DeskViews, op: OutboxRow, actor: Actor): boolean {
  const args = JSON.parse(op.args) as OpArgsOf<typeof op.kind>
  return operate(new World(views.rows), { kind: op.kind, objectId: op.objectId, args }, actor).outcome === 'applied'
}

/** The gentlest first. Redoing is offered only where the desk's own machine would now allow it. */
function nextSteps(db: Db, views: DeskViews, op: OutboxRow, actor: Actor | null): Next[] {
  const next: Next[] = ['dismiss']
  if (actor && views.request(op.objectId)) {
    const row = views.request(op.objectId)!.row
    const held = row.claim !== null && row.claim.desk !== actor.desk
    const takeOver = { kind: 'takeOver' as const, objectId: op.objectId, args: {} }
    if (held && operate(new World(views.rows), takeOver, actor).outcome === 'applied') next.push('takeOver')
  }
  if (actor && op.state === 'rejected' && !isFact(op.kind) && stands(views, op, actor)) next.push('redo')
  if (blobsOf(db, op.place).length > 0) next.push('saveFile')
  return next
}

export function refusedCards(db: Db, views: DeskViews, actor: Actor | null): RefusedCard[] {
  return opsInStates(db, ['rejected', 'parked']).map((op) => {
    const request = views.request(op.objectId)
    const args = JSON.parse(op.args) as { pages?: number; bytes?: number }
    const row = request?.row
    return {
      opId: op.opId,
      kind: op.kind,
      objectId: op.objectId,
      title: row ? row.fields.articleTitle || row.fields.title : titleOfOther(views, op.objectId),
      service: row?.service ?? null,
      state: op.state === 'parked' ? 'parked' : 'rejected',
      code: op.code ?? '',
      info: op.info === null ? {} : (JSON.parse(op.info) as RefusedCard['info']),
      ours: {
        at: op.wall,
        who: op.userName,
        offline: op.offline === 1,
        bytes: args.bytes ?? 0,
        pages: args.pages ?? 0,
      },
      theirs: {
        status: row?.status ?? null,
        stage: row?.stage ?? null,
        holder: row?.claim?.userName ?? '',
        at: row?.history.at(-1)?.at ?? null,
      },
      next: nextSteps(db, views, op, actor),
    }
  })
}

function titleOfOther(views: DeskViews, id: string): string {
  return views.bag(id)?.row.code ?? views.manifest(id)?.row.number ?? id
}

/** A person is done with a refusal; its file may go after the usual time. @throws DeskError not_found */
export function dismissRefused(db: Db, views: DeskViews, opId: string, user: string, now: number): void {
  db.write(() => {
    const op = findOp(db, opId)
    if (!op || !dismiss(db, opId, now)) throw new DeskError('not_found')
    releaseBlobs(db, `op:${opId}`, now)
    appendAudit(db, { at: now, user, event: 'dismissed', objectId: op.objectId, opId, detail: '{}' })
    views.changed(touchesOf(db, op.place))
  })
}
