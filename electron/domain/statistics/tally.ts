/**
 * Counting a cut of the facts in one pass, a block at a time: what belongs to a block is in the cache together, and
 * between two blocks others may take their turn. What was counted of a block that lies wholly in the span of days is kept
 * until one of its facts changes: another span is counted at its two ends only.
 */
import { isWorkingDay, WorkingDayTable, type Runs } from '../working-days.ts'
import { BLOCK, DIMENSIONS, type Cut, type Dimension, type FactColumns, type Filter } from './columns.ts'
import { Sums, type Tally } from './sums.ts'

export type { Group, Tally } from './sums.ts'

export interface TallyOptions {
  /** Says of a day whether the clock ran on it; working days of the calendar when absent. */
  runs?: Runs | undefined
  /** Dimensions to group by; all when absent. */
  by?: readonly Dimension[]
}

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

/** Counts of a block, by service and role asked for, as long as nothing in it changes. */
type Kept = Map<string, { revision: number; sums: Sums }>
/** A calendar that changes is another one: what was counted by the old one goes with it. */
const keptOf = new WeakMap<FactColumns, WeakMap<Runs, Kept>>()

function keptFor(columns: FactColumns, runs: Runs): Kept {
  const byRuns = keptOf.get(columns) ?? new WeakMap<Runs, Kept>()
  keptOf.set(columns, byRuns)
  const kept = byRuns.get(runs) ?? new Map<string, { revision: number; sums: Sums }>()
  byRuns.set(runs, kept)
  return kept
}

/** One count over columns that do not change before it ends. */
class Counting {
  private readonly columns: FactColumns
  private readonly filter: Filter
  private readonly table: WorkingDayTable
  private readonly by: readonly Dimension[]
  private readonly total: Sums
  private readonly kept: Kept | null
  private readonly slots = new Uint32Array(BLOCK)
  private readonly classes = new Uint8Array(BLOCK)
  private readonly waits = new Uint16Array(BLOCK)
  private next = 0

  constructor(columns: FactColumns, cut: Cut, { runs = isWorkingDay, by = DIMENSIONS }: TallyOptions) {
    this.columns = columns
    this.filter = columns.filter(cut)
    this.table = new WorkingDayTable(columns.firstDay, columns.lastDay, runs)
    this.by = by
    this.total = new Sums(columns, by)
    this.kept = by === DIMENSIONS && this.filter.codes === null ? keptFor(columns, runs) : null
  }

  /** Counts the next block that has to be counted. @returns false when there was none left */
  block(): boolean {
    const { columns, filter, total } = this
    while (this.next < columns.blocks.length) {
      const at = this.next++
      const { from, to } = columns.blocks[at]!
      if (to < filter.from || from > filter.to) continue
      if (!this.kept || from < filter.from || to > filter.to) {
        this.count(at, total)
        return true
      }
      if (this.addKept(this.kept, at)) return true
    }
    return false
  }

  /** Adds a block that lies wholly in the span. @returns whether it had to be counted */
  private addKept(kept: Kept, at: number): boolean {
    const { columns, filter, total, by } = this
    const { revision } = columns.blocks[at]!
    const key = `${at} ${filter.mask} ${filter.want}`
    const known = kept.get(key)
    if (known?.revision === revision) {
      total.add(known.sums)
      return false
    }
    const sums = new Sums(columns, by)
    this.count(at, sums)
    kept.set(key, { revision, sums })
    total.add(sums)
    return true
  }

  private count(at: number, into: Sums): void {
    const { columns, filter, slots, classes, waits, table } = this
    const found = columns.select(filter, at * BLOCK, Math.min(columns.size, (at + 1) * BLOCK), slots)
    into.count(columns, { slots, classes, waits, found }, table)
  }

  result(): Tally {
    return this.total.told(this.columns)
  }
}
