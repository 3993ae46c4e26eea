/** The yearly evaluation of our library: inputs counted from our requests, the rest typed or imported, scored by the tables. */
import {
  RankingList,
  type Evaluation,
  type EvaluationInputs,
  type EvaluationMore,
} from '../../contract/core.contract.ts'
import { DEFAULT_READINGS } from '../../domain/evaluation/readings.ts'
import { scoreYear, withMore, type YearFigures, type YearLists } from '../../domain/evaluation/year.ts'
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

const answered = (tally: Tally | null) => ({
  filled: tally?.filled ?? 0,
  answered: (tally?.filled ?? 0) + (tally?.unfilled ?? 0),
})

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
    ...answered(received),
    pausesWithoutReason: unreasonedPauses(core, year),
    sessions: trainings.length,
    attendees: trainings.reduce((sum, training) => sum + training.attendees, 0),
    papers: trainings.flatMap(({ papers = [] }) => papers).reduce((sum, paper) => sum + paper.count, 0),
    lent: lent.volumes,
    loansSubmitted: borrowed.received,
    loanUsers: borrowed.readers,
    month: {
      lent: monthLent?.volumes ?? 0,
      submitted: monthBorrowed?.received ?? 0,
      users: monthBorrowed?.readers ?? 0,
      ...answered(monthLent),
    },
  }
}

export async function evaluation(core: Core, keeper: FactKeeper, year: number): Promise<Evaluation> {
  const inputs = inputsOf(core, year)
  const derived = await derive(core, await keeper.ready(), year, inputs)
  const { told, ...score } = scoreYear(derived, inputs, listsOf(core, year))
  const lists = rankingSums(core.db, year).map((one) => ({ ...one, reaches: told.has(one.list) }))
  return { year, inputs, derived, lists, ...score }
}

/** What so much more would bring, beside what there is. */
export async function simulate(core: Core, keeper: FactKeeper, year: number, more: EvaluationMore) {
  const inputs = inputsOf(core, year)
  const derived = await derive(core, await keeper.ready(), year, inputs)
  const lists = listsOf(core, year)
  const points = (figures: YearFigures) => {
    const { delivery, loan, deliveryTotal, loanTotal } = scoreYear(figures, inputs, lists)
    return { delivery: delivery.points, loan: loan.points, deliveryTotal, loanTotal }
  }
  return { now: points(derived), then: points(withMore(derived, more)) }
}

function listsOf(core: Core, year: number): YearLists {
  const of = Object.fromEntries(RankingList.options.map((list) => [list, ranking(core.db, year, list)]))
  return { own: ownName(core), of }
}

export const ownName = (core: Core) => core.views.library(core.deskLibrary())?.name ?? ''
