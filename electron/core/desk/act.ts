/** A local action (rule C1): judged by the desk's own machine, then one transaction writes outbox, audit and view. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { OpArgs, type OpKind } from '../../contract/ops.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { isFact, isHeld, operate, typeOfKind, undoOf, type Operation } from '../../domain/machine/operate.ts'
import type { Actor } from '../../domain/machine/rule.ts'
import { touchesOf } from '../../domain/machine/touches.ts'
import { World } from '../../domain/machine/world.ts'
import type { Db } from '../../../db/driver.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { baseVersion } from '../../../db/queries/base.ts'
import { retainBlob } from '../../../db/queries/blobs.ts'
import { auditArgs } from '../../../db/queries/privacy.ts'
import { addOp, findOp, lastUnsettled } from '../../../db/queries/outbox.ts'
import { faultPoint } from '../fault-point.ts'

export interface ActContext {
  db: Db
  views: DeskViews
  /** @throws DeskError sign_in_needed, not_enrolled */
  actor(): Actor
  /** Hold of ops that reach somebody outside, ms. */
  holdMs(): number
  online(): boolean
  /** ms of the clock that holds are measured by. */
  steady(): number
}

/** Tells apart the monotonic clocks of different starts. */
const BOOT = randomUUID()

/** Arguments of an operation as its kind wants them. @throws DeskError bad_call */
export function parseOperation(call: { kind: OpKind; objectId: string; args: unknown }): Operation {
  const args = (OpArgs[call.kind] as z.ZodType).safeParse(call.args)
  if (!args.success) throw new DeskError('bad_call', { at: args.error.issues[0]?.path.join('.') ?? '' })
  return { kind: call.kind, objectId: call.objectId, args: args.data as Operation['args'] }
}

/**
 * An operation that takes back the last one builds on it: if that was refused, this one must not be judged on its own
 * (un-accepting what another desk accepted). Only where it is the single one it waits for: another item's refusal in the
 * same bag must not take this one down.
 */
function needsPrevious(db: Db, op: Operation, touches: readonly string[]): boolean {
  const last = lastUnsettled(db, op.objectId)
  if (!last || isFact(op.kind) || undoOf(last.kind) !== op.kind) return false
  return touches.every((id) => {
    const other = lastUnsettled(db, id)
    return other === undefined || other.place === last.place
  })
}

/**
 * @returns the operation's id and until when it can be withdrawn without a trace (ms UTC)
 * @throws DeskError action_refused {code}, sign_in_needed, not_enrolled, disk_full
 */
export function act(context: ActContext, op: Operation): { opId: string; heldUntil: number | null } {
  const { db, views } = context
  const actor = context.actor()
  const opId = randomUUID()
  const hold = isHeld(op.kind) ? context.holdMs() : 0
  const heldUntil = hold > 0 ? actor.at + hold : null
  db.write(() => {
    const verdict = operate(new World(views.rows), op, actor)
    if (verdict.outcome === 'rejected') {
      const { outcome: _, code, info } = verdict
      throw new DeskError('action_refused', { code, kind: op.kind, id: op.objectId, ...withoutNull(info) })
    }
    const touches = touchesOf(op, views.rows)
    const args = JSON.stringify(op.args)
    addOp(db, {
      opId,
      objectId: op.objectId,
      kind: op.kind,
      args,
      seen: baseVersion(db, typeOfKind(op.kind), op.objectId),
      needsPrev: needsPrevious(db, op, touches) ? 1 : 0,
      wall: actor.at,
      monotonic: context.steady(),
      boot: BOOT,
      desk: actor.desk,
      user: actor.user,
      userName: actor.userName,
      role: actor.role,
      offline: context.online() ? 0 : 1,
      state: heldUntil === null ? 'queued' : 'held',
      heldUntil,
      touches,
      blobs: blobsIn(op),
    })
    for (const sha256 of blobsIn(op)) retainBlob(db, sha256, `op:${opId}`)
    const detail = auditArgs(db, op.args)
    appendAudit(db, { at: actor.at, user: actor.user, event: op.kind, objectId: op.objectId, opId, detail })
    views.opAdded(findOp(db, opId)!)
    faultPoint('before-outbox-commit')
  })
  faultPoint('after-outbox-commit')
  return { opId, heldUntil }
}

function blobsIn(op: Operation): string[] {
  const { blobs } = op.args as { blobs?: string[] }
  return blobs ?? []
}

function withoutNull(info: Record<string, string | number | boolean | null> = {}) {
  const kept: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(info)) if (value !== null) kept[name] = value
  return kept
}
