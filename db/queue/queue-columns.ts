/** What the queue sorts and filters by, of every request, column by column: a row has a slot, a gone row's slot is used again. */
import { Stage, Status } from '../../electron/contract/words.ts'
import type { QueueRowRecord } from '../queries/queue-rows.ts'
import { Slots } from './slots.ts'

/** Bits of `flags`. */
export const COPY = 1
export const SUPPLIER = 2
export const URGENT = 4
export const OPEN = 8
/** There is a row in this slot. */
export const TAKEN = 128

/** Of a word that no row has. */
export const NO_WORD = -2
const NOBODY = -1
/** Of a state that this program does not know. */
const UNKNOWN = 31

const STATUS = new Map<string, number>(Status.options.map((status, index) => [status, index]))
const STAGE = new Map<string, number>(Stage.options.map((stage, index) => [stage, index]))
const bitsOf = (names: readonly string[], known: ReadonlyMap<string, number>) =>
  names.reduce((bits, name) => bits | (1 << (known.get(name) ?? UNKNOWN)), 0)

/** A set of states, to be tested with `1 << status[slot]`. */
export const statusBits = (names: readonly Status[]): number => bitsOf(names, STATUS)
/** A set of stages, to be tested with `1 << stage[slot]`. */
export const stageBits = (names: readonly Stage[]): number => bitsOf(names, STAGE)

export class QueueColumns {
  /** Slots in use or used before: all are below it. */
  size = 0
  rid = new Float64Array(0)
  due = new Float64Array(0)
  applied = new Float64Array(0)
  /** Numbers of words. */
  partner = new Int32Array(0)
  holder = new Int32Array(0)
  status = new Uint8Array(0)
  stage = new Uint8Array(0)
  flags = new Uint8Array(0)
  readonly title: string[] = []
  readonly partnerName: string[] = []
  readonly call: string[] = []
  private readonly slots = new Slots()
  private readonly free: number[] = []
  private readonly words = new Map<string, number>()
  private readonly spelled: string[] = []
  private room = 0

  /** @returns -1 for a row that is not there */
  slotOf(rid: number): number {
    return this.slots.of(rid)
  }

  /** The number of a library or desk, NO_WORD for one that no row names. */
  wordOf(text: string): number {
    return this.words.get(text) ?? NO_WORD
  }

  spell(word: number): string {
    return this.spelled[word]!
  }

  stageAt(slot: number): Stage | undefined {
    return Stage.options[this.stage[slot]!]
  }

  clear(): void {
    this.slots.clear()
    this.free.length = 0
    this.size = 0
    this.flags.fill(0)
  }

  /** @returns the slot it has now */
  put(row: QueueRowRecord): number {
    let slot = this.slots.of(row.rid)
    if (slot < 0) {
      slot = this.free.pop() ?? this.size++
      if (slot >= this.room) this.grow()
      this.slots.set(row.rid, slot)
    }
    this.rid[slot] = row.rid
    this.due[slot] = row.due
    this.applied[slot] = row.applied_at
    this.partner[slot] = this.number(row.partner)
    this.holder[slot] = row.holder === null ? NOBODY : this.number(row.holder)
    this.status[slot] = STATUS.get(row.status) ?? UNKNOWN
    this.stage[slot] = STAGE.get(row.stage) ?? UNKNOWN
    this.flags[slot] =
      TAKEN |
      (row.service === 'copy' ? COPY : 0) |
      (row.role === 'supplier' ? SUPPLIER : 0) |
      (row.urgent ? URGENT : 0) |
      (row.open ? OPEN : 0)
    this.title[slot] = row.title_key
    this.partnerName[slot] = row.partner_key
    this.call[slot] = row.call_key
    return slot
  }

  /** The row is gone; its slot stays empty until `reuse`. @returns the slot, -1 when there was no such row */
  drop(rid: number): number {
    const slot = this.slots.of(rid)
    if (slot < 0) return -1
    this.slots.delete(rid)
    this.flags[slot] = 0
    return slot
  }

  /** No list holds this slot any more: another row may have it. */
  reuse(slot: number): void {
    this.free.push(slot)
  }

  private number(text: string): number {
    let number = this.words.get(text)
    if (number === undefined) {
      this.words.set(text, (number = this.words.size))
      this.spelled.push(text)
    }
    return number
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
