/**
 * The queue's order and filters in memory: for every request its sort keys and filter columns, for every sort a kept
 * list. A window at any place of 100,000 rows is then a slice of a list, and a search is one pass over it.
 *
 * The database stays the truth: rows named by `touch` are read again before the next question, so a transaction that
 * was taken back leaves nothing wrong here.
 */
import type { QueueGroup, QueueQuery } from '../../electron/contract/core.contract.ts'
import type { Stage } from '../../electron/contract/words.ts'
import { searchQuery } from '../../electron/domain/search-text.ts'
import type { Db } from '../driver.ts'
import { allQueueRows, basedRid, localRid, matchingRids, queueRow } from '../queries/queue-rows.ts'
import { QueueColumns, TAKEN } from './queue-columns.ts'
import { passing, TypedLibraries, type Asker } from './queue-filter.ts'
import { groupsOf } from './queue-groups.ts'
import { QueueOrders } from './queue-orders.ts'
import { tallyOf, type QueueTally } from './queue-tally.ts'

/** Kept answers (lists of rows per question) until something changes. */
const KEPT_LISTS = 12
/** A list that depends on the time (late, due today) is made anew after this, ms. */
const TIME_STEP = 30_000
/** A text that names more libraries than this (图书馆) is no name. */
const MOST_NAMED = 8

export class QueueIndex {
  private readonly db: Db
  private readonly columns = new QueueColumns()
  private readonly orders = new QueueOrders(this.columns)
  private readonly libraries: TypedLibraries
  private readonly kept = new Map<string, Int32Array>()
  private dirty = new Set<number>()
  private readonly readInTransaction = new Set<number>()
  private loaded = false
  private revision = 1

  constructor(db: Db) {
    this.db = db
    this.libraries = new TypedLibraries(db)
    db.onRollback(() => {
      for (const rid of this.readInTransaction) this.touch(rid)
      this.readInTransaction.clear()
    })
  }

  // ---- following changes

  /** This row changed, came or went. */
  touch(rid: number): void {
    if (this.loaded) this.dirty.add(rid)
  }

  /** A library's name changed. */
  librariesChanged(): void {
    this.libraries.forget()
  }

  /** Everything may have changed. */
  reset(): void {
    this.loaded = false
    this.dirty.clear()
  }

  /** Makes all lists now, one a turn, so that the first question of each kind does not wait for them. */
  async warm(ended: () => boolean): Promise<void> {
    for (const sort of this.orders.sorts) {
      if (ended()) return
      this.catchUp()
      this.orders.of(sort)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  // ---- questions

  get rev(): number {
    this.catchUp()
    return this.revision
  }

  window(query: QueueQuery, asker: Asker, offset: number, limit: number): { total: number; rids: number[] } {
    const list = this.listFor(query, asker)
    const total = list.length
    const rids: number[] = []
    for (let i = offset; i < Math.min(total, offset + limit); i++)
      rids.push(this.columns.rid[list[query.descending ? total - 1 - i : i]!]!)
    return { total, rids }
  }

  /**
   * The runs of rows that are due on one day or belong to one library, in the order of the rows.
   * @returns none where the rows stand in another order, or when there were more than anybody reads
   */
  groups(query: QueueQuery, asker: Asker, by: 'due' | 'partner'): QueueGroup[] {
    if (query.sort !== by) return []
    const list = this.listFor(query, asker)
    return groupsOf(this.columns, query.descending ? list.toReversed() : list, by, asker.now)
  }

  /** The stage a row is filed under, undefined for one that is not known. */
  stageOf(rid: number): Stage | undefined {
    this.catchUp()
    const slot = this.columns.slotOf(rid)
    return slot < 0 ? undefined : this.columns.stageAt(slot)
  }

  /** Place of a request in a view, -1 when it is not in it. */
  indexOf(query: QueueQuery, asker: Asker, id: string): number {
    const rid = basedRid(this.db, id) ?? localRid(this.db, id)
    const list = this.listFor(query, asker)
    const slot = rid === undefined ? -1 : this.columns.slotOf(rid)
    const at = slot < 0 ? -1 : list.indexOf(slot)
    return at < 0 || !query.descending ? at : list.length - 1 - at
  }

  tally(asker: Asker): QueueTally {
    this.catchUp()
    return tallyOf(this.columns, asker)
  }

  // ---- lists

  private listFor(query: QueueQuery, asker: Asker): Int32Array {
    this.catchUp()
    const timed = query.filter.urgency === undefined ? 0 : Math.floor(asker.now / TIME_STEP)
    const key = JSON.stringify([query.text, query.filter, query.sort, asker.desk, timed])
    let list = this.kept.get(key)
    if (!list) {
      list = this.select(query, asker)
      if (this.kept.size >= KEPT_LISTS) this.kept.delete(this.kept.keys().next().value!)
      this.kept.set(key, list)
    }
    return list
  }

  private select(query: QueueQuery, asker: Asker): Int32Array {
    const passes = passing(this.columns, query.filter, asker)
    const text = searchQuery(query.text)
    if (text === null && query.text.trim() !== '') return new Int32Array(0)
    if (text === null) return kept(this.orders.of(query.sort), passes)
    return this.orders.sorted(kept(this.meant(matchingRids(this.db, text), query.text), passes), query.sort)
  }

  /** Every slot that the text means, each once: by what stands in the row, or by its library's name. */
  private meant(rids: readonly number[], text: string): Int32Array {
    const { columns } = this
    const named = new Set(this.libraries.meantBy(text).map((id) => columns.wordOf(id)))
    const byName = named.size > 0 && named.size <= MOST_NAMED
    const slots = new Int32Array(byName ? columns.size : rids.length)
    let count = 0
    for (let i = 0; i < rids.length; i++) {
      const slot = columns.slotOf(rids[i]!)
      if (slot >= 0 && !(byName && named.has(columns.partner[slot]!))) slots[count++] = slot
    }
    if (byName)
      for (let slot = 0; slot < columns.size; slot++)
        if (columns.flags[slot]! & TAKEN && named.has(columns.partner[slot]!)) slots[count++] = slot
    return slots.subarray(0, count)
  }

  // ---- rows

  private catchUp(): void {
    if (!this.loaded) this.load()
    if (this.dirty.size === 0) return
    const dirty = this.dirty
    this.dirty = new Set()
    const left = new Set<number>()
    for (const rid of dirty) {
      const row = queueRow(this.db, rid)
      if (row) this.orders.changed(this.columns.put(row))
      else {
        const slot = this.columns.drop(rid)
        if (slot >= 0) left.add(slot)
      }
      if (this.db.inTransaction) this.readInTransaction.add(rid)
    }
    // Out of the lists before a slot may be given to another row.
    this.orders.takeOut(left)
    for (const slot of left) this.columns.reuse(slot)
    if (!this.db.inTransaction) this.readInTransaction.clear()
    this.kept.clear()
    this.revision++
  }

  private load(): void {
    this.columns.clear()
    this.orders.clear()
    this.kept.clear()
    for (const row of allQueueRows(this.db)) this.columns.put(row)
    this.loaded = true
    this.revision++
  }
}

/** Those that pass; the list itself where all do. */
function kept(slots: Int32Array, passes: ((slot: number) => boolean) | null): Int32Array {
  if (passes === null) return slots
  const out = new Int32Array(slots.length)
  let count = 0
  for (let i = 0; i < slots.length; i++) if (passes(slots[i]!)) out[count++] = slots[i]!
  return out.subarray(0, count)
}
