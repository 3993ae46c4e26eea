/** Sums over rows of facts, which can be added to one another: what a count is made of. */
import type { DayNumber, WorkingDayTable } from '../working-days.ts'
import { DIMENSIONS, NOT_FINISHED, outcomeCode, SELF_SERVICE, type Dimension, type FactColumns } from './columns.ts'
import { OUTCOMES, type Outcome } from './fact.ts'

export interface Group {
  value: string
  received: number
  filled: number
  unfilled: number
  /** Mean working days of the finished ones; null without any. */
  meanDays: number | null
}

export interface Tally {
  received: number
  filled: number
  unfilled: number
  forwarded: number
  cancelled: number
  retry: number
  open: number
  /** Volumes of what was filled. */
  volumes: number
  pages: number
  bytes: number
  overdue: number
  lost: number
  selfService: number
  /** Different readers among them. */
  readers: number
  /** Working days from application to finish. */
  days: { mean: number | null; median: number | null; p90: number | null }
  groups: Record<Dimension, Group[]>
  /** Key of the longest waiting open request, null without one. */
  oldest: { id: number; applied: DayNumber } | null
}

/** Longest wait told apart, working days; longer ones count as this. */
const MOST_DAYS = 400
/** How a row counts in a group: bits of its class. */
const CLASSES = 8
const IS_FILLED = 1
const IS_UNFILLED = 2
/** Its days from application to finish are known and count. */
const IS_COUNTED = 4

const FILLED = outcomeCode('filled')
const UNFILLED = outcomeCode('unfilled')
const OPEN = outcomeCode('open')

/** Rows of a block, with room for what is found out about each. */
export interface Rows {
  slots: Uint32Array
  classes: Uint8Array
  waits: Uint16Array
  found: number
}

/** What was counted so far. */
export class Sums {
  private readonly groupings: Grouping[]
  private readonly counts = new Float64Array(OUTCOMES.length)
  private readonly histogram = new Uint32Array(MOST_DAYS + 1)
  private readonly seen: Uint8Array
  private readonly sums = { volumes: 0, pages: 0, bytes: 0, overdue: 0, lost: 0, selfService: 0 }
  /** Of the open ones; -1 for none. */
  private oldest = -1
  private oldestDay = 0

  constructor(columns: FactColumns, by: readonly Dimension[]) {
    this.groupings = by.map((dimension) => new Grouping(columns, dimension))
    this.seen = new Uint8Array(columns.readers)
  }

  count(columns: FactColumns, rows: Rows, table: WorkingDayTable): void {
    this.classify(columns, rows, table)
    this.sum(columns, rows)
    for (const grouping of this.groupings) grouping.count(columns, rows)
  }

  /** Takes over what was counted of other rows. */
  add(other: Sums): void {
    addTo(this.counts, other.counts)
    addTo(this.histogram, other.histogram)
    for (let at = 0; at < other.seen.length; at++) this.seen[at]! |= other.seen[at]!
    for (const name of Object.keys(this.sums) as (keyof Sums['sums'])[]) this.sums[name] += other.sums[name]
    for (const [at, grouping] of this.groupings.entries()) grouping.add(other.groupings[at]!)
    if (other.oldest >= 0) this.noteOpen(other.oldest, other.oldestDay)
  }

  private noteOpen(slot: number, day: DayNumber): void {
    if (this.oldest >= 0 && day >= this.oldestDay) return
    this.oldest = slot
    this.oldestDay = day
  }

  /** The class and the working days of each row of the block. */
  private classify(columns: FactColumns, { slots, classes, waits, found }: Rows, table: WorkingDayTable): void {
    const { counts, histogram } = this
    const { applied, finished, codes } = columns
    const outcomes = codes.outcome
    for (let at = 0; at < found; at++) {
      const slot = slots[at]!
      const outcome = outcomes[slot]!
      const end = finished[slot]!
      counts[outcome]!++
      let kind = outcome === FILLED ? IS_FILLED : outcome === UNFILLED ? IS_UNFILLED : 0
      let days = 0
      if (kind !== 0 && end !== NOT_FINISHED) {
        kind |= IS_COUNTED
        days = Math.min(MOST_DAYS, table.between(applied[slot]!, end))
        histogram[days]!++
      }
      classes[at] = kind
      waits[at] = days
    }
  }

  private sum(columns: FactColumns, { slots, classes, found }: Rows): void {
    const { seen, sums } = this
    const { applied, flags, volumes, pages, bytes, reader, codes } = columns
    const overdue = columns.codeOf('status', 'Overdue')
    const lost = columns.codeOf('status', 'CompletedWithoutReturn')
    for (let at = 0; at < found; at++) {
      const slot = slots[at]!
      if (classes[at]! & IS_FILLED) {
        sums.volumes += volumes[slot]!
        sums.pages += pages[slot]!
        sums.bytes += bytes[slot]!
        if (flags[slot]! & SELF_SERVICE) sums.selfService++
      } else if (codes.outcome[slot] === OPEN) this.noteOpen(slot, applied[slot]!)
      const status = codes.status[slot]!
      if (status === overdue) sums.overdue++
      else if (status === lost) sums.lost++
      seen[reader[slot]!] = 1
    }
  }

  told(columns: FactColumns): Tally {
    const { counts, oldest, groupings } = this
    const of = (outcome: Outcome) => counts[outcomeCode(outcome)]!
    // The first of them is "not known".
    const readers = this.seen.subarray(1).reduce((total, one) => total + one, 0)
    return {
      received: counts.reduce((total, some) => total + some, 0),
      filled: of('filled'),
      unfilled: of('unfilled'),
      forwarded: of('forwarded'),
      cancelled: of('cancelled'),
      retry: of('retry'),
      open: of('open'),
      ...this.sums,
      readers,
      days: percentiles(this.histogram),
      groups: {
        ...(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, []])) as never as Tally['groups']),
        ...Object.fromEntries(groupings.map((grouping) => [grouping.by, grouping.list(columns)])),
      },
      oldest: oldest < 0 ? null : { id: columns.id[oldest]!, applied: columns.applied[oldest]! },
    }
  }
}

function addTo(into: Float64Array | Uint32Array, from: Float64Array | Uint32Array, shift = 0): void {
  for (let at = 0; at < from.length; at++) into[at + shift]! += from[at]!
}

/** Counts of one dimension by the code of its value: rows by class, and their days. */
class Grouping {
  readonly by: Dimension
  private readonly base: number
  private readonly rows: Uint32Array
  private readonly days: Float64Array

  constructor(columns: FactColumns, by: Dimension) {
    const { base, size } = columns.spanOf(by)
    this.by = by
    this.base = base
    this.rows = new Uint32Array(size * CLASSES)
    this.days = new Float64Array(size)
  }

  count(columns: FactColumns, { slots, classes, waits, found }: Rows): void {
    const { base, rows, days } = this
    const codes = columns.codes[this.by]
    for (let at = 0; at < found; at++) {
      const value = codes[slots[at]!]! - base
      rows[value * CLASSES + classes[at]!]!++
      days[value]! += waits[at]!
    }
  }

  /** One that was counted earlier may know fewer values, and months from a later one on. */
  add(other: Grouping): void {
    const shift = other.base - this.base
    addTo(this.rows, other.rows, shift * CLASSES)
    addTo(this.days, other.days, shift)
  }

  /** Months in their order, everything else most first, then by name. Who and why are not told where nobody and nothing is known. */
  list(columns: FactColumns): Group[] {
    const groups = Array.from(this.days, (days, value): Group => {
      const sum = (bit: number) => {
        let total = 0
        for (let kind = 0; kind < CLASSES; kind++) if ((kind & bit) === bit) total += this.rows[value * CLASSES + kind]!
        return total
      }
      const counted = sum(IS_COUNTED)
      return {
        value: columns.nameOf(this.by, value + this.base),
        received: sum(0),
        filled: sum(IS_FILLED),
        unfilled: sum(IS_UNFILLED),
        meanDays: counted === 0 ? null : days / counted,
      }
    }).filter(({ received, value }) => received > 0 && (value !== '' || (this.by !== 'staff' && this.by !== 'reason')))
    return this.by === 'month' || this.by === 'outcome'
      ? groups
      : groups.toSorted((a, b) => b.received - a.received || (a.value < b.value ? -1 : 1))
  }
}

function percentiles(histogram: Uint32Array): Tally['days'] {
  const count = histogram.reduce((total, some) => total + some, 0)
  if (count === 0) return { mean: null, median: null, p90: null }
  const sum = histogram.reduce((total, some, days) => total + some * days, 0)
  /** Nearest rank: the smallest value that so much of all is at most. */
  const at = (share: number) => {
    let left = Math.ceil(share * count)
    return histogram.findIndex((some) => (left -= some) <= 0)
  }
  return { mean: sum / count, median: at(0.5), p90: at(0.9) }
}
