/**
 * Rows of the feed. One `Workspace` holds the rows that one operation looks at and changes; `flush` writes the changed ones,
 * each with the next `seq` of its library and `version + 1`, inside the caller's transaction (rules S1, S2).
 */
import type { Db } from '../../../db/driver.ts'
import type { z } from 'zod'
import type { ENTITY_SCHEMAS, EntityType, RequestRow, RowEnvelope } from '../../contract/centre.contract.ts'

export type RowOf<T extends EntityType> = z.infer<(typeof ENTITY_SCHEMAS)[T]>
export type AnyRow = RowOf<EntityType>

/** What the centre remembers of a request beside the wire: who changed a field when, since when it is claimed. */
export interface Meta {
  fields?: Record<string, { version: number; desk: string }>
  claimedAt?: number
  retryAt?: number
}

export interface Draft<R = AnyRow> {
  readonly library: string
  row: R
  meta: Meta
  /** Reason of the tombstone, or null while the row is alive. */
  gone: string | null
  /** Body at loading without version and seq; null for a row that is new. */
  readonly before: string | null
}

interface Stored {
  version: number
  seq: number
  body: string
  meta: string | null
}

/** Status in which a loan's items are bound to it. */
const HOLDS_ITEMS = new Set(['WillSupply', 'Loaned', 'Overdue', 'Recalled'])

function bodyOf(draft: Draft): string {
  if (draft.gone !== null)
    return JSON.stringify({ type: draft.row.type, id: draft.row.id, gone: { reason: draft.gone } })
  return JSON.stringify({ ...draft.row, version: 0, seq: 0 }) + JSON.stringify(draft.meta)
}

export class Workspace {
  readonly db: Db
  /** What `flush` wrote, of every library. */
  readonly written: Draft[] = []
  private readonly drafts = new Map<string, Draft>()
  /** Numbers taken before this transaction; only the mutant `seq-before-commit` fills it. */
  private readonly reserved: Map<string, number[]>

  constructor(db: Db, reserved: Map<string, number[]> = new Map()) {
    this.db = db
    this.reserved = reserved
  }

  /** The library's row, alive or tombstone, or null when it never stood there. */
  find<T extends EntityType>(library: string, type: T, id: string): Draft<RowOf<T>> | null {
    const key = `${library}\n${type}\n${id}`
    const known = this.drafts.get(key)
    if (known) return known as Draft<RowOf<T>>
    const stored = this.db
      .sql<Stored>('SELECT version, seq, body, meta FROM entity WHERE library = ? AND type = ? AND id = ?')
      .get(library, type, id)
    if (!stored) return null
    const row = JSON.parse(stored.body) as AnyRow & { gone?: { reason: string } }
    const draft: Draft = {
      library,
      row,
      meta: stored.meta === null ? {} : (JSON.parse(stored.meta) as Meta),
      gone: row.gone?.reason ?? null,
      before: '',
    }
    const remembered = { ...draft, before: bodyOf(draft) }
    this.drafts.set(key, remembered)
    return remembered as Draft<RowOf<T>>
  }

  /** Puts a new row (or a row anew over a tombstone) into a library's feed; version and seq are given at the flush. */
  put<R extends AnyRow>(library: string, row: R): Draft<R> {
    const key = `${library}\n${row.type}\n${row.id}`
    const old = this.find(library, row.type, row.id)
    const draft: Draft = {
      library,
      row: { ...row, version: old?.row.version ?? 0 },
      meta: {},
      gone: null,
      before: old?.before ?? null,
    }
    this.drafts.set(key, draft)
    return draft as unknown as Draft<R>
  }

  /** Writes what changed; a row that ends as it began keeps version and seq. Returns the libraries whose feed moved. */
  flush(now: number): Set<string> {
    const moved = new Set<string>()
    for (const draft of this.drafts.values()) {
      if (draft.before === bodyOf(draft)) continue
      const version = draft.row.version + 1
      const seq = this.nextSeq(draft.library)
      draft.row.version = version
      draft.row.seq = seq
      const { type, id } = draft.row
      const body =
        draft.gone === null
          ? JSON.stringify(draft.row)
          : JSON.stringify({ type, id, version, seq, gone: { reason: draft.gone } } satisfies RowEnvelope)
      const request = draft.gone === null && draft.row.type === 'request' ? draft.row : null
      this.db
        .sql(
          `INSERT INTO entity(library, type, id, version, seq, body, meta, gone_at, wake_at, claim_desk, open_at)
           VALUES (?,?,?,?,?,?,?,?,?,?,?)
           ON CONFLICT(library, type, id) DO UPDATE SET version = excluded.version, seq = excluded.seq, body = excluded.body,
             meta = excluded.meta, gone_at = excluded.gone_at, wake_at = excluded.wake_at, claim_desk = excluded.claim_desk,
             open_at = excluded.open_at`,
        )
        .run(
          draft.library,
          type,
          id,
          version,
          seq,
          body,
          Object.keys(draft.meta).length ? JSON.stringify(draft.meta) : null,
          draft.gone === null ? null : now,
          request ? wakeAt(request, draft.meta) : null,
          request?.claim?.desk ?? null,
          request ? openAt(request) : null,
        )
      if (draft.row.type === 'request') this.rebind(draft.library, id, request)
      moved.add(draft.library)
      this.written.push(draft)
    }
    return moved
  }

  private nextSeq(library: string): number {
    const early = this.reserved.get(library)?.shift()
    if (early !== undefined) return early
    return takeSeq(this.db, library, 1)
  }

  /** Keeps the tables of bound items and of allotments in step with the request. */
  private rebind(library: string, id: string, request: RequestRow | null): void {
    this.db.sql('DELETE FROM bound WHERE library = ? AND request = ?').run(library, id)
    if (!request?.allotted) this.db.sql('DELETE FROM allotment WHERE library = ? AND request = ?').run(library, id)
    if (!request || request.role !== 'supplier' || !HOLDS_ITEMS.has(request.status)) return
    for (const volume of request.volumes)
      if (volume.barcode !== null && (volume.place !== 'shelf' || request.status === 'WillSupply'))
        this.db
          .sql('INSERT OR IGNORE INTO bound(library, barcode, request, volume) VALUES (?,?,?,?)')
          .run(library, volume.barcode, id, volume.volume)
  }
}

function wakeAt(request: RequestRow, meta: Meta): number | null {
  if (request.role !== 'supplier') return null
  if (request.status === 'Loaned') return request.dueAt
  if (request.status === 'RetryPossible') return meta.retryAt ?? null
  return null
}

/** Promise of a request that waits to be taken up, else null. */
export function openAt(request: RequestRow): number | null {
  const waits = request.role === 'supplier' && request.status === 'RequestReceived' && request.claim === null
  return waits ? request.promiseAt : null
}

/** Takes `count` numbers of a library's sequence and returns the last (S1: inside the transaction that writes the rows). */
export function takeSeq(db: Db, library: string, count: number): number {
  const taken = db
    .sql<{ seq: number }>('UPDATE library SET seq = seq + ? WHERE id = ? RETURNING seq')
    .get(count, library)
  if (!taken) throw new Error(`no library ${library}`)
  return taken.seq
}

/** Where an item is bound, other than to this volume of this request. */
export function boundElsewhere(
  db: Db,
  library: string,
  barcode: string,
  request: string,
  volume: number,
): string | null {
  const found = db
    .sql<{ request: string }>(
      'SELECT request FROM bound WHERE library = ? AND barcode = ? AND NOT (request = ? AND volume = ?) LIMIT 1',
    )
    .get(library, barcode, request, volume)
  return found?.request ?? null
}
