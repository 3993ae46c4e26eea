/**
 * A million requests in memory as columns of small numbers: what statistics count over. Pure; the database's facts are the
 * truth it is filled from.
 */
import type { DayNumber } from '../working-days.ts'
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

/** A cut as numbers, so that a row is told by a few comparisons. */
export interface Filter {
  from: DayNumber
  to: DayNumber
  mask: number
  want: number
  /** Null: no dimension is asked for. */
  codes: Uint16Array | null
  code: number
}

type Entry = Omit<Fact, 'requestId' | 'selfService'> & { id: number; selfService: number | boolean }

export const NOT_FINISHED = -1
export const LOAN = 1
export const REQUESTER = 2
export const SELF_SERVICE = 4
const OUTCOME_INDEX = new Map(OUTCOMES.map((outcome, index) => [outcome, index]))
export const outcomeCode = (outcome: Outcome): number => OUTCOME_INDEX.get(outcome)!

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

const CHUNK = 65_536

/**
 * The slot of each fact by its key, which counts up from 1. A Map of a million keys stands still for a tenth of a second
 * each time it grows, and with it everybody who waits for core.
 */
class Slots {
  private readonly chunks = new Map<number, Int32Array>()

  /** @param free taken by a key that has no slot yet */
  of(key: number, free: number): number {
    const at = Math.floor(key / CHUNK)
    let chunk = this.chunks.get(at)
    if (!chunk) this.chunks.set(at, (chunk = new Int32Array(CHUNK).fill(-1)))
    const known = chunk[key % CHUNK]!
    return known >= 0 ? known : (chunk[key % CHUNK] = free)
  }
}

const WORDS = ['partner', 'staff', 'kind', 'subject', 'reason', 'status'] as const
type WordDimension = (typeof WORDS)[number]

/** Facts that are counted together, and whose count is kept while none of them changes. */
export const BLOCK = 32_768

/** What is known of a block without looking at its facts. */
export interface Block {
  /** Days of application lie in [from, to]; a fact that moved may have left them wider. */
  from: DayNumber
  to: DayNumber
  /** Counts changes in it. */
  revision: number
}

export class FactColumns {
  size = 0
  readonly blocks: Block[] = []
  /** Counts changes, so that whoever counts in turns sees that something changed meanwhile. */
  revision = 0
  id = new Float64Array(0)
  applied = new Int32Array(0)
  finished = new Int32Array(0)
  /** LOAN, REQUESTER, SELF_SERVICE. */
  flags = new Uint8Array(0)
  volumes = new Uint16Array(0)
  pages = new Uint32Array(0)
  bytes = new Float64Array(0)
  /** 0 = not known. */
  reader = new Uint32Array(0)
  readonly codes = Object.fromEntries(DIMENSIONS.map((name) => [name, new Uint16Array(0)])) as Record<
    Dimension,
    Uint16Array
  >
  private room = 0
  private readonly slotOf = new Slots()
  /** All slots, oldest application first, of one day in the order they came; as of a revision. */
  private order = { revision: -1, slots: new Uint32Array(0) }
  private readonly words = Object.fromEntries(WORDS.map((name) => [name, new Words()])) as Record<WordDimension, Words>
  private readonly readerWords = new Words()
  private first = Number.MAX_SAFE_INTEGER
  private last = 0

  constructor() {
    this.readerWords.of('')
  }

  /** First day of application or, while there is none, the last day. */
  get firstDay(): DayNumber {
    return Math.min(this.first, this.last)
  }
  /** Last day of application or finish. */
  get lastDay(): DayNumber {
    return this.last
  }
  /** Readers told apart, with one for "not known". */
  get readers(): number {
    return this.readerWords.list.length
  }

  /** Adds a fact, or changes the one with its id. */
  put(fact: Entry): void {
    const slot = this.slotOf.of(fact.id, this.size)
    if (slot === this.size) this.size++
    if (this.size > this.room) this.grow()
    this.revision++
    this.touch(slot, fact.applied)
    this.id[slot] = fact.id
    this.applied[slot] = fact.applied
    this.finished[slot] = fact.finished ?? NOT_FINISHED
    this.flags[slot] =
      (fact.service === 'loan' ? LOAN : 0) |
      (fact.role === 'requester' ? REQUESTER : 0) |
      (fact.selfService ? SELF_SERVICE : 0)
    this.volumes[slot] = fact.volumes
    this.pages[slot] = fact.pages
    this.bytes[slot] = fact.bytes
    this.reader[slot] = this.readerWords.of(fact.reader)
    this.codes.month[slot] = monthOf(fact.applied)
    this.codes.outcome[slot] = outcomeCode(fact.outcome)
    for (const name of WORDS) this.codes[name][slot] = this.words[name].of(fact[name])
    this.first = Math.min(this.first, fact.applied)
    this.last = Math.max(this.last, fact.applied, fact.finished ?? 0)
  }

  private touch(slot: number, applied: DayNumber): void {
    const block = (this.blocks[Math.floor(slot / BLOCK)] ??= { from: applied, to: applied, revision: 0 })
    block.revision++
    block.from = Math.min(block.from, applied)
    block.to = Math.max(block.to, applied)
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
    this.volumes = larger(this.volumes, new Uint16Array(this.room))
    this.pages = larger(this.pages, new Uint32Array(this.room))
    this.bytes = larger(this.bytes, new Float64Array(this.room))
    this.reader = larger(this.reader, new Uint32Array(this.room))
    for (const name of DIMENSIONS) this.codes[name] = larger(this.codes[name], new Uint16Array(this.room))
  }

  /** Codes of a dimension lie in [base, base + size). */
  spanOf(by: Dimension): { base: number; size: number } {
    if (by === 'outcome') return { base: 0, size: OUTCOMES.length }
    if (by !== 'month') return { base: 0, size: this.words[by].list.length }
    const base = monthOf(this.firstDay)
    return { base, size: monthOf(this.last) - base + 1 }
  }

  nameOf(by: Dimension, code: number): string {
    if (by === 'month') return monthName(code)
    return by === 'outcome' ? OUTCOMES[code]! : this.words[by].list[code]!
  }

  /** @returns -1 for a value that no row has */
  codeOf(by: Dimension, value: string): number {
    if (by === 'month') return monthCode(value)
    return by === 'outcome' ? (OUTCOME_INDEX.get(value as Outcome) ?? -1) : this.words[by].find(value)
  }

  filter({ from, to, service, role, where }: Cut): Filter {
    const mask = (service ? LOAN : 0) | (role ? REQUESTER : 0)
    const want = (service === 'loan' ? LOAN : 0) | (role === 'requester' ? REQUESTER : 0)
    const codes = where ? this.codes[where.by] : null
    return { from, to, mask, want, codes, code: where ? this.codeOf(where.by, where.value) : 0 }
  }

  /** Slots in [start, end) that pass, in order, written into `slots`. @returns how many */
  select(filter: Filter, start: number, end: number, slots: Uint32Array): number {
    let count = 0
    for (let slot = start; slot < end; slot++) if (this.passes(filter, slot)) slots[count++] = slot
    return count
  }

  private passes({ from, to, mask, want, codes, code }: Filter, slot: number): boolean {
    const day = this.applied[slot]!
    return day >= from && day <= to && (this.flags[slot]! & mask) === want && (codes === null || codes[slot] === code)
  }

  /** Keys of the facts in a cut, newest application first. */
  rows(cut: Cut): number[] {
    return this.page(cut, 0, this.size).ids
  }

  /** Some keys of a cut in the same order, and how many there are. */
  page(cut: Cut, offset: number, limit: number): { total: number; ids: number[] } {
    const filter = this.filter(cut)
    const slots = this.inOrder()
    const ids: number[] = []
    let total = 0
    for (let at = slots.length - 1; at >= 0; at--) {
      const slot = slots[at]!
      if (!this.passes(filter, slot)) continue
      if (total >= offset && ids.length < limit) ids.push(this.id[slot]!)
      total++
    }
    return { total, ids }
  }

  /** Sorted by counting, once until a fact changes. */
  private inOrder(): Uint32Array {
    if (this.order.revision === this.revision) return this.order.slots
    const { applied, size, firstDay } = this
    /** Where the next slot of a day goes. */
    const place = new Uint32Array(this.last - firstDay + 2)
    for (let slot = 0; slot < size; slot++) place[applied[slot]! - firstDay + 1]!++
    for (let day = 1; day < place.length; day++) place[day]! += place[day - 1]!
    const slots = new Uint32Array(size)
    for (let slot = 0; slot < size; slot++) slots[place[applied[slot]! - firstDay]!++] = slot
    this.order = { revision: this.revision, slots }
    return slots
  }
}

const DAY_MS = 86_400_000
/** Months since year 0. */
export function monthOf(day: DayNumber): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
/** "2026-11" */
const monthName = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
const monthCode = (name: string) => {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(name) ?? []
  return year === undefined ? -1 : Number(year) * 12 + Number(month) - 1
}
