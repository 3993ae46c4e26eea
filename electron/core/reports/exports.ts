/** Files for the centre, the yearly summary and the drawer: XLSX, CSV, PDF, DOCX. Each is stored as a blob the person then saves. */
import type { Dashboard, ReportCut, ReportDimension, ReportRow } from '../../contract/core.contract.ts'
import { ranking } from '../../../db/queries/evaluation.ts'
import type { Core } from '../context.ts'
import { inBackground, keep, keepTables, type Made, type TableFormat } from '../sheets/made.ts'
import { asLongTable } from '../sheets/table.ts'
import { dashboard, rowOf } from './dashboard.ts'
import { daysOfYear, evaluation } from './evaluation.ts'
import type { FactKeeper } from './fact-keeper.ts'
import { label, type Language } from './labels.ts'
import { copyrightTables, evaluationTables, groupTable, rankingTable, rowsTable, summaryTables } from './tables.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const DAY_MS = 86_400_000

const isoDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)
const languageOf = (core: Core): Language => core.settings.get().language

/** @param by the chart a `group` export is drawn from */
export async function exportReport(
  core: Core,
  keeper: FactKeeper,
  cut: ReportCut,
  what: 'rows' | 'summary' | 'group',
  format: TableFormat,
  by: ReportDimension = 'month',
): Promise<Made> {
  const language = languageOf(core)
  const span = `${isoDay(cut.from)}_${isoDay(cut.to)}`
  if (what === 'rows') {
    const ids = await idsOf(keeper, cut)
    const table = asLongTable(rowsTable(rowsOf(core, ids), language))
    return inBackground(core, ids.length, (writing) =>
      keepTables(core, [table], format, `BALIS-${label(language, 'rows')}-${span}`, writing),
    )
  }
  const figures = await dashboard(core, keeper, cut)
  if (what === 'group')
    return keepTables(core, [groupTable(figures, by, language)], format, `BALIS-${label(language, by)}-${span}`)
  const tables = summaryTables(figures, language)
  // One CSV file is one table: the months, with everything a chart is drawn from.
  return keepTables(
    core,
    format === 'csv' ? [tables[1]!] : tables,
    format,
    `BALIS-${label(language, 'summary')}-${span}`,
  )
}

const idsOf = async (keeper: FactKeeper, cut: ReportCut) => (await keeper.ready()).rows(cut)

function* rowsOf(core: Core, ids: Iterable<number>): Generator<ReportRow> {
  for (const id of ids) yield* rowOf(core, id)
}

/** The evidence of a year for the annual summary (总结): score, figures, lists, and with XLSX every request counted. */
export async function exportEvaluation(
  core: Core,
  keeper: FactKeeper,
  year: number,
  format: 'xlsx' | 'pdf' | 'docx',
): Promise<Made> {
  const language = languageOf(core)
  const t = (key: string) => label(language, key)
  const score = await evaluation(core, keeper, year)
  const own = core.views.library(core.deskLibrary())?.name ?? ''
  const name = `BALIS-${t('evaluation')}-${year}`
  const parts = evaluationTables(score, t)
  if (format === 'pdf') {
    const head = { title: `${t('evaluation')} ${year}`, library: own, note: t('source') }
    return keep(
      core,
      await (await import('./paper.ts')).tablesToPdf(head, parts, language),
      'application/pdf',
      `${name}.pdf`,
    )
  }
  const figures = await dashboard(core, keeper, { ...daysOfYear(year), role: 'supplier' })
  if (format === 'docx') {
    const asked = await dashboard(core, keeper, { ...daysOfYear(year), role: 'requester' })
    const facts = { library: own, year, score, figures, asked }
    const bytes = await (
      await import('./summary-document.ts')
    ).summaryDocument(facts, [...parts, ...summaryTables(figures, language)], language)
    return keep(core, bytes, DOCX, `BALIS-${t('annualSummary')}-${year}.docx`)
  }
  const lists = score.lists.map(({ list }) => rankingTable(ranking(core.db, year, list), list, t))
  const ids = await idsOf(keeper, { ...daysOfYear(year), role: 'supplier' })
  const rows = asLongTable(rowsTable(rowsOf(core, ids), language))
  const tables = [...parts, ...summaryTables(figures, language), ...lists, rows]
  return inBackground(core, null, (writing) => keepTables(core, tables, 'xlsx', name, writing))
}

export function exportCopyright(core: Core, from: number, to: number, format: TableFormat): Promise<Made> {
  const language = languageOf(core)
  const name = `BALIS-${label(language, 'ledger')}-${isoDay(from)}_${isoDay(to)}`
  return keepTables(core, copyrightTables(core, from, to, language), format, name)
}

/** Everything of one month in one workbook: what we supplied, what we asked for, each request, the copyright ledger. */
export async function exportMonth(core: Core, keeper: FactKeeper, month: string, days: { from: number; to: number }) {
  const language = languageOf(core)
  const t = (key: string) => label(language, key)
  const side = async (role: 'supplier' | 'requester') => {
    const figures: Dashboard = await dashboard(core, keeper, { ...days, role })
    return summaryTables(figures, language).map((table) => ({ ...table, name: `${t(role)} ${table.name}` }))
  }
  const ids = await idsOf(keeper, days)
  const tables = [
    ...(await side('supplier')),
    ...(await side('requester')),
    asLongTable(rowsTable(rowsOf(core, ids), language)),
    ...copyrightTables(core, days.from, days.to, language),
  ]
  return keepTables(core, tables, 'xlsx', `BALIS-${t('monthly')}-${month}`)
}
