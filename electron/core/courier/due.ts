/** Due dates of this library: its rules at each hand-over, and many loans moved at once, with a way back. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { addBatch, closeBatch, listBatches, movesOf } from '../../../db/queries/due-batches.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import type { RequestRow } from '../../contract/centre.contract.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import type { CoreContract, DueMove, DueRulesView, QueueQuery } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { dueOn, PLAIN_RULES, ruledDueDate, type DueRules } from '../../domain/due-rules.ts'
import { dayOf, endOfDay } from '../../domain/working-days.ts'
import type { Core } from '../context.ts'
import { libraryName } from './bags.ts'
import { titleOf } from './resolve.ts'

const DAY_MS = 86_400_000
type Preview = z.input<CoreContract['due.preview']['out']>
type Loan = Pick<RequestRow, 'id' | 'dueAt' | 'history' | 'fields'>

export function rulesOf(core: Core): DueRulesView {
  return getMeta(core.db, 'dueRules') ?? { ...PLAIN_RULES, byLibrary: {}, vacations: [] }
}

/** @throws DeskError not_allowed for anybody but a supervisor */
export function setRules(core: Core, rules: DueRulesView): void {
  requireSupervisor(core)
  core.db.write(() => setMeta(core.db, 'dueRules', rules))
}

const startOf = (day: string) => endOfDay(dayOf(dueOn(day)) - 1)

function compiled({ vacations, ...rules }: DueRulesView): DueRules {
  return {
    ...rules,
    vacations: vacations.map(({ from, to, due, except, name }) => ({
      from: startOf(from),
      to: dueOn(to) + 1,
      dueAt: dueOn(due),
      except,
      name,
    })),
  }
}

/** Right after loans began: where this library's rules say another date than 30 days, the date is set so. */
export function applyRules(core: Core, requestIds: readonly string[]): void {
  const rules = compiled(rulesOf(core))
  for (const id of new Set(requestIds)) {
    const row = core.views.request(id)?.row
    if (row?.role !== 'supplier' || row.status !== 'Loaned' || row.dueAt === null) continue
    const { partner, deliveryMethod } = row.fields
    const transport = deliveryMethod === 'courier' ? (core.views.library(partner)?.transportDays ?? 0) : 0
    const due = ruledDueDate(rules, partner, core.now(), transport, core.views.clock.runs)
    if (dayOf(due) === dayOf(row.dueAt)) continue
    const vacation = rules.vacations.find((one) => one.dueAt === due)
    const reason = vacation?.name ?? `${rules.byLibrary[partner] ?? rules.loanDays} d`
    core.act({ objectId: id, kind: 'setDue', args: { date: due, reason } })
  }
}

/** When a loan began: its own record, else counted back from the date it was given. */
function lentAt(core: Core, loan: Loan): number {
  const began = loan.history.findLast((entry) => entry.event === 'handedOver' || entry.event === 'pickedUp')
  const transport = core.views.library(loan.fields.partner)?.transportDays ?? 0
  return began?.at ?? (loan.dueAt ?? 0) - (PLAIN_RULES.loanDays + transport) * DAY_MS
}

function loansOut(core: Core): Loan[] {
  const query: QueueQuery = {
    text: '',
    filter: { service: 'loan', role: 'supplier', status: ['Loaned', 'Overdue'] },
    sort: 'due',
    descending: false,
  }
  const asker = { desk: core.deskId(), now: core.now() }
  const { total } = core.views.queue.window(query, asker, 0, 1)
  const { rids } = core.views.queue.window(query, asker, 0, Math.max(1, total))
  return core.views.shownByRids(rids).map(({ row }) => row)
}

/** Who would be moved, and who stays because of an exception. Dates are never moved nearer. */
export function previewMove(core: Core, move: DueMove): Preview {
  const becomes = dueOn(move.due)
  const since = move.lentFrom === null ? -Infinity : startOf(move.lentFrom)
  const from = move.dueFrom === null ? -Infinity : startOf(move.dueFrom)
  const to = move.dueTo === null ? Infinity : dueOn(move.dueTo)
  const moves: Preview['moves'] = []
  const excepted = new Map<string, number>()
  for (const loan of loansOut(core)) {
    const was = loan.dueAt
    if (was === null || was < from || was > to || was >= becomes || lentAt(core, loan) < since) continue
    const { partner } = loan.fields
    if (move.except.includes(partner)) excepted.set(partner, (excepted.get(partner) ?? 0) + 1)
    else
      moves.push({
        requestId: loan.id,
        title: titleOf(core, loan.id),
        partnerName: libraryName(core, partner),
        was,
        becomes,
      })
  }
  return {
    moves,
    excepted: [...excepted].map(([partner, loans]) => ({ partner, partnerName: libraryName(core, partner), loans })),
  }
}

/** Moves all of the preview in one transaction. */
export function applyMove(core: Core, move: DueMove, reason: string): { batchId: string; moved: number } {
  return core.db.write(() => {
    const { moves } = previewMove(core, move)
    const batchId = randomUUID()
    addBatch(core.db, { id: batchId, at: core.now(), userName: core.me()?.name ?? '', reason }, moves)
    for (const { requestId, becomes } of moves)
      core.act({ objectId: requestId, kind: 'setDue', args: { date: becomes, reason } })
    return { batchId, moved: moves.length }
  })
}

export const batches = (core: Core) => listBatches(core.db)

/** Moves back what still stands where the batch put it; what somebody moved since, or what is back, is left. */
export function undoMove(core: Core, batchId: string): { restored: number; left: number } {
  return core.db.write(() => {
    const batch = listBatches(core.db).find((one) => one.id === batchId)
    if (!batch) throw new DeskError('not_found', { id: batchId })
    if (batch.undoneAt !== null) throw new DeskError('action_refused', { code: 'state' })
    const moves = movesOf(core.db, batchId)
    let restored = 0
    for (const { requestId, was, became } of moves) {
      const row = core.views.request(requestId)?.row
      if (row?.dueAt !== became || (row.status !== 'Loaned' && row.status !== 'Overdue')) continue
      core.act({ objectId: requestId, kind: 'setDue', args: { date: was, reason: batch.reason } })
      restored++
    }
    closeBatch(core.db, batchId, core.now())
    return { restored, left: moves.length - restored }
  })
}
