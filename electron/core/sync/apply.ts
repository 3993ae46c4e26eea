/** Rows and results of the centre into the database (rules C2, C3, C6). Every function runs inside one transaction. */
import type { OpResult, RowEnvelope } from '../../contract/centre.contract.ts'
import type { Db } from '../../../db/driver.ts'
import type { DeskViews, FreshRequests } from '../../../db/desk-views.ts'
import { wasAcknowledged } from '../../../db/queries/acknowledged.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { anythingAside, buryBase, quarantine, upsertBase } from '../../../db/queries/base.ts'
import { releaseBlobs } from '../../../db/queries/blobs.ts'
import {
  findOp,
  requeueSending,
  setState,
  settle,
  touchesOf,
  type OutboxRow,
  type Settled,
} from '../../../db/queries/outbox.ts'
import { readRow, type ReadRow } from './read-row.ts'

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
      if (read.entry) fresh.set(read.row.id, { ...taken, entry: read.entry })
      if (read.row.type === 'library') views.librariesChanged()
    }
  }
  if (changed.size > 0) views.changed(changed, fresh)
  return changed.size
}

/** The centre keeps no outcome of it any more, and this desk never noted one. */
export const OUTCOME_UNKNOWN = 'outcome_unknown'

export interface Settlements {
  settled: OutboxRow[]
  rejected: number
  /** Some must be sent again. */
  retry: boolean
  /** Bytes the centre does not have although we believed so. */
  missingBlobs: OutboxRow[]
}

/**
 * Records what the centre said to a call. A doubled or late reply changes nothing (invariant I3).
 * @param also rows that changed beside those of the results: an operation and all it did are seen in one go
 */
export function applyResults(
  db: Db,
  views: DeskViews,
  results: readonly OpResult[],
  also: readonly RowEnvelope[],
  now: number,
): Settlements {
  const out: Settlements = {
    settled: [],
    rejected: 0,
    retry: false,
    missingBlobs: [],
  }
  const changed = new Set<string>()
  for (const result of results) {
    const op = findOp(db, result.opId)
    // What was never sent has no outcome, whatever a centre says.
    if (!op || op.n === null) continue
    if (result.outcome === 'retry') {
      if (op.state !== 'sending') continue
      setState(db, op.place, 'queued')
      out.retry = true
      if (result.code === 'missing_blob') out.missingBlobs.push(op)
      continue
    }
    const end = endOf(db, op, op.n, result)
    const settled = settle(db, op.opId, { ...end, at: now })
    if (!settled) continue
    closeOp(db, settled, now, end.state, end.code ?? '')
    out.settled.push(settled)
    if (end.state === 'rejected') out.rejected++
    for (const id of touchesOf(db, op.place)) changed.add(id)
  }
  applyRows(db, views, newestRows([...results.map(({ row }) => row), ...also]).map(readRow), now)
  if (changed.size > 0) views.changed(changed)
  return out
}

/**
 * "settled": the centre has forgotten how it ended because this device once recorded it. What was refused here before it was
 * sent again (db/queries/again.ts) stays refused, all else was carried out. Where this device never recorded anything, its
 * data was put back to an earlier day and its numbers are given twice: a person looks.
 */
function endOf(db: Db, op: OutboxRow, n: number, { outcome, code, info }: OpResult): Omit<Settled, 'at'> {
  if (outcome !== 'settled') return { state: outcome === 'rejected' ? 'rejected' : 'applied', code, info }
  if (op.code !== null)
    return { state: 'rejected', code: op.code, info: op.info === null ? undefined : (JSON.parse(op.info) as object) }
  return wasAcknowledged(db, n) ? { state: 'applied' } : { state: 'rejected', code: OUTCOME_UNKNOWN }
}

/** A hundred operations on one object bring its row a hundred times: only the last version has anything to say. */
function newestRows(rows: readonly (RowEnvelope | undefined)[]): RowEnvelope[] {
  const newest = new Map<string, RowEnvelope>()
  for (const row of rows) {
    if (!row) continue
    const key = `${row.type}/${row.id}`
    const known = newest.get(key)
    if (!known || known.version < row.version) newest.set(key, row)
  }
  return [...newest.values()]
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
