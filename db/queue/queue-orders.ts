/** For every sort that was asked for, a kept list of slots; what changed is merged in when it is asked for again. */
import type { QueueSort } from '../../electron/contract/core.contract.ts'
import { TAKEN, type QueueColumns } from './queue-columns.ts'

type Compare = (a: number, b: number) => number
/** Fewer rows than this share of all are sorted by themselves. */
const FEW = 16

interface Order {
  list: Int32Array
  /** Slots whose place in this list is not right any more. */
  stale: Set<number>
  /** The place of every slot in the list; made when it is asked for. */
  places: Int32Array | undefined
}

export class QueueOrders {
  private readonly columns: QueueColumns
  private readonly compare: Readonly<Record<QueueSort, Compare>>
  private readonly orders = new Map<QueueSort, Order>()

  constructor(columns: QueueColumns) {
    this.columns = columns
    const byApplied: Compare = (a, b) => columns.applied[a]! - columns.applied[b]! || columns.rid[a]! - columns.rid[b]!
    this.compare = {
      due: (a, b) => columns.due[a]! - columns.due[b]! || byApplied(a, b),
      applied: byApplied,
      title: (a, b) => order(columns.title[a]!, columns.title[b]!) || byApplied(a, b),
      partner: (a, b) => order(columns.partnerName[a]!, columns.partnerName[b]!) || byApplied(a, b),
      callNumber: (a, b) => order(columns.call[a]!, columns.call[b]!) || byApplied(a, b),
    }
  }

  /** Every sort there is. */
  get sorts(): QueueSort[] {
    return Object.keys(this.compare) as QueueSort[]
  }

  clear(): void {
    this.orders.clear()
  }

  /** This slot's row is new or another. */
  changed(slot: number): void {
    for (const kept of this.orders.values()) kept.stale.add(slot)
  }

  /** Takes these slots out of every list, in one pass however many they are. */
  takeOut(slots: ReadonlySet<number>): void {
    if (slots.size === 0) return
    for (const kept of this.orders.values()) {
      kept.list = kept.list.filter((slot) => !slots.has(slot))
      kept.places = undefined
      for (const slot of slots) kept.stale.delete(slot)
    }
  }

  /** All slots with a row, in this order. */
  of(sort: QueueSort): Int32Array {
    return this.current(sort).list
  }

  /** Slots with a row, each once, in this order. A few are put in order by their places, many picked out of the whole list. */
  sorted(slots: Int32Array, sort: QueueSort): Int32Array {
    const order = this.current(sort)
    if (slots.length > order.list.length / FEW) {
      const picked = new Uint8Array(this.columns.size)
      for (let i = 0; i < slots.length; i++) picked[slots[i]!] = 1
      let count = 0
      for (let i = 0; i < order.list.length; i++) {
        const slot = order.list[i]!
        if (picked[slot] === 1) slots[count++] = slot
      }
      return slots
    }
    const places = (order.places ??= placesOf(order.list, this.columns.size))
    for (let i = 0; i < slots.length; i++) slots[i] = places[slots[i]!]!
    slots.sort()
    for (let i = 0; i < slots.length; i++) slots[i] = order.list[slots[i]!]!
    return slots
  }

  private current(sort: QueueSort): Order {
    const { flags, size } = this.columns
    const compare = this.compare[sort]
    const found = this.orders.get(sort)
    if (!found) {
      const all: number[] = []
      for (let slot = 0; slot < size; slot++) if (flags[slot]! & TAKEN) all.push(slot)
      const order = { list: Int32Array.from(all.sort(compare)), stale: new Set<number>(), places: undefined }
      this.orders.set(sort, order)
      return order
    }
    if (found.stale.size > 0) {
      const fresh = [...found.stale].filter((slot) => flags[slot]! & TAKEN).sort(compare)
      found.list = merge(found.list, found.stale, fresh, compare)
      found.stale = new Set()
      found.places = undefined
    }
    return found
  }
}

function placesOf(list: Int32Array, size: number): Int32Array {
  const places = new Int32Array(size)
  for (let place = 0; place < list.length; place++) places[list[place]!] = place
  return places
}

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
