/**
 * Counting a million requests in one pass: facts as columns of small numbers, groups as arrays. Pure and in memory; the
 * database's facts are the truth it is filled from.
 */
import { WorkingDayTable, type DayNumber } from '../working-days.ts'
import { OUTCOMES, type Fact, type Outcome } from './fact.ts'

/** What a chart can be cut by. */
export const DIMENSIONS = ['month', 'partner', 'staff', 'kind', 'subject', 'reason', 'outcome', 'status'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export interface Cut {
  /** Days of application, both counted. */
  from: DayNumber
  to: DayNumber
  service?: 'copy' | 'loan'
  role?: 'supplier' | 'requester'
  /** Only what has this value in this dimension: how one drills from a bar to its rows. */
  where?: { by: Dimension; value: string }
}

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

type Entry = Omit<Fact, 'requestId' | 'selfService'> & { id: number; selfService: number | boolean }

/** Longest wait told apart, working days; longer ones count as this. */
const MOST_DAYS = 400
const NOT_FINISHED = -1
const OUTCOME_INDEX = new Map(OUTCOMES.map((outcome, index) => [outcome, index]))
const FILLED = OUTCOME_INDEX.get('filled')!
const UNFILLED = OUTCOME_INDEX.get('unfilled')!
const OPEN = OUTCOME_INDEX.get('open')!

/** Words as numbers. */
class Words {
  readonly list: string[] = []
  private readonly index = new Map<string, number>()

  of(word: string): number {
    let number = this.index.get(word)
    if (number === undefined) {
      number = this.list.push(word) - 1
      this.index.set(word, number)
    }
    return number
  }

  find(word: string): number {
    return this.index.get(word) ?? -1
  }
}

const WORDS = ['partner', 'staff', 'kind', 'subject', 'reason', 'status'] as const
type WordDimension = (typeof WORDS)[number]

export class FactColumns {
  size = 0
  private room = 0
  private readonly slotOf = new Map<number, number>()
  private id = new Float64Array(0)
  private applied = new Int32Array(0)
  private finished = new Int32Array(0)
  /** 1 loan, 2 requester, 4 self-service. */
  private flags = new Uint8Array(0)
  private outcome = new Uint8Array(0)
  private volumes = new Uint16Array(0)
  private pages = new Uint32Array(0)
  private bytes = new Float64Array(0)
  private reader = new Uint32Array(0)
  private readonly codes = Object.fromEntries(WORDS.map((name) => [name, new Uint16Array(0)])) as Record<
    WordDimension,
    Uint16Array
  >
  private readonly words = Object.fromEntries(WORDS.map((name) => [name, new Words()])) as Record<WordDimension, Words>
  private readonly readers = new Words()
  private firstDay = Number.MAX_SAFE_INTEGER
  private lastDay = 0

  constructor() {
    this.readers.of('')
  }

  /** Adds a fact, or changes the one with its id. */
  put(fact: Entry): void {
    let slot = this.slotOf.get(fact.id)
    if (slot === undefined) {
      slot = this.size++
      this.slotOf.set(fact.id, slot)
      if (this.size > this.room) this.grow()
    }
    this.id[slot] = fact.id
    this.applied[slot] = fact.applied
    this.finished[slot] = fact.finished ?? NOT_FINISHED
    this.flags[slot] =
      Number(fact.service === 'loan') | (Number(fact.role === 'requester') << 1) | (Number(fact.selfService) << 2)
    this.outcome[slot] = OUTCOME_INDEX.get(fact.outcome)!
    this.volumes[slot] = fact.volumes
    this.pages[slot] = fact.pages
    this.bytes[slot] = fact.bytes
    this.reader[slot] = this.readers.of(fact.reader)
    for (const name of WORDS) this.codes[name][slot] = this.words[name].of(fact[name])
    this.firstDay = Math.min(this.firstDay, fact.applied)
    this.lastDay = Math.max(this.lastDay, fact.applied, fact.finished ?? 0)
  }

  private grow(): void {
    this.room = Math.max(1024, this.room * 2)
    const larger = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.id = larger(this.id, new Float64Array(this.room))
    this.applied = larger(this.applied, new Int32Array(this.room))
    this.finished = larger(this.finished, new Int32Array(this.room))
    this.flags = larger(this.flags, new Uint8Array(this.room))
    this.outcome = larger(this.outcome, new Uint8Array(this.room))
    this.volumes = larger(this.volumes, new Uint16Array(this.room))
    this.pages = larger(this.pages, new Uint32Array(this.room))
    this.bytes = larger(this.bytes, new Float64Array(this.room))
    this.reader = larger(this.reader, new Uint32Array(this.room))
    for (const name of WORDS) this.codes[name] = larger(this.codes[name], new Uint16Array(this.room))
  }

  /** Keys of the facts in a cut, newest application first. */
  rows(cut: Cut): number[] {
    const slots: number[] = []
    const accept = this.filter(cut)
    for (let slot = 0; slot < this.size; slot++) if (accept(slot)) slots.push(slot)
    return slots.sort((a, b) => this.applied[b]! - this.applied[a]! || b - a).map((slot) => this.id[slot]!)
  }

  /** Some keys of a cut in the same order, and how many there are: without ordering all of a million for fifty of them. */
  page(cut: Cut, offset: number, limit: number): { total: number; ids: number[] } {
    const first = Math.min(this.firstDay, this.lastDay)
    const perDay = new Uint32Array(this.lastDay - first + 1)
    const accept = this.filter(cut)
    let total = 0
    for (let slot = 0; slot < this.size; slot++)
      if (accept(slot)) {
        total++
        perDay[this.applied[slot]! - first]!++
      }
    // Days, newest first, until the page is full: only their requests are put in order.
    let newer = 0
    let before = 0
    let oldest = perDay.length
    let newest = perDay.length - 1
    for (let day = perDay.length - 1; day >= 0 && newer < offset + limit; day--) {
      if (newer + perDay[day]! <= offset) {
        before = newer + perDay[day]!
        newest = day - 1
      }
      newer += perDay[day]!
      oldest = day
    }
    const ids = this.rows({ ...cut, from: Math.max(cut.from, first + oldest), to: Math.min(cut.to, first + newest) })
    return { total, ids: ids.slice(offset - before, offset - before + limit) }
  }

  private filter({ from, to, service, role, where }: Cut): (slot: number) => boolean {
    const mask = (service ? 1 : 0) | (role ? 2 : 0)
    const want = (service === 'loan' ? 1 : 0) | (role === 'requester' ? 2 : 0)
    const { applied, flags } = this
    const inside = (slot: number) =>
      applied[slot]! >= from && applied[slot]! <= to && (flags[slot]! & mask) === (want & mask)
    if (!where) return inside
    const { by, value } = where
    if (by === 'month') return (slot) => inside(slot) && monthName(monthOf(applied[slot]!)) === value
    if (by === 'outcome') {
      const code = OUTCOME_INDEX.get(value as Outcome) ?? -1
      return (slot) => inside(slot) && this.outcome[slot] === code
    }
    const code = this.words[by].find(value)
    const codes = this.codes[by]
    return (slot) => inside(slot) && codes[slot] === code
  }

  /** @param stopped days of a pause of service, on which the clock stood still */
  tally(cut: Cut, stopped?: (day: DayNumber) => boolean): Tally {
    const counts = new Float64Array(OUTCOMES.length)
    const histogram = new Uint32Array(MOST_DAYS + 1)
    const table = new WorkingDayTable(Math.min(this.firstDay, this.lastDay), this.lastDay, stopped)
    const firstMonth = monthOf(Math.min(this.firstDay, this.lastDay))
    const groups = {
      month: new Grouping(monthOf(this.lastDay) - firstMonth + 1),
      outcome: new Grouping(OUTCOMES.length),
      ...(Object.fromEntries(WORDS.map((name) => [name, new Grouping(this.words[name].list.length)])) as Record<
        WordDimension,
        Grouping
      >),
    }
    const months = monthTable(Math.min(this.firstDay, this.lastDay), this.lastDay, firstMonth)
    const base = Math.min(this.firstDay, this.lastDay)
    const seen = new Uint8Array(this.readers.list.length)
    const overdueCode = this.words.status.find('Overdue')
    const lostCode = this.words.status.find('CompletedWithoutReturn')
    const accept = this.filter(cut)
    const sums = { volumes: 0, pages: 0, bytes: 0, overdue: 0, lost: 0, selfService: 0, readers: 0 }
    let oldest = -1
    for (let slot = 0; slot < this.size; slot++) {
      if (!accept(slot)) continue
      const outcome = this.outcome[slot]!
      counts[outcome]!++
      const finished = this.finished[slot]!
      const counted = finished !== NOT_FINISHED && (outcome === FILLED || outcome === UNFILLED)
      const days = counted ? Math.min(MOST_DAYS, table.between(this.applied[slot]!, finished)) : 0
      if (counted) histogram[days]!++
      const filled = outcome === FILLED ? 1 : 0
      const unfilled = outcome === UNFILLED ? 1 : 0
      const finishes = counted ? 1 : 0
      if (outcome === FILLED) {
        sums.volumes += this.volumes[slot]!
        sums.pages += this.pages[slot]!
        sums.bytes += this.bytes[slot]!
        sums.selfService += (this.flags[slot]! >> 2) & 1
      }
      if (outcome === OPEN && (oldest < 0 || this.applied[slot]! < this.applied[oldest]!)) oldest = slot
      const status = this.codes.status[slot]!
      if (status === overdueCode) sums.overdue++
      if (status === lostCode) sums.lost++
      const reader = this.reader[slot]!
      if (reader !== 0 && seen[reader] === 0) {
        seen[reader] = 1
        sums.readers++
      }
      groups.month.add(months[this.applied[slot]! - base]!, filled, unfilled, finishes, days)
      groups.outcome.add(outcome, filled, unfilled, finishes, days)
      groups.partner.add(this.codes.partner[slot]!, filled, unfilled, finishes, days)
      groups.staff.add(this.codes.staff[slot]!, filled, unfilled, finishes, days)
      groups.kind.add(this.codes.kind[slot]!, filled, unfilled, finishes, days)
      groups.subject.add(this.codes.subject[slot]!, filled, unfilled, finishes, days)
      groups.reason.add(this.codes.reason[slot]!, filled, unfilled, finishes, days)
      groups.status.add(status, filled, unfilled, finishes, days)
    }
    const byCount = (name: WordDimension) =>
      groups[name].list((index) => this.words[name].list[index]!).toSorted((a, b) => b.received - a.received)
    const count = (outcome: Outcome) => counts[OUTCOME_INDEX.get(outcome)!]!
    return {
      received: counts.reduce((total, count) => total + count, 0),
      filled: count('filled'),
      unfilled: count('unfilled'),
      forwarded: count('forwarded'),
      cancelled: count('cancelled'),
      retry: count('retry'),
      open: count('open'),
      ...sums,
      days: percentiles(histogram),
      groups: {
        month: groups.month.list((index) => monthName(firstMonth + index)),
        outcome: groups.outcome.list((index) => OUTCOMES[index]!),
        partner: byCount('partner'),
        staff: byCount('staff').filter((group) => group.value !== ''),
        kind: byCount('kind'),
        subject: byCount('subject'),
        reason: byCount('reason').filter((group) => group.value !== ''),
        status: byCount('status'),
      },
      oldest: oldest < 0 ? null : { id: this.id[oldest]!, applied: this.applied[oldest]! },
    }
  }
}

/** Counts of one dimension, by the number of its value. What belongs to a value lies side by side, so that it is in the cache together. */
class Grouping {
  private readonly size: number
  private readonly sums: Float64Array

  constructor(size: number) {
    this.size = size
    this.sums = new Float64Array(size * 5)
  }

  /** @param filled, unfilled, counted 0 or 1; days 0 where nothing is counted */
  add(index: number, filled: number, unfilled: number, counted: number, days: number): void {
    const at = index * 5
    const sums = this.sums
    sums[at]! += 1
    sums[at + 1]! += filled
    sums[at + 2]! += unfilled
    sums[at + 3]! += counted
    sums[at + 4]! += days
  }

  list(name: (index: number) => string): Group[] {
    return Array.from({ length: this.size }, (_, index) => index).flatMap((index) => {
      const [received = 0, filled = 0, unfilled = 0, finished = 0, days = 0] = this.sums.subarray(
        index * 5,
        index * 5 + 5,
      )
      const meanDays = finished === 0 ? null : days / finished
      return received === 0 ? [] : [{ value: name(index), received, filled, unfilled, meanDays }]
    })
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

const DAY_MS = 86_400_000
/** Months since year 0. */
function monthOf(day: DayNumber): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
/** "2026-11" */
const monthName = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

/** Month of each day from `first` on, counted from `firstMonth`. */
function monthTable(first: DayNumber, last: DayNumber, firstMonth: number): Uint16Array {
  return Uint16Array.from({ length: last - first + 1 }, (_, index) => monthOf(first + index) - firstMonth)
}
