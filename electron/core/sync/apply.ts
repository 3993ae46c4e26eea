/** Rows and results of the centre into the database (rules C2, C3, C6). Every function runs inside one transaction. */
import type { z } from 'zod'
import {
  ENTITY_SCHEMAS,
  type EntityType,
  type OpResult,
  type RequestRow,
  type RowEnvelope,
} from '../../contract/centre.contract.ts'
import { exactly } from '../../contract/exactly.ts'
import type { Db } from '../../../db/driver.ts'
import type { DeskViews, FreshRequests } from '../../../db/desk-views.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import {
  anythingAside,
  buryBase,
  quarantine,
  upsertBase,
  type BaseRow,
  type Tombstone,
} from '../../../db/queries/base.ts'
import { releaseBlobs } from '../../../db/queries/blobs.ts'
import { findOp, requeueSending, setState, settle, touchesOf, type OutboxRow } from '../../../db/queries/outbox.ts'
import { onlyUnknownStates } from '../../domain/legible.ts'

export type ReadRow =
  | { kind: 'row'; row: BaseRow; request?: RequestRow }
  | { kind: 'gone'; stone: Tombstone }
  | { kind: 'damaged'; row: Omit<BaseRow, 'understood'>; problem: string }

const isKnown = (type: string): type is EntityType => Object.hasOwn(ENTITY_SCHEMAS, type)

type EntityRow = z.output<(typeof ENTITY_SCHEMAS)[EntityType]>
const EXACT = Object.fromEntries(
  Object.entries(ENTITY_SCHEMAS).map(([type, schema]) => [type, exactly(schema)]),
) as Record<EntityType, (value: unknown) => boolean>

function parseRow(type: EntityType, envelope: RowEnvelope): z.ZodSafeParseResult<EntityRow> {
  if (EXACT[type](envelope)) return { success: true, data: envelope as unknown as EntityRow }
  return ENTITY_SCHEMAS[type].safeParse(envelope)
}

/** Known types are read strictly, unknown fields ignored; what a newer centre added is kept raw. Needs no database. */
export function readRow(envelope: RowEnvelope): ReadRow {
  const { type, id, version, seq } = envelope
  try {
    return readWhole(envelope)
  } catch (error) {
    // Lists in lists, thousands deep, can be parsed and not be written again: one such row must not stop all others.
    if (!(error instanceof RangeError)) throw error
    return { kind: 'damaged', row: { type, id, version, seq, body: '{}' }, problem: error.message }
  }
}

function readWhole(envelope: RowEnvelope): ReadRow {
  const { type, id, version, seq, gone } = envelope
  const head = { type, id, version, seq }
  if (gone) return { kind: 'gone', stone: { ...head, reason: gone.reason } }
  if (!isKnown(type)) return { kind: 'row', row: { ...head, understood: false, body: JSON.stringify(envelope) } }
  const parsed = parseRow(type, envelope)
  if (parsed.success) {
    const row = { ...head, understood: true, body: JSON.stringify(parsed.data) }
    return parsed.data.type === 'request' ? { kind: 'row', row, request: parsed.data } : { kind: 'row', row }
  }
  const body = JSON.stringify(envelope)
  if (onlyUnknownStates(parsed.error.issues)) return { kind: 'row', row: { ...head, understood: false, body } }
  const issue = parsed.error.issues[0]
  return { kind: 'damaged', row: { ...head, body }, problem: `${issue?.path.join('.')}: ${issue?.message}` }
}

/** Takes rows that are newer than what is known. @returns how many changed something */
export function applyRows(db: Db, views: DeskViews, rows: readonly ReadRow[], now: number): number {
  const changed = new Set<string>()
  const fresh: FreshRequests = new Map()
  const nothingAside = rows.every((read) => read.kind === 'row') && !anythingAside(db)
  for (const read of rows) {
    if (read.kind === 'damaged') quarantine(db, read.row, read.problem, now)
    else if (read.kind === 'gone') {
      const rid = buryBase(db, read.stone, now)
      if (rid === undefined) continue
      changed.add(read.stone.id)
      if (rid !== null && read.stone.type === 'request') views.left(rid, read.stone.id)
    } else {
      const taken = upsertBase(db, read.row, nothingAside)
      if (!taken) continue
      changed.add(read.row.id)
      if (read.request) fresh.set(read.row.id, { ...taken, row: read.request })
      if (read.row.type === 'library') views.librariesChanged()
    }
  }
  if (changed.size > 0) views.changed(changed, fresh)
  return changed.size
}

export interface Settlements {
  settled: OutboxRow[]
  rejected: number
  /** Some must be sent again. */
  retry: boolean
  /** Bytes the centre does not have although we believed so. */
  missingBlobs: OutboxRow[]
}

/** Records what the centre said to a call. A doubled or late reply changes nothing (invariant I3). */
export function applyResults(db: Db, views: DeskViews, results: readonly OpResult[], now: number): Settlements {
  const out: Settlements = { settled: [], rejected: 0, retry: false, missingBlobs: [] }
  const changed = new Set<string>()
  const rows = results.flatMap((result) => (result.row ? [readRow(result.row)] : []))
  for (const result of results) {
    const op = findOp(db, result.opId)
    if (!op) continue
    if (result.outcome === 'retry') {
      if (op.state !== 'sending') continue
      setState(db, op.place, 'queued')
      out.retry = true
      if (result.code === 'missing_blob') out.missingBlobs.push(op)
      continue
    }
    // "settled": the centre has forgotten it because this device once recorded its outcome; the feed tells which.
    const state = result.outcome === 'rejected' ? 'rejected' : 'applied'
    const settled = settle(db, op.opId, {
      state,
      at: now,
      ...(result.code ? { code: result.code } : {}),
      ...(result.info ? { info: result.info } : {}),
    })
    if (!settled) continue
    closeOp(db, settled, now, state, result.code ?? '')
    out.settled.push(settled)
    if (state === 'rejected') out.rejected++
    for (const id of touchesOf(db, op.place)) changed.add(id)
  }
  applyRows(db, views, rows, now)
  if (changed.size > 0) views.changed(changed)
  return out
}

/** The centre cannot read this operation: kept for a person, never dropped. */
export function park(db: Db, views: DeskViews, opId: string, code: string, now: number): void {
  const parked = settle(db, opId, { state: 'parked', code, at: now })
  if (!parked) return
  appendAudit(db, auditOf(parked, now, 'parked', code))
  views.changed(touchesOf(db, parked.place))
}

/** After any doubt: everything in flight is queued again. */
export function doubt(db: Db): void {
  requeueSending(db)
}

function closeOp(db: Db, op: OutboxRow, now: number, state: string, code: string): void {
  appendAudit(db, auditOf(op, now, state, code))
  // A refused document stays until a person has decided; a delivered one is no longer held by its operation.
  if (state === 'applied') releaseBlobs(db, `op:${op.opId}`, now)
}

const auditOf = (op: OutboxRow, at: number, event: string, code: string) => ({
  at,
  user: '',
  event,
  objectId: op.objectId,
  opId: op.opId,
  detail: JSON.stringify({ kind: op.kind, code }),
})
