/**
 * When a lent book is due back: 30 days without transport (the consortium's rule), then what this library has agreed
 * otherwise: other periods for partners, no due date on a closed day, and vacations with a date of their own
 * ("everything lent after 4 January is due on 7 March, two libraries excepted").
 */
import { dueDate, LOAN_DAYS } from './due-date.ts'
import { dayOf, endOfDay, type Runs } from './working-days.ts'

const DAY_MS = 86_400_000

export interface Vacation {
  /** Books lent in [from, to), ms UTC … */
  from: number
  to: number
  /** … are due then at the earliest, ms UTC. */
  dueAt: number
  /** Partners with whom nothing changes. */
  except: readonly string[]
  name: string
}

export interface DueRules {
  /** Days on loan for every partner not named below, transport not counted. */
  loanDays: number
  /** Days on loan by partner. */
  byLibrary: Readonly<Record<string, number>>
  /** A date on a closed day moves to the next working day. */
  openDaysOnly: boolean
  vacations: readonly Vacation[]
}

export const PLAIN_RULES: DueRules = { loanDays: LOAN_DAYS, byLibrary: {}, openDaysOnly: false, vacations: [] }

/**
 * @param lentAt hand-over or pick-up, ms UTC
 * @param transportDays of the route to the partner, 0 for self pick-up
 * @param runs says of a day whether this house works on it
 * @returns ms UTC
 */
export function ruledDueDate(
  rules: DueRules,
  partner: string,
  lentAt: number,
  transportDays: number,
  runs: Runs,
): number {
  const plain = dueDate(lentAt, transportDays, rules.byLibrary[partner] ?? rules.loanDays)
  const due = rules.vacations
    .filter((one) => lentAt >= one.from && lentAt < one.to && !one.except.includes(partner))
    .reduce((latest, one) => Math.max(latest, one.dueAt), plain)
  return rules.openDaysOnly ? onOpenDay(due, runs) : due
}

/** A house that stays closed for longer moves no date further, days. */
const LONGEST_CLOSURE = 400

/** The same hour of the next working day, or the instant itself on a working day. */
export function onOpenDay(at: number, runs: Runs): number {
  for (let days = 0; days < LONGEST_CLOSURE; days++) if (runs(dayOf(at) + days)) return at + days * DAY_MS
  return at
}

/** The last millisecond of a day in Beijing: what "due on 7 March" means. @param day `2022-03-07` */
export function dueOn(day: string): number {
  return endOfDay(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS)) - 1
}
