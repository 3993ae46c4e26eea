/** Refused and parked actions, and those that would be refused, with both sides of the story and what a person may do next. */
import type { RefusedCard } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import { isFact, operate } from '../../domain/machine/operate.ts'
import type { Actor } from '../../domain/machine/rule.ts'
import { World } from '../../domain/machine/world.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import type { Db } from '../../../db/driver.ts'
import { sendParked } from '../../../db/queries/again.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { BaseSource, lastOf } from '../../../db/queries/base.ts'
import { releaseBlobs } from '../../../db/queries/blobs.ts'
import { blobsOf, dismiss, findOp, opsInStates, touchesOf, type OutboxRow } from '../../../db/queries/outbox.ts'
import { askedOps, sendAnyway, takeOut } from '../../../db/queries/review.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { wireOp } from '../sync/wire-op.ts'

type Next = RefusedCard['next'][number]

function stands(views: DeskViews, op: OutboxRow, actor: Actor): boolean {
  const args = JSON.parse(op.args) as OpArgsOf<typeof op.kind>
  return operate(new World(views.rows), { kind: op.kind, objectId: op.objectId, args }, actor).outcome === 'applied'
}

/** It is another desk's, and a supervisor sits here or the other's time has run out. */
function mayTakeOver(views: DeskViews, objectId: string, actor: Actor): boolean {
  const claim = views.request(objectId)?.row.claim
  const takeOver = { kind: 'takeOver' as const, objectId, args: {} }
  return (
    claim != null && claim.desk !== actor.desk && operate(new World(views.rows), takeOver, actor).outcome === 'applied'
  )
}

/** The gentlest first. Redoing is offered only where the desk's own machine would now allow it. */
function nextSteps(db: Db, views: DeskViews, op: OutboxRow, actor: Actor | null): Next[] {
  const file: Next[] = blobsOf(db, op.place).length > 0 ? ['saveFile'] : []
  const takeOver: Next[] = actor && mayTakeOver(views, op.objectId, actor) ? ['takeOver'] : []
  if (op.review === 'asked') return ['withdraw', ...takeOver, 'send', ...file]
  const next: Next[] = ['dismiss', ...takeOver]
  if (actor && op.state === 'rejected' && !isFact(op.kind) && stands(views, op, actor)) next.push('redo')
  if (op.state === 'parked') next.push('again', 'export')
  return [...next, ...file]
}

/** Those not sent yet first: they can still be decided without a trace at the centre. */
export function refusedCards(db: Db, views: DeskViews, actor: Actor | null): RefusedCard[] {
  const foreseen = views.foreseen()
  return [...askedOps(db), ...opsInStates(db, ['rejected', 'parked'])].map((op) => {
    const asked = op.review === 'asked' ? (foreseen.get(op.opId) ?? { code: 'state' }) : null
    const args = JSON.parse(op.args) as { pages?: number; bytes?: number }
    const row = views.request(op.objectId)?.row
    return {
      opId: op.opId,
      kind: op.kind,
      objectId: op.objectId,
      title: row ? row.fields.articleTitle || row.fields.title : titleOfOther(db, views, op.objectId),
      service: row?.service ?? null,
      state: asked ? 'foreseen' : op.state === 'parked' ? 'parked' : 'rejected',
      code: asked?.code ?? op.code ?? '',
      info: asked ? (asked.info ?? {}) : op.info === null ? {} : (JSON.parse(op.info) as RefusedCard['info']),
      ours: {
        at: op.wall,
        who: op.userName,
        offline: op.offline === 1,
        bytes: args.bytes ?? 0,
        pages: args.pages ?? 0,
      },
      blob: blobsOf(db, op.place)[0] ?? null,
      theirs: theirsOf(db, views, op, actor),
      next: nextSteps(db, views, op, actor),
    }
  })
}

/** What the centre itself said last, without what this desk has on its way. */
function theirsOf(db: Db, views: DeskViews, { objectId }: OutboxRow, actor: Actor | null): RefusedCard['theirs'] {
  const base = new BaseSource(db)
  const strange = views.shownRequest(objectId)
  const row = base.get('request', objectId) ?? (strange && !strange.understood ? strange.row : undefined)
  const last = row?.history.at(-1)
  return {
    status: row?.status ?? null,
    // Where a finished request stood says nothing any more.
    stage: row?.finishedAt === null ? row.stage : null,
    holder: row?.claim?.userName ?? '',
    mine: row?.claim != null && row.claim.desk === actor?.desk,
    at: last?.at ?? null,
    last: last ? { event: last.event, who: last.who, desk: last.desk } : null,
    gone: row ? null : (base.gone('request', objectId) ?? null),
  }
}

function titleOfOther(db: Db, views: DeskViews, id: string): string {
  const left = lastOf(db, 'request', id)
  return left
    ? left.fields.articleTitle || left.fields.title
    : (views.bag(id)?.row.code ?? views.manifest(id)?.row.number ?? id)
}

/** A person is done with a refusal; its file may go after the usual time. @throws DeskError not_found */
export function dismissRefused(db: Db, views: DeskViews, opId: string, user: string, now: number): void {
  db.write(() => {
    const op = findOp(db, opId)
    if (!op || !dismiss(db, opId, now)) throw new DeskError('not_found')
    // What could not be read was not carried out: whatever waited behind it goes its way.
    const out = op.state === 'parked' ? takeOut(db, op, now) : [op]
    for (const gone of out) {
      releaseBlobs(db, `op:${gone.opId}`, now)
      const { objectId } = gone
      const event = gone === op ? 'dismissed' : 'withdrawn'
      appendAudit(db, { at: now, user, event, objectId, opId: gone.opId, detail: '{}' })
    }
    views.changed(new Set(out.flatMap((gone) => touchesOf(db, gone.place))))
  })
}

/** What the centre could not read is sent once more. @throws DeskError not_found */
export function sendAgainParked(db: Db, views: DeskViews, opId: string, user: string, now: number): void {
  db.write(() => {
    const op = findOp(db, opId)
    if (op?.state !== 'parked') throw new DeskError('not_found')
    sendParked(db, op)
    appendAudit(db, { at: now, user, event: 'sentAgain', objectId: op.objectId, opId, detail: '{}' })
    views.changed(touchesOf(db, op.place))
  })
}

/**
 * A person has decided about an action that would be refused.
 * @throws DeskError not_found when nobody is asked about it any more
 */
export function decideForeseen(
  db: Db,
  views: DeskViews,
  opId: string,
  how: 'withdraw' | 'send',
  user: string,
  now: number,
): void {
  db.write(() => {
    const op = findOp(db, opId)
    if (op?.review !== 'asked') throw new DeskError('not_found')
    if (how === 'send') return sendAnyway(db, op)
    const out = takeOut(db, op, now)
    for (const gone of out) {
      releaseBlobs(db, `op:${gone.opId}`, now)
      const { objectId } = gone
      appendAudit(db, { at: now, user, event: 'withdrawn', objectId, opId: gone.opId, detail: '{}' })
    }
    views.changed(new Set(out.flatMap((gone) => touchesOf(db, gone.place))))
  })
}

/** @returns the blob with the whole operation, as it would travel. @throws DeskError not_found */
export async function exportRefused(db: Db, blobs: BlobStore, opId: string): Promise<string> {
  const op = findOp(db, opId)
  if (op?.state !== 'parked' && op?.state !== 'rejected') throw new DeskError('not_found')
  const { state, code, n, settledAt } = op
  const told = {
    state,
    code,
    settledAt,
    op: n === null ? { opId, args: JSON.parse(op.args) as unknown } : wireOp(db, op),
  }
  const json = Buffer.from(`${JSON.stringify(told, null, 2)}\n`)
  return (await blobs.put(json, 'application/json')).sha256
}
