/** For every sort that was asked for, a kept list of slots; what changed is merged in when it is asked for again. */
import type { QueueSort } from '../../electron/contract/core.contract.ts'
import { TAKEN, type QueueColumns } from './queue-columns.ts'

type Compare = (a: number, b: number) => number
interface Order {
  list: Int32Array
  /** Slots whose place in this list is not right any more. */
  stale: Set<number>
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
      for (const slot of slots) kept.stale.delete(slot)
    }
  }

  /** All slots with a row, in this order. */
  of(sort: QueueSort): Int32Array {
    const { flags, size } = this.columns
    const compare = this.compare[sort]
    const found = this.orders.get(sort)
    if (!found) {
      const all: number[] = []
      for (let slot = 0; slot < size; slot++) if (flags[slot]! & TAKEN) all.push(slot)
      const list = Int32Array.from(all.sort(compare))
      this.orders.set(sort, { list, stale: new Set() })
      return list
    }
    if (found.stale.size > 0) {
      const fresh = [...found.stale].filter((slot) => flags[slot]! & TAKEN).sort(compare)
      found.list = merge(found.list, found.stale, fresh, compare)
      found.stale = new Set()
    }
    return found.list
  }
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
