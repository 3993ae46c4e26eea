/** What a command of the command line is made of; its help, its page of the guide and its parsing come from the same lines. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Machine } from '../fleet/machine.ts'
import type { RunningCore } from '../index.ts'
import { WrongUse } from './wrong-use.ts'

/** 0 done, 1 not as it should be, 2 wrong use, 3 the centre could not be reached, 4 any other failure. */
export const EXIT = { done: 0, notWell: 1, usage: 2, offline: 3, failed: 4 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

export interface Option {
  /** What its value is called; absent = a switch. */
  value?: string
  about: string
}

export interface Values {
  [name: string]: string | boolean | undefined
}

export interface Result {
  exit: Exit
  /** What --json prints. */
  data: unknown
  /** One line a thing, for people. */
  lines: string[]
}

export interface Closed {
  dataDir: string
  machine: Machine
}

interface Described {
  /** After its name: `[--text WORDS]`. */
  synopsis: string
  summary: string
  /** What it does, in sentences. */
  about: string
  options?: Readonly<Record<string, Option>>
  /** Takes words beside its options: numbers of requests, what to do. */
  words?: true
  /** What its exit codes mean beside the usual. */
  exits?: Readonly<Partial<Record<Exit, string>>>
  examples?: readonly string[]
}

/** Works with an open desk. */
export interface OpenCommand extends Described {
  run(core: RunningCore, values: Values, words: readonly string[]): Promise<Result>
}
/** Works without opening the desk. */
export interface ClosedCommand extends Described {
  runClosed(desk: Closed, values: Values, words: readonly string[]): Promise<Result>
}
/** Reads its arguments and writes its output by itself. */
export interface OwnCommand extends Described {
  runOwn(argv: string[], dataDir: string): Promise<number> | number
}
export type Command = OpenCommand | ClosedCommand | OwnCommand

export const COMMON: Readonly<Record<string, Option>> = {
  data: { value: 'DIR', about: 'the data folder; else BALIS_DESK_DATA, the machine’s settings, the usual place' },
  json: { about: 'the result, or {"error":…}, as JSON on standard output' },
  rehearsal: { about: 'with the rehearsal’s own scanner and printer' },
  help: { about: 'this page' },
}

/** For a command that proves who asks. */
export const PROOF: Readonly<Record<string, Option>> = {
  staff: { value: 'ID', about: 'the supervisor who wants it' },
  'password-file': {
    value: 'FILE',
    about: 'their password (- for standard input); else BALIS_DESK_PASSWORD, or asked for',
  },
}

export const parserOf = (options: Described['options'] = {}): ParseArgsOptionsConfig =>
  Object.fromEntries(
    Object.entries({ ...COMMON, ...options }).map(([name, { value }]) => [
      name,
      { type: value ? 'string' : 'boolean' },
    ]),
  )

/** @throws WrongUse */
export function needed(values: Values, option: string): string {
  const value = values[option]
  if (typeof value !== 'string' || value === '') throw new WrongUse(`--${option} is needed`)
  return value
}

export const textOf = (values: Values, option: string): string | undefined => {
  const value = values[option]
  return typeof value === 'string' ? value : undefined
}

/** One of some words. @throws WrongUse naming them */
export function oneOf<T extends string>(values: Values, option: string, known: readonly T[]): T | undefined {
  const value = textOf(values, option)
  if (value === undefined) return undefined
  const found = known.find((one) => one === value)
  if (found === undefined) throw new WrongUse(`--${option} takes ${known.join(', ')}`)
  return found
}

/** A whole number within bounds. @throws WrongUse */
export function numberOf(values: Values, option: string, from: number, to: number, usual: number): number {
  const value = textOf(values, option)
  if (value === undefined) return usual
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= from && number <= to)) throw new WrongUse(`--${option} takes a number from ${from} to ${to}`)
  return number
}
