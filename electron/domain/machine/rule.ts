/** The shape of one line of the machine: who may, when, what follows, how it is undone. */
import type { EntityType } from '../../contract/centre.contract.ts'
import type { OpArgsOf, OpKind, RejectCode } from '../../contract/ops.contract.ts'
import type { StaffRole } from '../../contract/words.ts'
import type { Rows, World } from './world.ts'

export interface Refusal {
  code: RejectCode
  /** For a person: who holds it, where the item is, which fields are wrong. */
  info?: Record<string, string | number | boolean | null>
}

/** Who acts, where and when. `at` is the time of the action, so that folding later gives the same rows again. */
export interface Actor {
  library: string
  desk: string
  deskName: string
  user: string
  userName: string
  role: StaffRole
  /** Milliseconds UTC. */
  at: number
}

/** One operation on its way through the machine. */
export interface Turn<K extends OpKind = OpKind> {
  world: World
  id: string
  args: OpArgsOf<K>
  actor: Actor
}

/** Judges one row by itself (no arguments): also what `can` asks to draw the buttons. */
export type Guard<R> = (row: R, actor: Actor) => Refusal | null

export interface Intention<K extends OpKind, T extends EntityType> {
  on: T
  fact: false
  /** All must hold, asked in order: the first refusal is the answer. */
  when: readonly Guard<Rows[T]>[]
  /** What depends on arguments or on other rows. */
  unless?(turn: Turn<K>, row: Rows[T]): Refusal | null
  /** Changes rows through the world. */
  then(turn: Turn<K>, row: Rows[T]): void
  /** The operation that takes this one back, where there is one. */
  undo?: OpKind
  /** Reaches somebody outside: waits in the outbox for the hold time. */
  held?: true
  /** Needs no row of its kind to exist (opens a bag, files a request, prints anything). */
  makes?: true
}

export interface Fact<K extends OpKind> {
  on: EntityType
  fact: true
  /** Records what happened as far as the rows allow. @returns false when it did not fit and a person must look */
  record(turn: Turn<K>): boolean
}

export type Rule<K extends OpKind> = { [T in EntityType]: Intention<K, T> }[EntityType] | Fact<K>

/** A helper for inference: an intention on rows of one type. */
export const on =
  <T extends EntityType>(type: T) =>
  <K extends OpKind>(rule: Omit<Intention<K, T>, 'on' | 'fact'>): Intention<K, T> => ({
    on: type,
    fact: false,
    ...rule,
  })

export const fact = <K extends OpKind>(type: EntityType, record: (turn: Turn<K>) => boolean): Fact<K> => ({
  on: type,
  fact: true,
  record,
})
