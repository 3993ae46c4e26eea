/** `desk report`: the figures of a span of time, and the files the window would save. */
import { copyFileSync, existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { ReportDimension, type Dashboard, type ReportCut } from '../../contract/core.contract.ts'
import { Role, Service } from '../../contract/words.ts'
import { dayOf } from '../../domain/working-days.ts'
import type { RunningCore } from '../index.ts'
import { EXIT, oneOf, textOf, type Command, type Result, type Values } from './command.ts'
import { WrongUse } from './wrong-use.ts'

const WHATS = ['summary', 'rows', ...ReportDimension.options] as const
const FIGURES = ['received', 'filled', 'unfilled', 'forwarded', 'cancelled', 'retry', 'open', 'volumes', 'pages', 'overdue', 'lost'] as const // prettier-ignore

export const REPORT: Command = {
  synopsis: '[--from DAY] [--to DAY] [--service S] [--role R] [--what W --out FILE] | --month YYYY-MM --out FILE',
  summary: 'figures of a span of time; files for the drawer and the centre',
  about:
    'Without --out the figures are printed: requests by day of application, both ends counted, this year where nothing is said. With --out one of the tables is written, XLSX or CSV by the name of the file.',
  options: {
    from: { value: 'DAY', about: '2026-01-01' },
    to: { value: 'DAY', about: '2026-12-31' },
    service: { value: 'copy|loan', about: 'one service' },
    role: { value: 'supplier|requester', about: 'what we supplied (usual), or asked for' },
    what: { value: 'W', about: `${WHATS.join(', ')} (rows)` },
    month: { value: 'YYYY-MM', about: 'the monthly report of that month' },
    out: { value: 'FILE', about: 'a file that is not there yet, .xlsx or .csv' },
  },
  examples: ['desk report --from 2026-01-01 --to 2026-06-30', 'desk report --what rows --out 2026.xlsx'],
  async run(running, values) {
    const month = textOf(values, 'month')
    const out = textOf(values, 'out')
    if (month !== undefined) {
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new WrongUse('--month takes YYYY-MM')
      const path = newFile(out)
      if (extname(path) !== '.xlsx') throw new WrongUse('a monthly report is an .xlsx')
      await counted(running, { from: 0, to: 79_999 })
      return saved(running, path, await running.handlers['monthly.make']({ month }))
    }
    const cut = cutOf(values)
    const figures = await counted(running, cut)
    if (out === undefined) return told(figures)
    const path = newFile(out)
    const format = extname(path) === '.csv' ? 'csv' : 'xlsx'
    const what = oneOf(values, 'what', WHATS) ?? 'rows'
    const order = what === 'rows' || what === 'summary' ? { what } : { what: 'group' as const, by: what }
    return saved(running, path, await running.handlers['reports.export']({ cut, format, ...order }))
  },
}

/** Figures once every row of the feed is counted. */
async function counted({ handlers }: RunningCore, cut: ReportCut): Promise<Dashboard> {
  for (;;) {
    const figures = await handlers['reports.dashboard'](cut)
    if (figures.complete) return figures
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function told(figures: Dashboard): Result {
  const { mean, median, p90 } = figures.days
  const lines = FIGURES.map((name) => `${name}\t${figures[name]}`)
  lines.push(`working days\tmean ${mean?.toFixed(2) ?? '-'}\tmedian ${median ?? '-'}\t90 % ${p90 ?? '-'}`)
  return { exit: EXIT.done, data: figures, lines }
}

function cutOf(values: Values): ReportCut {
  const year = new Date().getFullYear()
  const service = oneOf(values, 'service', Service.options)
  const [from, to] = [day(values, 'from', `${year}-01-01`), day(values, 'to', `${year}-12-31`)]
  if (from > to) throw new WrongUse('--from is later than --to')
  return {
    from,
    to,
    role: oneOf(values, 'role', Role.options) ?? 'supplier',
    ...(service ? { service } : {}),
  }
}

function day(values: Values, option: string, usual: string): number {
  const typed = textOf(values, option) ?? usual
  const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T12:00:00+08:00`) : Number.NaN
  if (Number.isNaN(at) || at < 0) throw new WrongUse(`--${option} takes a day such as 2026-01-31`)
  return dayOf(at)
}

function newFile(out: string | undefined): string {
  if (out === undefined) throw new WrongUse('--out is needed')
  const path = resolve(out)
  if (!['.xlsx', '.csv'].includes(extname(path))) throw new WrongUse('--out ends with .xlsx or .csv')
  if (existsSync(path)) throw new WrongUse(`${path} exists`)
  return path
}

function saved({ core }: RunningCore, path: string, { blob }: { blob: string }): Result {
  copyFileSync(core.blobs.path(blob), path)
  return { exit: EXIT.done, data: { path }, lines: [path] }
}
