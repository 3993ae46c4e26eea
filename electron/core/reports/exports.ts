/** Files for the centre, the yearly summary and the drawer: XLSX, CSV, PDF, DOCX. Each is stored as a blob the person then saves. */
import type { Dashboard, ReportCut, ReportDimension, ReportRow } from '../../contract/core.contract.ts'
import { ranking } from '../../../db/queries/evaluation.ts'
import type { Core } from '../context.ts'
import { toCsv, toXlsx, type Table } from '../sheets/write.ts'
import { dashboard, rowOf } from './dashboard.ts'
import { daysOfYear, evaluation } from './evaluation.ts'
import type { FactKeeper } from './fact-keeper.ts'
import { label, type Language } from './labels.ts'
import { tablesToPdf } from './paper.ts'
import { summaryDocument } from './summary-document.ts'
import {
  asTable,
  copyrightTables,
  evaluationTables,
  groupTable,
  rankingTable,
  rowsTable,
  summaryTables,
} from './tables.ts'
import { nextTurn } from './turns.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** Rows of one sheet; Excel's own limit is 1,048,576. */
const MOST_ROWS = 1_000_000
const SLICE = 2000
const DAY_MS = 86_400_000

export interface Made {
  blob: string
  name: string
}
type Format = 'xlsx' | 'csv'

const isoDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)
const languageOf = (core: Core): Language => core.settings.get().language

async function keep(core: Core, bytes: Uint8Array, mime: string, name: string): Promise<Made> {
  const { sha256 } = await core.blobs.put(bytes, mime)
  return { blob: sha256, name }
}

/** @param tables all of them in a workbook; of CSV, which has one table a file, the first */
const save = (core: Core, tables: Table<never>[], format: Format, name: string): Promise<Made> =>
  format === 'xlsx'
    ? keep(core, toXlsx(tables), XLSX, `${name}.xlsx`)
    : keep(core, toCsv(tables[0]!), 'text/csv', `${name}.csv`)

/** @param by the chart a `group` export is drawn from */
export async function exportReport(
  core: Core,
  keeper: FactKeeper,
  cut: ReportCut,
  what: 'rows' | 'summary' | 'group',
  format: Format,
  by: ReportDimension = 'month',
): Promise<Made> {
  const language = languageOf(core)
  const span = `${isoDay(cut.from)}_${isoDay(cut.to)}`
  if (what === 'rows') {
    const rows = await allRows(core, keeper, cut)
    return save(core, [asTable(rowsTable(rows, language))], format, `BALIS-${label(language, 'rows')}-${span}`)
  }
  const figures = await dashboard(core, keeper, cut)
  if (what === 'group')
    return save(core, [groupTable(figures, by, language)], format, `BALIS-${label(language, by)}-${span}`)
  const tables = summaryTables(figures, language)
  // One CSV file is one table: the months, with everything a chart is drawn from.
  return save(core, format === 'csv' ? [tables[1]!] : tables, format, `BALIS-${label(language, 'summary')}-${span}`)
}

async function allRows(core: Core, keeper: FactKeeper, cut: ReportCut): Promise<ReportRow[]> {
  const ids = (await keeper.ready()).rows(cut).slice(0, MOST_ROWS)
  const rows: ReportRow[] = []
  for (const [index, id] of ids.entries()) {
    rows.push(...rowOf(core, id))
    if (index % SLICE === SLICE - 1) await nextTurn()
  }
  return rows
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
    return keep(core, await tablesToPdf(head, parts, language), 'application/pdf', `${name}.pdf`)
  }
  const figures = await dashboard(core, keeper, { ...daysOfYear(year), role: 'supplier' })
  if (format === 'docx') {
    const asked = await dashboard(core, keeper, { ...daysOfYear(year), role: 'requester' })
    const facts = { library: own, year, score, figures, asked }
    const bytes = await summaryDocument(facts, [...parts, ...summaryTables(figures, language)], language)
    return keep(core, bytes, DOCX, `BALIS-${t('annualSummary')}-${year}.docx`)
  }
  const lists = score.lists.map(({ list }) => rankingTable(ranking(core.db, year, list), list, t))
  const rows = await allRows(core, keeper, { ...daysOfYear(year), role: 'supplier' })
  const tables = [...parts, ...summaryTables(figures, language), ...lists, asTable(rowsTable(rows, language))]
  return save(core, tables, 'xlsx', name)
}

export function exportCopyright(core: Core, from: number, to: number, format: Format): Promise<Made> {
  const language = languageOf(core)
  const name = `BALIS-${label(language, 'ledger')}-${isoDay(from)}_${isoDay(to)}`
  return save(core, copyrightTables(core, from, to, language), format, name)
}

/** Everything of one month in one workbook: what we supplied, what we asked for, each request, the copyright ledger. */
export async function exportMonth(core: Core, keeper: FactKeeper, month: string, days: { from: number; to: number }) {
  const language = languageOf(core)
  const t = (key: string) => label(language, key)
  const side = async (role: 'supplier' | 'requester') => {
    const figures: Dashboard = await dashboard(core, keeper, { ...days, role })
    return summaryTables(figures, language).map((table) => ({ ...table, name: `${t(role)} ${table.name}` }))
  }
  const rows = await allRows(core, keeper, days)
  const tables = [
    ...(await side('supplier')),
    ...(await side('requester')),
    asTable(rowsTable(rows, language)),
    ...copyrightTables(core, days.from, days.to, language),
  ]
  return save(core, tables, 'xlsx', `BALIS-${t('monthly')}-${month}`)
}
