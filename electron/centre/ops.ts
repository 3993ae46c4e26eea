/**
 * The algorithm of `POST /v1/lib/{L}/ops` (rules S1, S3, S4): judge in the order given, each effect in the same transaction
 * as its result. One transaction for the whole call: the reply is sent only when everything in it is on disk.
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Db } from '../../db/driver.ts'
import { FEED_LIMIT, type OpResult, type OpsCall, type RowEnvelope } from '../contract/centre.contract.ts'
import { FACT_KINDS, OpArgs, type Op } from '../contract/ops.contract.ts'
import { judge } from './machine/judge.ts'
import type { Actor, Turn } from './machine/turn.ts'
import type { MutantSet } from './mutants.ts'
import { HttpRefusal } from './refusal.ts'
import { epochOf } from './store/open.ts'
import { Workspace } from './store/rows.ts'
import { recordResult, resultOf, prune, settledState, type StoredResult } from './store/results.ts'

export interface PushContext {
  db: Db
  now: number
  library: string
  device: string
  /** Everything known of a person at this device, for history and roles. */
  actorOf: (user: string) => Actor
  mutants: MutantSet
  /** Sequence numbers taken too early, by the mutant that does so. */
  reserved?: Map<string, number[]>
}

export interface PushReply {
  results: OpResult[]
  /** What else changed for this library. */
  also: RowEnvelope[]
  /** Libraries whose feed moved: their desks get a wake hint. */
  moved: Set<string>
}

interface Checked {
  op: Op
  args: unknown
  hash: string
}

/** Same text for the same value, whatever the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** Hash of an op's whole body: the same opId may only ever come with the same body. */
export function payloadHash(op: Op): string {
  return createHash('sha256').update(canonical(op)).digest('hex')
}

/** Shapes of all arguments, before anything is carried out: one wrong op means no write (400 names it). */
function checkShapes(call: OpsCall): Checked[] {
  return call.ops.map((op) => {
    const args = (OpArgs[op.kind] as z.ZodType).safeParse(op.args)
    if (!args.success)
      throw new HttpRefusal(400, 'bad_op', { opId: op.opId, message: JSON.stringify(args.error.issues).slice(0, 2000) })
    return { op, args: args.data, hash: payloadHash(op) }
  })
}

export function push(context: PushContext, call: OpsCall): PushReply {
  const checked = checkShapes(call)
  return context.db.write(() => {
    const foreign = call.epoch !== undefined && call.epoch !== epochOf(context.db)
    if (foreign && !context.mutants.has('no-epoch-check')) throw new HttpRefusal(410, 'resync_required')
    if (!context.mutants.has('no-payload-hash')) refuseReused(context, checked)
    prune(context.db, context.device, call.ackThrough, context.mutants.has('no-pruned-through'))
    const changes: Changes = { moved: new Set(), rows: new Map() }
    const answers = checked.map((one) => settleOne(context, one, changes))
    return {
      results: withRows(context, answers),
      also: otherRows(context, answers, changes),
      moved: changes.moved,
    }
  })
}

function refuseReused(context: PushContext, checked: Checked[]): void {
  const inThisCall = new Map<string, string>()
  for (const { op, hash } of checked) {
    const known = inThisCall.get(op.opId) ?? resultOf(context.db, context.device, op.opId)?.payload ?? null
    if (known !== null && known !== hash) throw new HttpRefusal(422, 'op_id_reused', { opId: op.opId })
    inThisCall.set(op.opId, hash)
  }
}

/** What the operations of a call did to the feeds. */
interface Changes {
  moved: Set<string>
  /** Rows of the caller's library, by type and id. */
  rows: Map<string, RowKey>
}
interface RowKey {
  type: string
  id: string
}
const keyOf = ({ type, id }: RowKey): string => `${type}/${id}`

/** What an op came to, and the object whose row tells more. */
interface Answer {
  result: OpResult
  about?: RowKey
}

function settleOne(context: PushContext, { op, args, hash }: Checked, changes: Changes): Answer {
  const { db, device, library, now, mutants } = context
  const stored = mutants.has('no-dedupe') ? null : resultOf(db, device, op.opId)
  if (stored && stored.payload !== null) return answer(op, stored)
  // What it is known to have carried out stays so under another number too: a desk put back to an earlier day counts anew.
  if (!mutants.has('no-pruned-through') && (stored || settledState(db, device, op)))
    return { result: { opId: op.opId, outcome: 'settled' } }

  const before = mutants.has('no-after') ? 'applied' : stateBefore(db, device, op)
  if (before === 'unsettled') return { result: { opId: op.opId, outcome: 'retry', code: 'prev_unsettled' } }
  const isFact = (FACT_KINDS as readonly string[]).includes(op.kind)
  if (before === 'rejected' && op.needsPrev && !isFact)
    return settle(context, op, hash, { outcome: 'rejected', code: 'prev_rejected', info: null, about: null })

  const work = new Workspace(db, context.reserved)
  const turn: Turn = { work, actor: context.actorOf(op.actor.user), op, event: op.kind, now, mutants }
  const verdict = judge(turn, args)
  if (verdict.carryOut === null)
    return settle(context, op, hash, {
      outcome: 'rejected',
      code: verdict.refusal!.code,
      info: verdict.refusal!.info ?? null,
      about: verdict.about,
    })
  if (!blobsStand(db, library, op, args)) return { result: { opId: op.opId, outcome: 'retry', code: 'missing_blob' } }
  verdict.carryOut()
  for (const one of work.flush(now)) changes.moved.add(one)
  for (const { library: of, row } of work.written) if (of === library) changes.rows.set(keyOf(row), row)
  return settle(context, op, hash, {
    outcome: 'applied',
    code: null,
    info: null,
    about: verdict.about,
  })
}

/** How this device's earlier ops on the same objects ended. */
function stateBefore(db: Db, device: string, op: Op): 'applied' | 'rejected' | 'unsettled' {
  let worst: 'applied' | 'rejected' = 'applied'
  for (const id of op.after) {
    const previous = resultOf(db, device, id)
    if (!previous) return 'unsettled'
    if (previous.outcome === 'rejected') worst = 'rejected'
  }
  return worst
}

/** Bytes the op names must be verified and this library's own (S5). */
function blobsStand(db: Db, library: string, op: Op, args: unknown): boolean {
  const named = new Set([...op.blobs, ...((args as { blobs?: string[] }).blobs ?? [])])
  for (const sha256 of named)
    if (!db.sql('SELECT 1 FROM blob WHERE library = ? AND sha256 = ?').get(library, sha256)) return false
  return true
}

interface Settlement {
  outcome: 'applied' | 'rejected'
  code: StoredResult['code']
  info: OpResult['info'] | null
  about: RowKey | null
}

function settle(context: PushContext, op: Op, hash: string, end: Settlement): Answer {
  const stored: StoredResult = {
    payload: hash,
    outcome: end.outcome,
    code: end.code,
    info: end.info ? JSON.stringify(end.info) : null,
    row_type: end.about?.type ?? null,
    row_id: end.about?.id ?? null,
  }
  recordResult(context.db, context.device, op, stored)
  return answer(op, stored)
}

function answer(op: Op, stored: StoredResult): Answer {
  return {
    result: {
      opId: op.opId,
      outcome: stored.outcome,
      ...(stored.code === null ? {} : { code: stored.code }),
      ...(stored.info === null ? {} : { info: JSON.parse(stored.info) as OpResult['info'] }),
    },
    ...(stored.row_id === null ? {} : { about: { type: stored.row_type!, id: stored.row_id } }),
  }
}

/**
 * The outcomes with the rows as they stand after the whole call. A hundred notes on one request would bring its growing
 * history a hundred times: a row goes with the last op about it.
 */
function withRows(context: PushContext, answers: readonly Answer[]): OpResult[] {
  const last = new Map(answers.map(({ about }, n) => [about && keyOf(about), n]))
  return answers.map(({ result, about }, n) => {
    const row = about && last.get(keyOf(about)) === n ? rowOf(context, about) : undefined
    return row ? { ...result, row } : result
  })
}

/** The bags and books of a manifest, say: whatever changed and does not go with an outcome. */
function otherRows(context: PushContext, answers: readonly Answer[], { rows }: Changes): RowEnvelope[] {
  const told = new Set(answers.map(({ about }) => about && keyOf(about)))
  const others = [...rows.values()].filter((row) => !told.has(keyOf(row))).slice(0, FEED_LIMIT)
  return others.flatMap((row) => rowOf(context, row) ?? [])
}

function rowOf({ db, library }: PushContext, { type, id }: RowKey): RowEnvelope | undefined {
  const row = db
    .sql<{ body: string }>('SELECT body FROM entity WHERE library = ? AND type = ? AND id = ?')
    .get(library, type, id)
  return row && (JSON.parse(row.body) as RowEnvelope)
}
