/**
 * What would raise the score most, cheapest first: each criterion's next step, with the number of items its rank needs
 * where the centre's list is known.
 */
import type { Criterion, NextStep } from './criterion.ts'
import type { Place } from './ranking.ts'

export interface Advice {
  id: string
  gain: number
  /** What to do: items, sessions, per cent, days; a rank is turned into items where that is known. */
  unit: NextStep['unit']
  need: number
  /** Share of one point's worth of effort, 0 (none) … 1; orders the list, never shown as a figure. */
  effort: number
}

/** Rough weight of one unit of work: a choice is a decision, an item is an hour's part, a day less needs everybody. */
const EFFORT = { choice: 1, count: 0.2, rank: 40, percent: 8, days: 30 } as const

export function advise(criteria: readonly Criterion[], places: Partial<Record<string, Place>>): Advice[] {
  return criteria
    .flatMap((criterion) => (criterion.next ? [adviceOf(criterion.id, criterion.next, places[criterion.id])] : []))
    .toSorted((a, b) => a.effort - b.effort || b.gain - a.gain)
}

/** The nearest place that is so many ranks better. */
const stepTo = ({ rank, better }: Place, places: number) =>
  rank === null ? undefined : better.find((step) => rank - step.rank >= places)

function adviceOf(id: string, next: NextStep, place: Place | undefined): Advice {
  const climb = next.unit === 'rank' && place && stepTo(place, next.need)
  const step = climb ? { unit: 'count' as const, need: climb.need } : { unit: next.unit, need: next.need }
  return { id, gain: next.gain, ...step, effort: (EFFORT[step.unit] * step.need) / next.gain }
}
