/**
 * The queue's order and filters in memory: for every request its sort keys and filter columns, for every sort a kept
 * list. A window at any place of 100,000 rows is then a slice of a list, and a search is one pass over it.
 *
 * The database stays the truth: rows named by `touch` are read again before the next question, so a transaction that
 * was taken back leaves nothing wrong here.
 */
import type { QueueFilter, QueueGroup, QueueQuery, QueueSort } from '../electron/contract/core.contract.ts'
import { Stage, Status } from '../electron/contract/words.ts'
import { initials, mayBeInitials } from '../electron/domain/pinyin.ts'
import { normalise, searchQuery } from '../electron/domain/search-text.ts'
import { NOTHING_OWED, urgencyOf } from '../electron/domain/urgency.ts'
import { dayOf, endOfDay } from '../electron/domain/working-days.ts'
import type { Db } from './driver.ts'
import { rowsOfType } from './queries/base.ts'
import { allQueueRows, basedRid, localRid, matchingRids, queueRow, type QueueRowRecord } from './queries/queue-rows.ts'

/** Kept answers (lists of rows per question) until something changes. */
const KEPT_LISTS = 12
/** A list that depends on the time (late, due today) is made anew after this, ms. */
const TIME_STEP = 30_000

const STATUS = new Map(Status.options.map((status, index) => [status as string, index]))
const STAGE = new Map(Stage.options.map((stage, index) => [stage as string, index]))
const bitsOf = (names: readonly string[], known: Map<string, number>) =>
  names.reduce((bits, name) => bits | (1 << (known.get(name) ?? 31)), 0)

/** A text that names more libraries than this (图书馆) is no name. */
const MOST_NAMED = 8

/** Days ahead that are groups of their own; what is due after them is one group. */
const DAYS_APART = 7
/** More groups than this are no help to anybody. */
const MOST_GROUPS = 3000

type Compare = (a: number, b: number) => number
interface Order {
  list: Int32Array
  /** Slots whose place in this list is not right any more. */
  stale: Set<number>
}

/** Who asks: "mine" means held by this desk. */
export interface Asker {
  desk: string
  /** ms UTC */
  now: number
}

export interface QueueTally {
  all: number
  mine: number
  new: number
  urgent: number
  loan: number
  copy: number
  pull: number
  scan: number
  loanDesk: number
  courier: number
  late: number
  today: number
}

export class QueueIndex {
  private readonly db: Db
  private readonly slotOf = new Map<number, number>()
  private readonly free: number[] = []
  private readonly words = new Map<string, number>()
  private readonly spelled: string[] = []
  private size = 0
  private room = 0
  private rid = new Float64Array(0)
  private due = new Float64Array(0)
  private applied = new Float64Array(0)
  private partner = new Int32Array(0)
  private holder = new Int32Array(0)
  private status = new Uint8Array(0)
  private stage = new Uint8Array(0)
  /** 1 copy, 2 supplier, 4 urgent, 8 open, 128 there is a row in this slot. */
  private flags = new Uint8Array(0)
  private readonly title: string[] = []
  private readonly partnerName: string[] = []
  private readonly call: string[] = []
  private readonly orders = new Map<QueueSort, Order>()
  private readonly kept = new Map<string, Int32Array>()
  private dirty = new Set<number>()
  private readonly readInTransaction = new Set<number>()
  /** Ids, folded names and pinyin initials of the member libraries. */
  private libraries: [id: string, name: string, initials: string][] | undefined
  private loaded = false
  private revision = 1

  constructor(db: Db) {
    this.db = db
    db.onRollback(() => {
      for (const rid of this.readInTransaction) this.touch(rid)
      this.readInTransaction.clear()
    })
  }

  /** This row changed, came or went. */
  touch(rid: number): void {
    if (this.loaded) this.dirty.add(rid)
  }

  /** A library's name changed. */
  librariesChanged(): void {
    this.libraries = undefined
  }

  /** Everything may have changed. */
  reset(): void {
    this.loaded = false
    this.dirty.clear()
  }

  /** Makes all lists now, one a turn, so that the first question of each kind does not wait for them. */
  async warm(): Promise<void> {
    for (const sort of Object.keys(this.compare) as QueueSort[]) {
      this.order(sort)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  get rev(): number {
    this.catchUp()
    return this.revision
  }

  window(query: QueueQuery, asker: Asker, offset: number, limit: number): { total: number; rids: number[] } {
    const list = this.listFor(query, asker)
    const total = list.length
    const rids: number[] = []
    for (let i = offset; i < Math.min(total, offset + limit); i++)
      rids.push(this.rid[list[query.descending ? total - 1 - i : i]!]!)
    return { total, rids }
  }

  /**
   * The runs of rows that are due on one day or belong to one library, in the order of the rows.
   * @returns none where the rows stand in another order, or when there were more than anybody reads
   */
  groups(query: QueueQuery, asker: Asker, by: 'due' | 'partner'): QueueGroup[] {
    if (query.sort !== by) return []
    const list = this.listFor(query, asker)
    const keyOf = by === 'due' ? this.dueKeys(asker.now) : (slot: number) => this.partner[slot]!
    const groups: QueueGroup[] = []
    let last = Number.NaN
    for (let i = 0; i < list.length; i++) {
      const key = keyOf(list[query.descending ? list.length - 1 - i : i]!)
      if (key === last) groups.at(-1)!.count++
      else if (groups.length === MOST_GROUPS) return []
      else groups.push({ key: by === 'due' ? dueName(key) : this.spelled[key]!, count: 1 })
      last = key
    }
    return groups
  }

  /** Late -1, today 0, the last instant of each of the next days, then later and nothing owed. */
  private dueKeys(now: number): (slot: number) => number {
    const today = dayOf(now)
    return (slot) => {
      const due = this.due[slot]!
      if (due === NOTHING_OWED) return NOTHING_OWED
      if (due <= now) return LATE
      const day = dayOf(due - 1)
      return day === today ? TODAY : day - today <= DAYS_APART ? endOfDay(day) - 1 : LATER
    }
  }

  /** The stage a row is filed under, undefined for one that is not known. */
  stageOf(rid: number): Stage | undefined {
    this.catchUp()
    const slot = this.slotOf.get(rid)
    return slot === undefined ? undefined : Stage.options[this.stage[slot]!]
  }

  /** Place of a request in a view, -1 when it is not in it. */
  indexOf(query: QueueQuery, asker: Asker, id: string): number {
    const rid = basedRid(this.db, id) ?? localRid(this.db, id)
    const list = this.listFor(query, asker)
    const slot = rid === undefined ? undefined : this.slotOf.get(rid)
    const at = slot === undefined ? -1 : list.indexOf(slot)
    return at < 0 || !query.descending ? at : list.length - 1 - at
  }

  tally(asker: Asker): QueueTally {
    this.catchUp()
    const sum = { all: 0, mine: 0, new: 0, urgent: 0, loan: 0, copy: 0, pull: 0, scan: 0, loanDesk: 0, courier: 0 }
    let late = 0
    let today = 0
    const me = this.words.get(asker.desk) ?? -2
    const status = (name: Status) => STATUS.get(name)!
    const at = (...stages: Stage[]) => bitsOf(stages, STAGE)
    const toPull = at('queued')
    const toScan = at('pulled', 'scanning', 'ready', 'resend')
    const onLoanDesk = at('queued', 'pulled', 'checked')
    const toCourier = at('checked', 'packed')
    for (let slot = 0; slot < this.size; slot++) {
      const flags = this.flags[slot]!
      if ((flags & 0b1000_1000) !== 0b1000_1000) continue
      const stage = 1 << this.stage[slot]!
      const copy = (flags & 1) !== 0
      const ours = (flags & 2) !== 0
      const answered = this.status[slot] !== status('RequestReceived')
      const accepted = this.status[slot] === status('WillSupply')
      sum.all++
      if (this.holder[slot] === me) sum.mine++
      if (!answered) sum.new++
      if (flags & 4) sum.urgent++
      sum[copy ? 'copy' : 'loan']++
      const urgency = urgencyOf(this.due[slot]!, asker.now)
      if (urgency === 'late') late++
      else if (urgency === 'today') today++
      if (!ours) continue
      if (accepted && stage & toPull) sum.pull++
      if (copy && stage & toScan) sum.scan++
      if (!copy && accepted && stage & onLoanDesk) sum.loanDesk++
      if (!copy && accepted && stage & toCourier) sum.courier++
    }
    return { ...sum, late, today }
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
    const ordered = this.order(query.sort)
    const passes = this.predicate(query.filter, asker)
    const text = searchQuery(query.text)
    if (text === null && query.text.trim() !== '') return new Int32Array(0)
    const matches = text === null ? null : this.marked(matchingRids(this.db, text))
    if (matches) this.markPartners(matches, query.text)
    const out = new Int32Array(ordered.length)
    let count = 0
    for (const slot of ordered) if ((matches === null || matches[slot] === 1) && passes(slot)) out[count++] = slot
    return out.subarray(0, count)
  }

  private marked(rids: readonly number[]): Uint8Array {
    const marks = new Uint8Array(this.size)
    for (const rid of rids) {
      const slot = this.slotOf.get(rid)
      if (slot !== undefined) marks[slot] = 1
    }
    return marks
  }

  /** Whoever types a library's name, or enough of it to mean a few, means its requests. */
  private markPartners(marks: Uint8Array, text: string): void {
    const wanted = normalise(text).trim()
    if ([...wanted].length < 2) return
    this.libraries ??= rowsOfType(this.db, 'library').map(({ id, name, nameEn }) => [
      id,
      normalise(`${name} ${nameEn}`),
      initials(normalise(name).replace(/[^\u4e00-\u9fff].*$/u, ''))[0] ?? '',
    ])
    const named = new Set<number>()
    const byInitials = wanted.length > 2 && mayBeInitials(wanted)
    for (const [id, name, letters] of this.libraries)
      if (name.includes(wanted) || (byInitials && letters.startsWith(wanted))) named.add(this.words.get(id) ?? -2)
    if (named.size === 0 || named.size > MOST_NAMED) return
    for (let slot = 0; slot < this.size; slot++) if (named.has(this.partner[slot]!)) marks[slot] = 1
  }

  private predicate(filter: QueueFilter, asker: Asker): (slot: number) => boolean {
    let mask = 0
    let wanted = 0
    const flag = (bit: number, on: boolean | undefined) => {
      if (on === undefined) return
      mask |= bit
      if (on) wanted |= bit
    }
    flag(1, filter.service && filter.service === 'copy')
    flag(2, filter.role && filter.role === 'supplier')
    flag(4, filter.urgent)
    flag(8, filter.open)
    const statuses = filter.status ? bitsOf(filter.status, STATUS) : -1
    const stages = filter.stage ? bitsOf(filter.stage, STAGE) : -1
    const partner = filter.partner === undefined ? null : (this.words.get(filter.partner) ?? -2)
    const me = this.words.get(asker.desk) ?? -2
    return (slot) => {
      if ((this.flags[slot]! & mask) !== wanted) return false
      if ((statuses & (1 << this.status[slot]!)) === 0 || (stages & (1 << this.stage[slot]!)) === 0) return false
      if (partner !== null && this.partner[slot] !== partner) return false
      if (filter.mine !== undefined && (this.holder[slot] === me) !== filter.mine) return false
      return filter.urgency === undefined || urgencyOf(this.due[slot]!, asker.now) === filter.urgency
    }
  }

  // ---- orders

  private readonly compare: Record<QueueSort, Compare> = {
    due: (a, b) => this.due[a]! - this.due[b]! || this.byApplied(a, b),
    applied: (a, b) => this.byApplied(a, b),
    title: (a, b) => order(this.title[a]!, this.title[b]!) || this.byApplied(a, b),
    partner: (a, b) => order(this.partnerName[a]!, this.partnerName[b]!) || this.byApplied(a, b),
    callNumber: (a, b) => order(this.call[a]!, this.call[b]!) || this.byApplied(a, b),
  }

  private byApplied(a: number, b: number): number {
    return this.applied[a]! - this.applied[b]! || this.rid[a]! - this.rid[b]!
  }

  private order(sort: QueueSort): Int32Array {
    this.catchUp()
    const compare = this.compare[sort]
    const found = this.orders.get(sort)
    if (!found) {
      const all: number[] = []
      for (let slot = 0; slot < this.size; slot++) if (this.flags[slot]! & 128) all.push(slot)
      const list = Int32Array.from(all.sort(compare))
      this.orders.set(sort, { list, stale: new Set() })
      return list
    }
    if (found.stale.size > 0) {
      const fresh = [...found.stale].filter((slot) => this.flags[slot]! & 128).sort(compare)
      found.list = merge(found.list, found.stale, fresh, compare)
      found.stale = new Set()
    }
    return found.list
  }

  // ---- rows

  private catchUp(): void {
    if (!this.loaded) this.load()
    if (this.dirty.size === 0) return
    const dirty = this.dirty
    this.dirty = new Set()
    for (const rid of dirty) {
      const row = queueRow(this.db, rid)
      if (row) this.put(row)
      else this.drop(rid)
      if (this.db.inTransaction) this.readInTransaction.add(rid)
    }
    if (!this.db.inTransaction) this.readInTransaction.clear()
    this.kept.clear()
    this.revision++
  }

  private load(): void {
    this.slotOf.clear()
    this.free.length = 0
    this.size = 0
    this.flags.fill(0)
    this.orders.clear()
    this.kept.clear()
    for (const row of allQueueRows(this.db)) this.put(row)
    this.loaded = true
    this.revision++
  }

  private word(text: string): number {
    let number = this.words.get(text)
    if (number === undefined) {
      this.words.set(text, (number = this.words.size))
      this.spelled.push(text)
    }
    return number
  }

  private put(row: QueueRowRecord): void {
    let slot = this.slotOf.get(row.rid)
    if (slot === undefined) {
      slot = this.free.pop() ?? this.size++
      if (slot >= this.room) this.grow()
      this.slotOf.set(row.rid, slot)
    }
    this.rid[slot] = row.rid
    this.due[slot] = row.due
    this.applied[slot] = row.applied_at
    this.partner[slot] = this.word(row.partner)
    this.holder[slot] = row.holder === null ? -1 : this.word(row.holder)
    this.status[slot] = STATUS.get(row.status) ?? 31
    this.stage[slot] = STAGE.get(row.stage) ?? 31
    this.flags[slot] =
      128 |
      (row.service === 'copy' ? 1 : 0) |
      (row.role === 'supplier' ? 2 : 0) |
      (row.urgent ? 4 : 0) |
      (row.open ? 8 : 0)
    this.title[slot] = row.title_key
    this.partnerName[slot] = row.partner_key
    this.call[slot] = row.call_key
    for (const kept of this.orders.values()) kept.stale.add(slot)
  }

  private drop(rid: number): void {
    const slot = this.slotOf.get(rid)
    if (slot === undefined) return
    this.slotOf.delete(rid)
    this.flags[slot] = 0
    // Taken out of the lists at once: the slot may be given to another row before they are merged.
    for (const kept of this.orders.values()) {
      kept.list = kept.list.filter((other) => other !== slot)
      kept.stale.delete(slot)
    }
    this.free.push(slot)
  }

  private grow(): void {
    this.room = Math.max(1024, this.room * 2)
    const larger = <A extends Float64Array | Int32Array | Uint8Array>(array: A): A => {
      const next = new (array.constructor as new (length: number) => A)(this.room)
      next.set(array)
      return next
    }
    this.rid = larger(this.rid)
    this.due = larger(this.due)
    this.applied = larger(this.applied)
    this.partner = larger(this.partner)
    this.holder = larger(this.holder)
    this.status = larger(this.status)
    this.stage = larger(this.stage)
    this.flags = larger(this.flags)
  }
}

const LATE = -1
const TODAY = 0
const LATER = Number.MAX_SAFE_INTEGER - 1
const dueName = (key: number): string =>
  key === LATE
    ? 'late'
    : key === TODAY
      ? 'today'
      : key === LATER
        ? 'later'
        : key === NOTHING_OWED
          ? 'none'
          : String(key)

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The old list without its stale slots, merged with them in their right places: one pass. */
function merge(old: Int32Array, stale: ReadonlySet<number>, fresh: readonly number[], compare: Compare): Int32Array {
  const out = new Int32Array(old.length + fresh.length)
  let count = 0
  let next = 0
  for (const slot of old) {
    if (stale.has(slot)) continue
    while (next < fresh.length && compare(fresh[next]!, slot) < 0) out[count++] = fresh[next++]!
    out[count++] = slot
  }
  while (next < fresh.length) out[count++] = fresh[next++]!
  return out.subarray(0, count)
}
