/**
 * The whole evaluation of a year: our figures, what people typed and the centre's lists become the three tables, the
 * totals, and what would raise them. Pure, so that "one more of this" is the same sum with another figure.
 */
import type {
  Evaluation,
  EvaluationInputs,
  EvaluationMore,
  EvaluationPart,
  RankingList,
} from '../../contract/core.contract.ts'
import { totalOf, type Criterion } from './criterion.ts'
import { scoreDelivery } from './document-delivery.ts'
import { scoreLoan } from './interlibrary-loan.ts'
import { deliveryMonthTotal, scoreLoanMonth } from './promotion-month.ts'
import { placeAmong, type Entry, type Place } from './ranking.ts'
import { advise } from './simulator.ts'
import { deliveryTotal, loanTotal } from './yearly-total.ts'

export type YearFigures = Evaluation['derived']

export interface YearLists {
  /** Our library as the lists name it. */
  own: string
  /** The centre's lists that were imported. */
  of: Partial<Record<RankingList, readonly Entry[]>>
}

export interface YearScore {
  delivery: EvaluationPart
  loan: EvaluationPart
  month: EvaluationPart
  /** Table 9. */
  deliveryMonth: number
  /** Tables 8 and 11. */
  deliveryTotal: number
  loanTotal: number
  /** By list; null where neither a list nor a person tells it. */
  ranks: Record<RankingList, number | null>
  /** Ranks that an imported list tells. */
  told: Set<RankingList>
}

export function scoreYear(figures: YearFigures, inputs: EvaluationInputs, lists: YearLists): YearScore {
  const counts: Record<RankingList, number> = {
    deliveryReceived: figures.received,
    deliverySubmitted: figures.submitted,
    deliveryUsers: figures.users,
    loanCollection: inputs.collection,
    loanUsers: figures.loanUsers,
    monthVideos: inputs.monthVideos,
    monthLent: figures.month.lent,
    monthSubmitted: figures.month.submitted,
    monthUsers: figures.month.users,
  }
  const names = Object.keys(counts) as RankingList[]
  const places = Object.fromEntries(
    names.flatMap((name) => {
      const entries = lists.of[name] ?? []
      return entries.length === 0 ? [] : [[name, placeAmong(entries, lists.own, counts[name])]]
    }),
  ) as Partial<Record<RankingList, Place>>
  const rankOf = (list: RankingList) => places[list]?.rank ?? inputs.ranks[list] ?? null
  const standing = (list: RankingList) => ({ count: counts[list], rank: rankOf(list) })
  const { computer, scanner, printer, fax, readings } = inputs
  const training = { sessions: figures.sessions, attendees: figures.attendees }
  const delivery = scoreDelivery(
    {
      equipment: { computer, scanner, printer, fax },
      staffing: inputs.deliveryStaffing,
      summary: inputs.summary,
      guidance: inputs.guidance,
      received: standing('deliveryReceived'),
      submitted: standing('deliverySubmitted'),
      users: standing('deliveryUsers'),
      meanDays: figures.meanDays,
      share: shareOf(figures),
      breaches: inputs.breaches + figures.pausesWithoutReason,
      training,
      satisfaction: inputs.satisfaction,
    },
    readings,
  )
  const loan = scoreLoan(
    {
      equipment: { computer, printer, fax },
      staffing: inputs.loanStaffing,
      trained: inputs.loanTrained,
      collection: standing('loanCollection'),
      guidance: inputs.loanGuidance,
      cooperation: inputs.cooperation,
      selfService: inputs.selfService,
      lent: figures.lent,
      submitted: figures.loansSubmitted,
      users: standing('loanUsers'),
      training,
    },
    readings,
  )
  const month = scoreLoanMonth(
    {
      summary: inputs.monthSummary,
      videos: standing('monthVideos'),
      lent: standing('monthLent'),
      submitted: standing('monthSubmitted'),
      users: standing('monthUsers'),
      share: shareOf(figures.month),
    },
    readings,
  )
  const parts = {
    delivery: partOf(delivery, {
      received: places.deliveryReceived,
      submitted: places.deliverySubmitted,
      users: places.deliveryUsers,
    }),
    loan: partOf(loan, { collection: places.loanCollection, users: places.loanUsers }),
    month: partOf(month, {
      videos: places.monthVideos,
      lent: places.monthLent,
      submitted: places.monthSubmitted,
      users: places.monthUsers,
    }),
  }
  const deliveryMonth = deliveryMonthTotal({
    registrations: inputs.monthRegistrations,
    submitted: inputs.monthRequests,
    wechat: inputs.monthWechat,
    summary: inputs.monthReport,
  })
  return {
    ...parts,
    deliveryMonth,
    deliveryTotal: deliveryTotal(parts.delivery.points, deliveryMonth),
    loanTotal: loanTotal(parts.loan.points, parts.month.points),
    ranks: Object.fromEntries(names.map((name) => [name, rankOf(name)])) as Record<RankingList, number | null>,
    told: new Set(names.filter((name) => (places[name]?.rank ?? null) !== null)),
  }
}

/** Filled of those answered, 0..1; null while nothing was answered. */
export const shareOf = ({ filled, answered }: { filled: number; answered: number }): number | null =>
  answered === 0 ? null : filled / answered

function partOf(criteria: Criterion[], places: Partial<Record<string, Place | undefined>>): EvaluationPart {
  const known = Object.fromEntries(Object.entries(places).filter(([, place]) => place)) as Record<string, Place>
  return { criteria, ...totalOf(criteria), advice: advise(criteria, known) }
}

/** The year with so much more in it: requests received and filled in the usual time, requests of ours, loans, trainings. */
export const withMore = (figures: YearFigures, more: EvaluationMore): YearFigures => ({
  ...figures,
  received: figures.received + more.received,
  filled: figures.filled + more.received,
  answered: figures.answered + more.received,
  submitted: figures.submitted + more.submitted,
  lent: figures.lent + more.lent,
  loansSubmitted: figures.loansSubmitted + more.loansSubmitted,
  sessions: figures.sessions + more.sessions,
  attendees: figures.attendees + more.attendees,
})
