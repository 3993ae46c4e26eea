/** What figures, rows, scores and the copyright ledger look like as tables, whatever file they go into. */
import type {
  Dashboard,
  Evaluation,
  EvaluationPart,
  ReportDimension,
  ReportGroup,
  ReportRow,
} from '../../contract/core.contract.ts'
import type { Entry } from '../../domain/evaluation/ranking.ts'
import { shareOf } from '../../domain/evaluation/year.ts'
import { dayOf, endOfDay } from '../../domain/working-days.ts'
import { overridesBetween, repeatedWorks, type Override } from '../../../db/queries/copyright.ts'
import type { Core } from '../context.ts'
import { asTable, type Column, type LongTable, type Table } from '../sheets/table.ts'
import { label, type Language } from './labels.ts'

export function rowsTable(rows: LongTable<ReportRow>['rows'], language: Language): LongTable<ReportRow> {
  const t = (key: string) => label(language, key)
  return {
    name: t('rows'),
    rows,
    columns: [
      { title: t('requestNo'), kind: 'text', of: (row) => row.id },
      { title: t('service'), kind: 'text', of: (row) => t(row.service) },
      { title: t('title'), kind: 'text', of: (row) => row.title },
      { title: t('partner'), kind: 'text', of: (row) => row.partnerName },
      { title: t('outcome'), kind: 'text', of: (row) => t(`outcome.${row.outcome}`) },
      { title: t('reason'), kind: 'text', of: (row) => row.reason },
      { title: t('staff'), kind: 'text', of: (row) => row.staff },
      { title: t('applied'), kind: 'day', of: (row) => row.applied },
      { title: t('finished'), kind: 'day', of: (row) => row.finished },
      { title: t('days'), kind: 'number', of: (row) => row.days },
    ],
  }
}

const FIGURES = [
  'received',
  'filled',
  'unfilled',
  'forwarded',
  'cancelled',
  'retry',
  'open',
  'volumes',
  'pages',
  'bytes',
  'overdue',
  'lost',
  'selfService',
  'readers',
] as const

export interface Figure {
  name: string
  value: number | null
}

export function summaryTables(figures: Dashboard, language: Language): Table<never>[] {
  const t = (key: string) => label(language, key)
  const answered = figures.filled + figures.unfilled
  const rows: Figure[] = [
    ...FIGURES.map((key) => ({ name: t(key), value: figures[key] })),
    { name: t('shareFilled'), value: answered === 0 ? null : round(figures.filled / answered, 4) },
    { name: t('meanDays'), value: figures.days.mean === null ? null : round(figures.days.mean, 2) },
    { name: t('median'), value: figures.days.median },
    { name: t('p90'), value: figures.days.p90 },
  ]
  const groups = ['month', 'partner', 'staff', 'kind', 'subject', 'reason'] as const
  return [
    asTable({ name: t('summary'), rows, columns: figureColumns(t) }),
    ...groups.map((by) => groupTable(figures, by, language)),
  ]
}

/** What one chart is drawn from. */
export function groupTable(figures: Dashboard, by: ReportDimension, language: Language): Table<never> {
  const t = (key: string) => label(language, key)
  const name = ({ value, name }: ReportGroup) => (by === 'kind' || by === 'outcome' ? t(`${by}.${value}`) : name)
  return asTable({ name: t(by), rows: figures.groups[by] ?? [], columns: groupColumns(t, by, name) })
}

const figureColumns = (t: (key: string) => string): Column<Figure>[] => [
  { title: t('figure'), kind: 'text', of: (row) => row.name },
  { title: t('value'), kind: 'number', of: (row) => row.value },
]

const groupColumns = (t: (key: string) => string, by: string, name: (group: ReportGroup) => string) =>
  [
    { title: t(by), kind: 'text', of: name },
    { title: t('received'), kind: 'number', of: (group) => group.received },
    { title: t('filled'), kind: 'number', of: (group) => group.filled },
    { title: t('unfilled'), kind: 'number', of: (group) => group.unfilled },
    {
      title: t('meanDays'),
      kind: 'number',
      of: (group) => (group.meanDays === null ? null : round(group.meanDays, 2)),
    },
  ] satisfies Column<ReportGroup>[]

export const round = (value: number, digits: number) => Number(value.toFixed(digits))

// ---------------------------------------------------------------- evaluation

interface CriterionRow {
  name: string
  points: number
  max: number
  note: string
}

export function evaluationTables(score: Evaluation, t: (key: string) => string): Table<never>[] {
  const { derived } = score
  const share = shareOf(derived)
  const totals: Figure[] = [
    { name: t('deliveryPart'), value: score.delivery.points },
    { name: t('deliveryMonth'), value: score.deliveryMonth },
    { name: t('deliveryTotal'), value: score.deliveryTotal },
    { name: t('loanPart'), value: score.loan.points },
    { name: t('monthPart'), value: score.month.points },
    { name: t('loanTotal'), value: score.loanTotal },
    { name: `${t('copy')} · ${t('received')}`, value: derived.received },
    { name: `${t('copy')} · ${t('meanDays')}`, value: derived.meanDays === null ? null : round(derived.meanDays, 2) },
    { name: `${t('copy')} · ${t('shareFilled')}`, value: share === null ? null : round(share, 4) },
    { name: `${t('loan')} · ${t('criterion.lent')}`, value: derived.lent },
  ]
  return [
    asTable({ name: t('total'), rows: totals, columns: figureColumns(t) }),
    criteriaTable(score.delivery, t('deliveryPart'), t),
    criteriaTable(score.loan, t('loanPart'), t),
    criteriaTable(score.month, t('monthPart'), t),
  ]
}

function criteriaTable(part: EvaluationPart, name: string, t: (key: string) => string): Table<never> {
  const rows: CriterionRow[] = part.criteria.map((criterion) => ({
    name: t(`criterion.${criterion.id}`),
    points: criterion.points,
    max: criterion.max,
    note: !criterion.known ? t('notKnown') : criterion.disputed ? t('disputed') : '',
  }))
  rows.push({ name: t('total'), points: part.points, max: part.max, note: '' })
  const columns: Column<CriterionRow>[] = [
    { title: t('criterion'), kind: 'text', of: (row) => row.name },
    { title: t('points'), kind: 'number', of: (row) => row.points },
    { title: t('max'), kind: 'number', of: (row) => row.max },
    { title: t('note'), kind: 'text', of: (row) => row.note },
  ]
  return asTable({ name, rows, columns })
}

export function rankingTable(rows: Entry[], list: string, t: (key: string) => string): Table<never> {
  const columns: Column<Entry>[] = [
    { title: t('library'), kind: 'text', of: (entry) => entry.library },
    { title: t('value'), kind: 'number', of: (entry) => entry.value },
  ]
  return asTable({ name: `${t('ranking')} ${list}`, rows, columns })
}

// ---------------------------------------------------------------- copyright

type LedgerRow = ReturnType<typeof repeatedWorks>[number]

/** The ledger and the overrides. @param from, to days, both counted */
export function copyrightTables(core: Core, from: number, to: number, language: Language): Table<never>[] {
  const t = (key: string) => label(language, key)
  const ledger: Table<LedgerRow> = {
    name: t('ledger'),
    rows: repeatedWorks(core.db, from, to),
    columns: [
      { title: t('reader'), kind: 'text', of: (row) => row.reader },
      { title: t('work'), kind: 'text', of: (row) => row.work.replace(/^\w+:/, '') },
      { title: t('requests'), kind: 'number', of: (row) => row.requests },
      { title: t('pages'), kind: 'number', of: (row) => row.pages },
      { title: t('bookPages'), kind: 'number', of: (row) => row.of },
      { title: t('share'), kind: 'number', of: (row) => (row.of === null ? null : round(row.pages / row.of, 3)) },
    ],
  }
  const overrides: Table<Override> = {
    name: t('overrides'),
    rows: overridesBetween(core.db, endOfDay(from - 1), endOfDay(to)),
    columns: [
      { title: t('requestNo'), kind: 'text', of: (row) => row.requestId },
      { title: t('when'), kind: 'day', of: (row) => dayOf(row.at) },
      { title: t('staff'), kind: 'text', of: (row) => row.userName },
      { title: t('overrideReason'), kind: 'text', of: (row) => row.reason },
    ],
  }
  return [asTable(ledger), asTable(overrides)]
}
