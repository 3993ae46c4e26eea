/** What staff do: actions, taking them back, refused ones, sync at once. */
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import type { Core, Handlers } from '../context.ts'
import { parseOperation } from '../desk/act.ts'
import { decideForeseen, dismissRefused, exportRefused, refusedCards, sendAgainParked } from '../desk/refused.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { findBlob, releaseBlobs } from '../../../db/queries/blobs.ts'
import { holdLeft } from '../../../db/queries/holds.ts'
import { blobsOf, findOp, opsInStates, touchesOf, withdraw, type OutboxRow } from '../../../db/queries/outbox.ts'
import { steadyMs } from '../steady.ts'

type Methods =
  | 'op.act'
  | 'op.actMany'
  | 'op.withdraw'
  | 'outbox.list'
  | 'refused.list'
  | 'refused.settle'
  | 'refused.export'
  | 'sync.now'

const ok = { ok: true } as const
/** What looks different once a person has decided about a refusal. */
const DECIDED = ['refused', 'outbox', 'queue', 'counts', 'status'] as const

export function opHandlers(core: Core): Handlers<Methods> {
  const { db, views } = core

  function takeBack(opId: string): void {
    const now = core.now()
    db.write(() => {
      const op = findOp(db, opId)
      if (!op) throw new DeskError('not_found')
      if (!withdraw(db, opId, now)) throw new DeskError('no_longer_withdrawable')
      releaseBlobs(db, `op:${opId}`, now)
      const user = core.me()?.id ?? ''
      appendAudit(db, { at: now, user, event: 'withdrawn', objectId: op.objectId, opId, detail: '{}' })
      views.changed(touchesOf(db, op.place))
    })
    for (const topic of ['queue', 'counts', 'outbox', 'status'] as const) core.events.emit(topic)
  }

  function entry(op: OutboxRow) {
    const blobs = blobsOf(db, op.place)
    const { sent } = core.sync.status
    const row = views.request(op.objectId)?.row
    const left = holdLeft(op, steadyMs())
    return {
      opId: op.opId,
      n: op.n,
      kind: op.kind,
      objectId: op.objectId,
      service: row?.service ?? null,
      title: row ? row.fields.articleTitle || row.fields.title : (views.bag(op.objectId)?.row.code ?? op.objectId),
      state: op.state,
      at: op.wall,
      who: op.userName,
      heldUntil: left === null ? null : Date.now() + left,
      bytes: blobs.reduce((sum, sha256) => sum + (findBlob(db, sha256)?.bytes ?? 0), 0),
      sentBytes: blobs.reduce((sum, sha256) => sum + (sent.get(sha256) ?? 0), 0),
    }
  }

  return {
    'op.act': (call) => core.act(parseOperation(call)),
    'op.actMany': ({ calls }) =>
      calls.map((call) => {
        try {
          return { objectId: call.objectId, opId: core.act(parseOperation(call)).opId, error: null }
        } catch (error) {
          if (!(error instanceof DeskError)) throw error
          return { objectId: call.objectId, opId: null, error: { code: error.code, params: error.params } }
        }
      }),
    'op.withdraw': ({ opId }) => {
      takeBack(opId)
      return ok
    },
    'outbox.list': ({ states }) => opsInStates(db, states, 500).map(entry),
    'refused.list': () => refusedCards(db, views, core.actorOrNull()),
    'refused.settle': ({ opId, how }) => {
      const user = core.me()?.id ?? ''
      if (how === 'withdraw' || how === 'send') {
        decideForeseen(db, views, opId, how, user, core.now())
        for (const topic of DECIDED) core.events.emit(topic)
        core.sync.nudge()
        return ok
      }
      if (how === 'again') {
        sendAgainParked(db, views, opId, user, core.now())
        for (const topic of DECIDED) core.events.emit(topic)
        core.sync.nudge()
        return ok
      }
      const op = findOp(db, opId)
      const asked = op?.review === 'asked' && how === 'takeOver'
      if (!op || (op.state !== 'rejected' && op.state !== 'parked' && !asked)) throw new DeskError('not_found')
      db.write(() => {
        if (asked) decideForeseen(db, views, opId, 'withdraw', user, core.now())
        if (how === 'takeOver') core.act({ kind: 'takeOver', objectId: op.objectId, args: {} })
        if (how === 'redo')
          core.act({ kind: op.kind, objectId: op.objectId, args: JSON.parse(op.args) as OpArgsOf<typeof op.kind> })
        if (!asked) dismissRefused(db, views, opId, user, core.now())
      })
      for (const topic of DECIDED) core.events.emit(topic)
      return ok
    },
    'refused.export': async ({ opId }) => ({ blob: await exportRefused(db, core.blobs, opId) }),
    'sync.now': () => {
      core.sync.goodMoment()
      return ok
    },
  }
}
