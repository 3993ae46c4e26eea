/** The yearly evaluation of our library: inputs counted from our requests, the rest typed or imported, scored by the tables. */
import type { z } from 'zod'
import type { Evaluation, EvaluationInputs, EvaluationPart, RankingList } from '../../contract/core.contract.ts'
import type { Criterion } from '../../domain/evaluation/criterion.ts'
import { totalOf } from '../../domain/evaluation/criterion.ts'
import { scoreDelivery } from '../../domain/evaluation/document-delivery.ts'
import { scoreLoan } from '../../domain/evaluation/interlibrary-loan.ts'
import { deliveryMonthTotal, scoreLoanMonth } from '../../domain/evaluation/promotion-month.ts'
import { placeAmong, type Place } from '../../domain/evaluation/ranking.ts'
import { DEFAULT_READINGS } from '../../domain/evaluation/readings.ts'
import { advise } from '../../domain/evaluation/simulator.ts'
import { deliveryTotal, loanTotal } from '../../domain/evaluation/yearly-total.ts'
import type { FactColumns } from '../../domain/statistics/columns.ts'
import { tallyInTurns, type Tally } from '../../domain/statistics/tally.ts'
import { dayOf } from '../../domain/working-days.ts'
import { rowsOfType } from '../../../db/queries/base.ts'
import {
  evaluationInputs,
  evaluationInputsBefore,
  ranking,
  rankingSums,
  setEvaluationInputs,
} from '../../../db/queries/evaluation.ts'
import type { Core } from '../context.ts'
import type { FactKeeper } from './fact-keeper.ts'
import { unreasonedPauses } from './pause.ts'
import { nextTurn } from './turns.ts'

const FIRST_INPUTS: EvaluationInputs = {
  computer: true,
  scanner: true,
  printer: true,
  fax: false,
  deliveryStaffing: 'part_time',
  loanStaffing: 'part_time',
  loanTrained: false,
  summary: 'cooperative',
  guidance: true,
  loanGuidance: 'fairly',
  cooperation: 'cooperative',
  selfService: false,
  satisfaction: null,
  breaches: 0,
  collection: 0,
  monthFrom: null,
  monthTo: null,
  monthSummary: 'none',
  monthVideos: 0,
  monthRegistrations: 0,
  monthRequests: 0,
  monthWechat: 0,
  monthReport: 0,
  ranks: {},
  readings: DEFAULT_READINGS,
}
/** Of the year before: what changes every year anew is not carried over. */
const CARRIED = [
  'computer',
  'scanner',
  'printer',
  'fax',
  'deliveryStaffing',
  'loanStaffing',
  'guidance',
  'loanGuidance',
  'selfService',
  'collection',
  'readings',
] as const

/** Inputs of a year; a new year begins with what seldom changes. */
export function inputsOf(core: Core, year: number): EvaluationInputs {
  const own = evaluationInputs(core.db, year)
  if (own) return { ...FIRST_INPUTS, ...own }
  const before = evaluationInputsBefore(core.db, year) ?? {}
  const carried = Object.fromEntries(CARRIED.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])))
  return { ...FIRST_INPUTS, ...carried }
}

export function changeInputs(core: Core, year: number, change: Partial<EvaluationInputs>): void {
  const inputs = { ...inputsOf(core, year), ...change }
  core.db.write(() => setEvaluationInputs(core.db, year, inputs))
}

const share = ({ filled, unfilled }: Tally) => (filled + unfilled === 0 ? null : filled / (filled + unfilled))

/** First and last day of a year in Beijing. */
export const daysOfYear = (year: number) => ({
  from: Date.UTC(year, 0, 1) / 86_400_000,
  to: Date.UTC(year, 11, 31) / 86_400_000,
})

async function derive(
  core: Core,
  columns: FactColumns,
  year: number,
  inputs: EvaluationInputs,
): Promise<Evaluation['derived']> {
  const { runs } = core.views.clock
  const span = daysOfYear(year)
  const of = (service: 'copy' | 'loan', role: 'supplier' | 'requester', days = span) =>
    tallyInTurns(columns, { ...days, service, role }, nextTurn, { runs, by: [] })
  const received = await of('copy', 'supplier')
  const submitted = await of('copy', 'requester')
  const lent = await of('loan', 'supplier')
  const borrowed = await of('loan', 'requester')
  const { monthFrom, monthTo } = inputs
  const month = monthFrom !== null && monthTo !== null ? { from: monthFrom, to: monthTo } : null
  const monthLent = month && (await of('loan', 'supplier', month))
  const monthBorrowed = month && (await of('loan', 'requester', month))
  const inYear = (at: number) => dayOf(at) >= span.from && dayOf(at) <= span.to
  const trainings = rowsOfType(core.db, 'training').filter((training) => inYear(training.date))
  return {
    received: received.received - received.forwarded - received.cancelled,
    submitted: submitted.received,
    users: submitted.readers,
    meanDays: received.days.mean,
    share: share(received),
    pausesWithoutReason: unreasonedPauses(core, year),
    sessions: trainings.length,
    attendees: trainings.reduce((sum, training) => sum + training.attendees, 0),
    lent: lent.volumes,
    loansSubmitted: borrowed.received,
    loanUsers: borrowed.readers,
    month: {
      lent: monthLent?.volumes ?? 0,
      submitted: monthBorrowed?.received ?? 0,
      users: monthBorrowed?.readers ?? 0,
      share: monthLent ? share(monthLent) : null,
    },
  }
}

export async function evaluation(core: Core, keeper: FactKeeper, year: number): Promise<Evaluation> {
  const inputs = inputsOf(core, year)
  const derived = await derive(core, await keeper.ready(), year, inputs)
  const own = ownName(core)
  const counts: Record<RankingList, number> = {
    deliveryReceived: derived.received,
    deliverySubmitted: derived.submitted,
    deliveryUsers: derived.users,
    loanCollection: inputs.collection,
    loanUsers: derived.loanUsers,
    monthVideos: inputs.monthVideos,
    monthLent: derived.month.lent,
    monthSubmitted: derived.month.submitted,
    monthUsers: derived.month.users,
  }
  const places: Partial<Record<RankingList, Place>> = {}
  const rankOf = (list: RankingList) => places[list]?.rank ?? inputs.ranks[list] ?? null
  const standing = (list: RankingList) => {
    const entries = ranking(core.db, year, list)
    if (entries.length > 0) places[list] = placeAmong(entries, own, counts[list])
    return { count: counts[list], rank: rankOf(list) }
  }
  const readings = inputs.readings
  const { computer, scanner, printer, fax } = inputs
  const training = { sessions: derived.sessions, attendees: derived.attendees }
  const delivery = scoreDelivery(
    {
      equipment: { computer, scanner, printer, fax },
      staffing: inputs.deliveryStaffing,
      summary: inputs.summary,
      guidance: inputs.guidance,
      received: standing('deliveryReceived'),
      submitted: standing('deliverySubmitted'),
      users: standing('deliveryUsers'),
      meanDays: derived.meanDays,
      share: derived.share,
      breaches: inputs.breaches + derived.pausesWithoutReason,
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
      lent: derived.lent,
      submitted: derived.loansSubmitted,
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
      share: derived.month.share,
    },
    readings,
  )
  const deliveryMonth = deliveryMonthTotal({
    registrations: inputs.monthRegistrations,
    submitted: inputs.monthRequests,
    wechat: inputs.monthWechat,
    summary: inputs.monthReport,
  })
  const deliveryPart = partOf(delivery, {
    received: places.deliveryReceived,
    submitted: places.deliverySubmitted,
    users: places.deliveryUsers,
  })
  const loanPart = partOf(loan, { collection: places.loanCollection, users: places.loanUsers })
  const monthPart = partOf(month, {
    videos: places.monthVideos,
    lent: places.monthLent,
    submitted: places.monthSubmitted,
    users: places.monthUsers,
  })
  return {
    year,
    inputs,
    derived,
    ranks: Object.fromEntries((Object.keys(counts) as RankingList[]).map((list) => [list, rankOf(list)])),
    lists: rankingSums(core.db, year).map((one) => ({ ...one, reaches: (places[one.list]?.rank ?? null) !== null })),
    delivery: deliveryPart,
    loan: loanPart,
    month: monthPart,
    deliveryMonth,
    deliveryTotal: deliveryTotal(deliveryPart.points, deliveryMonth),
    loanTotal: loanTotal(loanPart.points, monthPart.points),
  }
}

function partOf(
  criteria: Criterion[],
  places: Partial<Record<string, Place | undefined>>,
): z.input<typeof EvaluationPart> {
  const known = Object.fromEntries(Object.entries(places).filter(([, place]) => place)) as Record<string, Place>
  return { criteria, ...totalOf(criteria), advice: advise(criteria, known) }
}

export const ownName = (core: Core) => core.views.library(core.deskLibrary())?.name ?? ''
