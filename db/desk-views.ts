/**
 * Base with what staff did on top, kept right as either side changes. The overlay lives in memory and is always
 * `fold(active operations over base)`; the queue's materialised rows follow in the same transaction that changed them.
 */
import type {
  AnomalyRow,
  BagRow,
  EntityType,
  LibraryRow,
  ManifestRow,
  RequestRow,
  StaffRow,
} from '../electron/contract/centre.contract.ts'
import type { OutboxState, QueueQuery } from '../electron/contract/core.contract.ts'
import type { Role, Stage } from '../electron/contract/words.ts'
import { legibleRequest } from '../electron/domain/legible.ts'
import { fold, type Overlay } from '../electron/domain/machine/fold.ts'
import type { Refusal } from '../electron/domain/machine/rule.ts'
import type { RowSource, Rows } from '../electron/domain/machine/world.ts'
import { queueEntry, type QueueEntry } from '../electron/domain/queue-entry.ts'
import type { WorkClock } from '../electron/domain/work-clock.ts'
import type { Db } from './driver.ts'
import { HouseClock } from './house-clock.ts'
import { BaseSource, rowsOfType, type Taken } from './queries/base.ts'
import { getMeta } from './queries/meta.ts'
import { countActive, refusedObjects, type OutboxRow } from './queries/outbox.ts'
import {
  basedRid,
  clearQueue,
  dropQueueRow,
  indexTexts,
  localRid,
  putQueueRow,
  redoDeadlines,
  type WaitingText,
} from './queries/queue-rows.ts'
import type { Folded, RequestView, Views } from './queries/views.ts'
import { PendingOps, type ActiveOp } from './pending-ops.ts'
import { QueueIndex } from './queue/queue-index.ts'

/** A request with everything the window tells of it. */
export interface ShownRequest {
  row: RequestRow
  stage: Stage
  pending: OutboxState | 'none'
  /** False when a newer centre sent what this version only shows. */
  understood: boolean
}

/** Rows that are listed whole. */
type Listed = 'bag' | 'manifest' | 'anomaly' | 'registration' | 'notice' | 'training'

/** Requests that were just written to base, so that they need not be read again: by id. */
export type FreshRequests = Map<string, Taken & { entry: QueueEntry }>

/** Asks for what is there, whoever holds it and whenever it is due. */
const NOBODY = { desk: '', now: 0 }

/** Materialised rows made by other rules than these are made anew at start. Raise it when putQueueRow changes. */
export const VIEW_VERSION = 5

export class DeskViews implements Views {
  readonly queue: QueueIndex
  private readonly db: Db
  private readonly base: BaseSource
  private readonly pendingOps: PendingOps
  private folded: Overlay | undefined
  private names: Map<string, LibraryRow> | undefined
  /** Objects with a refused or parked operation that nobody has settled yet. */
  private refusedOn: Map<string, OutboxState> | undefined
  private texts: WaitingText[] = []
  private readonly houseClock: HouseClock

  constructor(db: Db) {
    this.db = db
    this.base = new BaseSource(db)
    this.pendingOps = new PendingOps(db)
    this.queue = new QueueIndex(db)
    this.houseClock = new HouseClock(db, (id) => this.library(id))
    db.onRollback(() => {
      this.folded = undefined
      this.names = undefined
      this.refusedOn = undefined
      this.texts = []
      this.houseClock.forget()
    })
  }

  // ---- following changes (inside the transaction that makes them)

  /** An operation was added to the outbox. */
  opAdded(row: OutboxRow): void {
    const overlay = this.overlay()
    const op = this.pendingOps.load(row)
    // A fresh fold already holds it: it read the outbox after the row was written.
    if (!this.pendingOps.on(op.objectId).some((known) => known.opId === op.opId)) {
      this.pendingOps.add(op)
      overlay.add(op)
    }
    for (const id of op.touches) this.refresh(id)
    this.followClock(op.touches)
    this.indexTexts()
  }

  /**
   * Operations settled, were withdrawn, go once more or changed state, or the centre's rows changed: these objects look
   * different now.
   */
  changed(objectIds: Iterable<string>, fresh?: FreshRequests): void {
    const ids = new Set(objectIds)
    this.refusedOn = undefined
    const before = this.pendingOps.related(ids)
    // One that had an end and is on its way again is not among those that are known.
    const again = () => countActive(this.db) !== this.pendingOps.all.length
    const affected = before.size > ids.size || [...ids].some((id) => this.pendingOps.touch(id)) || again()
    if (affected) this.folded = undefined
    this.overlay()
    for (const id of this.pendingOps.related(before)) {
      const known = fresh?.get(id)
      if (known && !this.pendingOps.touch(id)) this.put(known.rid, known.entry, known.isNew)
      else this.refresh(id)
    }
    this.followClock(ids)
    this.indexTexts()
  }

  /** What is made at this desk for a request changed: its row looks different now. */
  materialise(id: string): void {
    this.refresh(id)
    this.indexTexts()
  }

  /** A library's row changed: its name stands in every request of its own. */
  librariesChanged(): void {
    this.names = undefined
    this.queue.librariesChanged()
  }

  /** The house's rules changed, or its pauses: every promise is counted anew, in the transaction that changed them. */
  clockChanged(): void {
    if (!this.houseClock.windUp()) return
    for (const rid of redoDeadlines(this.db, this.clock)) this.queue.touch(rid)
  }

  /** Makes every materialised row anew: after a resync, or when its rules changed. */
  rebuild(): void {
    this.folded = undefined
    this.names = undefined
    this.houseClock.forget()
    clearQueue(this.db)
    const rows = this.db.sql<{ id: string }>(`SELECT id FROM base WHERE type = 'request'`)
    const ids = new Set(rows.all().map((row) => row.id))
    this.overlay()
    for (const op of this.pendingOps.all) for (const id of op.touches) ids.add(id)
    for (const id of ids) this.refresh(id)
    this.indexTexts()
    this.queue.reset()
  }

  // ---- reading

  /** By when this house answers, by its own rules and pauses. */
  get clock(): WorkClock {
    return this.houseClock.now
  }

  /** Everything an operation may look at. */
  get rows(): RowSource {
    return this.overlay().world
  }

  request(id: string): Folded<RequestView> | undefined {
    const row = this.shown(id)
    if (!row) return undefined
    return { row: { ...row, stage: this.stageOf(row) }, pending: this.pendingOf(id) }
  }

  /** One request for the window, by id. */
  shownRequest(id: string): ShownRequest | undefined {
    const row = this.shown(id)
    const raw = row && this.db.sql(`SELECT 1 FROM base WHERE type = 'request' AND id = ? AND understood = 0`).get(id)
    return row && { row, stage: this.stageOf(row), pending: this.pendingOf(id), understood: raw === undefined }
  }

  /** Requests of a window of the queue, by their row numbers; one that left meanwhile is passed over. */
  shownByRids(rids: readonly number[]): ShownRequest[] {
    this.overlay()
    // In one question, in this order: as many questions take half as long again.
    const base = this.db
      .sql<{ rid: number; id: string; body: string; understood: number }>(
        'SELECT base.rid, base.id, body, understood FROM json_each(?) AS asked CROSS JOIN base ON base.rid = asked.value',
      )
      .all(JSON.stringify(rids))
    const ids = this.db.sql<{ id: string }>('SELECT id FROM queue_row WHERE rid = ?')
    let next = 0
    return rids.flatMap((rid): ShownRequest[] => {
      const found = base[next]?.rid === rid ? base[next++] : undefined
      const id = found?.id ?? ids.get(rid)?.id
      if (id === undefined) return []
      if (!found || this.pendingOps.touch(id) || found.understood === 0) return [this.shownRequest(id) ?? []].flat()
      const row = JSON.parse(found.body) as RequestRow
      const stage = this.queue.stageOf(rid) ?? this.stageOf(row)
      return [{ row, stage, pending: this.pendingOf(id), understood: true }]
    })
  }

  bag = (id: string): Folded<BagRow> | undefined => this.one('bag', id)
  manifest = (id: string): Folded<ManifestRow> | undefined => this.one('manifest', id)

  bags(): Folded<BagRow>[] {
    return this.all('bag').filter(({ row }) => row.state !== 'reconciled')
  }
  manifests(): Folded<ManifestRow>[] {
    return this.all('manifest')
  }
  bagByCode(code: string): Folded<BagRow> | undefined {
    return this.all('bag').find(({ row }) => row.code === code)
  }

  library(id: string): LibraryRow | undefined {
    this.names ??= new Map(rowsOfType(this.db, 'library').map((row) => [row.id, row]))
    const row = this.names.get(id)
    // Only an operation on the library itself (a pause) can have changed it.
    return row && this.pendingOps.touch(id) ? this.overlay().world.get('library', id) : row
  }
  libraries(): LibraryRow[] {
    this.names ??= new Map(rowsOfType(this.db, 'library').map((row) => [row.id, row]))
    return [...this.names.values()]
  }
  staff(): StaffRow[] {
    return rowsOfType(this.db, 'staff')
  }

  byBarcode(barcode: string): { requestId: string; volume: number }[] {
    const open = (requestId: string) => {
      const row = this.shown(requestId)
      return row !== undefined && row.finishedAt === null
    }
    return [...this.overlay().world.bearers(barcode)].sort(
      (a, b) => Number(open(b.requestId)) - Number(open(a.requestId)),
    )
  }

  requestIdsAtStage(stages: readonly Stage[], loansAs?: Role): string[] {
    const filter = { stage: [...stages], ...(loansAs && { service: 'loan' as const, role: loansAs }) }
    const query: QueueQuery = { text: '', filter, sort: 'applied', descending: false }
    const idOf = this.db.sql<{ id: string }>('SELECT id FROM queue_row WHERE rid = ?')
    return this.queue.window(query, NOBODY, 0, Infinity).rids.map((rid) => idOf.get(rid)!.id)
  }

  /** What the centre would say to the operations on their way, by opId: those it will refuse. */
  foreseen(): ReadonlyMap<string, Refusal> {
    return this.overlay().refused
  }

  /** Facts on their way that do not fit: each becomes an anomaly once the centre has it. */
  misfits(): Pick<ActiveOp, 'opId' | 'kind' | 'objectId' | 'args' | 'actor' | 'state'>[] {
    const { misfits } = this.overlay()
    return this.pendingOps.all.filter((op) => misfits.has(op.opId))
  }

  anomalies(): Folded<AnomalyRow>[] {
    return this.all('anomaly')
  }

  /** Operations on their way that touch an object, in order. */
  opsOn(id: string): readonly Pick<ActiveOp, 'opId' | 'kind' | 'args' | 'actor' | 'state'>[] {
    this.overlay()
    return this.pendingOps.on(id)
  }

  pendingOf(id: string): OutboxState | 'none' {
    this.overlay()
    this.refusedOn ??= refusedObjects(this.db)
    return this.pendingOps.on(id).at(-1)?.state ?? this.refusedOn.get(id) ?? 'none'
  }

  // ---- inside

  /** A pause of our own service, begun, changed or ended, moves what is due. */
  private followClock(ids: Iterable<string>): void {
    const own = getMeta(this.db, 'library')?.id
    if (own !== undefined && [...ids].includes(own)) this.clockChanged()
  }

  private overlay(): Overlay {
    if (this.folded) return this.folded
    return (this.folded = this.base.once(() => fold(this.pendingOps.reload(), this.base)))
  }

  /** A forwarded request is shown until the centre has taken it, in the last state it had here. */
  private shown(id: string): RequestRow | undefined {
    const { world } = this.overlay()
    return (
      world.get('request', id) ?? (this.pendingOps.touch(id) ? world.last('request', id) : undefined) ?? this.raw(id)
    )
  }

  private raw(id: string): RequestRow | undefined {
    const row = this.db
      .sql<{ body: string }>(`SELECT body FROM base WHERE type = 'request' AND id = ? AND understood = 0`)
      .get(id)
    return row && legibleRequest(JSON.parse(row.body))
  }

  /** `ready` and `sending` exist on the desk only: a document is made, a document is on its way. */
  private stageOf(row: Pick<RequestRow, 'id' | 'service' | 'status' | 'stage'>): Stage {
    const ops = this.pendingOps.on(row.id)
    if (ops.some((op) => op.kind === 'fulfil' || op.kind === 'resend')) return 'sending'
    const working = row.stage === 'queued' || row.stage === 'pulled' || row.stage === 'scanning'
    if (row.service !== 'copy' || !working || (row.status !== 'RequestReceived' && row.status !== 'WillSupply'))
      return row.stage
    const made = this.db.sql('SELECT 1 FROM document WHERE request_id = ? AND sha256 IS NOT NULL').get(row.id)
    return made ? 'ready' : row.stage
  }

  private one<T extends Listed>(type: T, id: string): Folded<Rows[T]> | undefined {
    const row = this.overlay().world.get(type, id)
    return row && { row, pending: this.pendingOf(id) }
  }

  all<T extends Listed>(type: T): Folded<Rows[T]>[] {
    const { world } = this.overlay()
    const ids = new Set(rowsOfType(this.db, type as EntityType).map((row) => row.id))
    for (const key of world.keys()) if (key.startsWith(`${type}/`)) ids.add(key.slice(type.length + 1))
    return [...ids].map((id) => this.one(type, id)).filter((folded) => folded !== undefined)
  }

  /** Writes the queue's row of a request as it is now, or takes it out. Ids of other objects are passed over. */
  private refresh(id: string): void {
    const row = this.shown(id)
    const based = basedRid(this.db, id)
    const local = localRid(this.db, id)
    if (local !== undefined && (based !== undefined || !row)) this.left(local, id)
    // A request of our own that the centre does not know yet takes the place of its operation, below all base rows.
    if (row) this.put(based ?? -this.pendingOps.on(id)[0]!.place, queueEntry(row))
  }

  /** The last step of every change, inside its transaction. */
  private indexTexts(): void {
    indexTexts(this.db, this.texts)
    this.texts = []
  }

  /** The row of a request left base, and the queue with it. */
  left(rid: number, id: string): void {
    dropQueueRow(this.db, rid, id)
    this.queue.touch(rid)
  }

  private put(rid: number, entry: QueueEntry, isNew = false): void {
    const partner = this.library(entry.partner)?.name ?? ''
    const text = putQueueRow(this.db, rid, entry, this.stageOf(entry), partner, this.clock, isNew)
    if (text) this.texts.push(text)
    this.queue.touch(rid)
  }
}
