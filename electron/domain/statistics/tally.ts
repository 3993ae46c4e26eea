/**
 * Counting a cut of the facts in one pass, a block at a time: what belongs to a block is in the cache together, and
 * between two blocks others may take their turn.
 */
import { WorkingDayTable, type DayNumber, type Runs } from '../working-days.ts'
import {
  DIMENSIONS,
  NOT_FINISHED,
  outcomeCode,
  SELF_SERVICE,
  type Cut,
  type Dimension,
  type FactColumns,
  type Filter,
} from './columns.ts'
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

export interface TallyOptions {
  /** Says of a day whether the clock ran on it; working days of the calendar when absent. */
  runs?: Runs | undefined
  /** Dimensions to group by; all when absent. */
  by?: readonly Dimension[]
}

/** Longest wait told apart, working days; longer ones count as this. */
const MOST_DAYS = 400
/** Rows between two turns: about two milliseconds. */
const BLOCK = 32_768

/** How a row counts in a group: bits of its class. */
const CLASSES = 8
const IS_FILLED = 1
const IS_UNFILLED = 2
/** Its days from application to finish are known and count. */
const IS_COUNTED = 4

const FILLED = outcomeCode('filled')
const UNFILLED = outcomeCode('unfilled')
const OPEN = outcomeCode('open')

export function tally(columns: FactColumns, cut: Cut, options: TallyOptions = {}): Tally {
  const counting = new Counting(columns, cut, options)
  while (counting.block()) continue
  return counting.result()
}

/** Turns tried while facts keep coming in; then it is counted in one go. */
const TRIES = 3

/** The same with turns for others between. @param turn ends when others had theirs */
export async function tallyInTurns(
  columns: FactColumns,
  cut: Cut,
  turn: () => Promise<void>,
  options: TallyOptions = {},
): Promise<Tally> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { revision } = columns
    const counting = new Counting(columns, cut, options)
    while (columns.revision === revision) {
      if (!counting.block()) return counting.result()
      await turn()
    }
  }
  return tally(columns, cut, options)
}

/** One count over columns that do not change before it ends. */
class Counting {
  private readonly columns: FactColumns
  private readonly filter: Filter
  private readonly table: WorkingDayTable
  private readonly groupings: Grouping[]
  private readonly counts = new Float64Array(OUTCOMES.length)
  private readonly histogram = new Uint32Array(MOST_DAYS + 1)
  private readonly seen: Uint8Array
  private readonly statuses: { overdue: number; lost: number }
  private readonly sums = { volumes: 0, pages: 0, bytes: 0, overdue: 0, lost: 0, selfService: 0 }
  private readonly slots = new Uint32Array(BLOCK)
  private readonly classes = new Uint8Array(BLOCK)
  private readonly waits = new Uint16Array(BLOCK)
  private oldest = -1
  private next = 0

  constructor(columns: FactColumns, cut: Cut, { runs, by = DIMENSIONS }: TallyOptions) {
    this.columns = columns
    this.filter = columns.filter(cut)
    this.table = new WorkingDayTable(columns.firstDay, columns.lastDay, runs)
    this.groupings = by.map((dimension) => new Grouping(columns, dimension))
    this.seen = new Uint8Array(columns.readers)
    this.statuses = {
      overdue: columns.codeOf('status', 'Overdue'),
      lost: columns.codeOf('status', 'CompletedWithoutReturn'),
    }
  }

  /** Counts the next block. @returns false when there was none left */
  block(): boolean {
    const { columns, slots, next } = this
    if (next >= columns.size) return false
    this.next = Math.min(columns.size, next + BLOCK)
    const found = columns.select(this.filter, next, this.next, slots)
    this.classify(found)
    this.sum(found)
    for (const grouping of this.groupings) grouping.add(slots, this.classes, this.waits, found)
    return true
  }

  /** The class and the working days of each row of the block. */
  private classify(found: number): void {
    const { slots, classes, waits, counts, histogram, table } = this
    const { applied, finished, codes } = this.columns
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

  private sum(found: number): void {
    const { slots, classes, seen, sums, statuses } = this
    const { applied, flags, volumes, pages, bytes, reader, codes } = this.columns
    for (let at = 0; at < found; at++) {
      const slot = slots[at]!
      if (classes[at]! & IS_FILLED) {
        sums.volumes += volumes[slot]!
        sums.pages += pages[slot]!
        sums.bytes += bytes[slot]!
        if (flags[slot]! & SELF_SERVICE) sums.selfService++
      } else if (codes.outcome[slot] === OPEN && (this.oldest < 0 || applied[slot]! < applied[this.oldest]!))
        this.oldest = slot
      const status = codes.status[slot]!
      if (status === statuses.overdue) sums.overdue++
      else if (status === statuses.lost) sums.lost++
      seen[reader[slot]!] = 1
    }
  }

  result(): Tally {
    const { columns, counts, oldest, groupings } = this
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
        ...Object.fromEntries(groupings.map((grouping) => [grouping.by, grouping.list()])),
      },
      oldest: oldest < 0 ? null : { id: columns.id[oldest]!, applied: columns.applied[oldest]! },
    }
  }
}

/** Counts of one dimension by the code of its value: rows by class, and their days. */
class Grouping {
  readonly by: Dimension
  private readonly columns: FactColumns
  private readonly base: number
  private readonly rows: Uint32Array
  private readonly days: Float64Array

  constructor(columns: FactColumns, by: Dimension) {
    const { base, size } = columns.spanOf(by)
    this.by = by
    this.columns = columns
    this.base = base
    this.rows = new Uint32Array(size * CLASSES)
    this.days = new Float64Array(size)
  }

  add(slots: Uint32Array, classes: Uint8Array, waits: Uint16Array, count: number): void {
    const { base, rows, days } = this
    const codes = this.columns.codes[this.by]
    for (let at = 0; at < count; at++) {
      const value = codes[slots[at]!]! - base
      rows[value * CLASSES + classes[at]!]!++
      days[value]! += waits[at]!
    }
  }

  /** Months in their order, everything else most first. Who and why are not told where nobody and nothing is known. */
  list(): Group[] {
    const groups = Array.from(this.days, (days, value): Group => {
      const sum = (bit: number) => {
        let total = 0
        for (let kind = 0; kind < CLASSES; kind++) if ((kind & bit) === bit) total += this.rows[value * CLASSES + kind]!
        return total
      }
      const counted = sum(IS_COUNTED)
      return {
        value: this.columns.nameOf(this.by, value + this.base),
        received: sum(0),
        filled: sum(IS_FILLED),
        unfilled: sum(IS_UNFILLED),
        meanDays: counted === 0 ? null : days / counted,
      }
    }).filter(({ received, value }) => received > 0 && (value !== '' || (this.by !== 'staff' && this.by !== 'reason')))
    return this.by === 'month' || this.by === 'outcome' ? groups : groups.toSorted((a, b) => b.received - a.received)
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
