/**
 * What every rule of the yearly evaluation gives: points of a maximum, and how far the next better band is.
 *
 * Source of all tables: Yi, L. and Lin, H.T. (2023) Comparative Study on BALIS Document Delivery and Interlibrary Loan,
 * Open Access Library Journal 10: e10914 (CC BY 4.0). Points are kept in tenths inside sums, since 0.1 is no binary number.
 */

/** What would bring more points: so many more of the unit, and the gain. */
export interface NextStep {
  /** `rank`: places to climb; `count`: items, sessions, volumes; `percent`: points of per cent; `days`: days less. */
  unit: 'rank' | 'count' | 'percent' | 'days' | 'choice'
  need: number
  gain: number
}

export interface Criterion<Id extends string = string> {
  id: Id
  points: number
  max: number
  /** Null when the maximum is reached or no step of ours can change it. */
  next: NextStep | null
  /** False when an input is missing: counted as nothing and shown as such, never guessed. */
  known: boolean
  /** The value stands where the table contradicts itself or is silent; which reading was taken is a setting. */
  disputed: boolean
}

/** Adds points of at most one decimal without binary crumbs. */
export const sum = (points: readonly number[]): number =>
  points.reduce((total, value) => total + Math.round(value * 10), 0) / 10

export const totalOf = (criteria: readonly Criterion[]): { points: number; max: number } => ({
  points: sum(criteria.map((criterion) => criterion.points)),
  max: sum(criteria.map((criterion) => criterion.max)),
})

/** A criterion whose input is not there yet. */
export const unknown = <Id extends string>(id: Id, max: number): Criterion<Id> => ({
  id,
  points: 0,
  max,
  next: null,
  known: false,
  disputed: false,
})
