/** The figures of a span of time, and the requests behind each of them. */
import type { Dashboard, ReportCut, ReportRow } from '../../contract/core.contract.ts'
import type { RequestRow } from '../../contract/centre.contract.ts'
import { tallyInTurns, type Group } from '../../domain/statistics/tally.ts'
import { endOfDay, workingDaysBetween } from '../../domain/working-days.ts'
import { factById, printsBetween, scansBetween, storedRequest } from '../../../db/queries/facts.ts'
import type { Core } from '../context.ts'
import type { FactKeeper } from './fact-keeper.ts'
import { nextTurn } from './turns.ts'

/** Bars of a chart at most; the rest is told in the list of rows. */
const MOST_GROUPS = 200

export async function dashboard(core: Core, keeper: FactKeeper, cut: ReportCut): Promise<Dashboard> {
  const columns = await keeper.ready()
  const { oldest, groups, ...sums } = await tallyInTurns(columns, cut, nextTurn, { runs: core.views.clock.runs })
  const from = endOfDay(cut.from - 1)
  const to = endOfDay(cut.to)
  return {
    ...sums,
    groups: Object.fromEntries(
      Object.entries(groups).map(([by, list]) => [
        by,
        list
          .slice(by === 'month' ? -MOST_GROUPS : 0)
          .slice(0, MOST_GROUPS)
          .map((group) => named(core, by, group)),
      ]),
    ) as Dashboard['groups'],
    oldest: oldest && oldestOf(core, oldest),
    prints: printsBetween(core.db, from, to),
    scans: scansBetween(core.db, from, to),
    complete: keeper.complete,
    firstDay: columns.size === 0 ? null : columns.firstDay,
  }
}

const named = (core: Core, by: string, group: Group) => ({ ...group, name: nameOf(core, by, group.value) })
const nameOf = (core: Core, by: string, value: string) =>
  by === 'partner' ? (core.views.library(value)?.name ?? value) : value

function oldestOf(core: Core, { id, applied }: { id: number; applied: number }) {
  const requestId = factById(core.db, id)?.requestId ?? ''
  return { id: requestId, title: titleOf(storedRequest(core.db, requestId)?.row), applied }
}

const titleOf = (row: RequestRow | undefined) => row?.fields.articleTitle || row?.fields.title || ''

/** Rows of a cut, newest first. */
export async function reportRows(
  core: Core,
  keeper: FactKeeper,
  cut: ReportCut,
  offset: number,
  limit: number,
): Promise<{ total: number; rows: ReportRow[] }> {
  const { total, ids } = (await keeper.ready()).page(cut, offset, limit)
  return { total, rows: ids.flatMap((id) => rowOf(core, id)) }
}

export function rowOf(core: Core, id: number): ReportRow[] {
  const fact = factById(core.db, id)
  if (!fact) return []
  const stored = storedRequest(core.db, fact.requestId)
  return [
    {
      id: fact.requestId,
      service: fact.service,
      title: titleOf(stored?.row),
      partnerName: nameOf(core, 'partner', fact.partner),
      outcome: fact.outcome,
      status: fact.status,
      reason: fact.reason,
      staff: fact.staff,
      applied: fact.applied,
      finished: fact.finished,
      days: fact.finished === null ? null : workingDaysBetween(fact.applied, fact.finished, core.views.clock.runs),
      here: stored?.here ?? false,
    },
  ]
}
